import { tally } from '../doctor/say.ts';
import { counted, formatAge, formatBytes, formatDuration } from '../duration.ts';
import { Fault, messageOf } from '../fault.ts';
import { formatReference, shortDigest } from '../reference.ts';
import { isFine, type SeenMachine } from '../verify/verify.ts';
import { checklist } from './checklist.ts';
import { block, code, link, table } from './markdown.ts';
import { type Edge, flowchart, type Node } from './mermaid.ts';
import { type Report, wordsOf } from './report.ts';

/** Where things can be looked at. */
export interface Links {
  /** e.g. `https://github.com`. */
  readonly server: string;
  /** e.g. `owner/repo`. */
  readonly repository: string;
}

/** Tables and pictures stop here: a fleet of hundreds is read on Fly.io's own page. */
const [mostRows, mostNodes] = [100, 12];

/** The step summary as GitHub's Markdown. Pure: the same report makes the same text. */
export function summary(report: Report, links: Links, now: number): string {
  const parts = [
    heading(report),
    report.failure && !isListed(report) ? failure(report.failure) : undefined,
    report.checks && checklist(report.checks),
    report.checks === undefined ? picture(report) : undefined,
    facts(report, links, now),
    machines(report),
    before(report),
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
    if (!report.deployed && report.deployBegan === undefined) return `## ❌ ${app}: not deployed`;
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
  failure instanceof Fault &&
  checks.some(({ words, mark }) => mark === 'bad' && failure.seen.includes(words));

function failure(error: Error): string {
  if (!(error instanceof Fault)) {
    return `> [!CAUTION]\n> **Unexpected error.** This is a fault of the action: please report it.\n\n${block(messageOf(error))}`;
  }
  return [
    '> [!CAUTION]\n> **The step failed.** What was seen, what was expected, and what to change:',
    `**Seen**\n${block(error.seen)}`,
    `**Expected**\n${block(error.expected)}`,
    `**To fix**\n${block(error.change)}`,
  ].join('\n\n');
}

/** From the commit to the machines, as far as the run came. */
function picture(report: Report): string | undefined {
  const { image, plan, commit } = report;
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const add = (node: Node, from: string | undefined, label?: string) => {
    nodes.push(node);
    if (from !== undefined) edges.push({ from, to: node.id, ...(label === undefined ? {} : { label }) });
    return node.id;
  };
  let last: string | undefined;
  if (commit !== undefined)
    last = add({ id: 'commit', lines: ['commit', commit.slice(0, 7)], look: 'plain' }, last);
  const tag = image?.tag ?? tagOf(plan);
  if (tag !== undefined)
    last = add({ id: 'tag', lines: ['tag', tag], look: image ? 'plain' : 'bad' }, last, commit && 'built');
  if (image === undefined) return nodes.length > 1 ? flowchart(nodes, edges) : undefined;

  const index = image.digest !== image.platformDigest;
  last = add(
    { id: 'digest', lines: [index ? 'index' : 'manifest', shortDigest(image.digest)], look: 'plain' },
    last,
    'is',
  );
  if (index) {
    last = add(
      { id: 'platform', lines: ['linux/amd64', shortDigest(image.platformDigest)], look: 'plain' },
      last,
      'holds',
    );
  }
  if (report.mirror !== undefined) {
    const { repository, digest } = { repository: report.mirror.reference, digest: report.mirror.digest };
    last = add(
      { id: 'mirror', lines: [repository.host, shortDigest(digest)], look: 'plain' },
      last,
      'copied to',
    );
  }
  for (const [n, { lines, look }] of machineNodes(report).entries()) {
    add(
      { id: `m${n + 1}`, lines, look },
      last,
      look === 'good' ? 'runs on' : look === 'bad' ? 'not right on' : 'for',
    );
  }
  return flowchart(nodes, edges);
}

const tagOf = (plan: Report['plan']): string | undefined =>
  plan !== undefined && 'reference' in plan
    ? plan.reference.tag
    : plan?.source === 'pattern'
      ? undefined
      : plan?.tag;

function machineNodes({ machines, deployBegan, app }: Report): Omit<Node, 'id'>[] {
  if (machines === undefined || deployBegan === undefined)
    return [{ lines: ['app', app ?? '?'], look: 'unknown' }];
  const look = (machine: SeenMachine) => (machine.leftOut ? 'unknown' : isFine(machine) ? 'good' : 'bad');
  if (machines.length <= mostNodes) {
    return machines.map((machine) => ({
      lines: [`${machine.region} ${signOf(machine)}`, machine.id, machine.state],
      look: look(machine),
    }));
  }
  const groups = Map.groupBy(machines, (machine) => `${machine.region} ${signOf(machine)}`);
  return [...groups].slice(0, mostNodes).map(([name, [first, ...rest]]) => ({
    lines: [name, counted(rest.length + 1, 'machine')],
    look: first === undefined ? 'unknown' : look(first),
  }));
}

const signOf = (machine: SeenMachine): string => (machine.leftOut ? '–' : isFine(machine) ? '✓' : '✗');

function facts(report: Report, links: Links, now: number): string | undefined {
  const { image, trigger, commit, releaseVersion } = report;
  if (image === undefined) return undefined;
  const age = image.created === undefined ? undefined : formatAge(image.created, now);
  const run = trigger?.way === 'automatic' ? trigger.run : undefined;
  const checks = { matches: 'the image says so too', unknown: 'the image does not say', unchecked: '' }[
    report.revision
  ];
  const rows: [string, string | undefined][] = [
    ['Image', code(formatReference(image.reference))],
    [
      'Deployed from',
      report.mirror &&
        `${code(formatReference(report.mirror.reference))} · ${report.mirror.there === report.mirror.blobs ? 'was there already' : `${formatBytes(report.mirror.bytes)} copied`}`,
    ],
    ['Digest', code(image.digest)],
    ['linux/amd64', image.platformDigest === image.digest ? undefined : code(image.platformDigest)],
    ['Commit', commit && `${commitLink(commit, links)}${checks && ` · ${checks}`}`],
    ['Built', [age, formatBytes(image.size)].filter((part) => part !== undefined).join(' · ')],
    [
      'Build',
      run &&
        `${code(run.name)}${run.number === undefined ? '' : ` #${run.number}`}${run.url?.startsWith(`${links.server}/`) ? ` · ${link('run', run.url)}` : ''}`,
    ],
    ['Started by', trigger && `${code(trigger.event)} (${trigger.way})`],
    ['Attested', report.attested && `built by ${code(report.attested.signer)}`],
    ['Over', report.age?.running && `${commitLink(report.age.running, links)} · ${report.age.order}`],
    [
      'Rolled back to',
      report.rolledBack?.map(({ reference }) => code(formatReference(reference))).join(', '),
    ],
    ['Release', releaseVersion && `v${code(releaseVersion).replaceAll('`', '')}`],
  ];
  const told = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
  // GitHub draws an empty head as an empty row: the first fact is the head.
  const [head = ['', ''], ...others] = told;
  return table(
    head,
    others.map(([name, value]) => [`**${name}**`, value]),
  );
}

function machines({ machines, deployBegan }: Report): string | undefined {
  if (machines === undefined || machines.length === 0 || deployBegan === undefined) return undefined;
  // What is wrong comes first: it is what one looks for.
  const sorted = [...machines].sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
  const groups = new Set(machines.map(({ group }) => group)).size > 1;
  const notes = machines.some((machine) => wordsOf(machine) !== undefined);
  const row = (machine: SeenMachine) => [
    signOf(machine),
    code(machine.id),
    ...(groups ? [code(machine.group)] : []),
    code(machine.region),
    `${code(machine.state)}${machine.host === 'ok' ? '' : ` · host ${code(machine.host)}`}`,
    machine.digest === undefined ? 'not reported' : code(shortDigest(machine.digest)),
    ...(notes ? [code(wordsOf(machine) ?? '')] : []),
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
  const cut = sorted.length > mostRows ? `\n\n…and ${sorted.length - mostRows} more.` : '';
  return `### Machines\n\n${table(head, sorted.slice(0, mostRows).map(row))}${cut}`;
}

function before({ before }: Report): string | undefined {
  if (before === undefined) return undefined;
  if (before.length === 0) return '### Before\n\nNothing: the app had no machine.';
  const images = Map.groupBy(before, ({ image, digest }) => `${image}\n${digest ?? ''}`);
  const rows = [...images.values()].map((some) => [
    code(some[0]?.image || '?'),
    some[0]?.digest === undefined ? 'not reported' : code(shortDigest(some[0].digest)),
    String(some.length),
  ]);
  return `### Before\n\n${table(['Image', 'Digest', 'Machines'], rows.slice(0, mostRows))}`;
}

function times({ steps }: Report): string | undefined {
  if (steps.length === 0) return undefined;
  const total = steps.reduce((sum, { ms }) => sum + ms, 0);
  const rows = steps.map(({ name, ms, ok }) => [`${ok ? '✓' : '✗'} ${name}`, formatDuration(ms)]);
  return `<details><summary>Took ${formatDuration(total)}</summary>\n\n${table(['Step', 'Time'], rows)}\n\n</details>`;
}

function footer(report: Report, links: Links): string | undefined {
  const { app, commit, image } = report;
  const repository = links.repository.split('/').map(encodeURIComponent).join('/');
  const [owner, ...rest] = image?.repository.path.split('/') ?? [];
  const github =
    image?.repository.host === 'ghcr.io' && owner === links.repository.split('/')[0]?.toLowerCase();
  const parts = [
    commit !== undefined &&
      /^[0-9a-f]{7,64}$/.test(commit) &&
      link('Commit', `${links.server}/${repository}/commit/${commit}`),
    github &&
      link('Package', `${links.server}/${repository}/pkgs/container/${encodeURIComponent(rest.join('/'))}`),
    report.url !== undefined && link('App', report.url),
    app !== undefined && link('Fly.io dashboard', `https://fly.io/apps/${encodeURIComponent(app)}`),
    app !== undefined && link('Machines', `https://fly.io/apps/${encodeURIComponent(app)}/machines`),
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function commitLink(commit: string, { server, repository }: Links): string {
  const path = repository.split('/').map(encodeURIComponent).join('/');
  return /^[0-9a-f]{7,64}$/.test(commit)
    ? link(code(commit.slice(0, 7)), `${server}/${path}/commit/${commit}`)
    : code(commit);
}
