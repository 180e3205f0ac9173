import type { Machine } from '../../fly/machine.ts';
import type { Links } from '../../github/links.ts';
import { counted } from '../../lib/format.ts';
import { shortDigest } from '../../registry/reference.ts';
import type { View } from '../view.ts';
import { commitLink, compareUrl } from './links.ts';
import { code, link, table, text } from './markdown.ts';
import { nameOf, shortName } from './names.ts';

type Row = readonly [name: string, before: string | undefined, after: string | undefined];

/** What ran before beside what this run is about, and the commits between. */
export function changes(view: View, links: Links): string | undefined {
  const { commit, known } = view;
  const { image, before, order } = known;
  if (image === undefined) return undefined;
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
          ['', headOf(view)],
          told.map(([name, , is]) => [`**${name}**`, is ?? '']),
        )
      : table(
          ['', 'Before', headOf(view)],
          told.map(([name, was, is]) => [`**${name}**`, was ?? '', is ?? '']),
        );
  return ['### What changes', shown, commits(view, links)].filter((part) => part !== undefined).join('\n\n');
}

/** The digest that machines report of the image: the linux/amd64 image's, unless one was seen to report the index's. */
export const digestOf = ({ known: { image }, machines }: View): string | undefined =>
  image?.digests.find((each) => machines?.some(({ digest }) => digest === each)) ?? image?.platformDigest;

/** What the column about this run's image is called: nothing is called "now" that was not seen. */
function headOf({ outcome, failure, rolledBack, verified }: View): string {
  if (rolledBack !== undefined) return 'Taken back';
  if (failure !== undefined) return 'Meant to run';
  switch (outcome.kind) {
    case 'skipped':
      if (outcome.reason === 'unchanged') return 'Now';
      return outcome.reason === 'dry-run' ? 'Would run' : 'Not deployed';
    case 'checked':
      return 'Would run';
    default:
      return verified ? 'Now' : 'Deployed';
  }
}

interface GroupBefore {
  readonly name: string;
  readonly digest: string | undefined;
  readonly count: number;
}

/** Images before that are told apart. */
const mostBefore = 4;

/** The images that ran before, with how many machines ran each. */
function groupsBefore(before: readonly Machine[] | undefined): GroupBefore[] {
  const images = Map.groupBy(before ?? [], ({ image, digest }) => `${image}\n${digest ?? ''}`);
  const groups = [...images.values()].map((some) => {
    const { image = '', digest } = some[0] ?? {};
    return { name: shortName(image) || '?', digest, count: some.length };
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

/** The commits that this deploy brings, or takes away; nothing where GitHub was not asked or did not say. */
function commits(
  { known: { order }, commit, failure, outcome, rolledBack }: View,
  links: Links,
): string | undefined {
  const { between, running } = order ?? {};
  if (between === undefined || running === undefined || commit === undefined) return undefined;
  const { ahead, behind } = between;
  const [there, back] = [compareUrl(running, commit, links), compareUrl(commit, running, links)];
  const linked = (words: string, url: string | undefined) => (url === undefined ? words : link(words, url));
  const meant =
    rolledBack !== undefined
      ? 'was meant to '
      : failure !== undefined
        ? 'is meant to '
        : outcome.kind === 'deployed'
          ? undefined
          : 'would ';
  const verb = (plain: string) => (meant === undefined ? `${plain}s` : `${meant}${plain}`);
  const parts = [
    ahead > 0 && `${verb('bring')} ${linked(counted(ahead, 'commit'), there)}`,
    behind > 0 && `${verb('take')} away ${linked(counted(behind, 'commit'), back)}`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return undefined;
  const rows = between.commits.map(({ sha, subject, author }) => [
    commitLink(sha, links),
    text(subject, 72) || '–',
    text(author, 39),
  ]);
  const more =
    ahead > rows.length && rows.length > 0 ? `\n\n…and ${linked(`${ahead - rows.length} more`, there)}.` : '';
  const list = rows.length === 0 ? '' : `\n\n${table(['Commit', 'What', 'Who'], rows)}${more}`;
  return `This deploy ${parts.join(', and ')}.${list}`;
}
