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

  test.each<[string, string, string | undefined]>([
    ['of another registry', `other.example/owner/repo@${indexDigest}`, undefined],
    ['of another repository', `ghcr.io/owner/other@${indexDigest}`, undefined],
    ['that is invalid', 'Not An Image', undefined],
    ['that is missing', '', undefined],
  ])('is not selected by a configured reference %s', async (_name, configuredImage, digest) => {
    const asked: unknown[] = [];
    await plan(
      [runs('a', hour, { configuredImage })],
      {},
      {
        find: async (_repository, _digest, named) => {
          asked.push([named.digest, named.tag]);
          return digestOf('a');
        },
      },
    );
    expect(asked).toEqual([[digest, 'main-abc1234']]);
  });

  test('is searched in each repository once: those that the machines name first, and the copy last', async () => {
    const [asked, lines]: [string[], string[]] = [[], []];
    const machines = [
      runs('a', hour, { image: `${copy}:x` }),
      runs('a'),
      runs('a', hour, { image: 'registry.fly.io/production:x' }),
      runs('a'),
      runs('a', hour, { image: '' }),
      runs('a', hour, { image: 'Not An Image' }),
    ];
    const find: RunningDeps['find'] = async (repository) => {
      asked.push(formatReference(repository));
      return undefined;
    };
    const log = { line: (line: string) => void lines.push(line) };
    const error = await rejectedBy(plan(machines, {}, { find, log }));
    expect(asked).toEqual([source, 'registry.fly.io/production', copy]);
    expect(lines.slice(1)).toEqual(asked.map((each) => expect.stringContaining(`${each}: `)));
    expect(error.found.split('\n').slice(1)).toEqual(asked.map((each) => `  ${each}: not found (404)`));
    expect(error.fix).not.toContain('with:');
  });

  test.each(['ghcr.io/staging', 'registry.fly.io/other', 'ghcr.io/owner/other', 'other.example/owner/repo'])(
    'is not searched in %s, which is neither the image’s repository nor the copy',
    async (other) => {
      const asked: string[] = [];
      const machines = [
        runs('a', hour, { image: `${other}:x` }),
        runs('a', hour, { image: 'z.example/a/b:x' }),
      ];
      const find: RunningDeps['find'] = async (repository) => {
        asked.push(formatReference(repository));
        return undefined;
      };
      const error = await rejectedBy(plan(machines, {}, { find }));
      expect(asked).toEqual([copy]);
      expect(error.found.split('\n').slice(1)).toEqual([
        `  ${other}: not the repository in \`image\``,
        '  z.example/a/b: not the repository in `image`',
        `  ${copy}: not found (404)`,
      ]);
      expect(error.fix).toContain(`\`with: image: ${other}\``);
    },
  );

  test('is not found if a registry fails in a way that nobody expects', async () => {
    const find = () => Promise.reject(new TypeError('a fault of this action'));
    await expect(plan([runs('a')], {}, { find })).rejects.toThrow(TypeError);
  });

  test('shows the first line of why a registry cannot be read', async () => {
    const long = new UserError({ code: 'registry-denied', found: '403\nmore', expected: '', fix: '' });
    const { found } = await rejectedBy(plan([runs('a')], { [source]: long }));
    expect(found.split('\n').slice(1)).toEqual([`  ${source}: 403`, `  ${copy}: not found (404)`]);
  });

  test.each([
    [[runs('a')], 0, ['staging', digestOf('a'), 'on 1 machine'], /machine$/],
    [[runs('a'), runs('a', 3 * hour)], hour, ['on 2 machines', '2 h'], /2 h/],
  ])('is logged', async (machines, soakTime, facts, end) => {
    const lines: string[] = [];
    const log = { line: (line: string) => void lines.push(line) };
    await plan(machines, { [source]: digestOf('a') }, { soakTime, log });
    for (const fact of facts) expect(lines[0]).toContain(fact);
    expect(lines[0]).toMatch(end);
  });

  test('is listed for each machine, if they differ', async () => {
    const machines = [
      runs('a'),
      runs('b', hour, { id: 'm2', region: 'sin', state: 'stopped' }),
      runs('a', hour, { id: 'm3', host: 'unreachable' }),
      runs('a', hour, { id: 'm4', state: 'replacing' }),
    ];
    const { found } = await rejectedBy(plan(machines, {}));
    expect(found.split('\n').slice(1)).toEqual([
      `  m1 (fra): started, ${digestOf('a')}`,
      `  m2 (sin): stopped, ${digestOf('b')}`,
      expect.stringMatching(/^ {2}m3 .*, sha256:a+, .*unreachable$/),
      expect.stringMatching(/^ {2}m4 .*replacing, sha256:a+, .*replacing/),
    ]);
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
      'its trouble is older than that time',
      [runs('a', 0, { events: [event('start', 2 * hour), event('exit', hour + 1, { exit: exit(1) })] })],
    ],
    [
      'it was restarted later',
      [
        runs('a', 0, {
          events: [event('start', minute), event('start', 2 * hour), event('launch', 2 * hour + 1)],
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
    [
      'a machine crashed exactly that long ago',
      [runs('a', 0, { events: [event('start', 2 * hour), event('exit', hour, { exit: exit(1) })] })],
      'soak-trouble',
      ['exit'],
    ],
    [
      'another event came between its update and its start',
      [
        runs('a', 0, {
          events: [
            event('start', minute),
            event('exit', 3 * hour, { exit: exit(0, false, true) }),
            event('update', 5 * hour),
          ],
        }),
      ],
      'soak-not-over',
      ['1 m'],
    ],
    [
      'it was updated and not started since',
      [
        runs('a', 0, {
          events: [event('update', minute), event('start', 24 * hour), event('launch', 24 * hour)],
        }),
      ],
      'soak-not-over',
      ['1 m'],
    ],
    [
      'it was launched and then started',
      [
        runs('a', 0, {
          events: [event('start', minute), event('launch', 2 * minute), event('start', 9 * hour)],
        }),
      ],
      'soak-not-over',
      ['1 m'],
    ],
    [
      'it was started after its update for the first time a minute ago',
      [
        runs('a', 0, {
          events: [event('start', minute), event('update', 5 * hour), event('start', 9 * hour)],
        }),
      ],
      'soak-not-over',
      ['1 m'],
    ],
    [
      'the time is unknown of two machines',
      [runs('a', 0, { id: 'm1', events: [] }), runs('a', 0, { id: 'm2', events: [] })],
      'soak-unknown',
      ['machines m1, m2 ', ' have '],
    ],
    [
      'the time is unknown of one machine',
      [runs('a', 0, { events: [] })],
      'soak-unknown',
      [' machine m1 ', ' has '],
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

  test('is named in each error', async () => {
    for (const machine of [
      runs('a', minute),
      runs('a', 0, { events: [] }),
      runs('a', 0, { state: 'started', events: [event('exit', minute, { exit: exit(1) })] }),
    ]) {
      const error = await rejectedBy(soaked([machine]));
      expect(error.expected).toEqual(expect.stringMatching(/ 1 h .*`soak-time`/));
    }
  });

  test('lists each machine that had trouble', async () => {
    const events = [event('exit', minute, { exit: exit(1) }), event('launch', 9 * hour)];
    const machines = ['m1', 'm2'].map((id) => runs('a', 0, { id, events }));
    const { code, found } = await rejectedBy(soaked([runs('a'), ...machines]));
    expect(code).toBe('soak-trouble');
    expect(found.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^ {2}m1 \(fra\): .*1$/),
      expect.stringMatching(/^ {2}m2 \(fra\): .*1$/),
    ]);
  });

  test('is not compared if it is 0, even if nothing is known', async () => {
    const machines = [
      runs('a', 0, { events: [] }),
      runs('a', 0, { events: [event('exit', 0, { exit: exit(1) })] }),
    ];
    expect(await soaked(machines, 0)).toMatchObject({ source: 'running' });
  });

  test('asks for the releases only if a machine has no events', async () => {
    let asked = 0;
    const releases = async () => {
      asked++;
      return [];
    };
    await plan([runs('a'), runs('a')], has, { soakTime: hour, releases });
    expect(asked).toBe(0);
    await rejectedBy(plan([runs('a'), runs('a', 0, { events: [] })], has, { soakTime: hour, releases }));
    expect(asked).toBe(1);
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
