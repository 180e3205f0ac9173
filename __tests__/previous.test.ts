import { expect, test } from '@jest/globals';
import { isUntouched, type NoRollbackCode, previousOf, rollbackFlags } from '../src/deploy/previous.ts';
import type { Machine } from '../src/fly/machine.ts';
import { textWith } from './errors.ts';
import { digestOf, makeMachine } from './factories.ts';

const [one, two] = [makeMachine({ id: 'm1' }), makeMachine({ id: 'm2' })];
const everything = () => true;

test.each([
  ['the same machines on the same images', [one, two], [one, two], true],
  ['a machine on another image', [one, { ...two, digest: digestOf('c') }], [one, two], false],
  ['a missing machine', [one], [one, two], false],
  ['one more machine', [one, two], [one], false],
  ['a machine replaced by another', [one, { ...two, id: 'm3' }], [one, two], false],
  ['a machine that no longer runs', [one, { ...two, state: 'stopped' }], [one, two], false],
  ['a machine that started meanwhile', [one, two], [one, { ...two, state: 'stopped' }], true],
])('%s', (_name, now, before, untouched) => expect(isUntouched(now, before, everything)).toBe(untouched));

test('ignores machines that the deploy does not manage', () => {
  const other = makeMachine({ id: 'm9', region: 'out' });
  expect(isUntouched([one], [one, other], ({ region }) => region !== 'out')).toBe(true);
});

test.each<[string, Machine[] | undefined, NoRollbackCode, fact: string]>([
  ['no machine', [], 'nothing-before', ''],
  ['unread machines', undefined, 'nothing-before', ''],
  ['an image without a digest', [makeMachine({ digest: undefined })], 'digest-before-unknown', '"app"'],
  [
    'containers, none of which has the machine’s own image',
    [makeMachine({ containers: [{ name: 'proxy', image: 'nginx:1' }] })],
    'digest-before-unknown',
    '"app"',
  ],
  [
    'a container that has it by its tag',
    [makeMachine({ containers: [{ name: 'app', image: 'ghcr.io/owner/repo:main-abc1234' }] })],
    'digest-before-unknown',
    '"app"',
  ],
  ['two images in one group', [one, { ...two, digest: digestOf('c') }], 'images-before-differ', '2'],
  [
    'an invalid reference',
    [makeMachine({ configuredImage: 'No Reference' })],
    'reference-before-invalid',
    'No Reference',
  ],
])('cannot roll back to %s', (_name, before, code, fact) =>
  expect(previousOf(before, everything)).toEqual({ code, why: textWith(fact) }),
);

test('rolls a machine with containers back to its configured image', () => {
  const image = `ghcr.io/owner/repo@${digestOf('a')}`;
  const containers = [
    { name: 'proxy', image: 'nginx:1' },
    { name: 'app', image },
  ];
  // The digest that Fly.io reports for such a machine can be another container's.
  const machine = makeMachine({ containers, configuredImage: image, digest: digestOf('c') });
  const reference = { host: 'ghcr.io', path: 'owner/repo', digest: digestOf('a') };
  expect(previousOf([machine], everything)).toEqual([{ group: undefined, reference, digest: digestOf('a') }]);
});

test.each([
  [[], ['--strategy=rolling', '--skip-release-command', '--process-groups', 'web']],
  [
    ['--process-groups=web,worker', '--ha=false', '--process-groups=app', '--regions=fra'],
    [
      '--ha=false',
      '--regions=fra',
      '--strategy=rolling',
      '--skip-release-command',
      '--process-groups',
      'web',
    ],
  ],
])('the rollback of one process group with %j leaves the others alone', (flags, argv) => {
  const reference = { host: 'ghcr.io', path: 'owner/repo', digest: digestOf('a') };
  expect(rollbackFlags(flags, { group: 'web', reference, digest: digestOf('a') }, false)).toEqual(argv);
});

test.each([
  [['--strategy=immediate'], ['--skip-release-command']],
  [
    ['--strategy=immediate', '--strategy=canary'],
    ['--strategy=rolling', '--skip-release-command'],
  ],
  [
    ['--skip-release-command', '--skip-release-command=false'],
    ['--strategy=rolling', '--skip-release-command'],
  ],
  [['--skip-release-command=true'], ['--strategy=rolling']],
])('with %j, the last of a flag decides what a rollback adds', (flags, added) => {
  const reference = { host: 'ghcr.io', path: 'owner/repo', digest: digestOf('a') };
  const argv = rollbackFlags(flags, { group: undefined, reference, digest: digestOf('a') }, false);
  expect(argv).toEqual([...flags, ...added]);
});
