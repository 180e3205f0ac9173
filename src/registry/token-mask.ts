// A mask blacks out each text that contains it, and GitHub drops each job output that does. A registry chooses its tokens:
// one that answers with a word, a digest or the app's name would hide what the run says.

export interface TokenMaskOptions {
  readonly mask: (secret: string) => void;
  /** Texts that the run prints, such as the repository's name. */
  readonly said: readonly string[];
}

/** More are not a registry's renewals. */
const mostMasks = 64;

/**
 * Is a token worth a mask: long, in the alphabet of tokens (RFC 6750), with capitals, small letters and digits, as JWTs and
 * base64 have them, or a UUID, and no part of what the run says?
 */
const isMaskable = (token: string, said: readonly string[]): boolean =>
  token.length >= 16 &&
  /^[\w.~+/-]+=*$/.test(token) &&
  (/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)/.test(token) ||
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token)) &&
  !said.some((text) => text.includes(token));

/** Makes what masks the tokens of one registry. */
export function tokenMask({ mask, said }: TokenMaskOptions): (token: string) => void {
  let masks = 0;
  return (token) => {
    if (masks < mostMasks && isMaskable(token, said)) {
      masks++;
      mask(token);
    }
  };
}

/** What a job prints of its environment: what the runner and the workflow say, without what they keep secret. */
export const saidOf = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && /^(?:GITHUB|RUNNER|INPUT)_(?!.*(?:TOKEN|PASSWORD))/.test(name) ? [value] : [],
  );
