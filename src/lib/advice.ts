/** Sentences and lines that several errors advise. */

/** Lets one deploy of an app end before the next begins. */
export const concurrencyLines = 'concurrency:\n  group: deploy-<app>\n  cancel-in-progress: false';
