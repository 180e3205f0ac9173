import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Finds a program on PATH; undefined when it is not there. */
export function findProgram(name: string, env: Env, platform: NodeJS.Platform): string | undefined {
  const path = env['PATH'] ?? env['Path'] ?? '';
  const file = platform === 'win32' ? `${name}.exe` : name;
  return (
    path
      .split(delimiter)
      // A relative entry would be looked up in the workspace, which holds what the commit brought.
      .filter((folder) => isAbsolute(folder))
      .map((folder) => join(folder, file))
      .find(isExecutable)
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const [longest, mostOutput] = [10_000, 64 * 1024];

/** What a program answered: its exit status, undefined when it was ended, and the beginning of its stdout. */
export interface Answered {
  readonly status: number | undefined;
  readonly stdout: string;
}

/** Runs a program with a text on its stdin, for at most ten seconds; undefined when it cannot be started. */
export const askProgram = (
  file: string,
  argv: readonly string[],
  stdin: string,
  env: Record<string, string> | undefined,
): Promise<Answered | undefined> =>
  new Promise((resolve) => {
    const child = spawn(file, argv, {
      ...(env && { env }),
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: longest,
      windowsHide: true,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(0, mostOutput);
    });
    // A helper that does not read its question closes the pipe: its answer tells.
    child.stdin.on('error', () => undefined).end(stdin);
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve({ status: status ?? undefined, stdout }));
  });
