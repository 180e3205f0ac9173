/** A message as a user reads it, with hosts and folders as they are outside of tests. */
export interface Message {
  readonly kind: 'error' | 'warning' | 'notice' | 'line' | 'heading' | 'finding';
  /** Of errors and findings. */
  readonly code?: string | undefined;
  /** Of findings: ok, warning, bad or skipped. */
  readonly mark?: string | undefined;
  readonly text: string;
}
