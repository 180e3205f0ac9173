import { expect, test } from '@jest/globals';
import { isUntouched, type NoRollbackCode, previousOf } from '../src/deploy/previous.ts';
import type { Machine } from '../src/fly/machine.ts';
import { textWith } from './errors.ts';
import { digestOf, makeMachine } from './factories.ts';

const [one, two] = [makeMachine({ id: 'm1' }), makeMachine({ id: 'm2' })];
const everything = () => true;

test.each([
  ['the same machines on the same images', [one, two], [one, two], true],
  ['a machine on another image', [one, { ...two, digest: digestOf('c') }], [one, two], false],
  ['a machine that is gone', [one], [one, two], false],
  ['a machine more', [one, two], [one], false],
  ['a machine replaced by another', [one, { ...two, id: 'm3' }], [one, two], false],
  ['a machine that does not run any more', [one, { ...two, state: 'stopped' }], [one, two], false],
  ['a machine that is started meanwhile', [one, two], [one, { ...two, state: 'stopped' }], true],
])('%s', (_name, now, before, untouched) => expect(isUntouched(now, before, everything)).toBe(untouched));

test('machines that the deploy does not manage do not count', () => {
  const other = makeMachine({ id: 'm9', region: 'out' });
  expect(isUntouched([one], [one, other], ({ region }) => region !== 'out')).toBe(true);
});

test.each<[string, Machine[] | undefined, NoRollbackCode, fact: string]>([
  ['no machine', [], 'nothing-before', ''],
  ['machines that were not read', undefined, 'nothing-before', ''],
  ['an image without a digest', [makeMachine({ digest: undefined })], 'digest-before-unknown', '"app"'],
  ['two images in one group', [one, { ...two, digest: digestOf('c') }], 'images-before-differ', '2'],
  [
    'what is no reference',
    [makeMachine({ configuredImage: 'No Reference' })],
    'reference-before-invalid',
    'No Reference',
  ],
])('%s before is nothing to go back to', (_name, before, code, fact) =>
  expect(previousOf(before, everything)).toEqual({ code, why: textWith(fact) }),
);
