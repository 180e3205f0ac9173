/** Order of two tags: which is the newer one is in their names. */
type Rank = readonly (number | string)[];

/** The newest tag of a pattern, and how many there were to choose from. */
export interface NewestTag {
  readonly tag: string | undefined;
  /** Tags that match the pattern. */
  readonly matching: number;
  /** Those of them whose name has a time or a version to order them by. */
  readonly ordered: number;
}

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

/**
 * Finds the newest tag of a pattern by the names alone: registries tell no tag's age. What stands in the place of
 * the pattern's first `*` or `?` and after it is read as a version (semver.org, 2.0.0, section 11) or as a time
 * from year to second (`20261124`, `20261124-093000`, `2026-11-24T09.30.00`). A tag that is neither is no
 * candidate: `main-abc1234` beside `main-20261124-093000` is a commit, not a later time. Pre-releases count
 * only where there is nothing else, or the pattern itself names one, as `v*-rc.*` does.
 */
export function newestTag(tags: readonly string[], pattern: string): NewestTag {
  const fixed = /^[^*?]*/.exec(pattern)?.[0].length ?? 0;
  const matching = tags.filter((tag) => matchesGlob(pattern, tag));
  const times = matching.flatMap((tag) => ranked(tag, timeOf(tag.slice(fixed))));
  const versions = matching.flatMap((tag) => ranked(tag, versionOf(tag.slice(fixed))));
  const releases = pattern.slice(fixed).includes('-')
    ? versions
    : versions.filter(({ rank }) => rank.length === 3);
  const ordered = times.length > 0 ? times : releases.length > 0 ? releases : versions;
  const newest = ordered.reduce<(typeof ordered)[number] | undefined>(
    (best, each) => (best === undefined || compareRanks(each.rank, best.rank) > 0 ? each : best),
    undefined,
  );
  return { tag: newest?.tag, matching: matching.length, ordered: ordered.length };
}

const ranked = (tag: string, rank: Rank | undefined) => (rank === undefined ? [] : [{ tag, rank }]);

/** `major.minor.patch`, and the parts of a pre-release after them; undefined for anything else. */
function versionOf(text: string): Rank | undefined {
  const number = '(0|[1-9]\\d{0,15})';
  const [, major, minor, patch, pre] =
    new RegExp(`^v?${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?$`).exec(text) ?? [];
  if (major === undefined) return undefined;
  const parts = pre?.split('.') ?? [];
  if (parts.some((part) => part === '' || /^0\d+$/.test(part))) return undefined;
  return [
    ...[major, minor, patch].map(Number),
    ...parts.map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : part)),
  ];
}

/** Year to second as numbers, if the text begins with a date that there is. */
function timeOf(text: string): Rank | undefined {
  const [, ...parts] =
    /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_.T]?(\d{2})[-_.]?(\d{2})(?:[-_.]?(\d{2}))?Z?)?(?![0-9A-Za-z])/.exec(
      text,
    ) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return parts.length > 0 && exists && year >= 2000 && year < 2100 && second < 61
    ? [year, month, day, hour, minute, second, text]
    : undefined;
}

/** Below 0: the first is older. Numbers before words; a version before its own pre-releases' successors, as semver says. */
function compareRanks(a: Rank, b: Rank): number {
  for (let n = 0; n < Math.max(a.length, b.length); n++) {
    const [x, y] = [a[n], b[n]];
    if (x === y) continue;
    // A release is newer than its pre-releases, a longer pre-release newer than what it begins with.
    if (x === undefined) return n === 3 ? 1 : -1;
    if (y === undefined) return n === 3 ? -1 : 1;
    if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}
