// Three deploys from an event to the proof, against a registry and a Fly.io on this machine: what `npm run demo` shows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type LogLine, RunnerLog } from '../runner/log.ts';
import { runsPage, type ShownRun } from './page.ts';
import { automatic, manual, type Played, reverted, type Story, startStories } from './stories.ts';
import { paintFor, renderMarkdown } from './terminal.ts';

const paint = paintFor(process.stdout);
const say = (text = '') => void process.stdout.write(`${text}\n`);
const root = join(import.meta.dirname, '..', '..');
const begin = performance.now();
const stories = [automatic, manual, reverted];
const world = await startStories();

async function play(story: Story, n: number): Promise<Played> {
  say(`\n${paint(['bold', 'inverse'], ` ${n} of ${stories.length} `)} ${paint('bold', story.title)}`);
  say(paint('dim', `${story.story}\n`));
  const shown = new RunnerLog();
  const played = await world.play(story, (line) => {
    for (const each of shown.add(line)) showLine(each);
  });
  say(`\n${paint('dim', '── step summary '.padEnd(100, '─'))}\n`);
  say(renderMarkdown(played.run.summary, paint));
  return played;
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
  await world.close();
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
