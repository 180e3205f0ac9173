import { counted, formatDuration } from '../../lib/duration.ts';
import { UserError } from '../../lib/user-error.ts';
import { shortDigest } from '../../registry/reference.ts';
import { type CheckedMachine, isFine } from '../../verify/compare.ts';
import { tally } from '../findings-log.ts';
import { wordsOf } from '../machines.ts';
import type { Report } from '../report.ts';
import { changes, origin, references, version } from './changes.ts';
import { checklist } from './checklist.ts';
import { isBack, picture, signOf } from './diagram.ts';
import { compareUrl, flyUrl, type Links, packageUrl, shortCommit } from './links.ts';
import { code, link, table, text } from './markdown.ts';
import { whatToDo, whatWasSeen } from './next-steps.ts';

/** A fleet of hundreds is read on Fly.io's own page. */
const mostRows = 100;

/** The step summary as GitHub's Markdown. Pure: the same report makes the same text. */
export function summary(report: Report, links: Links, now: number): string {
  const parts = [
    heading(report),
    ...(isListed(report) ? [] : [whatToDo(report, links)]),
    report.checks && checklist(report.checks),
    inShort(report, links),
    ...(report.checks === undefined ? [picture(report)] : []),
    ...(isListed(report) ? [] : [whatWasSeen(report)]),
    changes(report, links),
    machines(report),
    origin(report, links, now),
    references(report),
    times(report),
    footer(report, links),
  ];
  return withinLimit(parts.filter((part): part is string => part !== undefined && part !== ''));
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

function heading(report: Report): string {
  const app = report.app === undefined ? 'the app' : code(report.app);
  const image = report.image ? code(report.image.tag ?? shortDigest(report.image.digest)) : 'the image';
  const count = report.machines?.length ?? 0;
  if (report.checks !== undefined) {
    const mark = report.failure === undefined ? '🩺' : '❌';
    return `## ${mark} ${app}: ${tally(report.checks)}`;
  }
  if (report.failure !== undefined) {
    const wrong = (report.machines ?? []).filter((machine) => !isFine(machine)).length;
    if (report.rolledBack !== undefined) return `## ⏪ ${app}: rolled back, as the deploy failed`;
    if (!report.deployed && report.deployStartedAt === undefined) return `## ❌ ${app}: not deployed`;
    const state = report.deployed ? 'deployed' : 'not deployed to its end';
    return `## ❌ ${app}: ${state}, ${wrong === 0 ? 'and not proved' : `and ${wrong} of ${counted(count, 'machine')} ${wrong === 1 ? 'is' : 'are'} not right`}`;
  }
  if (report.skipped === 'dry-run') return `## 🔍 ${app}: ${image} would be deployed`;
  if (report.skipped === 'already-running') return `## ⏭️ ${app}: ${image} runs already`;
  if (report.skipped === 'refused') return `## ⏭️ ${app}: this run may not deploy`;
  if (report.skipped === 'outdated') return `## ⏭️ ${app}: ${image} is outdated, and was not deployed`;
  if (!report.verified) return `## 🚀 ${app}: ${image} deployed, not verified`;
  return `## ✅ ${app}: ${count === 1 ? 'its machine runs' : `all ${count} machines run`} ${image}`;
}

/** Whether the error is what the list says already, and not a cancel or a fault of this action. */
const isListed = ({ checks = [], failure }: Report): boolean =>
  failure instanceof UserError &&
  checks.some(({ words, mark }) => mark === 'bad' && failure.found.includes(words));

/** A green run on one line: from which commit to which, the release, the time, the app. */
function inShort(report: Report, links: Links): string | undefined {
  const { failure, order, commit, steps, url, releaseVersion, verified } = report;
  if (failure !== undefined || commit === undefined) return undefined;
  const running = order?.running;
  const page = running === undefined ? undefined : compareUrl(running, commit, links);
  const parts = [
    page && link(`${code(shortCommit(running ?? ''))} → ${code(shortCommit(commit))}`, page),
    version(releaseVersion) && `release ${version(releaseVersion)}`,
    steps.length > 0 && `took ${formatDuration(total(report))}`,
    verified && url !== undefined && link('open the app', url),
  ].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function machines(report: Report): string | undefined {
  const { machines, deployStartedAt } = report;
  if (machines === undefined || machines.length === 0 || deployStartedAt === undefined) return undefined;
  // What is wrong comes first: it is what one looks for.
  const sorted = [...machines].sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
  const groups = new Set(machines.map(({ group }) => group)).size > 1;
  const notesOf = (machine: CheckedMachine) =>
    isBack(machine, report) ? 'runs again what it ran before' : (wordsOf(machine) ?? '');
  const notes = machines.some((machine) => notesOf(machine) !== '');
  const row = (machine: CheckedMachine) => [
    signOf(machine, report),
    code(machine.id),
    ...(groups ? [code(machine.group)] : []),
    code(machine.region),
    `${code(machine.state)}${machine.host === 'ok' ? '' : ` · host ${code(machine.host)}`}`,
    machine.digest === undefined ? 'not reported' : code(shortDigest(machine.digest).slice('sha256:'.length)),
    // Cut so that no row wraps: all of it stands above, in what was seen.
    ...(notes ? [text(notesOf(machine), 46)] : []),
  ];
  const head = [
    '',
    'Machine',
    ...(groups ? ['Process group'] : []),
    'Region',
    'State',
    'Digest',
    ...(notes ? [''] : []),
  ];
  const more = sorted.length > mostRows ? `\n\n…and ${sorted.length - mostRows} more.` : '';
  return `### Machines\n\n${table(head, sorted.slice(0, mostRows).map(row))}${more}`;
}

const total = ({ steps }: Report): number => steps.reduce((sum, { ms }) => sum + ms, 0);

function times(report: Report): string | undefined {
  const { steps } = report;
  if (steps.length === 0) return undefined;
  const rows = steps.map(({ name, ms, ok }) => [`${ok ? '✓' : '✗'} ${name}`, formatDuration(ms)]);
  return `<details><summary>Took ${formatDuration(total(report))}</summary>\n\n${table(['Step', 'Time'], rows)}\n\n</details>`;
}

function footer(report: Report, links: Links): string | undefined {
  const { app, image, url } = report;
  const page = image && packageUrl(image.repository, links);
  const parts = [
    url !== undefined && link('App', url),
    app !== undefined && link('Fly.io dashboard', flyUrl(app)),
    app !== undefined && link('Machines', flyUrl(app, '/machines')),
    page !== undefined && link('Package', page),
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join(' · ');
}
