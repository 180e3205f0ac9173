import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from '@jest/globals';
import { startReleases } from '../../sandbox/github/releases.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { onPosix } from '../platforms.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const test = onPosix('Node cannot send Ctrl+C to the console of another program');

// The job is canceled at the worst moments. The step ends within five seconds, before the runner would kill it, with its
// outputs, its summary and one error.

type Options = Omit<RunOptions, 'event'>;

const forever = 10 * 60_000;
const at = (line: string): Options => ({ signalAfter: { line, signal: 'SIGINT' } });

const ways: [string, (world: TestWorld) => Promise<ActionRun>, code: string][] = [
  [
    'the step waits for the image',
    ({ deploy }) => deploy(workflowRun(), { 'wait-for-image': '60s' }, at('Waiting for')),
    'run-cancelled',
  ],
  [
    'flyctl is downloaded, and Fly.io and GitHub do not answer',
    async ({ deploy, push, fly, github }) => {
      push(tag);
      const releases = await startReleases(['0.4.79']);
      for (const server of [releases, fly, github]) server.fault({ delayMs: forever });
      try {
        const inputs = { 'flyctl-version': '0.4.79' };
        return await deploy(workflowRun(), inputs, {
          env: { FLYCTL_RELEASES_URL: releases.url },
          ...at('Automatic deploy'),
        });
      } finally {
        await releases.close();
      }
    },
    'run-cancelled',
  ],
  [
    'the registry does not answer',
    ({ deploy, push, registry }) => {
      push(tag);
      registry.fault({ path: /manifests/, delayMs: forever });
      return deploy(workflowRun(), {}, at('flyctl '));
    },
    'run-cancelled',
  ],
  [
    'flyctl ignores signals',
    ({ deploy, push }) => {
      push(tag);
      const flyctl =
        "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log('no')); setInterval(() => {}, 1000); console.log('deploying');";
      return deploy(workflowRun(), {}, { flyctl, ...at('deploying') });
    },
    'deploy-cancelled',
  ],
  [
    'flyctl ignores signals, and Fly.io does not answer',
    ({ deploy, push, fly }) => {
      push(tag);
      const flyctl =
        "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log('no')); setInterval(() => {}, 1000); setTimeout(() => console.log('deploying'), 500);";
      return deploy(
        workflowRun(),
        {},
        {
          flyctl,
          ...at('deploying'),
          onLine: (line) => {
            if (line.includes('stop-commands')) fly.fault({ path: /machines/, delayMs: forever });
          },
        },
      );
    },
    'deploy-cancelled',
  ],
  [
    'the machines settle',
    ({ deploy, push }) => {
      push(tag);
      return deploy(workflowRun(), { 'settle-time': '60s' }, at('First check'));
    },
    'deploy-cancelled',
  ],
  [
    'the image is copied',
    ({ deploy, push, mirror }) => {
      push(tag);
      mirror.fault({ path: /uploads/, delayMs: forever });
      return deploy(workflowRun(), { mirror: 'always' }, at('Copy'));
    },
    'run-cancelled',
  ],
];

/** Runs a case, and returns how long the step went on after the log line that triggered the cancel. */
async function expectEnd(way: (world: TestWorld) => Promise<ActionRun>, code: string): Promise<void> {
  await inWorld(async (world) => {
    let seen = Number.POSITIVE_INFINITY;
    const run = await way({
      ...world,
      deploy: (event, inputs = {}, options = {}) =>
        world.deploy(event, inputs, {
          ...options,
          onLine: (line) => {
            options.onLine?.(line);
            if (line.includes(options.signalAfter?.line ?? '')) seen = Math.min(seen, performance.now());
          },
        }),
    });
    const ms = performance.now() - seen;
    expect(codesOf(run)).toEqual([code]);
    expect(errorOf(run)).toContain('SIGINT');
    expect(run.signal).toBeNull();
    expect(run.outputs).toMatchObject({ verified: 'false' });
    expect(run.summary).not.toBe('');
    expect(ms).toBeLessThan(5000);
  });
}

test.each(ways)('%s', (_name, way, code) => expectEnd(way, code));

test('ends within five seconds while a credential helper does not answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'helper-'));
  try {
    const file = join(folder, 'docker-credential-slow');
    writeFileSync(file, '#!/bin/sh\nexec sleep 30\n');
    chmodSync(file, 0o755);
    await expectEnd(({ deploy, push, registry }) => {
      registry.addRepository('owner/repo', 'private');
      push(tag);
      const standIn = join(import.meta.dirname, '../../sandbox/flyctl/bin');
      return deploy(
        workflowRun(),
        {},
        {
          home: { '.docker/config.json': JSON.stringify({ credsStore: 'slow' }) },
          env: { PATH: [folder, standIn, process.env['PATH']].join(delimiter) },
          ...at('flyctl '),
        },
      );
    }, 'run-cancelled');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
