/**
 * Whether a tag matches a glob: `*` matches any characters, `?` one, everything else itself. With two indices and one
 * backtrack position, the time is at most the product of the lengths, whatever the pattern is.
 */
export function matchesGlob(pattern: string, tag: string): boolean {
  let [p, t] = [0, 0];
  let [star, resume] = [-1, 0];
  while (t < tag.length) {
    if (pattern[p] === '*') {
      [star, resume] = [p, t];
      p++;
    } else if (pattern[p] === '?' || pattern[p] === tag[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      // The last star matches one more character; earlier stars never need to be retried.
      resume++;
      [p, t] = [star + 1, resume];
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
