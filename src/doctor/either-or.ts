/** Several ways to change something as one fix, where either of two things can be the wrong one: each begins in lower case. */
export function eitherOr(ways: readonly string[]): string {
  const [first = '', ...more] = ways;
  if (more.length === 0) return first.charAt(0).toUpperCase() + first.slice(1);
  return [`Either ${first}`, ...more.map((way) => `Or ${way}`)].join('\n\n');
}
