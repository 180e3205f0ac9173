import type { Links } from '../../github/links.ts';
import { counted, formatDuration } from '../../lib/format.ts';
import { shortDigest } from '../../registry/reference.ts';
import { shortSha } from '../../registry/tag-template.ts';
import { cautionsOf } from '../../verify/cautions.ts';
import { type CheckedMachine, isFine, managed } from '../../verify/compare.ts';
import { tally } from '../findings-log.ts';
import type { Skipped } from '../outcome.ts';
import type { View } from '../view.ts';
import { changes, version } from './changes.ts';
import { checklist } from './checklist.ts';
import { diagram } from './diagram.ts';
import { origin, references } from './image.ts';
import { compareUrl, flyUrl, packageUrl } from './links.ts';
import { machines } from './machines.ts';
import { code, link, prose, table, text } from './markdown.ts';
import { whatToDo, whatWasSeen } from './next-steps.ts';

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
    !doctor && inShort(view, links),
    !doctor && diagram(view),
    ...(listed ? [] : [whatWasSeen(view)]),
    changes(view, links),
    machines(view),
    origin(view, links, now),
    references(view),
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

const skippedHeadings: Record<Skipped['reason'], (app: string, image: string) => string> = {
  'dry-run': (app, image) => `🔍 ${app}: ${image} would be deployed`,
  unchanged: (app, image) => `⏭️ ${app}: ${image} runs already`,
  refused: (app) => `⏭️ ${app}: this run may not deploy`,
  outdated: (app, image) => `⏭️ ${app}: ${image} is outdated, and was not deployed`,
};

function heading(view: View): string {
  const { known, outcome, failure, machines = [], findings } = view;
  const app = view.app === undefined ? 'the app' : code(view.app);
  const image = known.image ? code(known.image.tag ?? shortDigest(known.image.digest)) : 'the image';
  if (known.inputs?.mode === 'doctor')
    return `## ${failure === undefined ? '🩺' : '❌'} ${app}: ${tally(findings)}`;
  switch (outcome.kind) {
    case 'skipped':
      return `## ${skippedHeadings[outcome.reason](app, image)}`;
    case 'deployed':
      return `## ✅ ${app}: ${allOf(machines)} ${image}`;
    case 'checked':
      return `## 🩺 ${app}: ${tally(findings)}`;
    case 'cancelled':
    case 'failed': {
      if (view.rolledBack !== undefined) return `## ⏪ ${app}: rolled back, as the deploy failed`;
      if (known.deployStartedAt === undefined) return `## ❌ ${app}: not deployed`;
      if (view.production?.kind === 'unchanged') return `## ❌ ${app}: not deployed, production is unchanged`;
      if (view.production?.kind === 'updated')
        return `## ❌ ${app}: ${counted(view.production.machines, 'machine')} on ${image}, and flyctl failed`;
      const wrong = machines.filter((machine) => !isFine(machine)).length;
      const state = view.deployed ? 'deployed' : 'not deployed to its end';
      return `## ❌ ${app}: ${state}, ${wrong === 0 ? 'and not proved' : `and ${wrong} of ${counted(machines.length, 'machine')} ${wrong === 1 ? 'is' : 'are'} not right`}`;
    }
  }
}

/** All machines that a deploy was for, as the subject of a sentence. */
function allOf(machines: readonly CheckedMachine[]): string {
  const meant = managed(machines).length;
  const verb = meant === 1 ? 'runs' : 'run';
  if (meant < machines.length) return `${meant} of ${counted(machines.length, 'machine')} ${verb}`;
  return meant === 1 ? `its machine ${verb}` : `all ${meant} machines ${verb}`;
}

/** What the digests of a verified deploy do not tell. */
function cautions({ verified, machines = [], known }: View): string | undefined {
  const lines = verified ? cautionsOf(machines, known.uncounted) : [];
  return lines.length === 0
    ? undefined
    : ['> [!WARNING]', ...lines.map((line) => `> ${prose(line)}`)].join('\n>\n');
}

/** A green run on one line: from which commit to which, the release, the time, the app. */
function inShort(view: View, links: Links): string | undefined {
  const { failure, commit, stages, releaseVersion, verified } = view;
  const { known } = view;
  const { order, url } = known;
  if (failure !== undefined || commit === undefined) return undefined;
  const running = order?.running;
  const page = running === undefined ? undefined : compareUrl(running, commit, links);
  const parts = [
    page && link(`${code(shortSha(running ?? ''))} → ${code(shortSha(commit))}`, page),
    version(releaseVersion) && `release ${version(releaseVersion)}`,
    stages.length > 0 && `took ${formatDuration(total(view))}`,
    known.answers && text(known.answers),
    verified && url !== undefined && link('open the app', url),
  ].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}

const total = ({ stages }: View): number => stages.reduce((sum, { ms }) => sum + ms, 0);

function times(view: View): string | undefined {
  const { stages } = view;
  if (stages.length === 0) return undefined;
  const rows = stages.map(({ title, ms, ok }) => [`${ok ? '✓' : '✗'} ${title}`, formatDuration(ms)]);
  return `<details><summary>Took ${formatDuration(total(view))}</summary>\n\n${table(['Step', 'Time'], rows)}\n\n</details>`;
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
