import { describe, expect, test } from '@jest/globals';
import type { Exit } from '../src/lib/child.ts';
import type { UserError } from '../src/lib/user-error.ts';
import { emptyBaseline } from '../src/verify/observe.ts';
import { Verifier } from '../src/verify/verifier.ts';
import { fakeClock } from './clock.ts';
import { lineWith, rejectedBy, textWith, thrownBy } from './errors.ts';
import { digestOf, makeMachine, makeMachineJson } from './factories.ts';
import { type Answers, flyAnswers, releasesJson } from './fly-api.ts';

type Inputs = ConstructorParameters<typeof Verifier>[1];

const [ours, theirs] = [digestOf('b'), digestOf('c')];
const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
const image = { digest: ours, digests: [ours], commit };

/** A machine as Fly.io reports it before and after a deploy. */
const was = (id: string, changes: object = {}) =>
  makeMachineJson(id, theirs, { instance_id: 'i1', ...inRelease('6'), ...changes });
const is = (id: string, changes: object = {}) =>
  makeMachineJson(id, ours, { instance_id: 'i2', ...inRelease('7'), ...changes });
const inRelease = (fly_release_version: string | undefined) => ({
  config: {
    image: `ghcr.io/owner/repo@${ours}`,
    metadata: { fly_platform_version: 'v2', ...(fly_release_version && { fly_release_version }) },
  },
});

interface Play {
  readonly inputs?: Partial<Inputs>;
  readonly answers?: Answers;
  /** The app's answer to each request: a status and a body, or `refused` if it cannot be reached. */
  readonly replies?: readonly (readonly [status: number, body?: string] | 'refused')[];
  /** How the user's own test ends, or the reason why it cannot be started. */
  readonly exit?: Partial<Exit> | Error;
  readonly image?: typeof image | { digest: string; digests: string[]; commit: undefined };
}

/** A verifier on a separate clock that starts at 0. */
function world({ replies = [[200]], exit = {}, ...rest }: Play = {}) {
  const clock = fakeClock(0);
  const [lines, requests]: [string[], { at: number; url: string }[]] = [[], []];
  const tests: { file: string; argv: readonly string[]; env: Record<string, string>; timeout: number }[] = [];
  const line = (text: string) => void lines.push(text);
  const { api, asked, answers } = flyAnswers({
    '/machines': [is('m1')],
    '': { machine_count: 1 },
    ...rest.answers,
  });
  const verifier = new Verifier(
    {
      clock,
      log: { line, debug: () => {} } as never,
      random: () => 0.5,
      env: { VERIFY_USER: 'someone', OTHER: 'x', PATH: '/bin' },
      fetch: async (url) => {
        const reply = replies[Math.min(requests.length, replies.length - 1)] ?? 'refused';
        requests.push({ at: clock.now(), url });
        if (reply === 'refused') throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
        return new Response(reply[1] ?? '', { status: reply[0] });
      },
      runTest: async (file, argv, env, timeout) => {
        tests.push({ file, argv, env, timeout });
        if (exit instanceof Error) throw exit;
        const plain = { status: 0, signal: undefined, stdout: '', errorTail: '' };
        return { ...plain, timedOut: false, stopped: false, ...exit };
      },
    },
    {
      ...{ flags: [], deployTimeout: 60_000, settleTime: 0, healthTimeout: 10_000 },
      ...{ healthUrl: undefined, healthStatus: undefined, healthBody: undefined, verifyCommand: undefined },
      ...rest.inputs,
    },
    api,
    rest.image ?? image,
  );
  return { verifier, clock, lines, requests, tests, asked, answers };
}

/** What flyctl and Fly.io report: the release, and the app's URL. */
interface Reported {
  readonly release: { readonly id: undefined; readonly version: string } | undefined;
  readonly url: string | undefined;
}
const reported: Reported = { release: { id: undefined, version: '7' }, url: 'https://a.example' };

/** A deploy of the image to a machine that ran another one, and its verification. */
async function deploy(play: Play = {}, changes: Partial<Reported> = {}) {
  const { release, url } = { ...reported, ...changes };
  const made = world(play);
  const after = made.answers['/machines'];
  made.answers['/machines'] = [was('m1')];
  const before = await made.verifier.baseline();
  made.answers['/machines'] = after;
  const error = await made.verifier.verify(before, release, url).then(
    () => undefined,
    (reason: UserError) => reason,
  );
  return { ...made, error };
}

const command = { file: '/bin/test.sh', name: './test.sh', argv: ['--all'] };

describe('a deploy is verified', () => {
  test('by its machines, of which each check is in the journal', async () => {
    const { error, verifier, requests, tests } = await deploy();
    expect([error, requests, tests]).toEqual([undefined, [], []]);
    expect(verifier.seen).toMatchObject([{ id: 'm1', runsImage: true }]);
    const record = { of: 'deploy', machines: 1, healthy: 1, incomplete: undefined };
    expect(verifier.journal.checks.kept).toMatchObject([record, record]);
    expect([verifier.journal.answers.kept, verifier.journal.command]).toEqual([[], undefined]);
  });

  test('and fails if a machine runs another image', async () => {
    const { error, verifier } = await deploy({ answers: { '/machines': [was('m1', inRelease('7'))] } });
    expect(error?.code).toBe('deploy-changed-nothing');
    expect(verifier.seen).toMatchObject([{ id: 'm1', runsImage: false }]);
  });

  test('for at least the settle time', async () => {
    const { clock } = await deploy({ inputs: { settleTime: 9000 } });
    expect(clock.now()).toBe(9000);
  });

  test('without the machines that `flags` exclude', async () => {
    const answers = {
      '/machines': [is('m1'), was('m2', { region: 'sin' })],
      '/machines/m2': was('m2'),
      '': { machine_count: 2 },
    };
    expect((await deploy({ answers })).error?.code).toBe('machines-other-image');
    const { error, verifier } = await deploy({ answers, inputs: { flags: ['--regions=fra'] } });
    expect(error).toBeUndefined();
    expect(verifier.seen?.map(({ excluded }) => excluded)).toEqual([false, true]);
  });
});

describe('the app is requested', () => {
  test.each<[string, string, string]>([
    ['a path', '/health?x=1', 'https://a.example/health?x=1'],
    ['a whole URL', 'https://other.example/up', 'https://other.example/up'],
  ])('at %s', async (_name, healthUrl, url) => {
    const { error, requests, verifier, lines } = await deploy({ inputs: { healthUrl } });
    expect([error, requests]).toEqual([undefined, [{ at: 0, url }]]);
    expect(verifier.journal.answers.kept).toMatchObject([{ at: 0, kind: 'right' }]);
    expect(lines.some((line) => line.includes('does not report'))).toBe(false);
  });

  test.each<[string, Partial<Inputs>, string]>([
    ['status', { healthStatus: 204 }, 'Status 204'],
    ['text', { healthBody: 'v={digest}' }, `"v=${ours}"`],
    ['commit', { healthBody: '{sha} {short-sha}' }, `"${commit} ${commit.slice(0, 7)}"`],
  ])('and must answer with the %s of the inputs, in their time', async (_name, inputs, fact) => {
    const play = { inputs: { healthUrl: '/', healthTimeout: 4000, ...inputs } };
    const { error, clock } = await deploy(play);
    expect(error).toMatchObject({ code: 'health-failed', expected: textWith(fact) });
    expect(clock.now()).toBe(4000);
  });

  test('at the default URL if Fly.io reports none, which is then not blamed', async () => {
    const play = { inputs: { healthUrl: '/up', healthTimeout: 0 }, replies: [[500]] as const };
    const { error, requests, lines } = await deploy(play, { url: undefined });
    expect(requests).toEqual([{ at: 0, url: 'https://a.fly.dev/up' }]);
    expect(lines).toContainEqual(lineWith('health check', 'https://a.fly.dev'));
    expect(error?.code).toBe('health-unreachable');
    expect((await deploy(play)).error?.code).toBe('health-failed');
  });

  test('never at a path if the app has no hostname', async () => {
    const { verifier, requests } = world({ inputs: { healthUrl: '/up' } });
    expect(thrownBy(() => verifier.verify(emptyBaseline, undefined, 'none'))).toMatchObject({
      code: 'app-without-hostname',
      fix: textWith('health-url: https://<hostname>/up'),
      input: 'health-url',
    });
    expect(requests).toEqual([]);
    const whole = await deploy({ inputs: { healthUrl: 'https://b.example/' } }, { url: 'none' });
    expect([whole.error, whole.requests.length]).toEqual([undefined, 1]);
  });
});

describe('the text of the response', () => {
  const unknown = { digest: ours, digests: [ours], commit: undefined };
  test.each(['{sha}', 'x {short-sha}'])('cannot be %s if no commit is known', (healthBody) => {
    const inputs = { healthUrl: '/', healthBody };
    expect(thrownBy(() => world({ inputs, image: unknown }))).toMatchObject({
      code: 'health-body-without-commit',
      found: textWith(healthBody),
      input: 'health-body',
    });
  });

  test.each(['{digest}', 'sha', '{shaa}', '{long-sha}'])('can be %s without a commit', (healthBody) =>
    expect(() => world({ inputs: { healthUrl: '/', healthBody }, image: unknown })).not.toThrow(),
  );
});

describe('the user’s own test', () => {
  test('gets what is known about the deploy, and its end is in the journal', async () => {
    const { error, tests, verifier } = await deploy({ inputs: { verifyCommand: command } });
    expect([error, tests]).toEqual([
      undefined,
      [
        {
          ...{ file: command.file, argv: command.argv, timeout: 60_000 },
          env: {
            ...{ VERIFY_USER: 'someone', PATH: '/bin', APP_URL: 'https://a.example' },
            ...{ COMMIT: commit, DIGEST: ours, RELEASE_VERSION: '7' },
          },
        },
      ],
    ]);
    expect(verifier.journal.command).toMatchObject({ name: './test.sh', status: 0, timedOut: false });
  });

  test('fails the deploy, except with a URL that was a guess', async () => {
    const play = { inputs: { verifyCommand: command }, exit: { status: 3 } };
    const { error, lines } = await deploy(play);
    expect([error?.code, lines.some((line) => line.includes('APP_URL'))]).toEqual([
      'verify-command-failed',
      false,
    ]);
    const guessed = await deploy(play, { url: undefined });
    expect([guessed.error?.code, guessed.error?.found]).toEqual([
      'verify-command-unclear',
      textWith('https://a.fly.dev'),
    ]);
    expect(guessed.tests[0]?.env['APP_URL']).toBe('https://a.fly.dev');
    expect(guessed.lines).toContainEqual(lineWith('APP_URL', 'https://a.fly.dev'));
  });
});

describe('whose release the machines are in', () => {
  /** Before the deploy, the list lacked a machine. */
  const incomplete = { '': { machine_count: 2 }, '/machines/m1': is('m1') };
  test('is unknown if neither flyctl nor Fly.io reports a release', async () => {
    const answers = { ...incomplete, '/graphql': 503 };
    expect((await deploy({ answers }, { release: undefined })).error).toMatchObject({
      code: 'deploy-release-unknown',
      input: 'flyctl-version',
    });
    expect((await deploy({ answers })).error).toBeUndefined();
  });

  test('is known from the machines, or from the newest release before the deploy', async () => {
    const none = { release: undefined };
    expect((await deploy({}, none)).error).toBeUndefined();
    const of = async (version: number) =>
      (await deploy({ answers: { ...incomplete, '/graphql': releasesJson({ version }) } }, none)).error?.code;
    // Release 7 is new, or was there before.
    expect([await of(6), await of(7)]).toEqual([undefined, 'machines-not-updated']);
  });
});

describe('all checks of a run', () => {
  test('remember each machine, whatever a later list lacks', async () => {
    const { verifier, answers, asked } = world({ answers: { '/machines': [is('m1'), is('m2')] } });
    expect((await verifier.observe(emptyBaseline)).incomplete).toBeUndefined();
    expect(asked).toEqual(['/machines']);
    answers['/machines'] = [is('m1')];
    answers['/machines/m2'] = is('m2');
    const again = await verifier.baseline();
    expect((await verifier.observe(again)).incomplete).toEqual({ kind: 'lost', ids: ['m2'] });
  });

  test('request a missing digest only of the machines that the deploy is for', async () => {
    const blank = (id: string, region: string) => is(id, { region, image_ref: {} });
    const { verifier, asked } = world({
      inputs: { flags: ['--regions=fra', '--only-machines=m9'] },
      answers: {
        '/machines': [blank('m1', 'fra'), blank('m2', 'sin')],
        '/machines/m1': is('m1'),
        '/machines/m2': is('m2'),
      },
    });
    const { machines } = await verifier.observe(emptyBaseline);
    // Any machine can be one that the deploy created instead of m9.
    expect(machines.map(({ digest }) => digest)).toEqual([ours, undefined]);
    expect(asked).not.toContain('/machines/m2');
  });

  test('list the machines', async () => {
    const { verifier } = world();
    expect((await verifier.list()).map(({ id }) => id)).toEqual(['m1']);
    expect((await verifier.baseline()).count).toBe(1);
  });
});

test('machines are compared with the image and the release', () => {
  const { verifier } = world();
  expect(verifier.seen).toBeUndefined();
  const machines = [makeMachine({ digest: ours, releaseVersion: '6' })];
  expect(verifier.compare(machines, undefined)[0]?.waitingFor).toBeUndefined();
  const release = { id: undefined, version: '7' };
  const late = { waitingFor: { kind: 'release', version: '6' } };
  expect(verifier.compare(machines, machines, release)).toMatchObject([late]);
  expect(verifier.seen).toBeUndefined();
  verifier.see(machines, machines, release);
  expect(verifier.seen).toMatchObject([late]);
});

describe('a rollback is verified', () => {
  const expected = {
    of: () => ({ digest: theirs, digests: [theirs] }),
    release: () => ({ id: undefined, version: '8' }),
  };
  const inputs = { healthUrl: '/', verifyCommand: command, flags: ['--regions=fra'] };

  test('by its machines, without requests to the app and without the user’s own test', async () => {
    const answers = { '/machines': [was('m1', inRelease('8')), was('m2', { region: 'sin' })] };
    const made = world({ inputs, answers: { '/machines': [is('m1'), was('m2', { region: 'sin' })] } });
    const before = await made.verifier.baseline();
    made.answers['/machines'] = answers['/machines'].map((machine) => ({ ...machine, instance_id: 'i3' }));
    const { machines } = await made.verifier.verifyPrevious(before, expected);
    expect(machines.map(({ runsImage, excluded }) => [runsImage, excluded])).toEqual([
      [true, false],
      [true, true],
    ]);
    expect([made.requests, made.tests]).toEqual([[], []]);
    expect(made.verifier.journal.checks.kept[0]).toMatchObject({ of: 'rollback', machines: 1, healthy: 1 });
  });

  test('and fails if a machine still runs the new image', async () => {
    const { verifier } = world({ inputs });
    const { code, found } = await rejectedBy(verifier.verifyPrevious(await verifier.baseline(), expected));
    expect([code, found]).toEqual(['deploy-changed-nothing', textWith('m1')]);
  });

  test('without the releases of machines that `flags` exclude', async () => {
    const answers = { '': { machine_count: 3 }, '/graphql': 503 };
    const of = async (...known: string[]) => {
      const made = world({ inputs, answers: { ...answers, '/machines': [is('m1')] } });
      const before = await made.verifier.baseline();
      const back = inRelease('8');
      const sin = was('m2', { region: 'sin', ...back });
      made.answers['/machines'] = [was('m1', back), was('m3', back), sin];
      const release = ({ id }: { id: string }) =>
        known.includes(id) ? { id: undefined, version: '8' } : undefined;
      return made.verifier.verifyPrevious(before, { ...expected, release }).then(
        () => undefined,
        ({ code }: UserError) => code,
      );
    };
    expect(await of('m1', 'm3')).toBeUndefined();
    expect(await of('m1', 'm2')).toBe('deploy-release-unknown');
  });
});

describe('without a deploy, the app', () => {
  const answer = async (play: Play, checksPass = true) => {
    const made = world({ ...play, inputs: { healthUrl: '/', healthTimeout: 5000, ...play.inputs } });
    const error = await made.verifier.answer('https://a.example', checksPass).then(
      () => undefined,
      (reason: UserError) => reason,
    );
    return { ...made, error, at: made.requests.map((each) => each.at) };
  };

  test('is requested every two seconds until it answers as expected', async () => {
    const { error, at, verifier } = await answer({ replies: [[500], 'refused', [200]] });
    expect([error, at]).toEqual([undefined, [0, 2000, 4000]]);
    expect(verifier.journal.answers.kept.map(({ kind }) => kind)).toEqual(['wrong', 'unreachable', 'right']);
  });

  test('fails if its time is over', async () => {
    const { error, at } = await answer({ replies: [[500]] });
    expect([error?.code, at]).toEqual(['health-failed', [0, 2000, 4000, 6000]]);
  });

  test('is inconclusive if it cannot be reached', async () => {
    const { error, at } = await answer({ replies: ['refused'] });
    expect([error?.code, at]).toEqual(['health-unreachable', [0, 2000, 4000, 6000]]);
    expect(error?.found).toEqual(textWith('pass their health checks'));
    expect((await answer({ replies: ['refused'] }, false)).error?.found).toEqual(
      textWith('no health checks'),
    );
  });

  test('is not requested without `health-url`', async () => {
    const { error, at } = await answer({ inputs: { healthUrl: undefined } });
    expect([error, at]).toEqual([undefined, []]);
  });
});
