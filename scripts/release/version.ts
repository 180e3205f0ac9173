// Versions of releases: three numbers, without pre-releases. Only Node's own modules, because the release job installs nothing.

/** `1.10.0` as numbers; undefined if it is not a version of a release (semver.org, 2). */
export function parseVersion(text: string): readonly [number, number, number] | undefined {
  const [, major, minor, patch] = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(text) ?? [];
  const numbers = [Number(major), Number(minor), Number(patch)] as const;
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** Less than 0 if the first is lower. @throws RangeError if one of them is not a version. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [parseVersion(one), parseVersion(other)];
  if (left === undefined) throw new RangeError(`${one} is not a version`);
  if (right === undefined) throw new RangeError(`${other} is not a version`);
  for (const n of [0, 1, 2] as const) if (left[n] !== right[n]) return left[n] - right[n];
  return 0;
}

/** The versions that tags name, lowest first. Other tags, such as `v1`, are ignored. */
export const versionsOf = (tags: readonly string[]): string[] =>
  tags
    .filter((tag) => tag.startsWith('v') && parseVersion(tag.slice(1)) !== undefined)
    .map((tag) => tag.slice(1))
    .sort(compareVersions);

/** The tag that follows all releases with the same first number: `v1`. */
export const majorTag = (version: string): string => `v${version.split('.')[0]}`;

/** The version of a trial: 1.0.0 before that, and the next minor version afterwards. */
export function nextVersion(last: string): string {
  const [major = 0, minor = 0] = parseVersion(last) ?? [];
  return major === 0 ? '1.0.0' : `${major}.${minor + 1}.0`;
}

/** Why a version cannot be released after the last one; undefined if it can. */
export function objectionToVersion(version: string, last: string): string | undefined {
  if (parseVersion(version) === undefined)
    return `"${version}" is not a version. Expected three numbers, such as ${nextVersion(last)}.`;
  if (compareVersions(version, last) <= 0)
    return `${version} is not greater than ${last}. Expected at least ${nextVersion(last)} or the next patch.`;
  return undefined;
}
