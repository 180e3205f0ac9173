/** The part of a log that clients need. */
export interface LineLog {
  line(text: string): void;
  debug(text: string): void;
  /** Hides a secret in everything that is printed from now on. */
  mask(secret: string): void;
}
