import { describe, expect, test } from '@jest/globals';
import { lastingFaults, momentaryFaults } from '../../sandbox/fly/faults.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { app, inWorld, tag } from '../e2e/world.ts';
import { textWith } from '../errors.ts';
import { deployReally, digests, fleet, flyctls, toml } from './flyctl-world.ts';
import { itIsTheSame } from './play.ts';
import { verifyScenarios } from './verify-scenarios.ts';

// Runs each kind of fault from the law test's simulated histories once with a real flyctl.

describe.each(flyctls)('flyctl $version', (flyctl) => {
  test.concurrent.each(verifyScenarios)(
    '$name: the stand-in and the real flyctl agree',
    (scenario) => itIsTheSame(scenario, flyctl),
    150_000,
  );
});

describe('only with the real flyctl', () => {
  const watched = { 'settle-time': '1s', 'health-timeout': '2s' };
  const containers = [
    { name: 'app', image: 'docker.io/library/old:1' },
    { name: 'proxy', image: 'docker.io/library/nginx:1' },
  ];

  test('the built container of several gets the digest, and the others are reported as not verified', () =>
    inWorld(
      async (world) => {
        const { digest } = world.push('main');
        await fleet(world, 2, { config: { containers } });
        const config = JSON.stringify({ containers: [{ name: 'app', image: '.' }, containers[1]] });
        const run = await deployReally(
          world,
          watched,
          { files: { 'fly.toml': `machine_config = '${config}'\n${toml}` } },
          workflowDispatch(),
        );
        const configured = world.fly.machines(app).map((machine) => machine.config['containers']);
        expect(JSON.stringify(configured)).toContain(digest);
        expect([run.status, run.outputs['verified'], world.fly.unknown]).toEqual([0, 'true', []]);
        expect(run.log.annotations).toEqual([
          expect.objectContaining({ level: 'warning', message: textWith('proxy', 'nginx:1') }),
        ]);
      },
      { machines: [] },
    ));

  test('a machine on an unreachable host is replaced by another, which is verified', () =>
    inWorld(
      async (world) => {
        const { platformDigest } = world.push(tag);
        const image = `${world.image}:main-0000000`;
        await world.fly.createApp(app, [
          { region: 'fra', image },
          { region: 'fra', image, hostStatus: 'unreachable' },
        ]);
        const [first, second] = world.fly.machines(app).map(({ id }) => id);
        const run = await deployReally(world, watched);
        const now = world.fly.machines(app).map(({ id }) => id);
        expect([now.length, now.includes(first ?? ''), now.includes(second ?? '')]).toEqual([2, true, false]);
        expect([run.status, run.outputs['verified'], world.fly.unknown]).toEqual([0, 'true', []]);
        expect(digests(world)).toEqual([platformDigest, platformDigest]);
      },
      { machines: [] },
    ));
});

/** Covered by flyctl.test.ts through a fault of the app, or irrelevant to a flyctl that prints its release. */
const elsewhere = ['no-releases', 'no-room'];

test('every named fault has a scenario', () => {
  const played = new Set(verifyScenarios.flatMap(({ faults = [] }) => faults.map(({ name }) => name)));
  const missing = [...lastingFaults, ...momentaryFaults].filter((name) => !played.has(name));
  expect(missing).toEqual(elsewhere);
});
