import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../src/fly/machine.ts';
import { type CheckedMachine, compare } from '../src/verify/compare.ts';
import { destroyLine, isReplaced, leftoverFix, leftoverOf, notIn } from '../src/verify/leftover.ts';
import { digestOf, makeMachine } from './factories.ts';

const [ours, theirs] = [digestOf('b'), digestOf('c')];
const [first, second] = ['1700000000', '1700000900'];
const marked = 'safe_to_destroy';

const fleet = (...machines: [id: string, tag: string | undefined, changes?: Partial<Machine>][]) =>
  compare(
    machines.map(([id, bluegreenTag, changes]) =>
      makeMachine({ id, bluegreenTag, digest: id.startsWith('o') ? theirs : ours, ...changes }),
    ),
    {
      app: 'a',
      of: () => ({ digest: ours, digests: [ours] }),
      release: () => undefined,
      scope: () => true,
      before: undefined,
    },
  );

const of = (machines: readonly CheckedMachine[], old: readonly string[] = ['o1', 'o2']) =>
  leftoverOf(machines, notIn(old.map((id) => makeMachine({ id }))));

describe('what a bluegreen deploy left behind', () => {
  type Row = [string, CheckedMachine[], { color: string; ids: string[] } | undefined];
  test.each<Row>([
    ['nothing', fleet(['n1', second]), undefined],
    ['nothing of another strategy', fleet(['o1', undefined], ['n1', undefined]), undefined],
    [
      'the old ones, if they are marked',
      fleet(['o1', marked], ['n1', second]),
      { color: 'old', ids: ['o1'] },
    ],
    [
      'the old ones of the deploy before',
      fleet(['o1', first], ['n1', second]),
      { color: 'old', ids: ['o1'] },
    ],
    [
      'the old ones of another strategy',
      fleet(['o1', undefined], ['n1', second]),
      { color: 'old', ids: ['o1'] },
    ],
    [
      'the new ones, if one of them gets no requests',
      fleet(['o1', first], ['n1', second], ['n2', second, { cordoned: true }]),
      { color: 'new', ids: ['n1', 'n2'] },
    ],
    [
      'the old ones, if one is marked, whether or not a new one gets requests',
      fleet(['o1', marked], ['o2', first], ['n1', second, { cordoned: true }]),
      { color: 'old', ids: ['o1', 'o2'] },
    ],
    [
      'nothing, if an old one runs the same image',
      fleet(['o1', first, { digest: ours }], ['n1', second]),
      undefined,
    ],
    [
      // flyctl replaces a machine on a lost host by one with the same metadata, also in a rolling deploy of what a bluegreen
      // deploy once created.
      'nothing, if the only new one replaces a machine of the same bluegreen deploy',
      fleet(['o1', first], ['n1', first]),
      undefined,
    ],
    ['nothing, if all are marked', fleet(['o1', marked], ['n1', marked]), undefined],
    [
      'nothing, if the new ones run several images',
      fleet(['o1', first], ['n1', second], ['n2', second, { digest: theirs }]),
      undefined,
    ],
    [
      'only marked ones, if the new ones run several images',
      fleet(['o1', marked], ['o2', first], ['n1', second], ['n2', second, { digest: digestOf('d') }]),
      { color: 'old', ids: ['o1'] },
    ],
    [
      'only marked ones, if no new one is known',
      fleet(['o1', marked], ['o2', first]),
      { color: 'old', ids: ['o1'] },
    ],
    ['nothing of a tag that is not a time', fleet(['o1', first], ['n1', 'x1']), undefined],
    ['nothing of a tag that is too long', fleet(['o1', first], ['n1', '1'.repeat(16)]), undefined],
    ['nothing of a tag that ends like a time', fleet(['o1', first], ['n1', `${second}x`]), undefined],
    [
      'nothing of a new one without a digest',
      fleet(['o1', first], ['n1', second, { digest: undefined }]),
      undefined,
    ],
    [
      'in its process group',
      fleet(['o1', first, { group: 'worker' }], ['n1', second, { group: 'app' }]),
      undefined,
    ],
    [
      'in each process group',
      fleet(
        ['o1', first, { group: 'worker' }],
        ['n1', second, { group: 'worker' }],
        ['o2', first],
        ['n2', second, { cordoned: true }],
      ),
      { color: 'new', ids: ['n1', 'n2'] },
    ],
    [
      'in its process group, whatever the marks in another are',
      fleet(
        ['o1', marked, { group: 'worker' }],
        ['x1', undefined, { group: 'cron' }],
        ['o2', first],
        ['n2', second, { cordoned: true }],
      ),
      { color: 'new', ids: ['n2'] },
    ],
    [
      'the old ones, even if their tag is later',
      fleet(['o1', '1800000000'], ['n1', second]),
      { color: 'old', ids: ['o1'] },
    ],
    [
      'of the newest deploy',
      fleet(['o1', undefined], ['n1', first, { digest: theirs }], ['n2', second]),
      { color: 'old', ids: ['o1', 'n1'] },
    ],
  ])('is %s', (_name, machines, leftover) => expect(of(machines)).toEqual(leftover));
});

test('a machine is replaced if a bluegreen deploy marked it', () => {
  expect(isReplaced(makeMachine({ bluegreenTag: marked }))).toBe(true);
  expect(isReplaced(makeMachine({ bluegreenTag: first }))).toBe(false);
});

test('no machine is new if those from before are unknown', () => {
  expect(notIn(undefined)(makeMachine())).toBe(false);
  expect(notIn([])(makeMachine())).toBe(true);
  expect(notIn([makeMachine()])(makeMachine())).toBe(false);
});

test('the command names machines by IDs that are safe in a shell', () =>
  expect(destroyLine('app', ['a1', 'x; rm', '-f', 'B2 '])).toBe('fly machine destroy --force -a app a1'));

describe('the advice', () => {
  const [old, fresh, wrong] = fleet(['o1', first], ['n1', second], ['n2', second, { digest: theirs }]);
  const all = (...those: (CheckedMachine | undefined)[]) => those.filter((each) => each !== undefined);
  const adviceOf = (color: 'old' | 'new', ids: string[], machines: CheckedMachine[]) =>
    leftoverFix('app', { color, ids }, machines);

  test('differs by what the others run', () => {
    const done = adviceOf('old', ['o1'], all(old, fresh));
    const undone = adviceOf('old', ['o1'], all(old, fresh, wrong));
    const back = adviceOf('new', ['n1'], all(old, fresh));
    expect(new Set([done, undone, back].map((advice) => advice.split('\n')[0])).size).toBe(3);
    expect(done).toMatch(/^Before any other deploy.*\nfly machine destroy --force -a app o1$/);
    expect(undone).toMatch(
      /^Destroy the old machines.*deploy again:\nfly machine destroy --force -a app o1$/,
    );
    expect(back).toMatch(/^Destroy the new machines.*deploy again:\nfly machine destroy --force -a app n1$/);
  });
});
