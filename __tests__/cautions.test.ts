import { expect, test } from '@jest/globals';
import { managementOf, readMachine } from '../src/fly/machine.ts';
import { Json } from '../src/lib/json.ts';
import { cautionsOf } from '../src/verify/cautions.ts';
import { compare } from '../src/verify/compare.ts';
import { textWith } from './errors.ts';
import { digestOf, makeMachineJson } from './factories.ts';

const digest = digestOf('b');
const config = (changes: object) => ({
  config: { image: `ghcr.io/o/r@${digest}`, metadata: { fly_platform_version: 'v2' }, ...changes },
});
const json = (changes: object, id = 'm1') => new Json(makeMachineJson(id, digest, changes), 'a machine');
const cautions = (...machines: Json[]) =>
  cautionsOf(
    compare(
      machines.map((machine) => readMachine(machine)),
      {
        app: 'a',
        of: () => ({ digest, digests: [digest] }),
        release: () => undefined,
        scope: ({ id }) => id !== 'out',
        before: [],
      },
    ),
  );

// fly-go, machine_types.go, MachinePersistRootfs: words, or numbers in older answers.
test.each<[object, boolean]>([
  [{ guest: { persist_rootfs: 'always' } }, true],
  [{ guest: { persist_rootfs: 3 } }, true],
  [{ rootfs: { persist: 'always' } }, true],
  [{ rootfs: { persist: 3 } }, true],
  [{ guest: { persist_rootfs: 'restart' } }, false],
  [{ rootfs: { persist: 2 } }, false],
  [{ guest: { persist_rootfs: 'never' }, rootfs: { persist: 'never' } }, false],
  [{ guest: {}, rootfs: null }, false],
])('a root file system of %j outlives updates: %s', (changes, outlives) => {
  expect(readMachine(json(config(changes))).keepsRootfs).toBe(outlives);
  expect(cautions(json(config(changes)))).toEqual(outlives ? [textWith('m1', 'persist_rootfs')] : []);
});

test('lists the containers that are not verified', () => {
  const containers = [
    { name: 'proxy', image: 'nginx:1' },
    { name: 'app', image: `ghcr.io/o/r@${digest}` },
  ];
  const [caution, ...more] = cautions(json(config({ containers })));
  expect(more).toEqual([]);
  expect(caution).toEqual(textWith('m1', 'proxy', 'nginx:1'));
  expect(caution).not.toContain('app (');
  expect(cautions(json(config({ containers: containers.slice(1) })))).toEqual([]);
  const others = [json(config({}), 'm2'), json(config({ containers: containers.slice(1) }), 'm3')];
  expect(cautions(json(config({ containers })), ...others)).toEqual([textWith('m1 runs several')]);
});

test('a machine that is cordoned gets no requests', () => {
  expect(cautions(json({ ...config({}), cordoned: true }))).toEqual([
    textWith('m1', 'cordoned it.', 'fly machine uncordon m1`'),
  ]);
  expect(cautions(json({ ...config({}), cordoned: false }))).toEqual([]);
});

test('names ten machines and ten containers, and how many more there are', () => {
  const ids = Array.from({ length: 12 }, (_, n) => `m${n}`);
  const cordoned = (count: number) =>
    cautions(...ids.slice(0, count).map((id) => json({ ...config({}), cordoned: true }, id)));
  expect(cordoned(10)).toEqual([textWith('m9', 'them', 'fly machine uncordon m0`')]);
  expect(cordoned(10)[0]).not.toContain(' more');
  expect(cordoned(12)).toEqual([textWith('m9 and 2 more')]);
  expect(cordoned(12)[0]).not.toContain('m10');
  const containers = [
    { name: 'app', image: `ghcr.io/o/r@${digest}` },
    ...ids.map((name) => ({ name, image: 'x' })),
  ];
  const [eleven, ten] = [12, 11].map(
    (end) => cautions(json(config({ containers: containers.slice(0, end) })))[0],
  );
  expect(eleven).toMatch(/ runs several .*m9 \(x\), …\.$/);
  expect(ten).toMatch(/m9 \(x\)\.$/);
  const two = cautions(json(config({ containers }), 'a'), json(config({ containers }), 'b'));
  expect(two).toEqual([textWith('a, b run several')]);
});

test('says that the number of machines is unknown', () => {
  expect(cautionsOf([], true)).toEqual([textWith('machine_count')]);
  expect(cautionsOf([])).toEqual([]);
});

test('does not warn about a machine that the deploy leaves out', () =>
  expect(cautions(json(config({ guest: { persist_rootfs: 'always' } }), 'out'))).toEqual([]));

test.each<[string, object, string]>([
  ['a machine of a deploy', config({}), 'managed'],
  ['one that `fly machine run` created', config({ metadata: {} }), 'unmanaged'],
  [
    'a console',
    config({ metadata: { fly_platform_version: 'v2', fly_process_group: 'fly_app_console' } }),
    'temporary',
  ],
  [
    'a release command',
    config({ metadata: { fly_platform_version: 'v2', fly_process_group: 'fly_app_release_command' } }),
    'temporary',
  ],
  [
    'a test of a machine',
    config({ metadata: { fly_platform_version: 'v2', fly_process_group: 'fly_app_test_machine_command' } }),
    'temporary',
  ],
  ['a destroyed one', { state: 'destroyed', ...config({}) }, 'destroyed'],
  [
    'one whose host is unreachable',
    { config: null, incomplete_config: { metadata: { fly_platform_version: 'v2' } } },
    'managed',
  ],
])('%s is %j', (_name, changes, management) => expect(managementOf(json(changes))).toBe(management));

test.each<[object, boolean]>([
  [{ standbys: ['m2'] }, true],
  [{ schedule: 'daily' }, true],
  [{ skip_launch: true }, true],
  [{ standbys: [] }, false],
  [{}, false],
])('a machine of config %j starts later: %s', (changes, later) =>
  expect(readMachine(json(config(changes))).startsLater).toBe(later),
);

test('ignores checks that Fly.io invents for old versions of flyctl, and keeps events in the order of the list', () => {
  const machine = readMachine(
    json({
      checks: [
        { name: 'bg_deployments_compat_http', status: 'critical' },
        { name: 'http', status: 'passing' },
      ],
      events: [
        {
          type: 'exit',
          timestamp: 3,
          request: { MonitorEvent: { exit_event: { exit_code: 7, oom_killed: true } } },
        },
        { type: 'exit', timestamp: 2, request: { exit_event: { exit_code: 5, requested_stop: true } } },
        { type: 'start', timestamp: 9 },
      ],
    }),
  );
  expect(machine.checks.map(({ name }) => name)).toEqual(['http']);
  expect(machine.events.map(({ timestamp, exit }) => [timestamp, exit])).toEqual([
    [3, { code: 7, outOfMemory: true, requested: false }],
    [2, { code: 5, outOfMemory: false, requested: true }],
    [9, undefined],
  ]);
});
