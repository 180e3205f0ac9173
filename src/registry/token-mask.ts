// GitHub hides a masked text wherever it is logged, and drops each job output that contains it. A registry chooses its tokens:
// one that answers with a word, a digest or the app's name as the token would hide parts of the log.

export interface TokenMaskOptions {
  readonly mask: (secret: string) => void;
  /** Texts that the run logs, such as the repository's name. */
  readonly said: readonly string[];
}

/** The most tokens of one registry that are masked. Renewals need far fewer. */
const mostMasks = 64;

/**
 * Whether a token is masked: it must be long, in the alphabet of tokens (RFC 6750), have upper-case and lower-case letters and
 * digits as JWTs and base64 do, or be a UUID. A token that is part of the run's log is not masked.
 */
const isMaskable = (token: string, said: readonly string[]): boolean =>
  token.length >= 16 &&
  /^[\w.~+/-]+=*$/.test(token) &&
  (/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)/.test(token) ||
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token)) &&
  !said.some((text) => text.includes(token));

/** Creates the function that masks the tokens of one registry. */
export function tokenMask({ mask, said }: TokenMaskOptions): (token: string) => void {
  let masks = 0;
  return (token) => {
    if (masks < mostMasks && isMaskable(token, said)) {
      masks++;
      mask(token);
    }
  };
}

/** The values of the environment that a job can log: the runner's and the workflow's variables, without secrets. */
export const saidOf = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && /^(?:GITHUB|RUNNER|INPUT)_(?!.*(?:TOKEN|PASSWORD))/.test(name) ? [value] : [],
  );
