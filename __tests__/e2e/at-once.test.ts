import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type SandboxReleases, startReleases } from '../../sandbox/github/releases.ts';
import type { LoopbackServer } from '../../sandbox/lib/http.ts';
import { builtCommit, defaultHead, fork, workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, inWorld, type TestWorld, tag } from './world.ts';

// flyctl, the image, the machines, GitHub's comparison and the app's URL are requested at the same time, but the log, the
// summary and the error are as if one had followed the other.

const version = '0.4.79';
const install = { 'flyctl-version': version };
const fast = { clockRate: 20 };
/** Long enough for the rest of a run, in milliseconds. */
const long = 3000;

const withReleases = (
  play: (
    world: TestWorld & { readonly releases: SandboxReleases; readonly env: Record<string, string> },
  ) => Promise<void>,
) =>
  inWorld(async (world) => {
    const releases = await startReleases([version]);
    try {
      await play({ ...world, releases, env: { FLYCTL_RELEASES_URL: releases.url } });
    } finally {
      await releases.close();
    }
  });

const titlesOf = (summary: string) =>
  [...summary.matchAll(/^\| ([✓✗] [^|]+?) \| [^|]+ \|$/gm)].map(([, title]) => title);

/** Each of the texts in the log, in this order. */
const inOrder = (...texts: string[]) => expect.stringMatching(new RegExp(texts.join('[\\s\\S]*')));

test('flyctl, the registry, Fly.io and GitHub are asked before any of them has answered', () =>
  withReleases(async ({ push, deploy, registry, fly, github, releases, env }) => {
    push(tag);
    const servers: readonly LoopbackServer[] = [registry, fly, github, releases];
    for (const server of servers) server.fault({ times: 1, delayMs: long });
    // The list of machines and the URL are two requests to Fly.io.
    fly.fault({ times: 1, delayMs: long });
    const run = await deploy(workflowRun(), install, { env });
    expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
    const first = [
      ...servers.map(({ requests }) => Math.min(...requests.map(({ at }) => at))),
      fly.requests.find(({ path, body }) => path === '/graphql' && body.includes('hostname'))?.at ?? 0,
      fly.requests.find(({ path }) => path.endsWith('/machines'))?.at ?? 0,
    ];
    expect(Math.max(...first) - Math.min(...first)).toBeLessThan(long);
  }));

test('the log and the summary keep the order of the deploy, although flyctl is the last to be ready', () =>
  withReleases(async ({ push, deploy, releases, env }) => {
    push(tag);
    releases.fault({ times: 1, delayMs: 1000 });
    const run = await deploy(workflowRun(), install, { env });
    expect(run.log.text).toEqual(
      inOrder(
        '\nflyctl 0',
        '\nUsing SHA-based tag',
        '\nImage: ',
        '\nRunning before: ',
        '\nIt is newer',
        '\nflyctl deploy',
      ),
    );
    expect(titlesOf(run.summary)).toEqual([
      '✓ Read the inputs',
      '✓ Read the event',
      '✓ Get flyctl',
      '✓ Find the image',
      '✓ Compare the commit with its branch',
      '✓ Read the machines',
      '✓ Deploy',
      '✓ Verify',
    ]);
  }));

test('a wait for the image is visible while flyctl is still being installed', () =>
  withReleases(async ({ push, deploy, registry, releases, env }) => {
    releases.fault({ times: 1, delayMs: long });
    registry.fault({ method: 'HEAD', path: /manifests/, times: 1, hook: () => void push(tag) });
    const run = await deploy(workflowRun(), { ...install, 'wait-for-image': '5m' }, { env, ...fast });
    expect(run.status).toBe(0);
    expect(run.log.text).toEqual(inOrder('\nWaiting for ', '\nflyctl 0', '\nUsing SHA-based tag'));
  }));

describe('the error is the one that a deploy would meet first', () => {
  test.each<
    [
      what: string,
      faults: (world: TestWorld & { releases: SandboxReleases }) => void,
      code: string,
      at: string,
    ]
  >([
    [
      'flyctl’s, although it is the last',
      ({ releases, fly, github, registry }) => {
        releases.fault({ delayMs: 1000, status: 404 });
        for (const server of [fly, github, registry]) server.fault({ status: 404 });
      },
      'flyctl-version-unknown',
      'Get flyctl',
    ],
    [
      'the image’s, although Fly.io refused before',
      ({ fly, registry }) => {
        fly.fault({ status: 401 });
        registry.fault({ path: /manifests/, delayMs: 500, status: 404 });
      },
      'image-not-found',
      'Find the image',
    ],
    [
      'the comparison’s, although Fly.io refused before',
      ({ fly, github }) => {
        fly.fault({ status: 401 });
        github.strayed.add(builtCommit);
        github.fault({ times: 1, delayMs: 500 });
      },
      'commit-not-on-branch',
      'Compare the commit with its branch',
    ],
    [
      'Fly.io’s, although it came first',
      ({ fly, registry }) => {
        fly.fault({ status: 401 });
        registry.fault({ path: /manifests/, times: 1, delayMs: 500 });
      },
      'fly-unauthorized',
      'Read the machines',
    ],
  ])('%s', (_, faults, code, at) =>
    withReleases(async (world) => {
      world.push(tag);
      faults(world);
      const run = await world.deploy(workflowRun(), install, { env: world.env });
      expect([run.status, codesOf(run)]).toEqual([1, [code]]);
      expect(titlesOf(run.summary).at(-1)).toBe(`✗ ${at}`);
      expect(run.stderr).toBe('');
      expect(run.flyctl).toEqual([]);
    }),
  );
});

test('nothing is logged after the error, although the image is still being waited for', () =>
  withReleases(async ({ deploy, registry, releases, env }) => {
    releases.fault({ status: 404 });
    registry.fault({ path: /manifests/, times: 1, delayMs: 300 });
    const run = await deploy(workflowRun(), { ...install, 'wait-for-image': '5m' }, { env });
    expect(codesOf(run)).toEqual(['flyctl-version-unknown']);
    expect(run.log.text).not.toContain('Waiting for');
  }));

describe('another deploy during', () => {
  /** Another deploy has updated the machines to a newer commit. */
  const deployNewer = ({ pushTo, fly, registry }: TestWorld) => {
    pushTo('owner/repo', 'main-fedcba9', { revision: defaultHead, source: 'https://github.com/owner/repo' });
    void fly.createApp(app, [{ region: 'fra', image: `${registry.host}/owner/repo:main-fedcba9` }]);
  };

  test('the wait for the image is noticed: the run is outdated', () =>
    inWorld(async (world) => {
      // Each poll counts as seconds.
      const { registry, deploy, push } = world;
      registry.fault({ method: 'HEAD', path: /manifests/, times: 2, hook: () => {} });
      registry.fault({
        method: 'HEAD',
        path: /manifests/,
        times: 1,
        hook: () => {
          push(tag);
          deployNewer(world);
        },
      });
      const run = await deploy(workflowRun(), { 'wait-for-image': '5m' }, fast);
      expect([run.status, run.outputs['skipped']]).toEqual([0, 'outdated']);
      expect(run.flyctl).toEqual([]);
    }));

  test('the copy of the image is noticed: the run is outdated', () =>
    inWorld(async (world) => {
      const { mirror, deploy, push } = world;
      push(tag);
      mirror.fault({
        method: 'PUT',
        path: /manifests/,
        times: 1,
        delayMs: 500,
        hook: () => deployNewer(world),
      });
      const run = await deploy(workflowRun(), { mirror: 'always' }, fast);
      expect([run.status, run.outputs['skipped']]).toEqual([0, 'outdated']);
      expect(run.log.text).toEqual(inOrder('main-0000000', 'The machines have changed', 'main-fedcba9'));
      expect(run.flyctl).toEqual([]);
    }));

  test('neither: the machines are read again after a long copy, and what ran before is deployed over', () =>
    inWorld(async ({ mirror, deploy, push, fly }) => {
      push(tag);
      mirror.fault({ method: 'PUT', path: /manifests/, times: 1, delayMs: 500 });
      const run = await deploy(workflowRun(), { mirror: 'always' }, fast);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(titlesOf(run.summary)).toContain('✓ Read the machines again');
      expect(run.log.text).not.toContain('The machines have changed');
      expect(fly.machines(app)).toHaveLength(2);
    }));
});

test('a branch that is force-pushed during the wait for the image is noticed', () =>
  inWorld(async ({ registry, github, deploy, push }) => {
    registry.fault({ method: 'HEAD', path: /manifests/, times: 2, hook: () => {} });
    registry.fault({
      method: 'HEAD',
      path: /manifests/,
      times: 1,
      hook: () => {
        push(tag);
        github.strayed.add(builtCommit);
      },
    });
    const run = await deploy(workflowRun(), { 'wait-for-image': '5m' }, fast);
    expect(codesOf(run)).toEqual(['commit-not-on-branch']);
    expect(run.flyctl).toEqual([]);
  }));

describe('nothing is requested, and no flyctl is started,', () => {
  test.each<
    [what: string, event: ReturnType<typeof workflowRun>, inputs: Record<string, string>, code: string]
  >([
    ['for an event that is refused', workflowRun({ head_repository: fork }), {}, 'event-fork'],
    ['for invalid inputs', workflowRun(), { 'wait-for-image': 'soon' }, 'input-invalid'],
  ])('%s', (_, event, inputs, code) =>
    withReleases((world) =>
      withFlyctl(async (path, isStarted) => {
        const { deploy, push, registry, fly, github, releases, env } = world;
        push(tag);
        const from = [registry, fly].map(({ requests }) => requests.length);
        for (const more of [{}, install]) {
          const run = await deploy(event, { ...inputs, ...more }, { env: { ...env, PATH: path } });
          expect(codesOf(run)).toEqual([code]);
        }
        expect([registry, fly].map(({ requests }) => requests.length)).toEqual(from);
        expect([...github.requests, ...releases.requests]).toEqual([]);
        expect(isStarted()).toBe(false);
      }),
    ),
  );

  test('if the event is refused and `on-refusal` skips it', () =>
    inWorld(async ({ deploy, push, registry, fly, github }) => {
      push(tag);
      const from = [registry, fly].map(({ requests }) => requests.length);
      const run = await deploy(workflowRun({ head_repository: fork }), { 'on-refusal': 'skip' });
      expect([run.status, run.outputs['skipped']]).toEqual([0, 'refused']);
      expect([registry, fly].map(({ requests }) => requests.length)).toEqual(from);
      expect(github.requests).toEqual([]);
    }));
});

test('no flyctl is started or installed in a dry run or by the doctor', () =>
  withReleases((world) =>
    withFlyctl(async (path, isStarted) => {
      world.push(tag);
      for (const mode of ['dry-run', 'doctor'])
        await world.deploy(workflowRun(), { mode, ...install }, { env: { ...world.env, PATH: path } });
      await world.deploy(workflowRun(), { mode: 'dry-run' }, { env: { ...world.env, PATH: path } });
      expect(world.releases.requests).toEqual([]);
      expect(isStarted()).toBe(false);
    }),
  ));

/** A flyctl on PATH that leaves a trace when it is started. */
async function withFlyctl(play: (path: string, isStarted: () => boolean) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flyctl-'));
  try {
    const [file, trace] = [join(folder, 'flyctl'), join(folder, 'started')];
    writeFileSync(file, `#!/bin/sh\ntouch '${trace}'\n`);
    chmodSync(file, 0o755);
    await play([folder, process.env['PATH']].join(delimiter), () => existsSync(trace));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
