import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inSandbox, privateImage } from '../probe-world.ts';
import { offline, realFlyctl } from './flyctl-world.ts';

test(
  'all assumptions hold with the real flyctl',
  () =>
    inSandbox(async (world) => {
      const flyctl = mkdtempSync(join(tmpdir(), 'flyctl-'));
      try {
        symlinkSync(realFlyctl, join(flyctl, 'flyctl'));
        const { status, json } = await world.probe(privateImage(world), { flyctl, env: offline.env });
        expect(json.assumptions.filter(({ holds }) => holds !== 'yes')).toEqual([]);
        expect([status, json.left]).toEqual([0, []]);
      } finally {
        rmSync(flyctl, { recursive: true, force: true });
      }
    }),
  120_000,
);
