// The file SHA256SUMS, in the format of `sha256sum`. Only Node's own modules, because the release job installs nothing.
import { createHash } from 'node:crypto';

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** One line for each file, in the order of their names. @throws Error if a name cannot be on one line. */
export const checksums = (files: Readonly<Record<string, Buffer>>): string =>
  Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => {
      // sha256sum escapes such names, which other programs do not understand.
      if (/[\n\r\\]/.test(name)) throw new Error(`the name ${JSON.stringify(name)} cannot be in SHA256SUMS`);
      return `${sha256(bytes)}  ${name}\n`;
    })
    .join('');
