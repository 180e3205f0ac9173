import { compare, parse, type SemVer } from 'semver';
import { matchesGlob } from '../registry/glob.ts';

/** The newest tag that matches a pattern, and how many there were to choose from. */
export interface NewestTag {
  readonly tag: string | undefined;
  /** Tags that match the pattern. */
  readonly matching: number;
  /** How many of them have a time or a version in their name to order them by. */
  readonly ordered: number;
}

/**
 * Finds the newest tag of a pattern by name alone, because registries do not report a tag's age. The part of the tag that
 * begins at the pattern's first `*` or `?` is read as a version (semver.org, 2.0.0, section 11) or as a time from year to
 * second (`20261124`, `20261124-093000`, `2026-11-24T09.30.00`). A tag with neither is not a candidate: `main-abc1234`
 * beside `main-20261124-093000` is a commit, not a later time. Pre-releases count only if there are no other versions; a
 * pattern such as `v*-rc.*`, which contains a hyphen, matches only pre-releases.
 */
export function newestTag(tags: readonly string[], pattern: string): NewestTag {
  const fixed = /^[^*?]*/.exec(pattern)?.[0].length ?? 0;
  const matching = tags.filter((tag) => matchesGlob(pattern, tag));
  const times = ranked(matching, (tag) => timeOf(tag.slice(fixed)));
  const versions = ranked(matching, (tag) => versionOf(tag.slice(fixed)));
  const releases = versions.filter(({ rank }) => rank.prerelease.length === 0);
  const tag =
    times.length > 0
      ? newestOf(times, compareTexts)
      : newestOf(releases.length > 0 ? releases : versions, compareVersions);
  const ordered = times.length || releases.length || versions.length;
  return { tag, matching: matching.length, ordered };
}

interface Ranked<Rank> {
  readonly tag: string;
  readonly rank: Rank;
}

/** The tags that have a rank. */
const ranked = <Rank>(tags: readonly string[], rankOf: (tag: string) => Rank | undefined): Ranked<Rank>[] =>
  tags.flatMap((tag) => {
    const rank = rankOf(tag);
    return rank === undefined ? [] : [{ tag, rank }];
  });

/** The tag with the highest rank; the first of equal ones. */
function newestOf<Rank>(
  tags: readonly Ranked<Rank>[],
  order: (a: Rank, b: Rank) => number,
): string | undefined {
  let newest = tags[0];
  for (const each of tags) if (newest !== undefined && order(each.rank, newest.rank) > 0) newest = each;
  return newest?.tag;
}

/** 1 if `a` comes after `b`, else 0. */
const compareTexts = (a: string, b: string): number => (a > b ? 1 : 0);

/** semver compares numbers as floats, so two long numbers in pre-releases (nanoseconds) can compare as equal. */
const compareVersions = (a: SemVer, b: SemVer): number =>
  compare(a, b) || a.version.length - b.version.length || compareTexts(a.version, b.version);

/** Parses `major.minor.patch`, optionally with a `v` before and a pre-release after it; undefined for anything else. */
const versionOf = (text: string): SemVer | undefined =>
  // semver also accepts surrounding spaces and build metadata, which no tag can contain.
  (/^[0-9A-Za-z.-]+$/.test(text) && parse(text)) || undefined;

/** A text that sorts by time, from year to second; undefined unless the input begins with a valid date. */
function timeOf(text: string): string | undefined {
  const [, ...parts] =
    /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_.T]?(\d{2})[-_.]?(\d{2})(?:[-_.]?(\d{2}))?Z?)?(?![0-9A-Za-z])/.exec(
      text,
    ) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  // A day that the month does not have is in another month. A minute can have a leap second.
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
  const exists = isDay && hour < 24 && minute < 60 && second < 61;
  return exists && year >= 2000 && year < 2100
    ? [...parts.map((part) => part ?? '00'), text].join('')
    : undefined;
}
