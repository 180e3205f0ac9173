import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../workflows.ts';

const memory = '/dev/shm';
const isOther = () => {
  try {
    return statSync(memory).dev !== statSync(root).dev;
  } catch {
    return false;
  }
};

// /tmp is in memory on many systems, such as Fedora, Arch and Debian 13.
(isOther() ? test : test.skip)(
  'a dry run works where temporary files are on another file system',
  () => {
    const folder = mkdtempSync(join(memory, 'release-'));
    try {
      const { status, stderr } = spawnSync(process.execPath, ['scripts/release.ts', '--dry-run'], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, TMPDIR: folder },
        maxBuffer: 2 ** 28,
      });
      expect({ status, stderr: stderr.slice(0, 500) }).toEqual({ status: 0, stderr: '' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);
