import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startReleases } from '../../sandbox/github/releases.ts';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { serve } from '../../sandbox/lib/http.ts';
import { root } from '../../sandbox/runner/environment.ts';
import { schedule, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { traced } from '../../sandbox/runner/loads.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { inAttestedWorld } from './attested.ts';
import { app, codesOf, inWorld, runAction, tag } from './world.ts';

// The bundle is an index.js and chunks that a run loads when it needs them. These tests always run dist/.

const dist = join(root, 'dist');
const chunks = readdirSync(dist).filter((name) => name.endsWith('.js') && name !== 'index.js');

type Play = (start: Start) => Promise<void>;
type Start = (
  deploy: (options: Omit<RunOptions, 'event'>) => Promise<ActionRun>,
  options?: Omit<RunOptions, 'event'>,
) => Promise<ActionRun>;

/** The chunks that the runs of a play load. */
async function loadedIn(play: Play): Promise<string[]> {
  const loaded: string[] = [];
  await play(async (deploy, options = {}) => {
    const { run, loads } = await traced((trace) =>
      deploy({ ...options, ...trace, env: { ...options.env, ...trace.env } }),
    );
    loaded.push(...loads.map(({ file }) => file));
    return run;
  });
  return loaded;
}

const verified = (run: ActionRun) => expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);

/** A run for each thing that is loaded on demand. */
const plays: Record<string, Play> = {
  'flyctl is installed by the tool cache': (start) =>
    inFolder('tools', (tools) =>
      inWorld(async ({ push, deploy }) => {
        push(tag);
        const releases = await startReleases(['0.4.80']);
        const env = { FLYCTL_RELEASES_URL: releases.url, RUNNER_TOOL_CACHE: tools };
        const run = await start((more) => deploy(workflowRun(), {}, more), { env, flyctl: false });
        await releases.close();
        verified(run);
        expect(run.log.text).toContain('flyctl 0.4.80 installed');
      }),
    ),
  'fly.yaml is read': (start) =>
    inWorld(async ({ push, deploy }) => {
      push(tag);
      const files = { 'fly.yaml': `app: ${app}\n` };
      verified(
        await start((more) => deploy(workflowRun(), { app: '', config: 'fly.yaml' }, more), { files }),
      );
    }),
  'fly.toml is read': (start) =>
    inWorld(async ({ push, deploy }) => {
      push(tag);
      const files = { 'fly.toml': `app = "${app}"\n` };
      verified(await start((more) => deploy(workflowRun(), { app: '' }, more), { files }));
    }),
  'an attestation is verified': (start) =>
    inAttestedWorld(async ({ push, deploy, attest, required: [inputs, options] }) => {
      await attest(push(tag).digest);
      const run = await start((more) => deploy(workflowRun(), inputs, more), options);
      verified(run);
      expect(run.log.text).toContain('Attested');
    }),
  'the newest tag is found': (start) =>
    inWorld(async ({ push, deploy }) => {
      push('v1.2.3');
      verified(await start((more) => deploy(schedule(), { select: 'newest:v*' }, more)));
    }),
  'commits are compared': (start) =>
    inWorld(async ({ push, deploy, github }) => {
      push(tag);
      verified(await start((more) => deploy(workflowRun(), {}, more)));
      expect(github.requests.map(({ path }) => path)).toContainEqual(expect.stringContaining('/compare/'));
    }),
  'what runs is compared with what should run': (start) =>
    inWorld(async ({ push, deploy, oldDigest }) => {
      push(tag);
      const inputs = { mode: 'verify', select: `digest:${oldDigest}` };
      verified(await start((more) => deploy(workflowRun(), inputs, more), { flyctl: false }));
    }),
  'a user’s own test runs': (start) =>
    inWorld(async ({ push, deploy }) => {
      push(tag);
      const programs = { 'test.sh': '#!/bin/sh\nexit 0\n' };
      const inputs = { 'verify-command': './test.sh' };
      verified(await start((more) => deploy(workflowRun(), inputs, more), { programs }));
    }),
  'a deploy is recorded': (start) =>
    inWorld(async ({ push, deploy, github }) => {
      push(tag);
      const inputs = { 'deployment-record': 'production' };
      verified(await start((more) => deploy(workflowRun(), inputs, more)));
      expect(github.records.size).toBeGreaterThan(0);
    }),
  'the doctor reads the token and the workflows': (start) =>
    inWorld(async ({ push, deploy }) => {
      push(tag);
      const run = await start((more) => deploy(workflowRun(), { mode: 'doctor' }, more));
      expect(run.stdout).toContain('token-scope-unknown');
    }),
};

describe('from dist/', () => {
  const loaded = new Set<string>();

  test.each(Object.entries(plays))('%s', async (_name, play) => {
    const files = await loadedIn(play);
    expect(files[0]).toBe('index.js');
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) loaded.add(file);
  });

  test('each chunk has been loaded by one of these', () => {
    expect([...loaded].sort()).toEqual([...chunks, 'index.js'].sort());
  });
});

test('commits are compared through a proxy, by the requests of this action', () =>
  inWorld(async ({ push, deploy, github }) => {
    push(tag);
    const through: string[] = [];
    const proxy = await serve(async ({ url, headers }, response) => {
      through.push(url.host);
      const answer = await fetch(new URL(`${url.pathname}${url.search}`, github.origin), {
        headers: { authorization: headers['authorization'] ?? '' },
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(await answer.text());
    });
    const env = {
      GITHUB_API_URL: 'http://github.internal',
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: proxy.origin,
      http_proxy: proxy.origin,
      NO_PROXY: '127.0.0.1',
    };
    const run = await deploy(workflowRun(), { mode: 'dry-run' }, { code: 'dist', env });
    await proxy.close();
    expect([run.status, run.log.annotations, [...new Set(through)]]).toEqual([0, [], ['github.internal']]);
    expect(run.log.text).toContain('It is newer than the running commit');
  }));

test('what asks GitHub is loaded while the first request waits for its answer', () =>
  inWorld(async ({ registry, deploy, github }) => {
    registry.fault({ path: /\/manifests\//, status: 404, delayMs: 500 });
    const start = (env: RunOptions['env'] = {}, token: string) =>
      // A manual run's commit is only known from its image.
      deploy(workflowDispatch(), { mode: 'dry-run', 'github-token': token }, { code: 'dist', env });
    const asking = await traced(({ env }) => start(env, github.token));
    expect(codesOf(asking.run)).toEqual(['image-not-found']);
    expect(github.requests).toEqual([]);
    const anonymous = await traced(({ env }) => start(env, ''));
    expect(codesOf(anonymous.run)).toEqual(['image-not-found']);
    const more = asking.loads.filter(({ file }) => !anonymous.loads.some((load) => load.file === file));
    expect(more.length).toBeGreaterThan(0);
  }));

describe('a step that ends at its inputs', () => {
  const mostBytes = 400_000;

  test('reads one file, of at most 400 kB, and then what writes its report', async () => {
    const { run, loads } = await traced((trace) => runAction({ ...trace, event: workflowDispatch() }));
    expect(codesOf(run)).not.toEqual([]);
    expect(loads).toEqual(
      ['index.js', 'report-file.js'].map((file) => ({ file, bytes: readFileSync(join(dist, file)).length })),
    );
    expect(loads.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(mostBytes);
  });

  test('so does the fleet’s action', async () => {
    const { loads } = await traced((trace) =>
      runAction({ ...trace, action: 'fleet', event: workflowDispatch() }),
    );
    const bytes = readFileSync(join(dist, 'fleet', 'index.js')).length;
    expect(loads).toEqual([{ file: join('fleet', 'index.js'), bytes }]);
    expect(bytes).toBeLessThanOrEqual(mostBytes);
  });
});
