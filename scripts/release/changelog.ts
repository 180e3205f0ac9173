// CHANGELOG.md in the form of keepachangelog.com. Only Node's own modules, because the release job installs nothing.

/** A release that was withdrawn is marked with `[YANKED]`. */
const heading = /^## \[([^\]\n]+)\](?: - (\d{4}-\d{2}-\d{2})(?: \[YANKED\])?)?[ \t]*$/gm;

/** The definition of a link, such as `[1.0.0]: https://…`. */
const definition = /^\[([^\]\n]+)\]: /;

interface Section {
  readonly name: string;
  readonly date: string | undefined;
  readonly body: string;
  /** Where its heading begins, and where its body ends. */
  readonly from: number;
  readonly to: number;
}

/** The sections of a changelog, newest first. The link definitions at the end belong to none. */
function sectionsOf(changelog: string): Section[] {
  const end = linksOf(changelog);
  const heads = [...changelog.matchAll(heading)];
  return heads.map((head, n) => {
    const to = heads[n + 1]?.index ?? end;
    return {
      name: head[1] ?? '',
      date: head[2],
      body: changelog.slice(head.index + head[0].length, to).trim(),
      from: head.index,
      to,
    };
  });
}

/** Where the link definitions at the end begin: entries can have some, too. */
function linksOf(changelog: string): number {
  const lines = changelog.split('\n');
  const last = lines.findLastIndex((line) => line.trim() !== '' && !definition.test(line));
  return Math.min(changelog.length, lines.slice(0, last + 1).join('\n').length + 1);
}

/** Whether a section has at least one entry. */
const hasEntries = (section: Section | undefined): boolean => /^[-*+][ \t]+\S/m.test(section?.body ?? '');

const sectionOf = (changelog: string, name: string): Section | undefined =>
  sectionsOf(changelog).find((section) => section.name === name);

/** Whether a release can be made of `Unreleased`, or has been described already. */
export const hasEntriesFor = (changelog: string, version: string): boolean =>
  hasEntries(sectionOf(changelog, version)) || hasEntries(sectionOf(changelog, 'Unreleased'));

/** The text of a release, without its heading; undefined if the changelog has no dated entries for it. */
export function notesOf(changelog: string, version: string): string | undefined {
  const section = sectionOf(changelog, version);
  return hasEntries(section) && section?.date !== undefined ? section.body : undefined;
}

/**
 * Gives the entries of `Unreleased` the version and the date, and leaves an empty section above them. A section that has the
 * version already keeps its entries.
 *
 * @throws Error if there are no entries.
 */
export function releasedChangelog(
  changelog: string,
  { version, date, repository }: { version: string; date: string; repository: string },
): string {
  const name = hasEntries(sectionOf(changelog, version)) ? version : 'Unreleased';
  const section = sectionOf(changelog, name);
  if (section === undefined || !hasEntries(section)) throw new Error('CHANGELOG.md has no entries');
  const released = `## [${version}] - ${date}\n\n${section.body}\n\n`;
  const above = name === 'Unreleased' ? '## [Unreleased]\n\n' : '';
  const text = `${changelog.slice(0, section.from)}${above}${released}${changelog.slice(section.to)}`;
  const names = sectionsOf(text).map((each) => each.name);
  // Only the new definitions of the headings count, wherever the old ones are.
  const rest = text
    .slice(0, linksOf(text))
    .split('\n')
    .filter((line) => !isOfHeading(line, names));
  return `${rest.join('\n').trimEnd()}\n\n${linkDefinitions(text, repository)}`;
}

/** Whether a line defines the link of a heading. */
const isOfHeading = (line: string, names: readonly string[]): boolean =>
  ['Unreleased', ...names].includes(definition.exec(line)?.[1] ?? '');

/** The definitions of the headings' links, which are each release and what is not released, and then the other ones. */
function linkDefinitions(changelog: string, repository: string): string {
  const names = sectionsOf(changelog).map(({ name }) => name);
  const [newest = ''] = names.filter((name) => name !== 'Unreleased');
  const others = changelog
    .slice(linksOf(changelog))
    .split('\n')
    .filter((line) => definition.test(line) && !isOfHeading(line, names));
  return [
    ...names.map((name) =>
      name === 'Unreleased'
        ? `[Unreleased]: ${repository}/compare/v${newest}...HEAD`
        : `[${name}]: ${repository}/releases/tag/v${name}`,
    ),
    ...others,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
