import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What a program's name leads to. */
export type Program =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing' }
  /** There is something of that name, but nothing that can be started. */
  | { readonly kind: 'not-executable'; readonly path: string; readonly why: NotExecutable };

export type NotExecutable =
  | { readonly kind: 'folder' | 'permission' | 'no-interpreter' }
  /** Its first line names this program, which does not exist. */
  | { readonly kind: 'other-interpreter'; readonly interpreter: string };

/**
 * Looks for a program as a system call would, without a shell: a name with a slash is a path from the current folder, any other
 * name is in a folder of PATH.
 */
export function lookUpProgram(name: string, env: Env, platform: NodeJS.Platform): Program {
  if (/[/\\]/.test(name) && (platform === 'win32' || name.includes('/')))
    return programAt(resolve(name), platform);
  const path = findProgram(name, env, platform);
  return path === undefined ? { kind: 'missing' } : programAt(path, platform);
}

/** Finds a program on PATH; undefined when it is not there. */
export function findProgram(name: string, env: Env, platform: NodeJS.Platform): string | undefined {
  const path = env['PATH'] ?? env['Path'] ?? '';
  const file = platform === 'win32' ? `${name}.exe` : name;
  return (
    path
      .split(delimiter)
      // A relative entry would be resolved in the workspace, whose files come from the commit.
      .filter((folder) => isAbsolute(folder))
      .map((folder) => join(folder, file))
      .find((each) => isFile(each) && isExecutable(each))
  );
}

function programAt(path: string, platform: NodeJS.Platform): Program {
  if (!existsSync(path)) return { kind: 'missing' };
  const not = (why: NotExecutable): Program => ({ kind: 'not-executable', path, why });
  if (!isFile(path)) return not({ kind: 'folder' });
  if (!isExecutable(path)) return not({ kind: 'permission' });
  const why = platform === 'win32' ? undefined : faultOfScript(path);
  return why === undefined ? { kind: 'found', path } : not(why);
}

/** Why the kernel would not start a script: it reads the first line (execve(2), "Interpreter scripts"). */
function faultOfScript(path: string): NotExecutable | undefined {
  const head = headOf(path);
  // Only a program has zero bytes at its beginning. A file that this user can run, but not read, is a program.
  if (head === undefined || head.includes('\0')) return undefined;
  const interpreter = /^#![ \t]*([^ \t\n]+)/.exec(head)?.[1];
  if (interpreter === undefined) return { kind: 'no-interpreter' };
  return existsSync(interpreter) ? undefined : { kind: 'other-interpreter', interpreter };
}

function headOf(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(256);
      return head.toString('latin1', 0, readSync(file, head));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
