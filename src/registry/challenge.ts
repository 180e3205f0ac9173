import type { AnswerHeaders } from '../lib/answer-headers.ts';

/** One challenge of a WWW-Authenticate header: a scheme (lower-case) and its parameters (names lower-case). */
export interface Challenge {
  readonly scheme: string;
  readonly params: ReadonlyMap<string, string>;
}

/**
 * Parses a WWW-Authenticate header by its grammar (RFC 9110, 11.2, 11.6.1 and 5.6): several challenges,
 * quoted strings with escapes and commas inside, optional white space. The parse ends at the first part that does
 * not fit, and returns the challenges before it.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  let at = 0;
  const take = (form: RegExp): string | undefined => {
    form.lastIndex = at;
    const found = form.exec(header);
    if (found === null) return undefined;
    at = form.lastIndex;
    return found[1] ?? found[0];
  };
  const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;

  take(/[\s,]*/y);
  while (at < header.length) {
    const name = take(token);
    if (name === undefined) break;
    const current = challenges.at(-1);
    // A token before `=` is a parameter, unless no challenge has begun.
    if (current !== undefined && take(/\s*=(?!=)\s*/y) !== undefined) {
      const quoted = take(/"((?:[^"\\]|\\.)*)"/y);
      const value = quoted === undefined ? take(token) : quoted.replace(/\\(.)/g, '$1');
      if (value === undefined) break;
      if (!current.params.has(name.toLowerCase())) current.params.set(name.toLowerCase(), value);
    } else {
      challenges.push({ scheme: name.toLowerCase(), params: new Map() });
      // Skips a token68, e.g. of Negotiate, so that it is not read as a parameter.
      take(/[ \t]+[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y);
    }
    take(/[\s,]*/y);
  }
  return challenges;
}

/** The challenge to answer: Bearer if it is offered, else Basic. */
export function challengeOf(headers: AnswerHeaders): Challenge | undefined {
  const challenges = parseChallenges(headers.get('www-authenticate') ?? '');
  return (
    challenges.find(({ scheme }) => scheme === 'bearer') ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}
