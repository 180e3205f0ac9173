import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { variable } from './environment.ts';
import { batchExtensions, extensionsOf, startableExtensions, withExtensions } from './windows.ts';

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
  | { readonly kind: 'other-interpreter'; readonly interpreter: string }
  /** On Windows: only cmd can start it. */
  | { readonly kind: 'batch' }
  /** On Windows: its name does not end like a program's. */
  | { readonly kind: 'no-program'; readonly extension: string };

/** The files in which programs are looked up. */
export interface ProgramFiles {
  /** What is at a path. Links are followed. */
  readonly kindOf: (path: string) => 'file' | 'folder' | undefined;
  readonly isExecutable: (path: string) => boolean;
  /** Why the kernel would not start a file, where it reads the first line. */
  readonly faultOfScript: (path: string) => NotExecutable | undefined;
}

/**
 * Looks for a program as a system call would, without a shell: a name with a slash is a path from the current folder, any other
 * name is in a folder of PATH. On Windows, the name can be without its extension.
 */
export function lookUpProgram(
  name: string,
  env: Env,
  platform: NodeJS.Platform,
  files: ProgramFiles = ownFiles,
): Program {
  if (platform === 'win32') return lookUpOnWindows(name, env, files);
  if (name.includes('/')) return programAt(posix.resolve(name), files);
  const path = findProgram(name, env, platform, {}, files);
  return path === undefined ? { kind: 'missing' } : programAt(path, files);
}

interface FindOptions {
  /** On Windows, also finds batch files, which only cmd can start. */
  readonly batch?: boolean;
}

/** Finds a program on PATH; undefined when it is not there. */
export type FindProgram = (name: string, options?: FindOptions) => string | undefined;

export function findProgram(
  name: string,
  env: Env,
  platform: NodeJS.Platform,
  { batch = false }: FindOptions = {},
  files: ProgramFiles = ownFiles,
): string | undefined {
  if (platform !== 'win32') return onPath([name], env, platform, files);
  const extensions = batch ? [...startableExtensions, ...batchExtensions] : startableExtensions;
  return onPath(withExtensions(name, extensions), env, platform, files);
}

/** The first of these files in the folders of PATH. */
function onPath(
  names: readonly string[],
  env: Env,
  platform: NodeJS.Platform,
  files: ProgramFiles,
): string | undefined {
  const { delimiter, isAbsolute, join } = platform === 'win32' ? win32 : posix;
  return (
    (variable(env, 'PATH', platform) ?? '')
      .split(delimiter)
      // A folder in quotes can contain a semicolon on Windows, which nobody uses.
      .map((folder) => (platform === 'win32' ? folder.replace(/^"([^"]*)"$/, '$1') : folder))
      // A relative entry would be resolved in the workspace, whose files come from the commit.
      .filter((folder) => isAbsolute(folder))
      .flatMap((folder) => names.map((name) => join(folder, name)))
      .find((path) => files.kindOf(path) === 'file' && files.isExecutable(path))
  );
}

/**
 * Windows starts a file by its extension. Node starts only programs: it refuses batch files, because cmd would interpret their
 * arguments (CVE-2024-27980), and leaves scripts to the programs that read them.
 */
function lookUpOnWindows(name: string, env: Env, files: ProgramFiles): Program {
  if (name === '') return { kind: 'missing' };
  const isPath = /[/\\]|^[A-Za-z]:/.test(name);
  const first = (names: readonly string[]) =>
    isPath
      ? names.map((each) => win32.resolve(each)).find((path) => files.kindOf(path) === 'file')
      : onPath(names, env, 'win32', files);
  const program = first(withExtensions(name, startableExtensions));
  if (program !== undefined) return { kind: 'found', path: program };
  const other = first([...withExtensions(name, extensionsOf(env)), ...(isPath ? [name] : [])]);
  if (other !== undefined) {
    const extension = win32.extname(other).toLowerCase();
    const why: NotExecutable = batchExtensions.includes(extension)
      ? { kind: 'batch' }
      : { kind: 'no-program', extension };
    return { kind: 'not-executable', path: other, why };
  }
  const path = win32.resolve(name);
  return isPath && files.kindOf(path) === 'folder'
    ? { kind: 'not-executable', path, why: { kind: 'folder' } }
    : { kind: 'missing' };
}

function programAt(path: string, files: ProgramFiles): Program {
  const kind = files.kindOf(path);
  if (kind === undefined) return { kind: 'missing' };
  const not = (why: NotExecutable): Program => ({ kind: 'not-executable', path, why });
  if (kind === 'folder') return not({ kind: 'folder' });
  if (!files.isExecutable(path)) return not({ kind: 'permission' });
  const why = files.faultOfScript(path);
  return why === undefined ? { kind: 'found', path } : not(why);
}

/** The files of this machine. */
const ownFiles: ProgramFiles = {
  kindOf: (path) => {
    try {
      return statSync(path).isFile() ? 'file' : 'folder';
    } catch {
      return undefined;
    }
  },
  isExecutable: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  faultOfScript,
};

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
