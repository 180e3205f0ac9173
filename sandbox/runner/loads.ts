import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder } from '../lib/folder.ts';
import { root } from './environment.ts';
import type { ActionRun, RunOptions } from './runner.ts';

/** A file that a run read as code, by its path in dist/, and its size in bytes. */
export interface Load {
  readonly file: string;
  readonly bytes: number;
}

/** The files of dist/ that a run reads, in order. @param start runs the action with these additional options. */
export const traced = (
  start: (options: Required<Pick<RunOptions, 'code' | 'env'>>) => Promise<ActionRun>,
): Promise<{ readonly run: ActionRun; readonly loads: readonly Load[] }> =>
  inFolder('loads', async (folder) => {
    const log = join(folder, 'loads');
    const preload = join(import.meta.dirname, 'trace-loads.ts');
    const env = { NODE_OPTIONS: `--import ${preload}`, SANDBOX_LOADS: log };
    const run = await start({ code: 'dist', env });
    const dist = join(root, 'dist');
    const files = (existsSync(log) ? readFileSync(log, 'utf8') : '')
      .split('\n')
      .filter((url) => url !== '')
      .map((url) => relative(dist, fileURLToPath(url)))
      // The programs that it starts are traced too.
      .filter((file) => !file.startsWith('..'));
    return {
      run,
      loads: [...new Set(files)].map((file) => ({ file, bytes: statSync(join(dist, file)).size })),
    };
  });
