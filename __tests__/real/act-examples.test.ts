import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { WorkflowRun } from '../../sandbox/act/act.ts';
import { startReleases } from '../../sandbox/github/releases.ts';
import { serve } from '../../sandbox/lib/http.ts';
import { defaultHead, push, release, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { app } from '../e2e/world.ts';
import { examples, read, root } from '../workflows.ts';
import { type ActWorld, inActWorld, readmeWorkflow, withInputs } from './act-world.ts';
import { digests } from './flyctl-world.ts';

// Runs the files of examples/ with the workflows that they call, changing only hosts and times.

const quick = { image: 'ghcr.io/owner/repo', 'settle-time': '300ms' };
const soon = { 'settle-time': '300ms' };
const example = (name: string) => read(join('examples', name));
/** The same inputs for a call of deploy-image.yml. */
const quickCall = (text: string) =>
  text.replaceAll(/^( *)(apps?: .*)$/gm, '$1settle-time: 300ms\n$1$2').replaceAll('"2m"', '"300ms"');
/** The job of an app, in the workflow that deploy-image.yml calls for it. */
const jobOf = (name: string) => `Deploy ${name}/one-app`;
const jobToken = ({ registry }: ActWorld) => registry.addUser('octocat', 'ghs_token-of-the-job');

/** Expects every job to succeed, and every machine of the app to run this digest. */
function expectDeployed(world: ActWorld, run: WorkflowRun, platformDigest: string | undefined): void {
  if (run.status !== 0) throw new Error(`act ended with ${run.status}:\n${run.log}`);
  expect(Object.values(run.jobs)).toContain('success');
  expect(Object.values(run.jobs)).not.toContain('failure');
  expect(digests(world)).toEqual(Array(2).fill(platformDigest));
}

type Play = (world: ActWorld) => Promise<void>;

/** An example that deploys the image from the commit's build on an event. */
const deploysBuilt =
  (name: string, event = workflowRun()): Play =>
  async (world) => {
    const { platformDigest } = world.pushBuilt();
    const run = await world.run(withInputs(example(name), quick), event);
    expectDeployed(world, run, platformDigest);
    expect(run.step('deploy').outputs).toMatchObject({ verified: 'true', tag: world.builtTag });
  };

/** An example that builds and deploys in one run, with the workflows that it calls. */
const buildsAndDeploys =
  (text: string): Play =>
  async (world) => {
    jobToken(world);
    const run = await world.run(quickCall(text), push());
    const { outputs } = run.step('deploy', jobOf(app));
    expectDeployed(world, run, outputs['platform-digest']);
    expect(run.step('resolve', 'deploy/resolve').outputs['digest']).toBe(outputs['digest']);
    expect(run.step('names', 'build/build').outputs['commit']).toBe(world.repository.built);
    expect(JSON.parse(run.step('report', 'deploy/fleet').outputs['fleet'] ?? '')).toEqual([
      expect.objectContaining({ app, result: 'verified', digest: outputs['digest'] }),
    ]);
    expect(run.log).not.toContain(world.fly.token);
  };

/** Serves the app's responses on loopback. */
async function withHealth(world: ActWorld, name: string, play: () => Promise<void>): Promise<void> {
  const health = await serve((_, response) => void response.end('ok'));
  try {
    world.fly.setHostname(name, health.host);
    await play();
    expect(health.requests.map(({ path }) => path)).toContain('/healthz');
  } finally {
    await health.close();
  }
}

const scenarios: Record<string, Play> = {
  'build-then-deploy.yml': buildsAndDeploys(example('build-then-deploy.yml')),

  'build.yml': async (world) => {
    jobToken(world);
    const run = await world.run(example('build.yml'), push());
    expect([run.status, run.jobs]).toEqual([0, { build: 'success' }]);
    expect(run.step('meta').outputs['tags']).toContain(`${world.image}:${world.builtTag}`);
  },

  'deploy-after-build.yml': deploysBuilt('deploy-after-build.yml'),

  'self-hosted-proxy.yml': async (world) => {
    const { platformDigest } = world.pushBuilt();
    const releases = await startReleases(['0.4.80']);
    try {
      const env = { FLYCTL_RELEASES_URL: releases.url };
      const text = withInputs(example('self-hosted-proxy.yml'), quick);
      const run = await world.run(text, workflowRun(), { env, flyctlOnPath: false });
      expectDeployed(world, run, platformDigest);
      expect(run.log).toContain('flyctl 0.4.80 installed, its SHA-256 is');
    } finally {
      await releases.close();
    }
  },

  'docker-hub.yml': async (world) => {
    world.registry.addRepository('hub-user/test-battle', 'private');
    world.registry.addUser('hub-user', 'token-of-the-hub');
    const run = await world.run(quickCall(example('docker-hub.yml')), push(), {
      rewrite: (text) => text.replaceAll('docker.io', world.registry.host),
      secrets: { DOCKERHUB_TOKEN: 'token-of-the-hub' },
      vars: { DOCKERHUB_USERNAME: 'hub-user' },
    });
    const { outputs } = run.step('deploy', jobOf(app));
    expectDeployed(world, run, outputs['platform-digest']);
    expect(outputs['mirrored']).toBe('true');
    expect(run.log).not.toContain('token-of-the-hub');
  },

  'release.yml': (world) => withHealth(world, app, () => deploysBuilt('release.yml', release())(world)),

  'manual.yml': async (world) => {
    const { platformDigest } = world.pushBuilt();
    const text = withInputs(example('manual.yml'), quick);
    const commit = world.repository.built;
    const run = await world.run(text, workflowDispatch({ inputs: { commit } }));
    expectDeployed(world, run, platformDigest);
    const { platformDigest: newest } = world.push('main', { revision: world.repository.head });
    expectDeployed(world, await world.run(text, workflowDispatch()), newest);
  },

  'private-image.yml': async (world) => {
    world.registry.addRepository('owner/repo', 'private');
    world.registry.addUser('packages-reader', 'token-of-packages');
    const { platformDigest } = world.pushBuilt();
    const run = await world.run(withInputs(example('private-image.yml'), soon), workflowRun(), {
      secrets: { PACKAGES_TOKEN: 'token-of-packages' },
      vars: { PACKAGES_USERNAME: 'packages-reader' },
    });
    expectDeployed(world, run, platformDigest);
    expect(run.step('deploy').outputs['mirrored']).toBe('true');
    expect(run.log).not.toContain('token-of-packages');
  },

  'enterprise-server.yml': async (world) => {
    jobToken(world);
    const text = withInputs(example('enterprise-server.yml'), soon);
    const run = await world.run(
      text.replaceAll('containers.github.example.com', world.registry.host),
      push(),
    );
    const { outputs } = run.step('deploy');
    expectDeployed(world, run, outputs['platform-digest']);
    expect([outputs['digest'], outputs['mirrored']]).toEqual([run.step('push').outputs['digest'], 'true']);
  },

  'rollback.yml': async (world) => {
    const { platformDigest } = world.pushBuilt();
    world.push('main', { revision: world.repository.head });
    const deploy = withInputs(example('deploy-after-build.yml'), quick);
    for (const event of [workflowRun(), workflowDispatch()])
      expect((await world.run(deploy, event)).status).toBe(0);
    const text = withInputs(example('rollback.yml'), quick);
    const run = await world.run(text, workflowDispatch({ inputs: { to: 'previous', value: '' } }));
    expectDeployed(world, run, platformDigest);
    const forgotten = await world.run(text, workflowDispatch({ inputs: { to: 'commit', value: '' } }));
    expect([forgotten.status, forgotten.flyctl]).toEqual([1, []]);
  },

  'many-apps.yml': async (world) => {
    const { platformDigest } = world.pushBuilt();
    const [canary, ...others] = ['canary', 'eu', 'us', 'worker'].map((end) => `${app}-${end}`);
    const image = `${world.image}:main-0000000`;
    for (const name of [canary, ...others]) await world.fly.createApp(name ?? '', [{ region: 'fra', image }]);
    await withHealth(world, canary ?? '', async () => {
      const text = quickCall(example('many-apps.yml')).replace(
        /^( *)first: /m,
        '$1image: ghcr.io/owner/repo\n$&',
      );
      const run = await world.run(text, workflowRun());
      if (run.status !== 0) throw new Error(run.log);
      const fleet = JSON.parse(run.step('report', 'deploy/fleet').outputs['fleet'] ?? '');
      expect(fleet.map((each: { result: string }) => each.result)).toEqual(Array(4).fill('verified'));
      for (const name of [canary, ...others])
        expect(world.fly.machines(name ?? '')[0]?.image_ref.digest).toBe(platformDigest);
      expect(run.flyctl.map(({ argv }) => argv[argv.indexOf('--app') + 1])).toEqual([canary, ...others]);
    });
  },

  'promote.yml': async (world) => {
    const { digest, platformDigest } = world.pushBuilt();
    const staging = `${app}-staging`;
    const image = `${world.image}:${world.builtTag}`;
    await world.fly.createApp(staging, [
      { region: 'fra', image },
      { region: 'sin', image },
    ]);
    const text = quickCall(example('promote.yml').replace('soak-time: 1h', 'soak-time: 0s'));
    const run = await world.run(text, workflowDispatch(), {
      secrets: { FLY_STAGING_TOKEN: world.fly.token },
    });
    expectDeployed(world, run, platformDigest);
    expect(run.step('resolve', 'promote/resolve').outputs).toMatchObject({
      ...{ source: 'running', digest, 'promoted-from': staging },
    });
  },

  'monorepo.yml': async (world) => {
    jobToken(world);
    world.registry.addRepository('owner/repo/api', 'public');
    const [api, web] = [`${app}-api`, `${app}-web`];
    const image = `${world.image}:main-0000000`;
    for (const name of [api, web]) await world.fly.createApp(name, [{ region: 'fra', image }]);
    const run = await world.run(
      quickCall(example('monorepo.yml')),
      push({ before: world.repository.built }, 'refs/heads/main', defaultHead),
      { secrets: { FLY_API_TOKEN_API: world.fly.token } },
    );
    if (run.status !== 0) throw new Error(run.log);
    expect(run.step('changes').outputs).toEqual({ api: 'true', web: 'false' });
    const { outputs } = run.step('deploy', jobOf(api));
    expect(outputs).toMatchObject({ verified: 'true', commit: world.repository.head });
    expect(world.fly.machines(web)[0]?.image_ref.digest).toBe(world.oldDigest);
  },
};

const files = {
  'fly.toml': 'app = "test-battle"\n',
  'worker/fly.toml': 'app = "test-battle-worker"\n',
};
/** The changes between the built commit and the head, for examples that are about them. */
const later = { 'api/main.txt': 'api\n', 'api/fly.toml': 'app = "test-battle-api"\n' };

describe('runs unchanged:', () => {
  test.each(Object.entries(scenarios))('%s', (_name, play) => inActWorld(play, { files, later }));

  test('the single file in the README', () =>
    inActWorld(buildsAndDeploys(readmeWorkflow('.github/workflows/deploy.yml', 'build-image.yml'))));

  test('the documented check of the setup, for callers of deploy-image.yml', () =>
    inActWorld(
      async (world) => {
        world.pushBuilt();
        world.push('main', { revision: world.repository.head });
        const found = examples().find(
          ({ text }) => text.includes('/deploy-image.yml@') && /^ *mode: doctor$/m.test(text),
        );
        const text = found?.text.replace(/^( *)mode: doctor$/m, '$1image: ghcr.io/owner/repo\n$&') ?? '';
        const run = await world.run(text, workflowDispatch({ inputs: { doctor: 'true' } }));
        if (run.status !== 0) throw new Error(run.log);
        expect(run.log).toMatch(/Checked: .*\b1\d well/);
        expect(run.log).toContain('Fly.io takes the token for app "test-battle"');
        // Nothing else ran, and nothing was written.
        expect(Object.entries(run.jobs).filter(([, result]) => result === 'success')).toHaveLength(2);
        expect(run.flyctl).toEqual([]);
        for (const { requests } of [world.fly, world.registry, world.mirror])
          expect(requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
      },
      { files, later },
    ));
});

test('every example is tested', () => {
  const names = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yml'));
  // The sandbox cannot create or destroy apps.
  expect(names.filter((name) => !(name in scenarios))).toEqual(['review-apps.yml']);
});
