import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { systemProgram } from './windows.ts';

/** Why a program is ended early. */
export type EndReason =
  /** The job is canceled. */
  | { readonly kind: 'cancel'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'timeout' }
  /** Its result is no longer needed. */
  | { readonly kind: 'stop' };

/** How a system starts and ends a program together with everything that it started. */
export interface ProcessTrees {
  readonly options: Pick<SpawnOptions, 'detached' | 'windowsHide'>;
  /** Ends a program that runs, and more and more strictly if it does not end. @returns what stops that. */
  readonly end: (child: ChildProcess, reason: EndReason) => () => void;
  /** Ends what a program has left behind. */
  readonly sweep: (child: ChildProcess) => void;
}

/** The trees of a system. */
export const processTrees = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): ProcessTrees => (platform === 'win32' ? windowsTrees(systemProgram('taskkill.exe', env)) : posixTrees);

/**
 * How long after the first signal SIGTERM comes, and after that SIGKILL, in milliseconds. GitHub's runner waits 7.5 s
 * before its own SIGTERM, and the report still has to be written.
 */
const graceOfCancel = [2000, 500] as const;
const graceOfTimeout = [20_000, 1000] as const;

/** A separate process group, which every signal reaches. */
const posixTrees: ProcessTrees = {
  options: { detached: true },
  end: (child, reason) => {
    const [first, second] = reason.kind === 'timeout' ? graceOfTimeout : graceOfCancel;
    signalGroup(child, reason.kind === 'cancel' && reason.signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    const timers = [
      setTimeout(() => signalGroup(child, 'SIGTERM'), first),
      setTimeout(() => signalGroup(child, 'SIGKILL'), first + second),
    ];
    return () => timers.forEach(clearTimeout);
  },
  sweep: (child) => signalGroup(child, 'SIGKILL'),
};

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Windows has no signals: `child.kill` ends one process at once. A console program can only be asked to end by Ctrl+C, which
 * Node cannot send, and GitHub's runner sends to every program of the step's console when a job is canceled (actions/runner,
 * ProcessInvoker.cs). So a program shares that console: with `windowsHide`, it would get another one (libuv, src/win/process.c).
 * It has the usual time after a cancel. In any other case, taskkill ends it at once: without `/F`, taskkill asks windows to
 * close, and a console program has none.
 *
 * After a program's end, its ID can be another program's, and what it left running has no parent. GitHub's runner ends that at the
 * end of the job, by RUNNER_TRACKING_ID.
 *
 * @param taskkill its path.
 */
export const windowsTrees = (taskkill: string): ProcessTrees => ({
  options: { detached: false, windowsHide: false },
  end: (child, { kind }) => {
    const timer = setTimeout(() => killTree(taskkill, child), kind === 'cancel' ? graceOfCancel[0] : 0);
    return () => clearTimeout(timer);
  },
  sweep: () => undefined,
});

/** How long taskkill has, in milliseconds. */
const patience = 1500;

function killTree(taskkill: string, child: ChildProcess): void {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  if (child.pid === undefined || hasEnded()) return;
  // If taskkill fails or hangs, at least the program itself ends.
  const killOne = () => void (hasEnded() || child.kill('SIGKILL'));
  setTimeout(killOne, patience).unref();
  const argv = ['/PID', String(child.pid), '/T', '/F'];
  process
    .getBuiltinModule('node:child_process')
    .spawn(taskkill, argv, { stdio: 'ignore', windowsHide: true, env: {} })
    .on('error', killOne)
    .on('exit', (status) => void (status === 0 || killOne()))
    .unref();
}
