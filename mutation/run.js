/** The current run of Jest: whether a test has failed in it. */
export const run = { failed: false };
