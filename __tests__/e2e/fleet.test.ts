import { describe, expect, test } from '@jest/globals';
import type { Behavior, NewMachine } from '../../sandbox/fly/fly.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, errorOf, inWorld, tag } from './world.ts';

// Platform behaviors × strategies × fleets × process groups, each with its verdict and its facts.

const regions = ['fra', 'iad', 'sin'];
const fleetOf = (count: number, image: string, groups: string[]): NewMachine[] =>
  Array.from({ length: count }, (_, n) => ({
    region: regions[n % regions.length] ?? 'fra',
    image,
    group: groups[n % groups.length] ?? 'app',
    state: n % 5 === 4 ? 'stopped' : 'started',
  }));

const behaviors: [
  name: string,
  of: (last: number) => Behavior,
  code: string | undefined,
  fact: RegExp | undefined,
][] = [
  ['all is well', () => ({}), undefined, undefined],
  ['the index’s digest is reported', () => ({ reportIndexDigest: true }), undefined, undefined],
  [
    'the last machine keeps its image',
    (last) => ({ keepOldImage: last }),
    'machines-other-image',
    /\b1 of \d+\b/,
  ],
  [
    'the last machine is put back',
    (last) => ({ revertMachine: { index: last, afterLists: 1 } }),
    'machines-reverted',
    /\b1 of \d+\b[\s\S]*flyd/,
  ],
  [
    'the first machine runs out of memory',
    () => ({ trouble: { index: 0, afterLists: 1, kind: 'oom' } }),
    'machines-unhealthy',
    /\b1 of \d+\b[\s\S]*memory/,
  ],
  [
    'the last update is refused',
    (last) => ({ failUpdate: { index: last, status: 500 } }),
    'flyctl-failed',
    /status 1\b/,
  ],
];

describe.each([
  [1, ['app']],
  [3, ['app', 'worker']],
  [30, ['app', 'worker']],
])('a fleet of %i', (count, groups) => {
  describe(`of ${groups.join(' and ')}`, () => {
    test.each(behaviors)('%s', (_name, behavior, code, fact) =>
      inWorld(
        async ({ deploy, push, fly, image }) => {
          push(tag);
          await fly.createApp(app, fleetOf(count, `${image}:main-0000000`, groups));
          fly.behave(app, behavior(count - 1));
          const run = await deploy(workflowRun(), { 'settle-time': '20ms' });
          expect([run.status, codesOf(run)]).toEqual(code === undefined ? [0, []] : [1, [code]]);
          expect(run.outputs['verified']).toBe(String(code === undefined));
          expect(JSON.parse(run.outputs['machines'] ?? '')).toHaveLength(count);
          if (fact !== undefined) expect(errorOf(run)).toMatch(fact);
          expect(run.summary.includes('Process group')).toBe(groups.length > 1 && count > 1);
        },
        { machines: [] },
      ),
    );
  });
});

describe.each(['rolling', 'canary', 'bluegreen', 'immediate'])('with the strategy %s', (strategy) => {
  test.each([1, 3])('a fleet of %i is proved', (count) =>
    inWorld(
      async ({ deploy, push, fly, image }) => {
        const { platformDigest } = push(tag);
        await fly.createApp(app, fleetOf(count, `${image}:main-0000000`, ['app']));
        const before = fly.machines(app).map(({ id }) => id);
        const run = await deploy(
          workflowRun(),
          { 'settle-time': '20ms', flags: `--strategy=${strategy}` },
          // Bluegreen needs checks.
          { files: { 'fly.toml': `app = "${app}"\n[http_service]\n[[http_service.checks]]\npath = "/"\n` } },
        );
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
        const after = fly.machines(app);
        expect(after.map(({ image_ref }) => image_ref.digest)).toEqual(Array(count).fill(platformDigest));
        // Bluegreen has other machines afterwards, and it is those that were looked at.
        expect(after.some(({ id }) => before.includes(id))).toBe(strategy !== 'bluegreen');
      },
      { machines: [] },
    ),
  );
});

test('300 machines are proved, and the summary stays readable', () =>
  inWorld(
    async ({ deploy, push, fly, image }) => {
      push(tag);
      await fly.createApp(app, fleetOf(300, `${image}:main-0000000`, ['app']));
      fly.behave(app, { keepOldImage: 299 });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['machines-other-image']);
      expect(errorOf(run)).toContain('1 of 300');
      expect(run.summary).toContain('…and 200 more.');
      expect(run.summary.length).toBeLessThan(100_000);
    },
    { machines: [] },
  ));

describe('flags that leave machines out', () => {
  test.each([
    ['--regions=fra', ['fra']],
    ['--exclude-regions fra', ['sin', 'iad']],
    ['--process-groups=worker', ['iad']],
  ])('%s: they are shown, and neither count nor hurt', (flags, meant) =>
    inWorld(
      async ({ deploy, push, fly, image }) => {
        const { platformDigest } = push(tag);
        const old = `${image}:main-0000000`;
        await fly.createApp(app, [
          { region: 'fra', image: old },
          { region: 'sin', image: old },
          { region: 'iad', image: old, group: 'worker' },
        ]);
        const run = await deploy(workflowRun(), { flags });
        expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
        const machines = JSON.parse(run.outputs['machines'] ?? '') as Record<string, unknown>[];
        expect(
          machines.map((each) => [each['region'], each['excluded'], each['digest'] === platformDigest]),
        ).toEqual(
          ['fra', 'sin', 'iad'].map((region) => [region, !meant.includes(region), meant.includes(region)]),
        );
        expect(run.log.text).toMatch(
          new RegExp(`Verified: .*\\(${3 - meant.length} excluded by \`flags\`\\)`),
        );
        expect(run.summary).toMatch(new RegExp(`^## ✅ .*: ${meant.length} of 3 machines`));
        expect(run.summary).toContain('| – | `');
      },
      { machines: [] },
    ),
  );
});
