import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { WorkflowRun } from '../../sandbox/act/act.ts';
import { readForge } from '../../sandbox/act/forge.ts';
import { startReleases } from '../../sandbox/github/releases.ts';
import { serve } from '../../sandbox/lib/http.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import {
  builtCommit,
  defaultHead,
  pullRequest,
  push,
  release,
  repositoryDispatch,
  type SandboxEvent,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { app, tag } from '../e2e/world.ts';
import { examples, read, root } from '../workflows.ts';
import { type ActWorld, inActWorld, readmeWorkflow, withInputs } from './act-world.ts';
import { digests, realFlyctl } from './flyctl-world.ts';

// The files of examples/, with other hosts and times, and the workflows that they call.

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
      expect(run.log).toMatch(/flyctl 0\.4\.80 installed, .*SHA-256 [0-9a-f]{64}/);
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
    world.registry.addRepository('owner/other-repo', 'private');
    world.registry.addUser('packages-reader', 'token-of-packages');
    // A commit of the other repository, which does not exist in this one.
    const revision = 'c0ffee1234567890abcdef1234567890abcdef12';
    const image = makeImage({ revision, source: 'https://github.com/owner/other-repo' });
    for (const name of ['main', 'main-c0ffee1']) world.registry.push('owner/other-repo', name, image);
    const run = async (event: SandboxEvent) => {
      const ran = await world.run(withInputs(example('private-image.yml'), soon), event, {
        secrets: { PACKAGES_TOKEN: 'token-of-packages' },
        vars: { PACKAGES_USERNAME: 'packages-reader' },
      });
      expectDeployed(world, ran, image.platformDigest);
      expect(ran.step('deploy').outputs).toMatchObject({ mirrored: 'true', verified: 'true' });
      expect(ran.log).not.toContain('token-of-packages');
      return ran.step('deploy').outputs['tag'];
    };
    expect(await run(repositoryDispatch({ sha: revision }))).toBe('main-c0ffee1');
    expect(await run(workflowDispatch())).toBe('main');
  },

  'canary.yml': (world) =>
    withHealth(world, app, async () => {
      const { platformDigest } = world.pushBuilt();
      const text = withInputs(example('canary.yml').replace('settle-time: 2m', 'settle-time: 300ms'), {
        image: 'ghcr.io/owner/repo',
      });
      const run = await world.run(text, workflowRun());
      expectDeployed(world, run, platformDigest);
      expect(run.step('deploy').outputs['verified']).toBe('true');
      expect(run.flyctl[0]?.argv).toContain('--strategy=canary');
      expect(run.log).toContain('was created as a canary, and is healthy');
    }),

  'smoke-test.yml': async (world) => {
    const text = withInputs(example('smoke-test.yml'), quick);
    let status = 200;
    const server = await serve((_, response) => void response.writeHead(status).end());
    world.fly.setHostname(app, server.host);
    const deploy = () =>
      world.run(text, workflowRun(), { secrets: { SMOKE_TEST_PASSWORD: 'password of the test' } });
    try {
      status = 500;
      world.pushBuilt();
      const failed = await deploy();
      expect([failed.status, failed.step('deploy').outcome]).toEqual([1, 'failure']);
      expect(failed.step('deploy').outputs).toMatchObject({ state: 'rolled-back', 'rolled-back': 'true' });
      expect(digests(world)).toEqual([world.oldDigest, world.oldDigest]);
      expect(failed.log).toContain('answered 500');
      status = 200;
      const { platformDigest } = world.pushBuilt();
      expectDeployed(world, await deploy(), platformDigest);
      expect(server.requests.map(({ path }) => path)).toEqual(['/smoke', '/smoke']);
    } finally {
      await server.close();
    }
  },

  'timestamp-tags.yml': async (world) => {
    jobToken(world);
    const text = quickCall(example('timestamp-tags.yml')).replace(
      /^( *)app: /m,
      '$1image: ghcr.io/owner/repo\n$&',
    );
    const built = await world.run(text, push());
    expect([built.status, built.jobs['build/build'], built.flyctl]).toEqual([0, 'success', []]);
    const stamped = built.step('meta', 'build/build').outputs['tags']?.match(/main-\d{8}-\d{6}/)?.[0];
    // An older commit that was pushed later.
    world.push('main-20200101-000000', { revision: world.repository.head });
    for (const event of [schedule(), workflowDispatch()]) {
      const run = await world.run(text, event);
      const { outputs } = run.step('deploy', jobOf(app));
      expectDeployed(world, run, outputs['platform-digest']);
      expect(run.step('resolve', 'deploy/resolve').outputs).toMatchObject({
        ...{ tag: stamped, source: 'pattern', commit: world.repository.built },
      });
    }
  },

  'notify-on-failure.yml': async (world) => {
    const chat = await serve((_, response) => void response.end('ok'));
    const text = withInputs(example('notify-on-failure.yml'), { ...quick, 'wait-for-image': '0' });
    const secrets = { WEBHOOK_URL: `${chat.origin}/hooks/the-secret-path` };
    /** The message of a run, in an issue and in the chat. */
    const messageOf = async (event = workflowRun()) => {
      const run = await world.run(text, event, { secrets });
      expect([run.status, run.jobs]).toEqual([1, { deploy: 'failure', notify: 'success' }]);
      expect(run.log).not.toContain('the-secret-path');
      const { issues } = readForge(world.repository.folder);
      const { title, body } = issues.at(-1) ?? {};
      expect(title).toContain(app);
      expect(JSON.parse(chat.requests.at(-1)?.body ?? '')).toEqual({ text: body });
      return body;
    };
    try {
      expect(await messageOf()).toMatch(
        /^ {4}.*nothing changed[\s\S]*state {5}failed\n[\s\S]*image {5}not found/,
      );
      const { platformDigest } = world.pushBuilt();
      world.fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
      const message = await messageOf();
      expect(message).toMatch(/^ {4}.*again\n[\s\S]*state {5}rolled-back\n/);
      for (const fact of [world.builtTag, world.repository.built, 'main-0000000'])
        expect(message).toContain(fact);
      world.fly.behave(app, {});
      const count = readForge(world.repository.folder).issues.length;
      const run = await world.run(text, workflowRun(), { secrets });
      expectDeployed(world, run, platformDigest);
      expect(run.jobs).toEqual({ deploy: 'success', notify: 'success' });
      expect(JSON.parse(chat.requests.at(-1)?.body ?? '').text).toMatch(/state {5}deployed\n/);
      expect(readForge(world.repository.folder).issues).toHaveLength(count);
    } finally {
      await chat.close();
    }
  },

  'verification-summary.yml': async (world) => {
    const { digest, platformDigest } = world.pushBuilt();
    const text = withInputs(example('verification-summary.yml'), quick);
    const run = await world.run(text, workflowRun());
    expectDeployed(world, run, platformDigest);
    expect(run.log).toMatch(
      new RegExp(
        `Would sign https://slsa\\.dev/verification_summary/v1 of \\S+/owner/repo@${digest}: .*"PASSED"`,
      ),
    );
    world.fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
    const failed = await world.run(text, workflowRun());
    expect(failed.status).toBe(1);
    expect(failed.log).not.toContain('Would sign');
  },

  'scheduled-check.yml': async (world) => {
    world.push(tag);
    expect((await world.deploy(workflowRun(), {}, { flyctl: true })).status).toBe(0);
    const inputs = { image: 'ghcr.io/owner/repo', 'health-timeout': '2s' };
    const text = withInputs(example('scheduled-check.yml'), inputs);
    const check = async (state: string, jobs: object) => {
      const run = await world.run(text, schedule(), { flyctlOnPath: false });
      expect(run.jobs).toEqual(jobs);
      expect(run.flyctl).toEqual([]);
      expect(run.step('check').outputs['state']).toBe(state);
      return readForge(world.repository.folder).issues.map(({ state, title, comments }) => [
        state,
        title,
        comments.length,
      ]);
    };
    const isOpen = ['open', `${app}: drift (mixed)`, 0];
    const isClosed = ['closed', `${app}: drift (mixed)`, 1];
    const fine = { check: 'success', issue: 'success' };
    expect(await check('verified', fine)).toEqual([]);
    const [machine] = world.fly.platform.apps.get(app)?.machines ?? [];
    if (machine === undefined) throw new Error('the app has no machine');
    const { image_ref } = machine;
    machine.image_ref = { ...image_ref, digest: `sha256:${'0'.repeat(64)}` };
    const drift = { check: 'failure', issue: 'success' };
    expect(await check('drift', drift)).toEqual([isOpen]);
    expect(await check('drift', drift)).toEqual([isOpen]);
    const [issue] = readForge(world.repository.folder).issues;
    expect(issue?.body).toMatch(/^ {4}test-battle: drift: 1 of 2 machines runs [^\n]*\n\nThe job summary/);
    // A deploy that is in progress neither opens nor closes an issue, and the run succeeds.
    world.fly.holdLease(app, machine.id, 60_000);
    expect(await check('busy', { check: 'success' })).toEqual([isOpen]);
    world.fly.holdLease(app, machine.id, 0);
    machine.image_ref = image_ref;
    expect(await check('verified', fine)).toEqual([isClosed]);
    expect(await check('verified', fine)).toEqual([isClosed]);
  },

  'scheduled-doctor.yml': async (world) => {
    const text = withInputs(example('scheduled-doctor.yml'), { image: 'ghcr.io/owner/repo' });
    const check = async (result: string) => {
      const run = await world.run(text, schedule());
      expect(run.jobs).toEqual({ check: result, issue: 'success' });
      expect(run.flyctl).toEqual([]);
      return readForge(world.repository.folder).issues.map(({ state, comments }) => [state, comments.length]);
    };
    expect(await check('failure')).toEqual([['open', 0]]);
    expect(await check('failure')).toEqual([['open', 0]]);
    world.push('main', { revision: world.repository.head });
    world.push(`main-${world.repository.head.slice(0, 7)}`, { revision: world.repository.head });
    expect(await check('success')).toEqual([['closed', 1]]);
    expect(await check('success')).toEqual([['closed', 1]]);
    world.fly.fault({ path: /^\/v1\/apps/, status: 401, body: '{"error":"no"}' });
    expect(await check('failure')).toEqual([
      ['closed', 1],
      ['open', 0],
    ]);
  },

  'review-apps.yml': async (world) => {
    jobToken(world);
    // Like for the real flyctl, these names have no DNS.
    const text = withInputs(example('review-apps.yml'), soon).replace(
      /^( *)--ha=false$/m,
      '$&\n$1--dns-checks=false',
    );
    const { head_repository: repo } = workflowRun().payload['workflow_run'] as { head_repository: object };
    const run = (action: string) =>
      world.run(
        text,
        pullRequest('pull_request', {
          action,
          pull_request: {
            ...{ number: 7, head: { ref: 'topic', sha: builtCommit, repo }, base: { ref: 'main' } },
            user: { login: 'octocat' },
          },
        }),
        { vars: { FLY_ORG: 'sandbox' }, flyctl: realFlyctl, flyctlOnPath: false },
      );
    const preview = `${app}-pr-7`;
    // It was closed before any build succeeded.
    const early = await run('closed');
    expect([early.status, early.jobs]).toEqual([0, { destroy: 'success' }]);
    for (const action of ['opened', 'synchronize']) {
      const { status, log, jobs } = await run(action);
      if (status !== 0) throw new Error(log);
      expect(jobs).toEqual({ 'build/build': 'success', deploy: 'success' });
      expect(world.fly.machines(preview)).toHaveLength(1);
    }
    const closed = await run('closed');
    expect([closed.status, closed.jobs]).toEqual([0, { destroy: 'success' }]);
    expect([...world.fly.platform.apps.keys()]).toEqual([app]);
    // A missing answer from Fly.io does not count as a deleted app.
    world.fly.fault({ path: /^\/graphql/, status: 500, body: '{}' });
    expect((await run('closed')).status).toBe(1);
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
    for (const inputs of [
      { to: 'commit', value: '' },
      { to: 'previous', value: 'v41' },
      { to: 'tag', value: 'main"; exit 0; "' },
      { to: 'tag', value: 'main\nselect=tag:main' },
    ]) {
      const refused = await world.run(text, workflowDispatch({ inputs }));
      expect([refused.status, refused.flyctl, refused.step('target').outputs]).toEqual([1, [], {}]);
    }
    const tagged = await world.run(text, workflowDispatch({ inputs: { to: 'tag', value: 'main' } }));
    expect(tagged.step('deploy').outputs).toMatchObject({ verified: 'true', tag: 'main' });
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
      // Every report was found.
      expect(run.log).not.toContain('is not merged.');
      expect(run.step('report', 'deploy/fleet').outputs['report']).toMatch(/fleet\.json$/);
      expect(run.step('keep', 'deploy/fleet').outputs['artifact-id']).toBe(`report-deploy-1-${canary}`);
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
      secrets: { FLY_API_TOKEN_STAGING: world.fly.token },
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
    world.registry.addRepository('owner/repo/web', 'public');
    const tokens = { FLY_API_TOKEN_API: world.fly.token, FLY_API_TOKEN_WEB: world.fly.token };
    const run = async (sha: string, secrets: Record<string, string> = tokens) => {
      const ran = await world.run(quickCall(example('monorepo.yml')), push({}, 'refs/heads/main', sha), {
        secrets,
      });
      return { ...ran, changed: ran.step('changes').outputs };
    };
    // Without an earlier run, everything is new.
    const first = await run(builtCommit);
    if (first.status !== 0) throw new Error(first.log);
    expect(first.changed).toEqual({ api: 'true', web: 'true' });
    const webDigest = world.fly.machines(web)[0]?.image_ref.digest;
    expect(webDigest).not.toBe(world.oldDigest);
    // The API changes, and its deploy fails. What is pushed next changes something else.
    const failed = await run(defaultHead, { ...tokens, FLY_API_TOKEN_API: 'expired' });
    expect([failed.status, failed.changed]).toEqual([1, { api: 'true', web: 'false' }]);
    const next = world.repository.commit('Say nothing of the API', { 'shared.txt': 'more\n' });
    world.github.history.push(next);
    const again = await run(next);
    if (again.status !== 0) throw new Error(again.log);
    expect(again.changed).toEqual({ api: 'true', web: 'false' });
    expect(again.step('deploy', jobOf(api)).outputs).toMatchObject({ verified: 'true', commit: next });
    expect(world.fly.machines(web)[0]?.image_ref.digest).toBe(webDigest);
  },
};

const files = {
  'fly.toml': 'app = "test-battle"\n',
  'worker/fly.toml': 'app = "test-battle-worker"\n',
  'api/fly.toml': 'app = "test-battle-api"\n',
  'web/fly.toml': 'app = "test-battle-web"\n',
  'scripts/smoke-test.sh': `#!/bin/sh
set -eu
test "$*" = '--timeout 20'
test "$VERIFY_PASSWORD" = 'password of the test'
exec node -e 'fetch(process.env.APP_URL + "/smoke").then(({ ok, status }) => { console.log("answered", status); process.exitCode = ok ? 0 : 1; })'
`,
};
/** The changes between the built commit and the head, for examples that are about them. */
const later = { 'api/main.txt': 'api\n' };

describe('runs with act', () => {
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
        expect(run.log).toMatch(/Checked: .*\b1\d passed/);
        expect(run.log).toContain('Fly.io accepts the token for app `test-battle`');
        // Nothing else ran, and nothing was written.
        expect(Object.entries(run.jobs).filter(([, result]) => result === 'success')).toHaveLength(2);
        expect(run.flyctl).toEqual([]);
        for (const { requests } of [world.fly, world.registry, world.mirror])
          expect(requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
      },
      { files, later },
    ));

  test('the documented check of what runs, for callers of deploy-image.yml', () =>
    inActWorld(
      async (world) => {
        const { platformDigest } = world.push('main', { revision: world.repository.head });
        const found = examples().find(
          ({ text }) => text.includes('/deploy-image.yml@') && /^ *mode: verify$/m.test(text),
        );
        const image = `${world.image}:main`;
        for (const name of ['test-battle-eu', 'test-battle-us'])
          await world.fly.createApp(name, [{ region: 'fra', image }]);
        const text =
          found?.text.replace(
            /^( *)mode: verify$/m,
            '$1image: ghcr.io/owner/repo\n$1health-timeout: 1s\n$&',
          ) ?? '';
        /** The state of the run, and the drift of each app, whose report was found. */
        const tableOf = (run: WorkflowRun) => {
          expect(run.log).not.toContain('is not merged.');
          const { outputs } = run.step('report', 'check/fleet');
          const apps: { drift: string }[] = JSON.parse(outputs['fleet'] ?? '');
          return [outputs['state'], ...apps.map(({ drift }) => drift)];
        };
        const good = await world.run(text, schedule(), { flyctlOnPath: false });
        if (good.status !== 0) throw new Error(good.log);
        expect(Object.values(good.jobs)).toEqual(Array(4).fill('success'));
        expect(tableOf(good)).toEqual(['verified', 'none', 'none']);
        expect(good.flyctl).toEqual([]);
        const [machine] = world.fly.platform.apps.get('test-battle-us')?.machines ?? [];
        if (machine === undefined) throw new Error('the app has no machine');
        expect(machine.image_ref.digest).toBe(platformDigest);
        machine.image_ref = { ...machine.image_ref, digest: world.oldDigest };
        const bad = await world.run(text, schedule(), { flyctlOnPath: false });
        expect(bad.status).toBe(1);
        expect(bad.log).toMatch(/test-battle-us: The machines of app/);
        expect(Object.values(bad.jobs).sort()).toEqual(['failure', ...Array(3).fill('success')]);
        expect(tableOf(bad)).toEqual(['drift', 'none', 'moved-tag']);
      },
      { files, later },
    ));

  test.each([
    ['writes them', 'write', 2],
    ['reports a missing permission, and succeeds', 'denied', 0],
  ] as const)('the documented call with deployment records %s', (_what, permission, count) =>
    inActWorld(
      async (world) => {
        const { digest, platformDigest } = world.pushBuilt();
        world.github.recordsPermission = permission;
        const found = examples().find(
          ({ text }) => text.includes('/deploy-image.yml@') && text.includes('deployment-record: production'),
        );
        const image = '$1image: ghcr.io/owner/repo\n$1settle-time: 300ms\n$&';
        // The documented part of a workflow, for a build.
        const call = `on: workflow_run\n${found?.text.replace(/^( *)app: .*$/m, image)}`;
        const run = await world.run(call, workflowRun());
        expectDeployed(world, run, platformDigest);
        expect([run.status, run.jobs['deploy/record']]).toEqual([0, 'success']);
        const records = [...world.github.records.values()];
        expect(records.map((each) => [each['deployment_name'], each['digest']])).toEqual(
          Array(count).fill([`${app}-app`, digest]),
        );
        expect(run.log.includes('artifact-metadata: write')).toBe(permission === 'denied');
      },
      { files, later },
    ),
  );
});

test('every example is tested', () => {
  const names = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yml'));
  expect(Object.keys(scenarios).sort()).toEqual(names.sort());
});
