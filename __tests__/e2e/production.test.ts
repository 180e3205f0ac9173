import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { lineWith } from '../errors.ts';
import { adviceOf, commandsIn } from '../slow/follow.ts';
import { app, codesOf, errorOf, inWorld, noRollbackOf, productionOf, tag } from './world.ts';

// What production runs after flyctl failed, and how the step reports and handles it.

const standIn = pathToFileURL(join(import.meta.dirname, '../../sandbox/flyctl/main.ts')).href;
/** A flyctl that deploys successfully, then fails for another reason. */
const failingAtTheEnd = `
  process.on('exit', () => {
    console.error('Error: failed to update release: request returned non-2xx status: 504');
    process.exitCode = 1;
  });
  import(${JSON.stringify(standIn)});`;
const failing = (line: string) => `console.error(${JSON.stringify(line)}); process.exitCode = 1;`;
const inputs = { rollback: 'true', 'settle-time': '20ms' };
const toml = { 'fly.toml': `app = "${app}"\n[http_service]\n[[http_service.checks]]\npath = "/"\n` };

test('first reports that production is unchanged if flyctl changed nothing', () =>
  inWorld(async ({ deploy, push, oldDigest }) => {
    push(tag);
    const run = await deploy(workflowRun(), inputs, { flyctl: failing('Error: server returned 500') });
    expect([codesOf(run), productionOf(run), noRollbackOf(run)]).toEqual([
      ['flyctl-failed'],
      'unchanged',
      'untouched',
    ]);
    expect(errorOf(run).split('\n')[0]).toMatch(/Production is unchanged/);
    expect(run.outputs).toMatchObject({ deployed: 'false', verified: 'false', 'rolled-back': 'false' });
    expect(run.summary).toEqual(
      lineWith('## ❌ `test-battle`: ', 'nothing changed', 'all 2 machines', '`main-0000000`'),
    );
    // No machine is drawn or listed as broken.
    expect(run.summary).not.toContain('✗ |');
    expect(run.summary).not.toContain('should run on');
    for (const { digest } of JSON.parse(run.outputs['machines'] ?? '')) expect(digest).toBe(oldDigest);
  }));

test('does not roll back if flyctl fails after every machine runs the image, and reports production first', () =>
  inWorld(async ({ deploy, push, fly }) => {
    const { platformDigest } = push(tag);
    const run = await deploy(workflowRun(), inputs, { flyctl: failingAtTheEnd });
    expect([codesOf(run), productionOf(run), noRollbackOf(run)]).toEqual([
      ['flyctl-failed'],
      'updated',
      'already-updated',
    ]);
    const [first] = errorOf(run).split('\n');
    expect(first).toMatch(/Production runs the new image: 2 machines/);
    expect(first).toContain('failed to update release: request returned non-2xx status: 504');
    expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
      platformDigest,
      platformDigest,
    ]);
    expect(run.summary).toEqual(
      lineWith('## ❌ `test-battle`: ', 'all 2 machines', '`main-abc1234`', 'flyctl'),
    );
    expect(run.outputs).toMatchObject({ verified: 'false', 'rolled-back': 'false' });
  }));

test('rolls back if machines look updated and are then reverted', () =>
  inWorld(async ({ deploy, push, fly, oldDigest }) => {
    push(tag);
    // In the first list, all machines are updated.
    fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
    const run = await deploy(workflowRun(), inputs, { flyctl: failingAtTheEnd });
    expect(productionOf(run)).toBe('changed');
    expect(fly.machines(app)[1]?.image_ref.digest).toBe(oldDigest);
  }));

test('does not blame the token for a crash after the start, whatever the app logged', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const said = [
      'Error: smoke checks for 148e21 failed: the app appears to be crashing',
      "Check its logs: here's the last lines below, or run 'fly logs -i 148e21':",
      '<not authorized to retrieve logs>',
      ' 401 unauthorized, says the app',
    ];
    const run = await deploy(workflowRun(), {}, { flyctl: failing(said.join('\n')) });
    expect(codesOf(run)).toEqual(['smoke-checks-failed']);
    expect(errorOf(run)).toMatch(/fly logs -a test-battle -i 148e21/);
    expect(errorOf(run)).not.toContain('fly tokens create');
  }));

test('does not report a rate limit on a lease as a race', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const line = 'Error: failed to get lease on VM 148e21: rate limit exceeded';
    const run = await deploy(workflowRun(), {}, { flyctl: failing(line) });
    expect(codesOf(run)).toEqual(['fly-rate-limited']);
    expect(errorOf(run)).not.toContain('concurrency:');
  }));

describe('bluegreen', () => {
  test('that cannot destroy the old machines: names their IDs and the command, which must run before the next deploy', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      const old = fly.machines(app).map(({ id }) => id);
      fly.fault({ method: 'DELETE', path: /\/machines\/\w+\?kill/, status: 500 });
      const run = await deploy(workflowRun(), { flags: '--strategy=bluegreen' }, { files: toml });
      expect(codesOf(run)).toEqual(['bluegreen-unfinished']);
      expect(errorOf(run)).toContain(`fly machine destroy --force -a test-battle ${old.join(' ')}`);
      expect(run.outputs['verified']).toBe('false');
    }));

  test.each([
    ['the same commit', tag],
    ['a later commit', 'main-1111111'],
  ])(
    'of %s, after such a deploy, is refused by flyctl, and the error names the old machines',
    (_name, left) =>
      inWorld(async ({ deploy, push, fly, image }) => {
        push(tag);
        push(left, { seed: left });
        const metadata = { fly_platform_version: 'v2', fly_process_group: 'app' };
        const [old, green] = ['safe_to_destroy', '1795600000'].map((each) => ({
          ...metadata,
          fly_bluegreen_deployment_tag: each,
        }));
        await fly.createApp(app, [
          { region: 'fra', image: `${image}:${left}`, metadata: green ?? {} },
          { region: 'sin', image: `${image}:main-0000000`, metadata: old ?? {} },
        ]);
        const run = await deploy(workflowRun(), { flags: '--strategy=bluegreen' }, { files: toml });
        expect([codesOf(run), productionOf(run)]).toEqual([['bluegreen-unfinished'], 'unchanged']);
        const [, other] = fly.machines(app);
        expect(commandsIn(errorOf(run))).toEqual([
          ['machine', 'destroy', '--force', '-a', 'test-battle', other?.id],
        ]);
      }),
  );

  test('after a rolling deploy that stopped part-way: suggests another strategy instead of destroying machines', () =>
    inWorld(async ({ deploy, push, fly, image }) => {
      const { platformDigest } = push(tag);
      await fly.createApp(app, [
        { region: 'fra', image: `${image}:${tag}` },
        { region: 'sin', image: `${image}:main-0000000` },
      ]);
      const run = await deploy(workflowRun(), { flags: '--strategy=bluegreen' }, { files: toml });
      expect(codesOf(run)).toEqual(['bluegreen-unfinished']);
      expect(commandsIn(errorOf(run))).toEqual([]);
      expect(errorOf(run)).toContain('flags: --strategy=rolling');
      expect((await deploy(workflowRun(), { flags: '--strategy=rolling' })).status).toBe(0);
      const again = await deploy(workflowRun(), { flags: '--strategy=bluegreen' }, { files: toml });
      expect([again.status, again.outputs['verified']]).toEqual([0, 'true']);
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
        platformDigest,
        platformDigest,
      ]);
    }));

  test('long ago, before a rolling deploy that stopped after it replaced a machine: no machine is to be destroyed', () =>
    inWorld(async ({ deploy, push, fly, image }) => {
      push(tag);
      const metadata = {
        ...{ fly_platform_version: 'v2', fly_process_group: 'app' },
        fly_bluegreen_deployment_tag: '1795600000',
      };
      await fly.createApp(
        app,
        ['fra', 'sin'].map((region) => ({ region, image: `${image}:main-0000000`, metadata })),
      );
      const [first, second] = fly.machines(app).map(({ id }) => id);
      const body = '{"error":"could not reserve resource for machine: insufficient CPUs"}';
      fly.fault({ method: 'POST', path: new RegExp(`/machines/${first}$`), status: 412, body });
      fly.fault({ method: 'POST', path: new RegExp(`/machines/${second}$`), status: 500 });
      const run = await deploy(workflowRun(), {});
      expect(codesOf(run)).not.toEqual(['bluegreen-unfinished']);
      expect(commandsIn(errorOf(run)).filter((words) => words.includes('destroy'))).toEqual([]);
    }));

  test('that ends between its colors is not rolled back: the machines that get requests run the image', () =>
    inWorld(async ({ deploy, push, fly }) => {
      const { platformDigest } = push(tag);
      fly.fault({ method: 'DELETE', path: /\/machines\/\w+\?kill/, status: 500 });
      const run = await deploy(workflowRun(), { ...inputs, flags: '--strategy=bluegreen' }, { files: toml });
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['bluegreen-unfinished'], 'bluegreen-unfinished']);
      expect([run.flyctl.length, run.outputs['rolled-back']]).toEqual([1, 'false']);
      const serving = fly.machines(app).filter(({ cordoned }) => !cordoned);
      expect(serving.map(({ image_ref }) => image_ref.digest)).toEqual([platformDigest, platformDigest]);
    }));

  test('that doubles the fleet because of an earlier unfinished one warns of that', () =>
    inWorld(async ({ deploy, push, fly, image, oldDigest }) => {
      push(tag);
      const old = { region: 'fra', image: `${image}@${oldDigest}` };
      await fly.createApp(app, [old, old]);
      const bluegreen = { flags: '--strategy=bluegreen', 'deploy-by': 'digest' };
      fly.fault({ method: 'DELETE', path: /\/machines\/\w+\?kill/, status: 500 });
      await deploy(workflowRun(), bluegreen, { files: toml });
      fly.clearFaults();
      const again = await deploy(workflowRun(), bluegreen, { files: toml });
      expect([again.status, fly.machines(app).length]).toEqual([0, 4]);
      expect(adviceOf(again)).toMatch(/4 machines.* 2 before/);
      // All four are new, so it is unknown which ones are surplus.
      expect(commandsIn(adviceOf(again))).toEqual([]);
    }));

  test('is not used for the rollback', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      push(tag);
      // The first new machine. New machines are listed after the old ones.
      fly.behave(app, { trouble: { index: 2, afterLists: 1, kind: 'oom' } });
      const run = await deploy(workflowRun(), { ...inputs, flags: '--strategy=bluegreen' }, { files: toml });
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['machines-unhealthy'], undefined]);
      expect(run.flyctl).toHaveLength(2);
      expect(run.flyctl[1]?.argv).toContain('--strategy=rolling');
      expect(run.outputs['rolled-back']).toBe('true');
      expect(errorOf(run)).toMatch(/Rolled back: 2 machines .*as before the deploy/);
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([oldDigest, oldDigest]);
    }));
});

test('a rollback that leaves a canary reports how many machines run, and which one is surplus', () =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    const before = fly.machines(app).map(({ id }) => id);
    fly.fault({ method: 'DELETE', path: /\/machines\/\w+\?kill/, status: 500 });
    fly.behave(app, { trouble: { index: 0, afterLists: 1, kind: 'oom' } });
    const run = await deploy(workflowRun(), { ...inputs, flags: '--strategy=canary' });
    expect([codesOf(run), run.outputs['rolled-back']]).toEqual([['machines-unhealthy'], 'true']);
    const [canary] = fly.machines(app).filter(({ id }) => !before.includes(id));
    expect(errorOf(run)).toMatch(new RegExp(`Rolled back: 3 machines .* 1 more .*${canary?.id}`));
    expect(commandsIn(adviceOf(run))).toEqual([
      ['machine', 'destroy', '--force', '-a', 'test-battle', canary?.id],
    ]);
    expect(run.summary).toContain(`fly machine destroy --force -a test-battle ${canary?.id}`);
  }));

test('warns of more machines than before, with their IDs', () =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    const before = fly.machines(app).map(({ id }) => id);
    // The canary remains.
    fly.fault({
      method: 'DELETE',
      path: /\/machines\/\w+\?kill/,
      status: 200,
      body: '{"ok":true}',
      times: 1,
    });
    const run = await deploy(workflowRun(), { flags: '--strategy=canary' });
    expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
    const [surplus] = fly.machines(app).filter(({ id }) => !before.includes(id));
    expect(run.log.annotations).toEqual([
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(
          new RegExp(
            `3 machines.* 2 .*${surplus?.id}[\\s\\S]*fly machine destroy --force -a test-battle ${surplus?.id}`,
          ),
        ),
      }),
    ]);
  }));

describe('a flyctl that exits 0', () => {
  test('without changing a machine did not deploy, whether or not it reports a release', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const silent = await deploy(workflowRun(), {}, { flyctl: 'process.exitCode = 0;' });
      expect(codesOf(silent)).toEqual(['deploy-changed-nothing']);
      expect(silent.outputs).toMatchObject({ deployed: 'false', verified: 'false', 'release-version': '' });
    }));

  test('without a new release fails, even if the image ran before', () =>
    inWorld(async ({ deploy, push, fly, image }) => {
      push(tag);
      await fly.createApp(app, [{ region: 'fra', image: `${image}:${tag}` }]);
      const run = await deploy(workflowRun(), {}, { flyctl: 'process.exitCode = 0;' });
      expect(codesOf(run)).toEqual(['deploy-changed-nothing']);
      expect((await deploy(workflowRun())).outputs['verified']).toBe('true');
    }));
});

describe('a tag that Fly.io resolves to an older image', () => {
  const line = (digest: string) => new RegExp(`${digest}`);

  test('is deployed again by its digest, with a warning that names both', () =>
    inWorld(async ({ deploy, push, fly, image, oldDigest }) => {
      const { digest, platformDigest } = push(tag);
      fly.behave(app, { staleTag: { image: `${image}:${tag}`, as: `${image}:main-0000000` } });
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.flyctl.map(({ argv }) => argv[4])).toEqual([`${image}:${tag}`, `${image}@${digest}`]);
      expect(run.outputs['image']).toBe(`${image}@${digest}`);
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
        platformDigest,
        platformDigest,
      ]);
      const [warning, ...more] = run.log.annotations.filter(({ level }) => level === 'warning');
      expect(more).toEqual([]);
      expect(warning?.message).toMatch(line(oldDigest));
      expect(warning?.message).toMatch(line(digest));
      expect(run.outputs['release-version']).toBe('3');
    }));

  test('is not retried if only some machines run the older image', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { keepOldImage: 0 });
      const run = await deploy(workflowRun());
      expect([codesOf(run), run.flyctl.length]).toEqual([['machines-other-image'], 1]);
    }));

  test('fails after exactly one more deploy if the digest is resolved wrongly, too', () =>
    inWorld(async ({ deploy, push, fly, image }) => {
      const { digest } = push(tag);
      fly.behave(app, {
        staleTag: { image: [`${image}:${tag}`, `${image}@${digest}`], as: `${image}:main-0000000` },
      });
      const run = await deploy(workflowRun());
      expect([codesOf(run), run.flyctl.length]).toEqual([['machines-other-image'], 2]);
    }));
});

test('does not roll back what could not be determined', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(workflowRun(), {
      ...inputs,
      'health-url': 'http://127.0.0.1:1/',
      'health-timeout': '1s',
    });
    expect([codesOf(run), noRollbackOf(run)]).toEqual([['health-unreachable'], 'not-determined']);
    expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false', 'rolled-back': 'false' });
    expect(run.flyctl).toHaveLength(1);
  }));
