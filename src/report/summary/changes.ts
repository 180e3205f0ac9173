import type { Machine } from '../../fly/machine.ts';
import type { Links } from '../../github/links.ts';
import { counted } from '../../lib/format.ts';
import { shortDigest, tagIn } from '../../registry/reference.ts';
import { managed } from '../../verify/compare.ts';
import type { View } from '../view.ts';
import { commitLink, compareUrl } from './links.ts';
import { code, link, table, text } from './markdown.ts';
import { digestOf, nameOf, shortName } from './names.ts';

type Row = readonly [name: string, before: string | undefined, after: string | undefined];

/** What ran before beside what this run is about, and the commits between. */
export function changes(view: View, links: Links): string | undefined {
  const { commit, known } = view;
  const { image, before, order } = known;
  const words = wordsOf(view);
  if (image === undefined || words === undefined) return undefined;
  const [headBefore, headAfter] = words.columns;
  const old = groupsBefore(before);
  const [first] = old;
  const rows: Row[] = [
    ['Commit', order?.running && commitLink(order.running, links), commit && commitLink(commit, links)],
    [
      'Image',
      old.map(({ name, count }) => `${code(name)}${old.length > 1 ? ` × ${count}` : ''}`).join('<br>') ||
        'no machine',
      code(nameOf(image.reference)),
    ],
    [
      'Digest',
      old.length === 1 && first?.digest ? code(shortDigest(first.digest)) : undefined,
      code(shortDigest(digestOf(view) ?? image.digest)),
    ],
    ['Release', releaseOf(before), version(view.releaseVersion)],
  ];
  const told = rows.filter(([, was, is]) => was !== undefined || is !== undefined);
  const shown =
    before === undefined
      ? table(
          ['', headAfter],
          told.map(([name, , is]) => [`**${name}**`, is ?? '']),
        )
      : table(
          ['', headBefore, headAfter],
          told.map(([name, was, is]) => [`**${name}**`, was ?? '', is ?? '']),
        );
  return [`### ${words.title}`, shown, commits(view, links)]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

interface Words {
  readonly title: string;
  /** The columns of what ran before, and of this run's image: nothing is called "now" that was not seen. */
  readonly columns: readonly [before: string, after: string];
}

/** The title for what a run changes, by how it ended; undefined if it changed nothing and is not a dry run. */
function wordsOf(view: View): Words | undefined {
  const { outcome, rolledBack, unchanged, known } = view;
  if (rolledBack !== undefined)
    return { title: 'What was rolled back', columns: ['Runs again', 'Rolled back'] };
  if (outcome.kind === 'skipped')
    return outcome.reason === 'dry-run'
      ? { title: 'What would change', columns: ['Now', 'Would run'] }
      : undefined;
  if (known.deployStartedAt === undefined || unchanged) return undefined;
  return runsEverywhere(view)
    ? { title: 'What changed', columns: ['Before', 'Now'] }
    : { title: 'What should have changed', columns: ['Before', 'Should run'] };
}

/** Was the image seen on every machine, whatever else is wrong with them? */
function runsEverywhere({ machines = [], verified }: View): boolean {
  const meant = managed(machines);
  return verified || (meant.length > 0 && meant.every(({ runsImage }) => runsImage));
}

interface GroupBefore {
  readonly name: string;
  readonly digest: string | undefined;
  readonly count: number;
}

/** The most images before the deploy that are listed separately. */
const mostBefore = 4;

/** The images that ran before, with how many machines ran each. */
function groupsBefore(before: readonly Machine[] | undefined): GroupBefore[] {
  const images = Map.groupBy(before ?? [], ({ image, digest }) => `${image}\n${digest ?? ''}`);
  const groups = [...images.values()].map((some) => {
    const { image = '', digest } = some[0] ?? {};
    const name = shortName(image);
    const isBare = name !== '' && digest !== undefined && tagIn(image) === '';
    return {
      name: isBare ? `${name}@${shortDigest(digest)}` : name || '?',
      digest,
      count: some.length,
    };
  });
  const rest = groups.slice(mostBefore).reduce((sum, { count }) => sum + count, 0);
  return rest === 0
    ? groups
    : [...groups.slice(0, mostBefore), { name: 'others', digest: undefined, count: rest }];
}

function releaseOf(machines: readonly Machine[] | undefined): string | undefined {
  const [first, ...rest] = new Set((machines ?? []).map(({ releaseVersion }) => releaseVersion));
  return rest.length === 0 ? version(first) : undefined;
}

export const version = (release: string | undefined): string | undefined =>
  release && (/^\d{1,9}$/.test(release) ? `v${release}` : code(`v${release.slice(0, 40)}`));

/** The commits that this deploy adds, or removes; nothing where GitHub was not asked or did not say. */
function commits(view: View, links: Links): string | undefined {
  const { known, commit, rolledBack } = view;
  const { order } = known;
  const { between, running } = order ?? {};
  if (between === undefined || running === undefined || commit === undefined) return undefined;
  const { ahead, behind } = between;
  const [there, back] = [compareUrl(running, commit, links), compareUrl(commit, running, links)];
  const linked = (words: string, url: string | undefined) => (url === undefined ? words : link(words, url));
  const verb = (plain: string, past: string) => {
    if (rolledBack !== undefined) return `had ${past}`;
    if (view.outcome.kind === 'skipped') return `would ${plain}`;
    return runsEverywhere(view) ? past : `should have ${past}`;
  };
  const parts = [
    ahead > 0 && `${verb('add', 'added')} ${linked(counted(ahead, 'commit'), there)}`,
    behind > 0 && `${verb('remove', 'removed')} ${linked(counted(behind, 'commit'), back)}`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return undefined;
  const rows = between.commits.map(({ sha, subject, author }) => [
    commitLink(sha, links),
    text(subject, 72) || '–',
    text(author, 39),
  ]);
  const more =
    ahead > rows.length && rows.length > 0 ? `\n\n…and ${linked(`${ahead - rows.length} more`, there)}.` : '';
  const list = rows.length === 0 ? '' : `\n\n${table(['Commit', 'Subject', 'Author'], rows)}${more}`;
  return `This deploy ${parts.join(' and ')}.${list}`;
}
