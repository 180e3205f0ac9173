import { describe, expect, test } from '@jest/globals';
import { makeImage } from '../../sandbox/registry/images.ts';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import { schedule, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { faultsOfReport } from '../report-schema.ts';
import { app, codesOf, inWorld, noRecordOf, oldCommit, type TestWorld, tag } from './world.ts';

const production = { 'deployment-record': 'production' };
const path = '/orgs/owner/artifacts/metadata/deployment-record';

/** The requests that write a record. */
const writesOf = ({ github }: TestWorld) => github.requests.filter((request) => request.path === path);
const bodiesOf = (world: TestWorld) => writesOf(world).map(({ body }) => JSON.parse(body));
const noticesOf = ({ log }: ActionRun) =>
  log.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
/** What a run reports of its records, in a report that is valid. */
function recordsOf({ reports }: ActionRun) {
  const report = JSON.parse(reports[`${app}.json`] ?? '');
  expect(faultsOfReport(report)).toEqual([]);
  return report['deployment-records'];
}
/** How a run ended, which no record changes. */
const endOf = ({ status, outputs }: ActionRun) => [status, outputs['state'], outputs['verified']];
const deployed = [0, 'deployed', 'true'];

/** The index of the image that runs before a deploy. */
const oldIndex = makeImage({
  revision: oldCommit,
  source: 'https://github.com/owner/repo',
  created: '2026-11-20T00:00:00Z',
}).digest;

/** A world whose app has two process groups, in two regions. */
const withGroups = (play: (world: TestWorld) => Promise<void>) =>
  inWorld(
    async (world) => {
      const image = `${world.image}:main-0000000`;
      await world.fly.createApp(app, [
        { region: 'sin', image },
        { region: 'fra', image },
        { region: 'fra', image },
        { region: 'fra', image, group: 'worker' },
      ]);
      await play(world);
    },
    { machines: [] },
  );

test('writes a record for each process group and region after a verified deploy', () =>
  withGroups(async (world) => {
    const { digest, platformDigest } = world.push(tag);
    const run = await world.deploy(workflowRun(), production);
    expect(endOf(run)).toEqual(deployed);
    expect(digest).not.toBe(platformDigest);
    const common = {
      name: world.image,
      digest,
      status: 'deployed',
      logical_environment: 'production',
      cluster: 'fly.io',
      github_repository: 'repo',
    };
    expect(bodiesOf(world)).toEqual([
      { ...common, physical_environment: 'fra', deployment_name: `${app}-app` },
      { ...common, physical_environment: 'sin', deployment_name: `${app}-app` },
      { ...common, physical_environment: 'fra', deployment_name: `${app}-worker` },
    ]);
    for (const { headers, method } of writesOf(world))
      expect([method, headers['x-github-api-version']]).toEqual(['POST', '2026-03-10']);
    expect(JSON.parse(run.outputs['placements'] ?? '')).toEqual([
      { image: world.image, digest, group: 'app', region: 'fra' },
      { image: world.image, digest, group: 'app', region: 'sin' },
      { image: world.image, digest, group: 'worker', region: 'fra' },
    ]);
    expect(recordsOf(run)).toMatchObject({
      environment: 'production',
      written: [
        { id: 100, name: `${app}-app`, region: 'fra', image: world.image, digest },
        { id: 101, name: `${app}-app`, region: 'sin' },
        { id: 102, name: `${app}-worker`, region: 'fra' },
      ],
      notices: [],
    });
    expect(noticesOf(run)).toEqual([]);
    expect(run.stdout).toContain(`101: ${app}-app in sin runs ${world.image}@${digest}`);
    const page = 'https://github.com/orgs/owner/artifacts';
    expect(run.summary).toContain(`[3 deployment records](${page}) for \`production\``);
  }));

test('writes no record without the input, and still tells what runs where', () =>
  inWorld(async (world) => {
    const { digest } = world.push(tag);
    const run = await world.deploy(workflowRun());
    expect(endOf(run)).toEqual(deployed);
    expect(writesOf(world)).toEqual([]);
    expect(recordsOf(run)).toBeNull();
    expect(JSON.parse(run.outputs['placements'] ?? '')).toMatchObject([
      { digest, region: 'fra' },
      { digest, region: 'sin' },
    ]);
  }));

test('replaces the records of the same app, group and region', () =>
  inWorld(async (world) => {
    world.push(tag);
    await world.deploy(workflowRun(), production);
    const { digest } = world.push(tag, { seed: 'again' });
    await world.deploy(workflowRun(), production);
    const records = [...world.github.records.values()];
    expect(records.map(({ id, digest: of }) => [id, of])).toEqual([
      [100, digest],
      [101, digest],
    ]);
  }));

test('names the source of an image that was copied to Fly.io’s registry', () =>
  inWorld(async (world) => {
    const { registry, push, deploy, image } = world;
    registry.addRepository('owner/repo', 'private');
    registry.addUser('octocat', runnerSecrets.github);
    const { digest } = push(tag);
    const run = await deploy(workflowRun(), production);
    expect(run.outputs['mirrored']).toBe('true');
    const bodies = bodiesOf(world);
    expect(bodies.map((body) => [body.name, body.digest])).toEqual(Array(2).fill([image, digest]));
  }));

test('omits machines that `flags` exclude', () =>
  withGroups(async (world) => {
    world.push(tag);
    const run = await world.deploy(workflowRun(), { ...production, flags: '--process-groups=worker' });
    expect(endOf(run)).toEqual(deployed);
    expect(bodiesOf(world).map((body) => body.deployment_name)).toEqual([`${app}-worker`]);
  }));

test('lists and records at most 100 places, and logs how many others there are', () =>
  inWorld(
    async (world) => {
      world.push(tag);
      const image = `${world.image}:main-0000000`;
      const machines = Array.from({ length: 103 }, (_, n) => ({ region: 'fra', image, group: `g${n}` }));
      await world.fly.createApp(app, machines);
      const run = await world.deploy(workflowRun(), production);
      expect(endOf(run)).toEqual(deployed);
      expect([JSON.parse(run.outputs['placements'] ?? '').length, writesOf(world).length]).toEqual([
        100, 100,
      ]);
      expect(run.stdout).toMatch(/^The output `placements` omits 3\b/m);
    },
    { machines: [] },
  ));

test('process groups and regions with hostile names are only text', () =>
  inWorld(
    async (world) => {
      world.push(tag);
      const attack = '\n::error::forged\r##[error]x <img src=x>';
      const image = `${world.image}:main-0000000`;
      await world.fly.createApp(app, [{ region: attack, image, group: attack }]);
      const run = await world.deploy(workflowRun(), production);
      expect([endOf(run), run.log.annotations]).toEqual([deployed, []]);
      const clean = '::error::forged ##[error]x <img src=x>';
      expect(bodiesOf(world)).toMatchObject([
        { deployment_name: `${app}-${clean}`, physical_environment: clean },
      ]);
      expect(run.summary).not.toContain('<img');
    },
    { machines: [] },
  ));

describe('after a verified rollback', () => {
  const rollback = { ...production, rollback: 'true', 'settle-time': '20ms' };
  const fails = ({ fly }: TestWorld) =>
    fly.behave(app, { trouble: { index: 0, afterLists: 1, kind: 'oom' } });

  test('records the index of what runs again, which is the attested digest', () =>
    inWorld(async (world) => {
      world.push(tag);
      fails(world);
      const run = await world.deploy(workflowRun(), rollback);
      expect(endOf(run)).toEqual([1, 'rolled-back', 'false']);
      expect(oldIndex).not.toBe(world.oldDigest);
      expect(bodiesOf(world).map(({ name, digest, status }) => [name, digest, status])).toEqual(
        Array(2).fill([world.image, oldIndex, 'deployed']),
      );
      expect(recordsOf(run).written).toHaveLength(2);
    }));

  test('records the digest that Fly.io reports if no name leads to the index', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.registry.remove('owner/repo', oldIndex);
      fails(world);
      const run = await world.deploy(workflowRun(), rollback);
      expect(endOf(run)).toEqual([1, 'rolled-back', 'false']);
      expect(bodiesOf(world).map(({ digest }) => digest)).toEqual(Array(2).fill(world.oldDigest));
    }));

  test('names the source and its index of a copy in Fly.io’s registry that runs again', () =>
    inWorld(async (world) => {
      world.registry.addRepository('owner/repo', 'private');
      world.registry.addUser('octocat', runnerSecrets.github);
      const { digest } = world.push(tag);
      await world.deploy(workflowRun());
      const later = 'c0ffee1234567890abcdef1234567890abcdef12';
      world.push('main-c0ffee1', { revision: later, seed: 'later' });
      world.github.history.push(later);
      fails(world);
      const run = await world.deploy(workflowRun({ head_sha: later }), rollback);
      expect([run.outputs['state'], run.outputs['mirrored']]).toEqual(['rolled-back', 'true']);
      expect(run.flyctl[1]?.argv.join(' ')).toContain(`${world.mirror.host}/${app}@`);
      expect(bodiesOf(world).map((body) => [body.name, body.digest])).toEqual(
        Array(2).fill([world.image, digest]),
      );
    }));

  test('records the image of each process group', () =>
    inWorld(
      async (world) => {
        const worker = world.push('main-1111111', { seed: 'other', revision: '1'.repeat(40) });
        world.push(tag);
        await world.fly.createApp(app, [
          { region: 'fra', image: `${world.image}:main-0000000` },
          { region: 'fra', image: `${world.image}:main-1111111`, group: 'worker' },
        ]);
        fails(world);
        const run = await world.deploy(workflowRun(), rollback);
        expect(run.outputs['rolled-back']).toBe('true');
        expect(bodiesOf(world).map((body) => [body.deployment_name, body.digest])).toEqual([
          [`${app}-app`, oldIndex],
          [`${app}-worker`, worker.digest],
        ]);
      },
      { machines: [] },
    ));

  test('writes none if the rollback failed', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      const run = await world.deploy(workflowRun(), rollback);
      expect(run.outputs['state']).toBe('rollback-failed');
      expect([writesOf(world), run.outputs['placements']]).toEqual([[], '']);
    }));
});

describe('writes no record', () => {
  test.each<[string, Record<string, string>, string]>([
    ['of a dry run', { mode: 'dry-run' }, 'dry-run'],
    ['of the doctor', { mode: 'doctor' }, 'checked'],
  ])('%s', (_what, inputs, state) =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(workflowRun(), { ...production, ...inputs });
      expect([run.outputs['state'], run.outputs['placements'], writesOf(world)]).toEqual([state, '', []]);
    }),
  );

  test('if every machine already ran the image and the deploy was skipped', () =>
    inWorld(async (world) => {
      world.push(tag);
      await world.deploy(workflowRun());
      const run = await world.deploy(workflowRun(), { ...production, 'on-unchanged': 'skip' });
      expect([run.outputs['state'], run.outputs['placements'], writesOf(world)]).toEqual([
        'unchanged',
        '',
        [],
      ]);
    }));

  test('if the deploy failed', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.behave(app, { keepOldImage: 0 });
      const run = await world.deploy(workflowRun(), production);
      expect(codesOf(run)).toEqual(['machines-other-image']);
      expect([run.outputs['placements'], writesOf(world)]).toEqual(['', []]);
    }));

  test('of a canceled deploy', () =>
    inWorld(async (world) => {
      world.push(tag);
      const signalAfter = { line: 'Verify what the machines run', signal: 'SIGINT' } as const;
      const run = await world.deploy(workflowRun(), { ...production, 'settle-time': '20s' }, { signalAfter });
      expect(codesOf(run)).toEqual(['deploy-cancelled']);
      expect([run.outputs['placements'], writesOf(world)]).toEqual(['', []]);
    }));
});

describe('a record that cannot be written is one notice, and does not change how the run ends', () => {
  const expectNotice = (run: ActionRun, code: string, ...facts: (string | RegExp)[]) => {
    expect(endOf(run)).toEqual(deployed);
    expect([noRecordOf(run), recordsOf(run).notices.map((each: { code: string }) => each.code)]).toEqual([
      [code],
      [code],
    ]);
    expect(run.log.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    const [notice = '', ...others] = noticesOf(run);
    expect(others).toEqual([]);
    for (const fact of facts) expect(notice).toMatch(fact);
  };

  test('a user owns the repository, by the event: without a request', () =>
    inWorld(async (world) => {
      world.push(tag);
      const event = workflowRun();
      const repository = {
        ...(event.payload['repository'] as object),
        owner: { login: 'owner', type: 'User' },
      };
      const run = await world.deploy({ ...event, payload: { ...event.payload, repository } }, production);
      expectNotice(run, 'record-user-owned', /owner\/repo/, /`deployment-record: production`/);
      expect(writesOf(world)).toEqual([]);
    }));

  test('a user owns the repository, by GitHub’s answer if the event lacks it', () =>
    inWorld(async (world) => {
      world.push('main');
      world.github.owner = 'User';
      const { repository: _, ...payload } = schedule().payload;
      const run = await world.deploy({ ...schedule(), payload }, { ...production, branch: 'main' });
      expectNotice(run, 'record-user-owned', /owner\/repo/);
      expect(writesOf(world)).toEqual([]);
    }));

  test('the token lacks the permission: 403', () =>
    withGroups(async (world) => {
      world.push(tag);
      world.github.recordsPermission = 'denied';
      const run = await world.deploy(workflowRun(), production);
      expectNotice(run, 'record-no-permission', /`artifact-metadata: write`/, /`permissions:`/);
      // The others would be refused, too.
      expect(writesOf(world)).toHaveLength(1);
    }));

  test('GitHub does not find the artifact: 404', () =>
    withGroups(async (world) => {
      const { digest } = world.push(tag);
      world.github.recordsPermission = 'hidden';
      const run = await world.deploy(workflowRun(), production);
      expectNotice(
        run,
        'record-no-artifact',
        /404: "no artifacts found/,
        digest,
        /`artifact-metadata: write`/,
        /actions\/attest/,
      );
      expect(writesOf(world)).toHaveLength(1);
    }));

  test('there is no token', () =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(workflowRun(), {
        ...production,
        'github-token': '',
        'on-outdated': 'deploy',
      });
      expectNotice(run, 'record-no-token', /github-token: \$\{\{ github\.token \}\}/);
    }));

  test('GitHub refuses the record: 422 with hostile words', () =>
    inWorld(async (world) => {
      world.push(tag);
      const message = `Validation Failed\u2028::error::owned ##[error]x <img src=x> \`y\` ${'z'.repeat(5000)}`;
      const headers = { 'content-type': 'application/json' };
      world.github.fault({
        path: /deployment-record$/,
        status: 422,
        headers,
        body: JSON.stringify({ message }),
      });
      const run = await world.deploy(workflowRun(), production);
      expectNotice(run, 'record-failed', /422: "Validation Failed/);
      expect(noticesOf(run)[0]?.length).toBeLessThan(700);
      expect(run.stdout).not.toMatch(/^::error::owned/m);
      expect(run.summary).not.toContain('<img');
      // GitHub could accept another record.
      expect(writesOf(world)).toHaveLength(2);
    }));

  test('GitHub is down: 503, after another try', () =>
    withGroups(async (world) => {
      world.push(tag);
      world.github.fault({ path: /deployment-record$/, status: 503, body: '{"message":"Unavailable"}' });
      const run = await world.deploy(workflowRun(), production);
      expectNotice(run, 'record-failed', /503/);
      expect(writesOf(world)).toHaveLength(2);
    }));

  test('GitHub is down for a moment', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.github.fault({ path: /deployment-record$/, status: 502, times: 1 });
      const run = await world.deploy(workflowRun(), production);
      expect([recordsOf(run).written.length, noRecordOf(run)]).toEqual([2, []]);
    }));

  test('the connection is lost after the first record', () =>
    withGroups(async (world) => {
      world.push(tag);
      world.github.fault({ path: /deployment-record$/, after: 1, close: true });
      const run = await world.deploy(workflowRun(), production);
      expectNotice(run, 'record-failed', /Only 1 of 3\b/);
      expect(recordsOf(run).written).toHaveLength(1);
      expect(run.summary).toMatch(/\[1 deployment record\]\(.*Only 1 of 3\b/);
    }));

  test('the job is canceled meanwhile: the step ends at once, with the deploy as it was verified', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.github.fault({ path: /deployment-record$/, delayMs: 20_000 });
      const signalAfter = { line: 'Verified: all 2 machines', ms: 300, signal: 'SIGINT' } as const;
      const run = await world.deploy(workflowRun(), production, { signalAfter });
      expectNotice(run, 'record-failed', /canceled/);
      expect(run.ms).toBeLessThan(15_000);
    }));

  test(
    'GitHub is slow',
    () =>
      inWorld(async (world) => {
        world.push(tag);
        world.github.fault({ path: /deployment-record$/, delayMs: 60_000 });
        const run = await world.deploy(workflowRun(), production, { clockRate: 20 });
        expectNotice(run, 'record-failed', /no answer within 15/);
      }),
    90_000,
  );
});

test('is refused with `mode: verify`, which deploys nothing', () =>
  inWorld(async ({ deploy }) => {
    const run = await deploy(workflowDispatch(), { ...production, mode: 'verify', 'settle-time': '0' });
    expect(codesOf(run)).toEqual(['input-conflict']);
  }));

test.each([
  ['a line break', 'a\nb'],
  ['a control character', 'a\u0007b'],
  ['a character that nobody sees', 'a\u202eb'],
  ['129 characters', 'x'.repeat(129)],
])('the name of the environment is refused with %s', (_what, text) =>
  inWorld(async (world) => {
    const run = await world.deploy(workflowRun(), { 'deployment-record': text });
    expect(codesOf(run)).toEqual(['input-invalid']);
    expect(world.fly.requests).toEqual([]);
  }),
);

test('takes every name of an environment that GitHub takes', () =>
  inWorld(async (world) => {
    world.push(tag);
    const name = `Production (EU) ü 🚀 '"\`$(id) ${'x'.repeat(99)}`;
    expect([...name]).toHaveLength(128);
    const run = await world.deploy(workflowRun(), { 'deployment-record': name });
    expect([endOf(run), noRecordOf(run)]).toEqual([deployed, []]);
    expect(bodiesOf(world).map((body) => body.logical_environment)).toEqual([name, name]);
  }));
