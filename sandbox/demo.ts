// Three deploys from an event to the proof, against a registry and a Fly.io on this machine: what `npm run demo` shows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { builtCommit, type SandboxEvent, workflowDispatch, workflowRun } from './events.ts';
import { startFly } from './fly.ts';
import { startGitHub } from './github.ts';
import { makeImage } from './images.ts';
import { type LogLine, RunnerLog } from './log.ts';
import { runsPage, type ShownRun } from './page.ts';
import { startRegistry } from './registry.ts';
import { type ActionRun, runAction } from './runner.ts';
import { paintFor, renderMarkdown } from './terminal.ts';

const paint = paintFor(process.stdout);
const say = (text = '') => void process.stdout.write(`${text}\n`);
const root = join(import.meta.dirname, '..');
const app = 'test-battle';
const begin = performance.now();

const registry = await startRegistry();
const fly = await startFly();
const image = `${registry.host}/owner/repo`;
const source = 'https://github.com/owner/repo';
const pushed = (tag: string, revision: string, minutesAgo: number) => {
  const created = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const made = makeImage({ revision, source, created });
  registry.push('owner/repo', tag, made);
  return made;
};
const commits = {
  yesterday: '0ddba11f00d0ddba11f00d0ddba11f00d0ddba11',
  first: builtCommit,
  second: 'beefcafe1234567890abcdef1234567890abcdef',
  broken: 'bad5eed1234567890abcdef1234567890abcdef1',
};

const github = await startGitHub(Object.values(commits));
pushed('main-0ddba11', commits.yesterday, 24 * 60);
await fly.createApp(
  app,
  ['fra', 'iad', 'sin'].map((region) => ({ region, image: `${image}:main-0ddba11` })),
);

interface Story {
  readonly title: string;
  readonly story: string;
  readonly event: SandboxEvent;
  /** What happens outside before the step runs. Gives the linux/amd64 digest that machines should report after it. */
  readonly prepare: () => (string | undefined)[];
  readonly ends: { readonly status: number; readonly verified: string };
}

const stories: Story[] = [
  {
    title: 'Automatic: the build of a commit is done',
    story: `The workflow "Build" built commit ${commits.first.slice(0, 7)}, and main has moved on since. What must run is that commit's image, main-abc1234, and not main's newest.`,
    event: workflowRun(),
    prepare: () => {
      const { platformDigest } = pushed('main-abc1234', commits.first, 4);
      pushed('main', commits.second, 1);
      return [platformDigest, platformDigest, platformDigest];
    },
    ends: { status: 0, verified: 'true' },
  },
  {
    title: 'Manual: somebody presses "Run workflow"',
    story:
      'There is no commit in this event. The tag main is looked up once, and its digest is deployed: a push in the middle changes nothing.',
    event: workflowDispatch(),
    prepare: () => {
      const { platformDigest } = pushed('main', commits.second, 2);
      return [platformDigest, platformDigest, platformDigest];
    },
    ends: { status: 0, verified: 'true' },
  },
  {
    title: 'Reverted: flyctl is green, and one machine is not',
    story:
      'The new image does not stay up in sin. Fly.io puts that machine back to its old image after flyctl has gone home with exit status 0. A step that trusts flyctl ends here, green.',
    event: workflowRun({ head_sha: commits.broken, run_number: 43 }),
    prepare: () => {
      const before = fly.machines(app).map(({ image_ref }) => image_ref.digest);
      const { platformDigest } = pushed('main-bad5eed', commits.broken, 3);
      fly.behave(app, { revertMachine: { index: 2, afterMs: 1500 } });
      return [platformDigest, platformDigest, before[2]];
    },
    ends: { status: 1, verified: 'false' },
  },
];

interface Played {
  readonly story: Story;
  readonly run: ActionRun;
  /** What ended otherwise than it should have. */
  readonly wrong: readonly string[];
}

async function play(story: Story, n: number): Promise<Played> {
  say(`\n${paint(['bold', 'inverse'], ` ${n} of ${stories.length} `)} ${paint('bold', story.title)}`);
  say(paint('dim', `${story.story}\n`));
  const digests = story.prepare();
  const shown = new RunnerLog();
  const run = await runAction({
    event: story.event,
    inputs: { app, 'fly-api-token': fly.token, image, 'settle-time': '3s' },
    env: {
      FLY_API_BASE_URL: fly.origin,
      FLY_FLAPS_BASE_URL: fly.origin,
      FLY_UIEX_BASE_URL: fly.origin,
      FLY_REGISTRY_HOST: fly.registry.host,
      GITHUB_API_URL: github.origin,
    },
    onLine: (line) => {
      for (const each of shown.add(line)) showLine(each);
    },
  });
  say(`\n${paint('dim', '── step summary '.padEnd(100, '─'))}\n`);
  say(renderMarkdown(run.summary, paint));

  const runs = fly.machines(app).map(({ image_ref }) => image_ref.digest);
  const wrong = [
    run.status !== story.ends.status && `exit status ${run.status}, not ${story.ends.status}`,
    run.outputs['verified'] !== story.ends.verified && `verified=${run.outputs['verified']}`,
    run.flyctl[0]?.status !== 0 && `flyctl exited with ${run.flyctl[0]?.status}`,
    runs.join() !== digests.join() && `the machines run ${runs.join(', ')}`,
    run.stderr !== '' && `stderr: ${run.stderr}`,
  ].filter((each) => each !== false);
  return { story, run, wrong };
}

const annotations = {
  error: ['red', 'Error'],
  warning: ['yellow', 'Warning'],
  notice: ['blue', 'Notice'],
} as const;

let inGroup = false;
function showLine({ text, kind, continued }: LogLine): void {
  const bar = paint('dim', '│ ');
  const margin = inGroup ? '  ' : '';
  if (kind === 'group') {
    inGroup = true;
    return say(`${bar}${paint('bold', `▾ ${text}`)}`);
  }
  if (kind === 'endgroup') inGroup = false;
  if (kind === 'endgroup' || kind === 'debug') return;
  const [style, name] = annotations[kind as keyof typeof annotations] ?? [];
  if (style !== undefined) {
    return say(`${bar}${margin}${paint(style, continued ? text : `${name}: ${text}`)}`);
  }
  say(`${bar}${margin}${text}`);
}

const played: Played[] = [];
try {
  for (const [n, story] of stories.entries()) played.push(await play(story, n + 1));
} finally {
  await Promise.all([registry.close(), fly.close(), github.close()]);
}

const page = join(root, 'demo', 'index.html');
mkdirSync(join(root, 'demo'), { recursive: true });
writeFileSync(
  page,
  runsPage(
    'deploy-fly-image: three deploys',
    played.map(
      ({ story: { title, story }, run }): ShownRun => ({
        title,
        story,
        ok: run.status === 0,
        log: run.log.lines,
        summary: run.summary,
      }),
    ),
  ),
);

say(`\n${paint('bold', 'What happened')}\n`);
const rows = played.map(({ story, run, wrong }) => [
  run.status === 0 ? '✓ green' : '✗ red',
  `flyctl exited ${run.flyctl[0]?.status}`,
  run.outputs['image']?.replace(/^.*?owner\/repo/, '').replace(/(@sha256:.{12}).*/, '$1…') ?? '',
  story.title,
  wrong.length === 0 ? 'as it should' : `NOT AS IT SHOULD: ${wrong.join('; ')}`,
]);
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) say(`  ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('   ')}`);
say(`\nThe summaries as GitHub shows them: ${relative(process.cwd(), page)}`);
say(`Took ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
process.exitCode = played.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
