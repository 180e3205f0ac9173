import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Calls `work` with a temporary folder, and removes it afterwards. */
export async function inFolder<T>(name: string, work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    return await work(folder);
  } finally {
    // A program that the run did not wait for, such as `flyctl version`, can still write to the folder.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
