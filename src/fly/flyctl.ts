import { type ChildProcess, spawn } from 'node:child_process';
import { Fault } from '../fault.ts';
import { findProgram } from '../programs.ts';
import { formatReference, type Reference } from '../reference.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What `flyctl deploy` is told. */
export interface DeployRequest {
  readonly app: string;
  readonly config: string | undefined;
  readonly reference: Reference;
  readonly noCache: boolean;
  readonly flags: readonly string[];
}

/**
 * Arguments of `flyctl deploy`. Always `--remote-only`: without it flyctl may take a local image of the same
 * name (flyctl, imgsrc/resolver.go). No value here can begin with a hyphen: app and reference were checked
 * by their grammars, a path gets `./`, and each flag was looked at when the inputs were read.
 */
export function deployArguments({ app, config, reference, noCache, flags }: DeployRequest): string[] {
  return [
    'deploy',
    ...['--app', app],
    ...(config === undefined ? [] : ['--config', config.startsWith('-') ? `./${config}` : config]),
    ...['--image', formatReference(reference)],
    '--remote-only',
    ...(noCache ? ['--no-cache'] : []),
    ...flags,
  ];
}

/** Never handed on: the runner's files and tokens, other steps' secrets, and what makes flyctl say too much or look elsewhere. */
const withheld = [
  /^INPUT_/,
  /^ACTIONS_/,
  /^GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|EVENT_PATH)$/,
  /^GH_(?:ENTERPRISE_)?TOKEN$/,
  /^NODE_OPTIONS$/,
  // Set but empty it hides FLY_API_TOKEN (internal/env/env.go).
  /^FLY_ACCESS_TOKEN$/,
  // Swallows a failed resolution of the image (deploy_build.go).
  /^DEPLOY_TRIGGER$/,
  // Print or store requests with the token in them (internal/httptracing/har.go, LOG_LEVEL).
  /^FLYCTL_OUTPUT_HAR$/,
  /^LOG_LEVEL$/,
  /^FLY_GHA_ERROR_ANNOTATION$/,
];

/** The environment of the flyctl child: the step's, less what it must not have, with the token and flyctl's quiet switches. */
export function flyctlEnvironment(env: Env, token: string): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && !withheld.some((pattern) => pattern.test(name.toUpperCase()));
  });
  return {
    ...Object.fromEntries(kept),
    FLY_API_TOKEN: token,
    // One stdout line with the release's id and version (machines_deploymachinesapp.go), where this flyctl knows it.
    FLY_EMIT_RELEASE_JSON: '1',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_SEND_METRICS: '0',
    // flyctl sends its traces, the token in them, over plain HTTP to its collector (internal/tracing/tracing.go).
    FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
  };
}

/**
 * Finds flyctl on PATH.
 *
 * @throws Fault when it is not there.
 */
export function findFlyctl(env: Env, platform: NodeJS.Platform): string {
  const found = findProgram('flyctl', env, platform);
  if (found !== undefined) return found;
  throw new Fault({
    seen: 'There is no flyctl on PATH.',
    expected: 'flyctl, which does the deploy.',
    change: 'a step before this one: `- uses: superfly/flyctl-actions/setup-flyctl@1.5`.',
  });
}

/** How a child ended. */
export interface Exit {
  /** Exit status; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  /** The last lines of stderr. */
  readonly errorTail: string;
}

/** Starts a program and hands its output on as it comes; rejects only when it cannot be started. */
export type Run = (file: string, argv: readonly string[], env: Record<string, string>) => Promise<Exit>;

const [tailLines, keptOutput] = [12, 64 * 1024];

/**
 * Runs a child with argv and no shell. Its output goes to `write` at once and unchanged. A signal to this
 * process goes on to the child, whose end is waited for: flyctl then marks its release as interrupted.
 */
export function makeRun(write: (chunk: Buffer) => void, parent: NodeJS.Process): Run {
  return (file, argv, env) =>
    new Promise((resolve, reject) => {
      const child: ChildProcess = spawn(file, argv, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      });
      const kept = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        const decoder = new TextDecoder();
        child[name]?.on('data', (chunk: Buffer) => {
          write(chunk);
          kept[name] = (kept[name] + decoder.decode(chunk, { stream: true })).slice(-keptOutput);
        });
      }
      const forward = (signal: NodeJS.Signals) => void child.kill(signal);
      const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
      for (const signal of signals) parent.on(signal, forward);
      const done = () => {
        for (const signal of signals) parent.off(signal, forward);
      };
      child.on('error', (error) => {
        done();
        reject(error);
      });
      child.on('close', (status, signal) => {
        done();
        const lines = kept.stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
        resolve({
          status: status ?? undefined,
          signal: signal ?? undefined,
          stdout: kept.stdout,
          errorTail: lines.slice(-tailLines).join('\n'),
        });
      });
    });
}
