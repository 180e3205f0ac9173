import { describe, expect, test } from '@jest/globals';
import type { NewMachine } from '../../sandbox/fly/fly.ts';
import { schedule, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { lineWith, textWith } from '../errors.ts';
import { onPosix } from '../platforms.ts';
import { faultsOfReport } from '../report-schema.ts';
import { app, changesOf, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

// `mode: verify`: what runs, compared with what should run.

const old = 'main-0000000';
const image = (world: TestWorld, name: string) => `${world.image}:${name}`;

/** Checks that every machine runs the image of the commit, with no flyctl on PATH. */
const check = (world: TestWorld, inputs: Record<string, string> = {}, clockRate = 20): Promise<ActionRun> =>
  world.deploy(workflowRun(), { mode: 'verify', ...inputs }, { flyctl: false, clockRate });

/** Gives the app machines, each with its image, in regions fra, sin, ord. */
async function run(world: TestWorld, tags: readonly string[], more: Partial<NewMachine> = {}): Promise<void> {
  const regions = ['fra', 'sin', 'ord'];
  await world.fly.createApp(
    app,
    tags.map((name, n) => ({ region: regions[n % 3] ?? 'fra', image: image(world, name), ...more })),
  );
}

/** The end of a run in its outputs. */
const endOf = ({ status, outputs }: ActionRun) => ({
  status,
  state: outputs['state'],
  drift: outputs['drift'],
  verified: outputs['verified'],
});

const ok = { status: 0, state: 'verified', drift: 'none', verified: 'true' };
const drifted = (drift: string) => ({ status: 1, state: 'drift', drift, verified: 'false' });

describe('mode: verify', () => {
  test('succeeds if every machine runs the image, without flyctl and without a change', () =>
    inWorld(async (world) => {
      const { platformDigest } = world.push(tag);
      await run(world, [tag, tag, tag]);
      const done = await check(world);
      expect(endOf(done)).toEqual(ok);
      expect(done.flyctl).toEqual([]);
      expect(changesOf(world.fly)).toEqual([]);
      expect(done.outputs).toMatchObject({
        deployed: 'false',
        skipped: '',
        headline: `${app}: all 3 machines run ${tag}`,
        'release-version': '',
      });
      const machines = JSON.parse(done.outputs['machines'] ?? '');
      expect(machines).toHaveLength(3);
      expect(machines[0]).toMatchObject({ digest: platformDigest, 'runs-image': true, problem: null });
      expect(done.summary).toContain(`## ✅ \`${app}\`: all 3 machines run \`${tag}\``);
      expect(`${done.summary}${done.log.text}`).not.toMatch(/deploy(?:ed|s)\b|this deploy|Automatic deploy/i);
    }));

  test('reports a machine on another image as mixed, and how to deploy the image again', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, old, tag]);
      const done = await check(world);
      expect(endOf(done)).toEqual(drifted('mixed'));
      expect(codesOf(done)).toEqual(['drift-mixed']);
      const wrong = world.fly.machines(app)[1]?.id ?? '';
      expect(errorOf(done)).toEqual(textWith('1 of 3 machines', wrong, 'sin', 'select: commit:'));
      expect(done.outputs['headline']).toBe(`${app}: drift: 1 of 3 machines runs ${old} (sin)`);
      expect(done.summary).toEqual(lineWith('| ✗ |', wrong));
      expect(done.summary).not.toContain('fly logs');
      const report = JSON.parse(done.reports[`${app}.json`] ?? '');
      expect(faultsOfReport(report)).toEqual([]);
      expect(report).toMatchObject({ mode: 'verify', verdict: { state: 'drift', drift: 'mixed' } });
      expect(report.verification.checks).toHaveLength(2);
      expect(report.verification.checks[0]).toMatchObject({ of: 'verify', machines: 3, healthy: 2 });
      expect(changesOf(world.fly)).toEqual([]);
    }));

  test('reports an image that no machine runs', () =>
    inWorld(async (world) => {
      world.push(tag);
      const done = await check(world);
      expect(endOf(done)).toEqual(drifted('other-image'));
      expect(codesOf(done)).toEqual(['drift-other-image']);
      expect(done.outputs['headline']).toBe(`${app}: drift: all 2 machines run ${old}`);
    }));

  test('reports a tag that has moved since the machines got it', () =>
    inWorld(async (world) => {
      world.push('main');
      await run(world, ['main', 'main']);
      const { digest } = world.push('main', { seed: 'newer' });
      const done = await world.deploy(schedule(), { mode: 'verify' }, { flyctl: false, clockRate: 20 });
      expect(endOf(done)).toEqual(drifted('moved-tag'));
      expect(codesOf(done)).toEqual(['drift-moved-tag']);
      expect(errorOf(done)).toEqual(textWith(`${world.image}:main`, `select: digest:${digest}`));
    }));

  test('compares with the newest completed release, by whatever event', () =>
    inWorld(async (world) => {
      world.push(tag);
      expect((await world.deploy(workflowRun())).status).toBe(0);
      world.push('main', { seed: 'newer' });
      const inputs = { mode: 'verify', select: 'release:current' };
      const done = await world.deploy(schedule(), inputs, { flyctl: false, clockRate: 20 });
      expect(endOf(done)).toEqual(ok);
    }));

  test('reports the tag of the current release if it has moved', () =>
    inWorld(async (world) => {
      world.push('main');
      expect((await world.deploy(schedule(), { 'deploy-by': 'tag' })).status).toBe(0);
      world.push('main', { seed: 'newer', created: '2126-11-26T00:00:00Z' });
      const inputs = { mode: 'verify', select: 'release:current' };
      const done = await world.deploy(schedule(), inputs, { flyctl: false, clockRate: 20 });
      expect(endOf(done)).toEqual(drifted('moved-tag'));
      expect(codesOf(done)).toEqual(['release-tag-moved']);
      expect(done.outputs['headline']).toBe(`${app}: drift: the release’s tag names another image now`);
    }));

  test('accepts a token that can only read', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, old]);
      world.fly.fault({ path: /\/lease$/, status: 403, body: '{"error":"unauthorized"}' });
      expect(endOf(await check(world))).toEqual(drifted('mixed'));
    }));

  test('compares only the machines that `flags` select', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, old]);
      const done = await check(world, { flags: '--regions=fra' });
      expect(endOf(done)).toEqual(ok);
      expect(done.outputs['headline']).toBe(`${app}: 1 of 2 machines runs ${tag}; 1 is excluded by flags`);
      const [first] = world.fly.machines(app);
      expect(endOf(await check(world, { flags: `--only-machines=${first?.id}` }))).toEqual(ok);
      const none = await check(world, { flags: '--regions=lhr' });
      expect(endOf(none)).toMatchObject({ state: 'drift', drift: 'missing-machines' });
      expect(errorOf(none)).toEqual(textWith('excludes all 2 machines', '`--regions`'));
    }));

  test('refuses inputs that only a deploy has, all together', () =>
    inWorld(async (world) => {
      const done = await check(world, {
        rollback: 'true',
        'settle-time': '1m',
        mirror: 'never',
        'deploy-by': 'digest',
        'flyctl-version': '0.4.80',
        'deploy-timeout': '5m',
        'on-unchanged': 'skip',
        flags: '--strategy=bluegreen\n--regions=fra',
      });
      const codes = codesOf(done);
      expect([...new Set(codes)]).toEqual(['input-conflict']);
      expect(codes).toHaveLength(8);
      expect(errorOf(done)).toEqual(textWith('Remove the line `rollback: true`'));
      expect(errorOf(done)).toEqual(textWith('Remove the line `--strategy=bluegreen`'));
      expect(errorOf(done)).not.toContain('`--regions=fra`');
      expect(endOf(done)).toMatchObject({ state: 'failed', drift: '' });
    }));

  test.each([
    ['fails on', 'fail', 1],
    ['skips', 'skip', 0],
  ])('%s an event whose image must not run, as on-refusal decides', (_name, onRefusal, status) =>
    inWorld(async (world) => {
      const event = workflowRun({ head_branch: 'other' });
      const inputs = { mode: 'verify', 'on-refusal': onRefusal };
      const done = await world.deploy(event, inputs, { flyctl: false });
      expect(endOf(done)).toEqual({ status, state: 'refused', drift: '', verified: 'false' });
      expect(done.outputs['headline']).toEqual(textWith('was not checked', 'must not run'));
      expect(world.fly.requests).toEqual([]);
    }),
  );

  test.each([
    ['verify', 'what the machines run was not checked'],
    ['doctor', 'the setup was not checked'],
  ])('with inputs that are not valid, mode: %s tells that nothing was checked', (mode, headline) =>
    inWorld(async (world) => {
      const inputs = { mode, 'health-timeout': 'soon', rollback: 'maybe' };
      const done = await world.deploy(workflowRun(), inputs, { flyctl: false });
      expect(done.outputs['state']).toBe('failed');
      expect(done.outputs['headline']).toBe(`${app}: ${headline}; several inputs are not valid`);
      expect(done.summary.split('\n')[0]).toBe(`## ❌ \`${app}\`: ${headline}; several inputs are not valid`);
      expect(done.summary).not.toMatch(/deployed/);
      expect(world.fly.requests).toEqual([]);
    }),
  );

  test('shows hostile names of machines as text, in every place', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, tag, old]);
      const [, , machine] = world.fly.platform.apps.get(app)?.machines ?? [];
      Object.assign(machine ?? {}, { region: 'a\n::error::pwned <b>|', name: '::set-output name=x::y' });
      const done = await check(world);
      expect(endOf(done)).toEqual(drifted('mixed'));
      expect(done.log.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
      expect(done.stdout).not.toMatch(/^::error::pwned/m);
      expect(done.outputs['headline']).not.toContain('\n');
      expect(done.outputs['headline']).not.toMatch(/^::/);
      expect(done.summary).not.toContain('<b>');
    }));

  onPosix('Node cannot send Ctrl+C to the console of another program')(
    'can be canceled while it waits for a deploy',
    () =>
      inWorld(async (world) => {
        world.push(tag);
        await run(world, [tag, old]);
        world.fly.holdLease(app, world.fly.machines(app)[0]?.id ?? '', 60_000);
        const signalAfter = { line: 'A deploy is in progress', signal: 'SIGINT' } as const;
        const done = await world.deploy(workflowRun(), { mode: 'verify' }, { flyctl: false, signalAfter });
        expect(endOf(done)).toEqual({ status: 1, state: 'cancelled', drift: '', verified: 'false' });
        expect(codesOf(done)).toEqual(['run-cancelled']);
        expect(done.outputs['headline']).toEqual(textWith('was not checked', 'canceled'));
      }),
  );

  test('needs a token', () =>
    inWorld(async (world) => {
      const done = await check(world, { 'fly-api-token': '' });
      expect(codesOf(done)).toEqual(['fly-token-missing']);
    }));
});

describe('machines that are not there', () => {
  test('are missing if the app has none', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, []);
      const done = await check(world);
      expect(endOf(done)).toEqual(drifted('missing-machines'));
      expect(codesOf(done)).toEqual(['drift-missing-machines']);
      expect(done.outputs['headline']).toBe(`${app}: drift: the app has no machine that deploys manage`);
    }));

  test('are missing if the app counts more than the list has', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, tag]);
      world.fly.inject(app, { name: 'partial-list', machines: [1] });
      const done = await check(world);
      expect(endOf(done)).toEqual(drifted('missing-machines'));
      expect(errorOf(done)).toEqual(textWith('lists 1 machine', 'counts 1 more'));
      expect(done.outputs['headline']).toEqual(textWith('drift: machines are missing', 'list, which has 1'));
    }));
});

describe('what cannot be determined', () => {
  test('is unreachable if a host is', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, tag]);
      world.fly.inject(app, { name: 'unreachable-host', machines: [1] });
      const done = await check(world);
      expect(endOf(done)).toEqual({ ...drifted('unreachable'), state: 'inconclusive' });
      expect(codesOf(done)).toEqual(['machines-unreachable']);
      expect(done.outputs['headline']).toBe(
        `${app}: unknown: 1 of 2 machines is on an unreachable host (sin)`,
      );
    }));

  test('is unreachable if Fly.io does not answer', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.inject(app, { name: 'busy' });
      const done = await check(world, { 'health-timeout': '1s' });
      expect(endOf(done)).toEqual({ ...drifted('unreachable'), state: 'inconclusive' });
      expect(codesOf(done)).toEqual(['fly-unavailable']);
    }));

  test('is unreachable if Fly.io answers with something else than a list', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.fault({ path: /^\/v1\/apps\/test-battle\/machines$/, body: '{"machines":[]}', status: 200 });
      const done = await check(world, { 'health-timeout': '1s' });
      expect(endOf(done)).toEqual({ ...drifted('unreachable'), state: 'inconclusive' });
      expect(codesOf(done)).toEqual(['machines-list-invalid']);
    }));

  test('does not matter if another machine runs another image', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, tag, old]);
      world.fly.inject(app, { name: 'unreachable-host', machines: [1] });
      expect(endOf(await check(world))).toEqual(drifted('mixed'));
    }));
});

describe('a deploy in progress', () => {
  const busy = { status: 1, state: 'busy', drift: 'busy', verified: 'false' };

  test.each<[string, (world: TestWorld) => void]>([
    ['a release', ({ fly }) => void fly.platform.createRelease(appOf(fly), 'x', 'ROLLING')],
    ['a lease', ({ fly }) => fly.holdLease(app, fly.machines(app)[0]?.id ?? '', 600_000)],
    [
      'a machine that is being replaced',
      ({ fly }) => {
        const [machine] = fly.platform.apps.get(app)?.machines ?? [];
        if (machine !== undefined) machine.state = 'replacing';
      },
    ],
  ])('is busy by %s', (_name, begin) =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, old]);
      begin(world);
      const done = await check(world, { 'health-timeout': '10s' });
      expect(endOf(done)).toEqual(busy);
      expect(codesOf(done)).toEqual(['drift-busy']);
      expect(errorOf(done)).toContain('health-timeout: 20s');
      expect(done.outputs['headline']).toEqual(textWith('busy: a deploy is in progress'));
      expect(changesOf(world.fly)).toEqual([]);
    }),
  );

  test('that ends in time does not matter', () =>
    inWorld(async (world) => {
      world.push(tag);
      const { fly } = world;
      const release = fly.platform.createRelease(appOf(fly), image(world, tag), 'ROLLING');
      fly.behave(app, {});
      const ending = setTimeout(async () => {
        for (const machine of [...appOf(fly).machines])
          await fly.platform.update(
            appOf(fly),
            machine,
            { ...machine.config, image: image(world, tag) },
            false,
          );
        release.status = 'complete';
      }, 800);
      const done = await check(world, { 'health-timeout': '10m' });
      clearTimeout(ending);
      expect(endOf(done)).toEqual(ok);
    }));

  test('that ends with another image makes that one the current release', () =>
    inWorld(async (world) => {
      const { fly } = world;
      world.push(tag);
      expect((await world.deploy(workflowRun())).status).toBe(0);
      const { digest } = world.push('main-newer', { seed: 'newer' });
      const newer = `${world.image}@${digest}`;
      const release = fly.platform.createRelease(appOf(fly), newer, 'ROLLING');
      const replace = async () => {
        for (const machine of [...appOf(fly).machines])
          await fly.platform.update(appOf(fly), machine, { ...machine.config, image: newer }, false);
      };
      await replace();
      const ending = setTimeout(() => {
        release.status = 'complete';
      }, 800);
      const done = await check(world, { select: 'release:current', 'health-timeout': '10m' });
      clearTimeout(ending);
      expect(endOf(done)).toEqual(ok);
    }));

  test('that Fly.io does not show now is not taken for a drift', () =>
    inWorld(async (world) => {
      world.push(tag);
      world.fly.platform.createRelease(appOf(world.fly), 'x', 'ROLLING');
      world.fly.fault({ path: /^\/graphql/, status: 503 });
      const done = await check(world, { 'health-timeout': '3s' });
      expect(endOf(done)).toEqual({ ...drifted('unreachable'), state: 'inconclusive' });
      expect(codesOf(done)).toEqual(['fly-unavailable']);
      expect(errorOf(done)).toContain('whether a deploy is in progress');
    }));

  test('does not last as long as a lease of ten years', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, old]);
      world.fly.holdLease(app, world.fly.machines(app)[0]?.id ?? '', 10 * 365 * 86_400_000);
      expect(endOf(await check(world))).toEqual(drifted('mixed'));
    }));

  test('that was never finished is not in progress a day later', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, old]);
      const release = world.fly.platform.createRelease(appOf(world.fly), 'x', 'ROLLING');
      Object.assign(release, { created_at: new Date(Date.now() - 24 * 3_600_000).toISOString() });
      expect(endOf(await check(world))).toEqual(drifted('mixed'));
    }));
});

describe('machines that run the image', () => {
  test('and do not pass their checks fail the step, without a drift', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag, tag]);
      world.fly.inject(app, { name: 'critical-check', machines: [1] });
      const done = await check(world, { 'health-timeout': '10s' });
      expect(endOf(done)).toEqual({ status: 1, state: 'failed', drift: 'none', verified: 'false' });
      expect(codesOf(done)).toEqual(['machines-unhealthy']);
      expect(done.outputs['headline']).toBe(`${app}: 1 of 2 machines runs ${tag} and is unhealthy (sin)`);
    }));

  test('and do not answer `health-url` fail the step, without a drift', () =>
    inWorld(async (world) => {
      world.push(tag);
      await run(world, [tag]);
      const url = `${world.fly.origin}/not/there`;
      const done = await check(world, { 'health-url': url, 'health-timeout': '2s' });
      expect(endOf(done)).toEqual({ status: 1, state: 'failed', drift: 'none', verified: 'false' });
      expect(codesOf(done)).toEqual(['health-failed']);
      expect(done.outputs['headline']).toEqual(textWith(`runs ${tag}, but the health check failed`));
    }));
});

const appOf = (fly: TestWorld['fly']) => {
  const found = fly.platform.apps.get(app);
  if (found === undefined) throw new Error(`no app ${app}`);
  return found;
};
