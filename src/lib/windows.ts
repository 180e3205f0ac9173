import { win32 } from 'node:path';
import { variable } from './environment.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Files that Windows starts by themselves, in the order of PATHEXT. libuv appends the same two (src/win/process.c, search_path). */
export const startableExtensions: readonly string[] = ['.com', '.exe'];

/** Files that only cmd can start. */
export const batchExtensions: readonly string[] = ['.bat', '.cmd'];

/** The extensions in PATHEXT, which a name can be without. */
export function extensionsOf(env: Env): string[] {
  const listed = (variable(env, 'PATHEXT', 'win32') ?? '').toLowerCase().split(';');
  return [
    ...new Set([
      ...startableExtensions,
      ...batchExtensions,
      ...listed.filter((each) => /^\.\w+$/.test(each)),
    ]),
  ];
}

/** The names of the files that a program's name can mean: itself, if it ends with one of the extensions, and with each appended. */
export const withExtensions = (name: string, extensions: readonly string[]): string[] => [
  ...(extensions.includes(win32.extname(name).toLowerCase()) ? [name] : []),
  ...extensions.map((extension) => `${name}${extension}`),
];

/** A program of Windows, by its path: PATH could name another one. */
export const systemProgram = (name: string, env: Env): string =>
  win32.join(variable(env, 'SystemRoot', 'win32') || 'C:\\Windows', 'System32', name);

/** How to start a batch file. */
interface BatchCommand {
  readonly file: string;
  /** Not to be quoted by Node: `windowsVerbatimArguments`. */
  readonly argv: readonly string[];
}

/**
 * How to start a batch file by cmd, with arguments that are plain words. Node itself refuses batch files, because cmd interprets
 * arguments whatever the quotes (CVE-2024-27980). So nothing from outside can be an argument here.
 *
 * `/d` ignores commands of the registry, `/v:off` keeps exclamation marks, `/s` removes the outer quotes only. Within the inner
 * quotes, only a percent sign and a quote have a meaning.
 *
 * @returns undefined where cmd would read the path, or an argument, as something else.
 */
export function batchCommand(path: string, argv: readonly string[], env: Env): BatchCommand | undefined {
  if (/[%"\p{Cc}]/u.test(path) || !argv.every((each) => /^[a-z]+$/.test(each))) return undefined;
  const shell = variable(env, 'ComSpec', 'win32');
  const file = shell !== undefined && win32.isAbsolute(shell) ? shell : systemProgram('cmd.exe', env);
  return { file, argv: ['/d', '/v:off', '/s', '/c', `"${[`"${path}"`, ...argv].join(' ')}"`] };
}

/** Whether a path is that of a batch file. */
export const isBatch = (path: string): boolean => batchExtensions.includes(win32.extname(path).toLowerCase());
