// `npm run demo`: five stories, each from an event to what the machines run, against a registry, a GitHub and a Fly.io on
// this machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type LogLine, RunnerLog } from '../runner/log.ts';
import { runsPage, type ShownRun } from './page.ts';
import { demo, type Story, type StoryRun, startStories } from './stories.ts';
import { paintFor, renderMarkdown, wrap } from './terminal.ts';

const paint = paintFor(process.stdout);
const print = (text = '') => void process.stdout.write(`${text}\n`);
const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'demo', 'index.html');
const width = 100;
const begin = performance.now();

const introduction = `The deploy step runs ${demo.length} times, as it would on GitHub. ghcr.io, GitHub, registry.fly.io, Fly.io and flyctl are simulated on this machine. The app test-battle has three machines, which run the image main-0ddba11. The step waits 3 seconds before its last check, instead of the default 30.`;

const world = await startStories();

/** Runs a story, and prints its log line by line. @returns what the page shows of it, too. */
async function runStory(story: Story, n: number): Promise<StoryRun & { shown: ShownRun }> {
  print(`\n${paint(['bold', 'inverse'], ` ${n} of ${demo.length} `)} ${paint('bold', story.title)}`);
  print(`${paint('dim', wrap(story.story, width))}\n`);
  const log = new RunnerLog();
  const terminal = new TerminalLog();
  const storyRun = await world.run(story, (line) => {
    terminal.show(log.add(world.named(line)));
  });
  const summary = world.named(storyRun.run.summary);
  print(`\n${paint('dim', '── job summary, its first part '.padEnd(width, '─'))}\n`);
  print(renderMarkdown(firstPart(summary), paint));
  const ok = storyRun.run.status === 0;
  const { title, ending } = story;
  return { ...storyRun, shown: { title, story: story.story, ending, ok, log: log.lines, summary } };
}

/** A summary as far as its first heading of a section: the page has all of it. */
const firstPart = (summary: string): string => {
  const [first = '', second = ''] = summary.split(/^(?=### |<details)/m);
  // The list of the doctor begins with a section.
  return first.trim().split('\n').length > 3 ? first : first + second;
};

const annotations = {
  error: ['red', 'Error'],
  warning: ['yellow', 'Warning'],
  notice: ['blue', 'Notice'],
} as const;

/** Lines of an error that the terminal shows: the doctor's repeats its list. */
const most = 12;

/** Prints a log as the page of a job does: the output of flyctl is a group that is folded, and debug lines are left out. */
class TerminalLog {
  /** How many lines of a folded group there were; undefined outside of one. */
  #folded: number | undefined;
  #margin = '';
  #said = '';

  /** Shows the lines that one line of output adds to the log. */
  show(lines: readonly LogLine[]): void {
    const [first] = lines;
    if (first === undefined || first.kind === 'debug') return;
    const { text, kind } = first;
    if (kind === 'group') {
      this.#margin = '  ';
      if (/\bflyctl deploy /.test(text)) this.#folded = 0;
      this.#print(paint('bold', `${this.#folded === undefined ? '▾' : '▸'} ${text}`));
    } else if (kind === 'endgroup') {
      if (this.#folded !== undefined) this.#print(`  ${more(this.#folded)}`);
      this.#folded = undefined;
      this.#margin = '';
    } else if (this.#folded !== undefined) {
      this.#folded += lines.length;
    } else if (kind === 'text') {
      this.#said += `${text}\n`;
      this.#print(`${this.#margin}${text}`);
    } else {
      // A warning about a line of a file repeats the list, for the page of the commit.
      if (kind === 'warning' && this.#said.includes(text)) return;
      const [style, name] = annotations[kind];
      const shown = lines.length > most ? lines.slice(0, 1) : lines;
      for (const [n, line] of shown.entries())
        this.#print(`${this.#margin}${paint(style, n === 0 ? `${name}: ${line.text}` : line.text)}`);
      if (shown !== lines) this.#print(`${this.#margin}${more(lines.length - shown.length)}`);
    }
  }

  #print(text: string): void {
    print(`${paint('dim', '│ ')}${text}`);
  }
}

const more = (count: number): string => paint('dim', `(${count} more lines, which the page shows)`);

print(wrap(introduction, width));
const runs: Awaited<ReturnType<typeof runStory>>[] = [];
try {
  for (const [n, story] of demo.entries()) runs.push(await runStory(story, n + 1));
} finally {
  await world.close();
}

mkdirSync(join(root, 'demo'), { recursive: true });
writeFileSync(
  page,
  runsPage(
    'deploy-fly-image: five stories',
    introduction,
    runs.map(({ shown }) => shown),
  ),
);

print(`\n${paint(['bold', 'inverse'], ' What happened ')}\n`);
const rows = runs.map(({ story, run, unexpected }, n) => [
  `${n + 1}  ${story.title}`,
  run.status === 0 ? '✓ succeeded' : '✗ failed',
  unexpected.length === 0 ? story.ending : `NOT AS EXPECTED: ${unexpected.join('; ')}`,
]);
const table = [['   Story', 'The step', 'How it ended'], ...rows];
const widths = [0, 1].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
const indent = widths.reduce((sum, each) => sum + each + 3, 2);
for (const [n, row] of table.entries()) {
  const [title = '', step = '', ending = ''] = row;
  const cells = [title, step].map((cell, column) => cell.padEnd(widths[column] ?? 0));
  const lines = wrap(ending, 64).split('\n');
  const line = `  ${cells.join('   ')}   ${lines.join(`\n${' '.repeat(indent)}`)}`;
  print(n === 0 ? paint('bold', line) : line);
}
const asTold = runs.every(({ unexpected }) => unexpected.length === 0);
print(
  `\n${asTold ? 'All stories ended as told: the steps that failed had to fail.' : paint('red', 'A story ended otherwise than told.')}`,
);
print(`Took ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
print(
  `\nOpen ${paint('bold', relative(process.cwd(), page))} in a browser: the job summaries as GitHub shows them, and the whole logs.`,
);
process.exitCode = asTold ? 0 : 1;
