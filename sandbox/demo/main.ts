// `npm run demo`: three deploys from an event to the verification, against a registry and a Fly.io on this machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type LogLine, RunnerLog } from '../runner/log.ts';
import { runsPage, type ShownRun } from './page.ts';
import { automatic, manual, reverted, type Story, type StoryRun, startStories } from './stories.ts';
import { paintFor, renderMarkdown } from './terminal.ts';

const paint = paintFor(process.stdout);
const print = (text = '') => void process.stdout.write(`${text}\n`);
const root = join(import.meta.dirname, '..', '..');
const begin = performance.now();
const stories = [automatic, manual, reverted];
const world = await startStories();

async function runStory(story: Story, n: number): Promise<StoryRun> {
  print(`\n${paint(['bold', 'inverse'], ` ${n} of ${stories.length} `)} ${paint('bold', story.title)}`);
  print(paint('dim', `${story.story}\n`));
  const shown = new RunnerLog();
  const shownRun = await world.run(story, (line) => {
    for (const each of shown.add(line)) showLine(each);
  });
  print(`\n${paint('dim', '── step summary '.padEnd(100, '─'))}\n`);
  print(renderMarkdown(shownRun.run.summary, paint));
  return shownRun;
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
    return print(`${bar}${paint('bold', `▾ ${text}`)}`);
  }
  if (kind === 'endgroup') inGroup = false;
  if (kind === 'endgroup' || kind === 'debug') return;
  const [style, name] = annotations[kind as keyof typeof annotations] ?? [];
  if (style !== undefined) {
    return print(`${bar}${margin}${paint(style, continued ? text : `${name}: ${text}`)}`);
  }
  print(`${bar}${margin}${text}`);
}

const runs: StoryRun[] = [];
try {
  for (const [n, story] of stories.entries()) runs.push(await runStory(story, n + 1));
} finally {
  await world.close();
}

const page = join(root, 'demo', 'index.html');
mkdirSync(join(root, 'demo'), { recursive: true });
writeFileSync(
  page,
  runsPage(
    'deploy-fly-image: three deploys',
    runs.map(
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

print(`\n${paint('bold', 'What happened')}\n`);
const rows = runs.map(({ story, run, unexpected }) => [
  run.status === 0 ? '✓ succeeded' : '✗ failed',
  `flyctl exited ${run.flyctl[0]?.status}`,
  run.outputs['image']?.replace(/^.*?owner\/repo/, '').replace(/(@sha256:.{12}).*/, '$1…') ?? '',
  story.title,
  unexpected.length === 0 ? 'as expected' : `NOT AS EXPECTED: ${unexpected.join('; ')}`,
]);
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) print(`  ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('   ')}`);
print(`\nThe summaries as GitHub shows them: ${relative(process.cwd(), page)}`);
print(`Took ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
process.exitCode = runs.every(({ unexpected }) => unexpected.length === 0) ? 0 : 1;
