import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Calls `work` with a temporary folder, and removes it afterwards. */
export async function inFolder<T>(name: string, work: (folder: string) => Promise<T> | T): Promise<T> {
  // Without the short names of Windows, such as RUNNER~1, in which a program can report it differently.
  const parent = process.platform === 'win32' ? realpathSync.native(tmpdir()) : tmpdir();
  const folder = mkdtempSync(join(parent, `${name}-`));
  try {
    return await work(folder);
  } finally {
    // A program that the run did not wait for, such as `flyctl version`, can still write to the folder.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
