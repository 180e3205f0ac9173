import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Machine, MachineEvent } from '../src/fly/machine.ts';
import { planOfRunning, type RunningDeps } from '../src/image/running.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { UserError } from '../src/lib/user-error.ts';
import type { Repository } from '../src/registry/reference.ts';
import { formatReference } from '../src/registry/reference.ts';
import { rejectedBy } from './errors.ts';
import { digestOf, makeMachine } from './factories.ts';

const [minute, hour] = [60_000, 3_600_000];
const now = Date.parse('2026-11-25T12:00:00Z');
const indexDigest = `sha256:${'c'.repeat(64)}`;
const source = 'ghcr.io/owner/repo';
const copy = 'registry.fly.io/staging';

const event = (type: string, ago: number, changes: Partial<MachineEvent> = {}): MachineEvent => ({
  type,
  status: '',
  source: 'flyd',
  timestamp: now - ago,
  exit: undefined,
  ...changes,
});
/** A machine that was updated and started this long ago. */
const runs = (digest: string, ago = 2 * hour, changes: Partial<Machine> = {}): Machine =>
  makeMachine({
    digest: digestOf(digest),
    image: `${source}:main-abc1234`,
    configuredImage: `${source}:main-abc1234`,
    events: [event('start', ago), event('update', ago + 10_000)],
    ...changes,
  });
const exit = (code: number, outOfMemory = false, requested = false) => ({ code, outOfMemory, requested });

/** Registries with these digests, by the name of their repository. */
const world = (
  machines: readonly Machine[],
  has: Readonly<Record<string, string | UserError>>,
  changes: Partial<RunningDeps> = {},
): RunningDeps => ({
  list: async () => ({ machines, unmanaged: [], length: machines.length, alive: machines.length, date: now }),
  soakTime: 0,
  releases: async () => [],
  now: () => now + 30 * 24 * hour,
  repositories: [
    { host: 'ghcr.io', path: 'owner/repo' },
    { host: 'registry.fly.io', path: 'production' },
  ],
  copy: { host: 'registry.fly.io', path: 'staging' },
  find: async (repository: Repository, digest: string) => {
    const found = has[formatReference(repository)];
    if (found instanceof UserError) throw found;
    return found === digest ? digest : undefined;
  },
  log: { line: () => undefined },
  ...changes,
});
const chosen = { by: 'select', app: 'staging', commit: undefined } as const;
const plan = (...args: Parameters<typeof world>) => planOfRunning(chosen, world(...args));
const unreadable = new UserError({ code: 'registry-denied', found: '403', expected: '', fix: '' });

describe('the image that another app runs', () => {
  test.each<[string, string, Record<string, string | UserError>]>([
    ['from the registry that the machines name', source, { [source]: digestOf('a'), [copy]: digestOf('a') }],
    ['from its copy on Fly.io if that registry no longer has it', copy, { [copy]: digestOf('a') }],
    [
      'from its copy on Fly.io if that registry cannot be read',
      copy,
      { [source]: unreadable, [copy]: digestOf('a') },
    ],
  ])('is selected %s', async (_name, repository, has) => {
    const found = await plan([runs('a'), runs('a')], has);
    expect(formatReference(found.repository)).toBe(repository);
    expect(found).toMatchObject({ source: 'running', app: 'staging', pin: true, commit: undefined });
    expect('reference' in found && found.reference.digest).toBe(digestOf('a'));
  });

  test('is selected by the machine’s configured reference, so that an index keeps its attestations', async () => {
    const asked: unknown[] = [];
    const found = await plan(
      [runs('a', hour, { configuredImage: `${source}@${indexDigest}` })],
      {},
      {
        find: async (_repository, digest, named) => {
          asked.push([digest, named.digest]);
          return named.digest;
        },
      },
    );
    expect(asked).toEqual([[digestOf('a'), indexDigest]]);
    expect(found).toMatchObject({ reference: { digest: indexDigest } });
  });

  test('stopped, suspended and unchecked machines count too', async () => {
    const machines = [
      runs('a'),
      runs('a', hour, { state: 'stopped' }),
      runs('a', hour, { state: 'suspended' }),
    ];
    expect(await plan(machines, { [source]: digestOf('a') })).toMatchObject({ source: 'running' });
  });

  test.each<[string, Machine[], Record<string, string | UserError>, ErrorCode, string[]]>([
    ['has no machine', [], {}, 'source-app-empty', ['"staging"']],
    [
      'runs two images',
      [runs('a'), runs('b', hour, { id: 'm2', region: 'sin' })],
      {},
      'source-app-mixed',
      ['m2 (sin)', digestOf('a'), digestOf('b')],
    ],
    [
      'runs one image and one that is not reported',
      [runs('a'), runs('a', hour, { digest: undefined })],
      {},
      'source-app-mixed',
      ['no digest'],
    ],
    ['reports no image', [runs('a', hour, { digest: undefined })], {}, 'source-app-unsettled', ['no digest']],
    [
      'runs containers without a reported digest',
      [runs('a', hour, { containers: [{ name: 'app', image: 'x' }] })],
      {},
      'source-app-unsettled',
      ['containers'],
    ],
    [
      'has a machine that is being replaced',
      [runs('a'), runs('a', hour, { state: 'replacing' })],
      {},
      'source-app-unsettled',
      ['replacing'],
    ],
    [
      'has a machine on an unreachable host, so what it runs now is unknown',
      [runs('a'), runs('a', hour, { id: 'm2', host: 'unreachable' })],
      { [source]: digestOf('a') },
      'source-app-unsettled',
      ['m2', 'unreachable'],
    ],
    [
      'has a check that does not pass',
      [runs('a', hour, { checks: [{ name: 'http', status: 'critical', output: 'refused' }] })],
      {},
      'source-app-unsettled',
      ['http', 'critical'],
    ],
    [
      'runs an image that no longer exists',
      [runs('a')],
      { [source]: unreadable },
      'source-image-gone',
      [`${source}: 403`, `${copy}: not found`],
    ],
    [
      'runs an image of another repository, whose registry would get the logins',
      [runs('a', hour, { image: 'registry.example/o/r:v1' })],
      { 'registry.example/o/r': digestOf('a') },
      'source-image-gone',
      ['`with: image: registry.example/o/r`'],
    ],
  ])('is refused if the app %s', async (_name, machines, has, code, facts) => {
    const error = await rejectedBy(plan(machines, has));
    expect(error.code).toBe(code);
    for (const fact of facts) expect(error.message).toContain(fact);
  });
});

describe('soak-time', () => {
  const has = { [source]: digestOf('a') };
  const soaked = (machines: Machine[], soakTime = hour) => plan(machines, has, { soakTime });

  test.each<[string, Machine[]]>([
    ['every machine ran it for that time', [runs('a', hour), runs('a', 5 * hour)]],
    [
      'its oldest events are missing, and the remaining ones are old enough',
      [runs('a', 0, { events: [event('start', 3 * hour)] })],
    ],
    [
      'the times of older events contradict their order',
      [
        runs('a', 0, {
          events: [
            event('start', 2 * hour),
            event('update', 2 * hour + 1),
            event('start', 25 * hour),
            event('launch', 24 * hour),
          ],
        }),
      ],
    ],
    [
      'an older version had trouble',
      [
        runs('a', 2 * hour, {
          events: [
            event('start', 2 * hour),
            event('update', 2 * hour + 1),
            event('exit', 3 * hour, { exit: exit(1) }),
          ],
        }),
      ],
    ],
    [
      'the proxy stopped and started it',
      [
        runs('a', 2 * hour, {
          events: [
            event('start', minute),
            event('exit', 2 * minute, { exit: exit(0, false, true) }),
            event('start', 2 * hour),
            event('update', 2 * hour + 1),
          ],
        }),
      ],
    ],
  ])('is over if %s', async (_name, machines) =>
    expect(await soaked(machines)).toMatchObject({ source: 'running' }),
  );

  test.each<[string, Machine[], ErrorCode, string[]]>([
    [
      'one machine ran it for less time',
      [runs('a'), runs('a', 12 * minute)],
      'soak-not-over',
      ['12 m', '48 m'],
    ],
    [
      'a machine crashed',
      [
        runs('a', 2 * hour, {
          id: 'm9',
          events: [
            event('start', minute),
            event('exit', 2 * minute, { exit: exit(137) }),
            event('start', 2 * hour),
            event('update', 2 * hour + 1),
          ],
        }),
      ],
      'soak-trouble',
      ['m9', '137'],
    ],
    [
      'a machine ran out of memory',
      [
        runs('a', 2 * hour, {
          events: [
            event('exit', minute, { exit: exit(137, true) }),
            event('start', 2 * hour),
            event('update', 2 * hour + 1),
          ],
        }),
      ],
      'soak-trouble',
      ['memory'],
    ],
    [
      'a machine was reverted to it',
      [
        runs('a', 2 * hour, {
          events: [event('revert', 10 * minute), event('start', 2 * hour), event('update', 2 * hour + 1)],
        }),
      ],
      'soak-trouble',
      ['reverted'],
    ],
    [
      'its times contradict their order, but it was updated a minute ago',
      [
        runs('a', 0, {
          events: [event('start', minute), event('update', minute / 2), event('launch', 24 * hour)],
        }),
      ],
      'soak-not-over',
      ['30 s'],
    ],
    ['the time is unknown', [runs('a', 0, { events: [] })], 'soak-unknown', ['soak-time: 0']],
  ])('is not over if %s', async (_name, machines, code, facts) => {
    const error = await rejectedBy(soaked(machines));
    expect(error.code).toBe(code);
    for (const fact of facts) expect(error.message).toContain(fact);
  });

  test.each([
    [2 * hour, 'running'],
    [12 * minute, 'soak-not-over'],
  ])('counts from the release if a machine has no events: %d ms ago', async (ago, expected) => {
    const releases = async () => [
      { version: 8, status: 'complete', image: '', created: now - minute },
      { version: 7, status: 'complete', image: '', created: now - ago },
    ];
    const machines = [runs('a'), runs('a', 0, { events: [], releaseVersion: '7' })];
    const end = await plan(machines, has, { soakTime: hour, releases }).catch(
      (error: UserError) => error.code,
    );
    expect(typeof end === 'string' ? end : end.source).toBe(expected);
  });

  test('is over if and only if every machine has run the image for that time, by Fly.io’s clock', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 10 * hour }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 10 * hour }),
        async (ages, soakTime) => {
          const end = await soaked(
            ages.map((age) => runs('a', age)),
            soakTime,
          ).catch((error: UserError) => error.code);
          if (Math.min(...ages) >= soakTime) expect(end).toMatchObject({ source: 'running' });
          else expect(end).toBe('soak-not-over');
        },
      ),
    ));
});
