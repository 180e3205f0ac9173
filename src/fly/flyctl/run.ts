import { type ChildProcess, spawn } from 'node:child_process';
import { formatReference, type Reference } from '../../registry/reference.ts';

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

/**
 * What flyctl gets of the step's environment. A list of what it needs, and not of what it must not have: whatever secret
 * another step has put there stays where it is.
 */
const allowed = [
  // Where programs, homes and temporary files are, on each of the runner's systems.
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|PWD|TZ|TERM|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/,
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES)$/,
  // By the last one the runner finds what a job left running, and ends it (actions/runner, JobExtension.cs).
  /^(?:RUNNER_TEMP|RUNNER_TRACKING_ID)$/,
  /^(?:CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|CLICOLOR)$/,
  /^(?:HTTPS?|NO|ALL)_PROXY$/,
  /^SSL_CERT_(?:FILE|DIR)$/,
  // flyctl's own settings, such as hosts and FLY_CONFIG_DIR, but none of its tokens, and not what has it print
  // workflow commands of its own (internal/cli/cli.go).
  /^FLY_(?!GHA_|.*(?:TOKEN|SECRET|PASSWORD|KEY))[A-Z0-9_]+$/,
];

/** The environment of the flyctl child: what it needs, the token, and flyctl's quiet switches. */
export function flyctlEnvironment(env: Env, token: string): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && allowed.some((pattern) => pattern.test(name.toUpperCase()));
  });
  return {
    ...Object.fromEntries(kept),
    // FLY_ACCESS_TOKEN is not there: set but empty, it would hide this one (internal/env/env.go).
    FLY_API_TOKEN: token,
    // One stdout line with the release's id and version (machines_deploymachinesapp.go), where this flyctl knows it.
    FLY_EMIT_RELEASE_JSON: '1',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_SEND_METRICS: '0',
    // flyctl sends its traces, the token in them, over plain HTTP to its collector (internal/tracing/tracing.go).
    FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
  };
}

/** How a child ended. */
export interface Exit {
  /** Exit status; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  /** The last lines of stderr. */
  readonly errorTail: string;
  /** Whether it was told to end because its time was over. */
  readonly timedOut: boolean;
}

/** Starts a program and hands its output on as it comes; rejects only when it cannot be started. `timeout` in milliseconds. */
export type Run = (
  file: string,
  argv: readonly string[],
  env: Record<string, string>,
  timeout: number,
) => Promise<Exit>;

const [tailLines, keptOutput] = [12, 64 * 1024];

/** How long after the first signal the next ones come, in milliseconds: GitHub's runner waits 7.5 s before it kills. */
const [graceOfCancel, graceOfTimeout] = [5000, 20_000];

/**
 * Runs a child with argv and no shell, in a process group of its own, so that whatever it started ends with it. Its
 * output goes to `write` at once and unchanged. When the job is cancelled, or the time is over, the group is told
 * to end, and made to when it does not: flyctl then marks its release as interrupted.
 */
export function makeRun(write: (chunk: Buffer) => void, cancelled: AbortSignal): Run {
  return (file, argv, env, timeout) =>
    new Promise((resolve, reject) => {
      const ownGroup = process.platform !== 'win32';
      const child: ChildProcess = spawn(file, argv, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
        detached: ownGroup,
      });
      const kept = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        const decoder = new TextDecoder();
        child[name]?.on('data', (chunk: Buffer) => {
          write(chunk);
          kept[name] = (kept[name] + decoder.decode(chunk, { stream: true })).slice(-keptOutput);
        });
      }

      const timers: NodeJS.Timeout[] = [];
      const kill = (signal: NodeJS.Signals) => {
        try {
          if (ownGroup && child.pid !== undefined) process.kill(-child.pid, signal);
          else child.kill(signal);
        } catch {
          // It has ended meanwhile.
        }
      };
      const end = (signal: NodeJS.Signals, grace: number) => {
        kill(signal);
        timers.push(setTimeout(() => kill('SIGTERM'), grace));
        timers.push(setTimeout(() => kill('SIGKILL'), grace + 1000));
      };
      let timedOut = false;
      timers.push(
        setTimeout(() => {
          timedOut = true;
          end('SIGINT', graceOfTimeout);
        }, timeout),
      );
      const cancel = () => end(cancelled.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT', graceOfCancel);
      if (cancelled.aborted) cancel();
      cancelled.addEventListener('abort', cancel);

      const done = () => {
        for (const timer of timers) clearTimeout(timer);
        cancelled.removeEventListener('abort', cancel);
      };
      child.on('error', (error) => {
        done();
        reject(error);
      });
      // What it left behind may hold its output open: its own end counts, and a moment for the last lines.
      child.on('exit', () => {
        timers.push(
          setTimeout(() => {
            kill('SIGKILL');
            child.stdout?.destroy();
            child.stderr?.destroy();
          }, 500),
        );
      });
      child.on('close', (status, signal) => {
        done();
        const lines = kept.stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
        resolve({
          status: status ?? undefined,
          signal: signal ?? undefined,
          stdout: kept.stdout,
          errorTail: lines.slice(-tailLines).join('\n'),
          timedOut,
        });
      });
    });
}
