import type { Links } from '../../github/links.ts';
import { formatDuration } from '../../lib/format.ts';
import { shortSha } from '../../registry/tag-template.ts';
import { cautionsOf } from '../../verify/cautions.ts';
import { recordsLine } from '../records.ts';
import type { View } from '../view.ts';
import { changes, version } from './changes.ts';
import { checklist } from './checklist.ts';
import { diagram } from './diagram.ts';
import { heading } from './heading.ts';
import { origin, references } from './image.ts';
import { compareUrl, flyUrl, packageUrl } from './links.ts';
import { machines } from './machines.ts';
import { code, link, prose, table, text } from './markdown.ts';
import { sentences, whatToDo, whatWasFound } from './next-steps.ts';

/** The step summary as GitHub's Markdown. Pure: the same view makes the same text. */
export function summary(view: View, links: Links, now: number): string {
  const doctor = view.known.inputs?.mode === 'doctor';
  // Of a checked setup the list has everything that the error has.
  const listed = view.outcome.kind === 'checked';
  const parts = [
    heading(view),
    ...(listed ? [] : [whatToDo(view, links)]),
    cautions(view),
    doctor && checklist(view.findings),
    whyNot(view),
    !doctor && inShort(view, links),
    !doctor && diagram(view),
    ...(listed ? [] : [whatWasFound(view)]),
    changes(view, links),
    machines(view),
    origin(view, links, now),
    references(view),
    view.known.recorded && recordsLine(view.known.recorded, links),
    times(view),
    footer(view, links),
  ];
  return withinLimit(parts.filter((part): part is string => typeof part === 'string' && part !== ''));
}

/** GitHub refuses a step's summary of more than 1 MiB, the whole of it (docs, "Step isolation and limits"). */
const mostBytes = 1024 * 1024;

/** Leaves parts out, the last ones first, until the rest is small enough, and says so. The heading stays. */
function withinLimit(parts: readonly string[]): string {
  const kept = [...parts];
  const textOf = () =>
    `${[...kept, ...(kept.length < parts.length ? [`_${parts.length - kept.length} parts of this summary were left out: GitHub shows 1 MiB at most._`] : [])].join('\n\n')}\n`;
  while (kept.length > 1 && Buffer.byteLength(textOf()) > mostBytes) kept.pop();
  return textOf();
}

/** What the digests of a verified deploy do not tell. */
function cautions({ verified, machines = [], known }: View): string | undefined {
  const lines = verified ? cautionsOf(machines, known.uncounted) : [];
  return lines.length === 0
    ? undefined
    : ['> [!WARNING]', ...lines.map((line) => `> ${prose(line)}`)].join('\n>\n');
}

/** Why nothing was deployed, on purpose; of a dry run, why a deploy would do nothing either. */
function whyNot({ skipped }: View): string | undefined {
  if (skipped === undefined || skipped === '') return undefined;
  if (typeof skipped === 'string')
    return sentences(skipped.replace(/^[a-z]/, (first) => first.toUpperCase()));
  const { found, expected, fix } = skipped;
  return `**Found:** ${sentences(found)}\n\n**Expected:** ${sentences(expected)}\n\n**To deploy:** ${sentences(fix)}`;
}

/** A deploy that succeeded, on one line: from which commit to which, the release, the time, the app. */
function inShort(view: View, links: Links): string | undefined {
  const { failure, commit, stages, took, releaseVersion, verified, outcome } = view;
  const { known } = view;
  const { order, url } = known;
  if (failure !== undefined || commit === undefined) return undefined;
  const running = order?.running;
  // A run that went nowhere shows no way.
  const moves = verified || (outcome.kind === 'skipped' && outcome.reason === 'dry-run');
  const page =
    moves && running !== undefined && running !== commit ? compareUrl(running, commit, links) : undefined;
  const parts = [
    page && link(`${code(shortSha(running ?? ''))} → ${code(shortSha(commit))}`, page),
    version(releaseVersion) && `release ${version(releaseVersion)}`,
    stages.length > 0 && `took ${formatDuration(took)}`,
    known.answers && text(known.answers),
    verified && url !== undefined && link('open the app', url),
  ].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function times({ stages, took }: View): string | undefined {
  if (stages.length === 0) return undefined;
  const rows = stages.map(({ title, ms, ok }) => [`${ok ? '✓' : '✗'} ${title}`, formatDuration(ms)]);
  const sum = stages.reduce((all, { ms }) => all + ms, 0);
  const overlap =
    sum > took ? 'Some steps ran at the same time, so their times add up to more than the total.\n\n' : '';
  return `<details><summary>Took ${formatDuration(took)}</summary>\n\n${table(['Step', 'Time'], rows)}\n\n${overlap}</details>`;
}

function footer({ app, known: { image, url } }: View, links: Links): string | undefined {
  const page = image && packageUrl(image.repository, links);
  const parts = [
    url !== undefined && link('App', url),
    app !== undefined && link('Fly.io dashboard', flyUrl(app)),
    app !== undefined && link('Machines', flyUrl(app, '/machines')),
    page !== undefined && link('Package', page),
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join(' · ');
}
