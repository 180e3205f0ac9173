import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { findProgram } from '../../src/lib/spawn.ts';
import { inFolder } from '../lib/folder.ts';
import { RunnerLog } from './log.ts';

const root = join(import.meta.dirname, '..', '..');

type Code = 'dist' | 'src';

export interface RunOptions {
  /** The action's folder in this repository, where its action.yml is; default the root. */
  readonly action?: string;
  /** Which code runs: the bundle that users get (default), or the sources, which Node runs as they are. */
  readonly code?: Code;
  /** A payload that is a string is written as it is; undefined writes no file. */
  readonly event: {
    readonly name: string;
    readonly payload: unknown;
    readonly env?: Readonly<Record<string, string>>;
  };
  readonly inputs?: Readonly<Record<string, string>>;
  /** Over the runner's own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files of the workspace by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files of the runner's home folder by their path. */
  readonly home?: Readonly<Record<string, string>>;
  /** Whether the stand-in is on PATH (default true), or the JavaScript of another one. */
  readonly flyctl?: boolean | string;
  /** Path of a real flyctl, which is put on PATH in the stand-in's place. */
  readonly realFlyctl?: string;
  /**
   * How many times faster than the machine's the clock of the action runs; default 1. For tests of long waits. Children
   * and the sandbox's servers keep the machine's time, so it is not for what compares the times of a machine's events.
   */
  readonly clockRate?: number;
  /** Each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** How a runner cancels: this signal, so long after the start, or after the first line that contains a text. */
  readonly signalAfter?: {
    readonly ms?: number;
    readonly line?: string;
    readonly signal: NodeJS.Signals;
  };
}

export interface FlyctlCall {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Its exit status; undefined where it was killed. */
  readonly status: number | undefined;
}

export interface ActionRun {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly log: RunnerLog;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly flyctl: readonly FlyctlCall[];
  /** Workspace of the run; gone by now. */
  readonly workspace: string;
  /** Milliseconds from start to end of the process. */
  readonly ms: number;
}

/** Secrets of the runner that no child and no log may show. */
export const runnerSecrets = {
  runtime: 'runtime-token-of-the-runner',
  github: 'ghs_token-of-the-job',
} as const;

/** Starts the action as GitHub's runner starts it, and gives back all that it left behind. */
export const runAction = (options: RunOptions): Promise<ActionRun> =>
  inFolder('runner', (folder) => runIn(folder, options));

async function runIn(folder: string, options: RunOptions): Promise<ActionRun> {
  const path = (...names: string[]) => join(folder, ...names);
  const actionFolder = join(root, options.action ?? '.');
  const metadata = parse(readFileSync(join(actionFolder, 'action.yml'), 'utf8')) as ActionFile;
  const workspace = path('workspace');
  for (const name of ['workspace', 'home', 'temp', 'tools', 'bin', 'files']) mkdirSync(path(name));
  // Node must be found by the stand-in's first line, also where flyctl must not be found.
  symlinkSync(process.execPath, path('bin', 'node'));
  // What every runner has, and the tool cache unpacks with.
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
  for (const [place, given] of [
    [workspace, options.files ?? {}],
    [path('home'), options.home ?? {}],
  ] as const) {
    for (const [name, text] of Object.entries(given)) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), text);
    }
  }
  const files = {
    GITHUB_OUTPUT: 'output',
    GITHUB_STEP_SUMMARY: 'summary',
    GITHUB_ENV: 'env',
    GITHUB_PATH: 'path',
    GITHUB_STATE: 'state',
  };
  for (const name of Object.values(files)) writeFileSync(path('files', name), '');
  const { payload } = options.event;
  if (payload !== undefined)
    writeFileSync(path('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload));

  const calls = path('flyctl.jsonl');
  const { clockRate } = options;
  const env: Record<string, string | undefined> = {
    ...Object.fromEntries(Object.entries(files).map(([variable, name]) => [variable, path('files', name)])),
    PATH: [
      ...((options.flyctl ?? true) === true && options.realFlyctl === undefined
        ? [join(root, 'sandbox', 'flyctl', 'bin')]
        : []),
      path('bin'),
    ].join(delimiter),
    HOME: path('home'),
    TMPDIR: path('temp'),
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'deploy',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: options.event.name,
    GITHUB_EVENT_PATH: path('event.json'),
    GITHUB_JOB: 'deploy',
    GITHUB_REPOSITORY: 'owner/repo',
    GITHUB_REPOSITORY_OWNER: 'owner',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '30433650',
    GITHUB_RUN_NUMBER: '43',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/deploy.yml@refs/heads/main',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: path('temp'),
    RUNNER_TOOL_CACHE: path('tools'),
    ACTIONS_RUNTIME_TOKEN: runnerSecrets.runtime,
    FLY_SANDBOX_CALLS: calls,
    ...(clockRate !== undefined && { SANDBOX_CLOCK_RATE: String(clockRate) }),
    ...inputVariables(metadata, options.inputs ?? {}),
    ...options.event.env,
    ...options.env,
  };

  const log = new RunnerLog();
  const begin = performance.now();
  const preload = clockRate === undefined ? [] : ['--import', join(import.meta.dirname, 'fast-clock.ts')];
  const child = spawn(process.execPath, [...preload, entryOf(actionFolder, metadata, options.code)], {
    cwd: workspace,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr, rest] = ['', '', ''];
  const { signalAfter } = options;
  const timers: NodeJS.Timeout[] = [];
  const startCancel = () => void timers.push(...cancel(signalAfter, (signal) => child.kill(signal)));
  const take = (line: string) => {
    log.add(line);
    options.onLine?.(line);
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

  return {
    status,
    signal,
    stdout,
    stderr,
    log,
    outputs: Object.fromEntries(parseOutputFile(readFileSync(path('files', 'output'), 'utf8'))),
    summary: readFileSync(path('files', 'summary'), 'utf8'),
    flyctl: existsSync(calls) ? readCalls(readFileSync(calls, 'utf8')) : [],
    workspace,
    ms,
  };
}

/** Calls of the stand-in, from the file of FLY_SANDBOX_CALLS: each is a line, and another with its exit status when it ended. */
export function readCalls(text: string): FlyctlCall[] {
  const calls: FlyctlCall[] = [];
  for (const line of text.trim().split('\n')) {
    const record = JSON.parse(line) as Partial<FlyctlCall>;
    if (record.argv !== undefined) calls.push({ status: undefined, ...record } as FlyctlCall);
    else calls.push({ ...calls.pop(), ...record } as FlyctlCall);
  }
  // What version it is, is asked of it each time.
  return calls.filter(({ argv }) => argv[0] !== 'version');
}

/** SIGINT, 7.5 s later SIGTERM, 2.5 s later the end (actions/runner, ProcessInvoker.cs). */
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

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly runs: { readonly main: string };
}

/** The bundle that action.yml names, or the source that it is built from: `dist/index.js` or `src/index.ts`. */
function entryOf(folder: string, { runs }: ActionFile, code: Code = 'dist'): string {
  const main = code === 'dist' ? runs.main : runs.main.replace('dist/', 'src/').replace(/\.js$/, '.ts');
  return join(folder, main);
}

/** INPUT_* of every input: what was given, else the default of action.yml, else nothing, as the runner sets them. */
function inputVariables(
  { inputs }: ActionFile,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const name of Object.keys(given)) {
    if (!(name in inputs)) throw new Error(`action.yml has no input ${name}`);
  }
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { default: text = '' }]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      given[name] ?? String(text).replace(/\$\{\{\s*github\.token\s*\}\}/g, runnerSecrets.github),
    ]),
  );
}

/**
 * Reads a file of `name=value` and `name<<delimiter` (actions/runner, FileCommandManager.cs).
 *
 * @throws where the runner would fail the step.
 */
export function parseOutputFile(text: string): [string, string][] {
  const lines = text.split(/\r?\n/);
  const pairs: [string, string][] = [];
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n] ?? '';
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
      continue;
    }
    const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
    if (heredoc < 0 || name === '' || delimiter === '') throw new Error(`invalid output line "${line}"`);
    const end = lines.indexOf(delimiter, n + 1);
    if (end < 0) throw new Error(`no line "${delimiter}" ends the output ${name}`);
    pairs.push([name, lines.slice(n + 1, end).join('\n')]);
    n = end;
  }
  return pairs;
}
