import type { Machine } from '../../fly/machines.ts';
import { counted, formatAge, formatBytes } from '../../lib/duration.ts';
import { formatReference, type Reference, shortDigest } from '../../registry/reference.ts';
import type { Report } from '../report.ts';
import { commitLink, compareUrl, type Links } from './links.ts';
import { block, code, link, table, text } from './markdown.ts';

type Row = readonly [name: string, before: string | undefined, after: string | undefined];

/** What ran before beside what this run is about, and the commits between. */
export function changes(report: Report, links: Links): string | undefined {
  const { image, commit, before, order } = report;
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
      code(shortDigest(digestOf(report) ?? image.digest)),
    ],
    ['Release', releaseOf(before), version(report.releaseVersion)],
  ];
  const told = rows.filter(([, was, is]) => was !== undefined || is !== undefined);
  const shown =
    before === undefined
      ? table(
          ['', headOf(report)],
          told.map(([name, , is]) => [`**${name}**`, is ?? '']),
        )
      : table(
          ['', 'Before', headOf(report)],
          told.map(([name, was, is]) => [`**${name}**`, was ?? '', is ?? '']),
        );
  return ['### What changes', shown, commits(report, links)]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

/** The digest that machines report of the image: the linux/amd64 image's, unless one was seen to report the index's. */
export const digestOf = ({ image, machines }: Report): string | undefined =>
  machines?.some(({ digest }) => digest === image?.digest) ? image?.digest : image?.platformDigest;

/** Who built the image and when, what proves it, where it was copied to, what started this run. */
export function origin(report: Report, links: Links, now: number): string | undefined {
  const { image, trigger, mirror, attested, rolledBack } = report;
  if (image === undefined) return undefined;
  const run = trigger?.kind === 'automatic' ? trigger.run : undefined;
  const age = image.created === undefined ? undefined : formatAge(image.created, now);
  const by =
    run &&
    `by ${code(run.name.slice(0, 60))}${run.number === undefined ? '' : ` #${run.number}`}${run.url?.startsWith(`${links.server}/`) ? ` (${link('run', run.url)})` : ''}`;
  const says = {
    matches: 'The image itself says that it was built from this commit',
    unknown: 'The image does not say which commit it was built from',
    unchecked: undefined,
  }[report.revision];
  const lines = [
    `Built ${[age, by].filter((part) => part !== undefined).join(', ')}${(age ?? by) ? '; ' : ''}${formatBytes(image.size)} to pull`,
    says,
    attested && `Attested: signed by ${code(attested.signer.replace(/^https:\/\/[^/]*\//, ''))}`,
    mirror &&
      `Deployed from the copy ${code(nameOf(mirror.reference))}: ${mirror.there === mirror.blobs ? 'it was there already' : `${formatBytes(mirror.bytes)} copied`}`,
    rolledBack && `Rolled back to ${rolledBack.map(({ reference }) => code(nameOf(reference))).join(', ')}`,
    trigger && `Started by ${code(trigger.event)}, ${trigger.kind}`,
  ];
  const list = lines.filter((line) => line !== undefined).map((line) => `- ${line}`);
  return `### The image\n\n${list.join('\n')}`;
}

/** What the column about this run's image is called: nothing is called "now" that was not seen. */
function headOf({ failure, rolledBack, skipped, verified, deployed }: Report): string {
  if (rolledBack !== undefined) return 'Taken back';
  if (failure !== undefined) return 'Meant to run';
  if (skipped === 'already-running') return 'Now';
  if (skipped !== undefined) return skipped === 'dry-run' ? 'Would run' : 'Not deployed';
  return verified ? 'Now' : deployed ? 'Deployed' : 'Meant to run';
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

/** A reference without its host and owner: those are below, in full. */
const nameOf = (reference: Reference): string => {
  const { digest, ...named } = reference;
  return shortName(formatReference(named)) + (digest === undefined ? '' : `@${shortDigest(digest)}`);
};

function shortName(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  return name.length <= 40 ? name : `${name.slice(0, 20)}…${name.slice(-19)}`;
}

function releaseOf(machines: readonly Machine[] | undefined): string | undefined {
  const [first, ...rest] = new Set((machines ?? []).map(({ releaseVersion }) => releaseVersion));
  return rest.length === 0 ? version(first) : undefined;
}

export const version = (release: string | undefined): string | undefined =>
  release && (/^\d{1,9}$/.test(release) ? `v${release}` : code(`v${release.slice(0, 40)}`));

/** References and digests whole, to be copied. */
export function references(report: Report): string | undefined {
  const { image, mirror, commit, before } = report;
  if (image === undefined) return undefined;
  const previous = [
    ...new Set(
      (before ?? []).map(({ image: name, digest }) => `${name}${digest === undefined ? '' : `@${digest}`}`),
    ),
  ];
  const rows: [string, string | undefined][] = [
    ['image', formatReference(image.reference)],
    ['digest', image.digest],
    ['linux/amd64', image.platformDigest === image.digest ? undefined : image.platformDigest],
    ['copy', mirror && formatReference(mirror.reference)],
    ['commit', commit],
    ...previous.slice(0, 10).map((each): [string, string] => ['before', each]),
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(12)}${value}`]));
  return `<details><summary>References in full</summary>\n\n${block(lines.join('\n'), Number.POSITIVE_INFINITY)}\n\n</details>`;
}

/** The commits that this deploy brings, or takes away; nothing where GitHub was not asked or did not say. */
function commits(report: Report, links: Links): string | undefined {
  const { order, commit, failure, skipped, rolledBack } = report;
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
        : skipped === undefined
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
