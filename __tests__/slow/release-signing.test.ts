import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../workflows.ts';

test('a dry run of a release signs nothing and opens no editor, also where git signs tags', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signing-'));
  try {
    const config = join(folder, 'gitconfig');
    writeFileSync(config, '[user]\n\tname = M\n\temail = m@example.invalid\n[tag]\n\tgpgSign = true\n');
    const { status, stderr } = spawnSync(process.execPath, ['scripts/release.ts', '--dry-run'], {
      cwd: root,
      encoding: 'utf8',
      // Without this, git waits for vi.
      env: { ...process.env, TMPDIR: folder, GIT_CONFIG_GLOBAL: config, GIT_EDITOR: 'false' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
