/**
 * Does a tag match a glob: `*` any characters, `?` one, everything else itself? Two indices and one way back,
 * so the time is at most the product of the lengths, whatever the pattern is.
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
      // The last star takes one character more; earlier ones need not be gone back to.
      resume++;
      [p, t] = [star + 1, resume];
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
