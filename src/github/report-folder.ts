import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The files that a step leaves in the runner's folder of temporary files, for later steps of its job. */
export interface ReportFolder {
  /** Writes a file, in place of an earlier one of that name. @returns its path. @throws Error if it cannot be written. */
  write(name: string, text: string): string;
  /** Removes a file, if there is one. */
  remove(name: string): void;
}

const own = 'deploy-fly-image';

/** What is at a path, without following a link there; undefined for nothing. */
function kindOf(path: string): 'folder' | 'other' | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found && (found.isDirectory() ? 'folder' : 'other');
}

/** A name without a folder. */
const fileName = /^[a-z0-9][a-z0-9_.-]{0,99}$/;

/**
 * `$RUNNER_TEMP/deploy-fly-image`. The runner empties its folder before and after each job, but other steps write there too, so
 * no link in it is followed.
 */
export function reportFolder(env: Readonly<Record<string, string | undefined>>): ReportFolder {
  const temp = env['RUNNER_TEMP'] ?? '';
  const folder = () => {
    if (!isAbsolute(temp)) throw new Error('RUNNER_TEMP is not the path of a folder');
    // The runner's own folder can be behind a link.
    const path = join(realpathSync(temp), own);
    if (kindOf(path) === undefined) mkdirSync(path);
    if (kindOf(path) !== 'folder') throw new Error(`${join(temp, own)} is not a folder`);
    return path;
  };
  const pathOf = (name: string) => {
    if (!fileName.test(name)) throw new Error('the name of the file is not valid');
    return join(folder(), name);
  };
  return {
    write: (name, text) => {
      const path = pathOf(name);
      if (kindOf(path) === 'folder') throw new Error(`${join(temp, own, name)} is a folder`);
      const part = join(folder(), `.${randomUUID()}`);
      try {
        // A new file, then a rename: both replace a link instead of following it, and nobody reads half a file.
        writeFileSync(part, text, { flag: 'wx' });
        renameSync(part, path);
      } catch (error) {
        rmSync(part, { force: true });
        throw error;
      }
      return join(temp, own, name);
    },
    remove: (name) => rmSync(pathOf(name), { force: true }),
  };
}
