import { readFileSync, statSync } from 'node:fs';

/** A file as text; undefined if there is none. Reading a link to a device or a pipe would never end, and would block signals. */
export function readText(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
