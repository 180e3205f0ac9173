import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProgram } from '../../src/lib/program.ts';
import { compileCache } from '../lib/compile-cache.ts';
import { inFolder } from '../lib/folder.ts';
import { type ActionFile, commandFiles, readActionFile, root, stepEnvironment } from './environment.ts';
import { type FlyctlCall, readCalls } from './flyctl-calls.ts';
import { RunnerLog } from './log.ts';
import { parseOutputFile } from './output-file.ts';
import { nodeNamed, systemPath, writeFlyctl } from './windows.ts';

const onWindows = process.platform === 'win32';

type Code = 'dist' | 'src';

export interface RunOptions {
  /** The folder of the action's action.yml, in this repository or with its whole path. Defaults to the root. */
  readonly action?: string;
  /** The code to run: the bundle that users get (default), or the sources, which Node runs directly. */
  readonly code?: Code;
  /** A payload that is a string is written unchanged; undefined writes no file. */
  readonly event: {
    readonly name: string;
    readonly payload: unknown;
    readonly env?: Readonly<Record<string, string>>;
  };
  readonly inputs?: Readonly<Record<string, string>>;
  /** Inputs that action.yml does not have, which the runner also passes. They are separate to catch typos in tests. */
  readonly unknownInputs?: Readonly<Record<string, string>>;
  /** Overrides the runner's variables; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files of the workspace by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files of the workspace that can be executed. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Files of the runner's home folder by their path. */
  readonly home?: Readonly<Record<string, string>>;
  /** Whether the stand-in is on PATH (default true), or the JavaScript of another flyctl. */
  readonly flyctl?: boolean | string;
  /** Path of a real flyctl, which replaces the stand-in on PATH. */
  readonly realFlyctl?: string;
  /**
   * How many times faster than the machine's clock the action's clock runs, for tests of long waits. Defaults to 1. Children
   * and the sandbox's servers use the machine's time, so do not use it in tests that compare times of machine events.
   */
  readonly clockRate?: number;
  /** Called with each line of standard output. */
  readonly onLine?: (line: string) => void;
  /** Cancels like a runner: with this signal, `ms` after the start, or after the first line that contains `line`. */
  readonly signalAfter?: {
    readonly ms?: number;
    readonly line?: string;
    readonly signal: NodeJS.Signals;
  };
}

export interface ActionRun {
  /** Exit status; null if a signal ended it. */
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly log: RunnerLog;
  readonly outputs: Readonly<Record<string, string>>;
  /** The step summary, GitHub's Markdown. */
  readonly summary: string;
  readonly flyctl: readonly FlyctlCall[];
  /** The files that it left for later steps, by their names in `$RUNNER_TEMP/deploy-fly-image`. */
  readonly reports: Readonly<Record<string, string>>;
  /** Path of the workspace, which no longer exists. */
  readonly workspace: string;
  /** Duration of the process, in milliseconds. */
  readonly ms: number;
}

/** Runs the action like GitHub's runner, and returns everything that it left behind. */
export const runAction = (options: RunOptions): Promise<ActionRun> =>
  inFolder('runner', (folder) => runIn(folder, options));

async function runIn(folder: string, options: RunOptions): Promise<ActionRun> {
  const path = (...names: string[]) => join(folder, ...names);
  const { code, clockRate } = options;
  const actionFolder = resolve(root, options.action ?? '.');
  const action = readActionFile(actionFolder);
  prepareFolder(path, options);

  const calls = path('flyctl.jsonl');
  const env = {
    PATH: await programPath(path, options),
    // The action passes variables with this prefix on to flyctl.
    XDG_SANDBOX_CALLS: calls,
    XDG_SANDBOX_COMPILE_CACHE: compileCache,
    // With the cache, V8 reports no functions that a run did not compile itself.
    ...(process.env['NODE_V8_COVERAGE'] === undefined ? { NODE_COMPILE_CACHE: compileCache } : {}),
    ...(clockRate !== undefined && { SANDBOX_CLOCK_RATE: String(clockRate) }),
    ...stepEnvironment(path, action, options),
  };
  const preload =
    clockRate === undefined
      ? []
      : ['--import', pathToFileURL(join(import.meta.dirname, 'fast-clock.ts')).href];
  const log = new RunnerLog();
  const ended = await runProcess([...preload, join(actionFolder, entryOf(action, code))], {
    cwd: path('workspace'),
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    signalAfter: options.signalAfter,
    onLine: (line) => {
      log.add(line);
      options.onLine?.(line);
    },
  });
  return {
    ...ended,
    log,
    outputs: Object.fromEntries(parseOutputFile(readFileSync(path('files', 'output'), 'utf8'))),
    summary: readFileSync(path('files', 'summary'), 'utf8'),
    flyctl: existsSync(calls) ? readCalls(readFileSync(calls, 'utf8')) : [],
    reports: readFiles(path('temp', 'deploy-fly-image')),
    workspace: path('workspace'),
  };
}

/** The files of a folder by their names; none if it is not a folder. */
const readFiles = (folder: string): Record<string, string> =>
  existsSync(folder) && statSync(folder).isDirectory()
    ? Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
    : {};

/** Creates the runner's folders and files: workspace, home, programs, event, and the files that the step writes. */
function prepareFolder(path: (...names: string[]) => string, options: RunOptions): void {
  for (const name of ['workspace', 'home', 'temp', 'tools', 'bin', 'files']) mkdirSync(path(name));
  if (onWindows)
    writeFlyctl(path('workspace'), typeof options.flyctl === 'string' ? options.flyctl : undefined);
  else linkPrograms(path, options);
  for (const [folder, given, mode] of [
    ['workspace', options.files ?? {}, 0o644],
    ['workspace', options.programs ?? {}, 0o755],
    ['home', options.home ?? {}, 0o644],
  ] as const) {
    for (const [name, text] of Object.entries(given)) {
      mkdirSync(dirname(path(folder, name)), { recursive: true });
      writeFileSync(path(folder, name), text, { mode });
    }
  }
  for (const name of Object.values(commandFiles)) writeFileSync(path('files', name), '');
  const { payload } = options.event;
  if (payload !== undefined)
    writeFileSync(path('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload));
}

/** Fills the runner's folder of programs. */
function linkPrograms(path: (...names: string[]) => string, options: RunOptions): void {
  // The stand-in's first line needs Node on PATH, also in tests of a PATH without flyctl.
  symlinkSync(process.execPath, path('bin', 'node'));
  // Every runner has these. The tool cache unpacks archives with them.
  for (const name of ['tar', 'gzip']) {
    const found = findProgram(name, process.env, process.platform);
    if (found !== undefined) symlinkSync(found, path('bin', name));
  }
  if (options.realFlyctl !== undefined) symlinkSync(options.realFlyctl, path('bin', 'flyctl'));
  else if (typeof options.flyctl === 'string') {
    writeFileSync(
      path('bin', 'flyctl'),
      `#!/usr/bin/env node\nif (process.argv[2] === 'version') process.exit();\n${options.flyctl}\n`,
      { mode: 0o755 },
    );
  }
}

/** PATH: the stand-in, unless the options name another flyctl or none, then the runner's programs. */
async function programPath(
  path: (...names: string[]) => string,
  { flyctl = true, realFlyctl }: RunOptions,
): Promise<string> {
  if (onWindows) {
    const named = [...(flyctl === false ? [] : ['flyctl']), 'node'];
    return [...(await Promise.all(named.map(nodeNamed))), path('bin'), ...systemPath()].join(delimiter);
  }
  const standIn = flyctl === true && realFlyctl === undefined;
  return [...(standIn ? [join(root, 'sandbox', 'flyctl', 'bin')] : []), path('bin')].join(delimiter);
}

/** The bundle in action.yml, or its source: `dist/index.js` or `src/index.ts`. */
function entryOf({ runs }: ActionFile, code: Code = 'dist'): string {
  return code === 'dist' ? runs.main : runs.main.replace('dist/', 'src/').replace(/\.js$/, '.ts');
}

/** Runs Node with these arguments until it ends. */
async function runProcess(
  argv: readonly string[],
  {
    cwd,
    env,
    signalAfter,
    onLine,
  }: Required<Pick<RunOptions, 'onLine'>> & {
    cwd: string;
    env: NodeJS.ProcessEnv;
    signalAfter: RunOptions['signalAfter'];
  },
): Promise<Pick<ActionRun, 'status' | 'signal' | 'stdout' | 'stderr' | 'ms'>> {
  const begin = performance.now();
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, rest] = ['', '', ''];
  const timers: NodeJS.Timeout[] = [];
  const startCancel = () => void timers.push(...cancel(signalAfter, (signal) => child.kill(signal)));
  const take = (line: string) => {
    onLine(line);
    if (signalAfter?.line !== undefined && timers.length === 0 && line.includes(signalAfter.line))
      startCancel();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    const lines = `${rest}${chunk}`.split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  if (signalAfter?.line === undefined) startCancel();
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, ended) => resolve([code, ended]));
  });
  const ms = performance.now() - begin;
  for (const timer of timers) clearTimeout(timer);
  if (rest !== '') take(rest);
  // Workflow commands end with the system's line break. The runner reads line by line.
  return { status, signal, stdout: stdout.replaceAll('\r\n', '\n'), stderr, ms };
}

/** Sends the signal, SIGTERM 7.5 s later, and SIGKILL 2.5 s after that (actions/runner, ProcessInvoker.cs). */
function cancel(after: RunOptions['signalAfter'], kill: (signal: NodeJS.Signals) => void): NodeJS.Timeout[] {
  if (after === undefined) return [];
  const steps = [
    [0, after.signal],
    [7500, 'SIGTERM'],
    [10_000, 'SIGKILL'],
  ] as const;
  const { ms: wait = 0 } = after;
  return steps.map(([ms, signal]) => setTimeout(() => kill(signal), wait + ms));
}
