import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flagTable } from '../src/inputs/flag-table.ts';
import { parseFlags } from '../src/inputs/flags.ts';
import { UserError } from '../src/lib/user-error.ts';
import { scopeOf } from '../src/verify/scope.ts';
import { expectSentences, textWith, thrownBy } from './errors.ts';
import { makeMachine } from './factories.ts';
import { pflag } from './pflag.ts';

// The input `flags`, from what a user writes to how flyctl's parser reads it.

test.each([
  ['--strategy=rolling\n--ha=false', ['--strategy=rolling', '--ha=false']],
  ['--strategy rolling', ['--strategy=rolling']],
  ['-e A=b c', ['--env=A=b c']],
  ['--env=A=-b', ['--env=A=-b']],
  ['-s SIGTERM', ['--signal=SIGTERM']],
  ['-s=SIGTERM', ['--signal=SIGTERM']],
  ['-y', ['--yes']],
  ['\n  # a comment\n  --detach\r\n\n', ['--detach']],
  ['--env=A=$(id);`x`', ['--env=A=$(id);`x`']],
  ['--depot\n--depot=false', ['--depot', '--depot=false']],
  ['--max-unavailable 0.5\n--max-concurrent=4', ['--max-unavailable=0.5', '--max-concurrent=4']],
  ['--strategy=', ['--strategy=']],
  ['--regions=fra, sin', ['--regions=fra, sin']],
])('%j is passed as %j', (text, expected) => expect(parseFlags(text)).toEqual(expected));

test.each([
  ['--only-regions=fra', ['--regions=fra']],
  ['--auto-confirm', ['--yes']],
  ['--http-failover=false', ['--https-failover=false']],
  ['--memory 512\n--cpus=2', ['--vm-memory=512', '--vm-cpus=2']],
  ['--vm-cpukind=shared', ['--vm-cpu-kind=shared']],
])('the alias in %j is passed as %j', (text, expected) => expect(parseFlags(text)).toEqual(expected));

describe('refused', () => {
  test.each<[string, string[]]>([
    ['--image=other', ['"--image"', '`image`']],
    ['--image other', ['"--image"', '`image`']],
    ['-i other', ['"-i"', '`image`']],
    ['-i=other', ['"-i"', '`image`']],
    ['-iother', ['"-iother"', '`image`']],
    ['-yi other', ['"-yi"', '`image`']],
    ['-yi=evil/x:1', ['"-yi"', '`image`']],
    ['-ya other-app', ['"-ya"', '`app`']],
    ['-yaother-app', ['"-yaother-app"', '`app`']],
    ['-yc /other.toml', ['"-yc"', '`config`']],
    ['-yt TOKEN', ['"-yt"', '`fly-api-token`']],
    ['-yv', ['"-yv"']],
    ['--from-manifest=m.json', ['"--from-manifest"', '`app`', '`image`']],
    ['--export-manifest x.json', ['"--export-manifest"', '`mode: dry-run`']],
    ['--app=x', ['"--app"', '`app`']],
    ['-c=x', ['"-c"', '`config`']],
    ['--access-token=x', ['"--access-token"', '`fly-api-token`']],
    ['-t x', ['"-t"', '`fly-api-token`']],
    ['--no-cache', ['"--no-cache"', '`no-cache`']],
    ['--local-only', ['"--local-only"']],
    ['--build-only', ['"--build-only"', '`mode: dry-run`']],
    ['--buildkit-image=x', ['"--buildkit-image"']],
    ['-h', ['"-h"']],
  ])('flags that change what is deployed, or where: %j', refusedWith);

  test.each<[string, string[]]>([
    ['--image-label\n--regions=fra', ['"--image-label"', '--image-label=…']],
    ['--strategy\nrolling', ['"--strategy"', '--strategy=…']],
    ['--strategy', ['"--strategy"', '--strategy=…']],
    ['--image-label --regions=fra', ['"--image-label"']],
    ['--image-label=--regions=fra', ['"--image-label"']],
    ['-e -yaother', ['"-e"']],
    ['--detach\n../other', ['"../other"', '--strategy=rolling']],
    ['--detach ../other', ['"--detach"', '`--detach`']],
    ['--yes=../other', ['"--yes"', '`true` or `false`']],
    ['--depot ../other', ['"--depot"']],
    ['-y ../other', ['"-y"', '`--yes`']],
    ['--max-concurrent=many', ['"--max-concurrent"']],
    ['--max-concurrent=0x10', ['"--max-concurrent"']],
    ['--max-unavailable=x', ['"--max-unavailable"']],
    ['--regions="fra","sin"', ['"--regions"']],
    ['rolling', ['"rolling"', '--strategy=rolling']],
    ['--ha=false\nsome/dir', ['"some/dir"']],
  ])('what flyctl could read as another flag, or as its working directory: %j', refusedWith);

  test.each<[string, string[]]>([
    ['--', ['"--"', 'flyctl deploy --help']],
    ['-', ['"-"', 'flyctl deploy --help']],
    ['---image=x', ['"---image=x"']],
    ['--=x', ['"--=x"']],
    ['--stratgey=rolling', ['"--stratgey"', flagTable.flyctl, '`--strategy`']],
    ['--only-region=fra', ['"--only-region"', '`--only-regions`']],
    ['--imag=x', ['"--imag"', 'flyctl deploy --help']],
    ['--Strategy=rolling', ['"--Strategy"', '`--strategy`']],
    ['--__proto__', ['"--__proto__"']],
    ['--constructor=x', ['"--constructor"']],
    ['-z', ['"-z"', 'flyctl deploy --help']],
    ['--x\u0007', [String.raw`"--x\u0007"`]],
    ['--env=A=b\u2028--image=x', ['control']],
    ['--env=A=b\r--image=x', [String.raw`\r`]],
  ])('what is not a flag of flyctl: %j', refusedWith);

  function refusedWith(text: string, facts: string[]): void {
    const fault = thrownBy(() => parseFlags(text));
    expectSentences(fault);
    expect([fault.code, fault.message]).toEqual(['flag-refused', textWith(...facts, '`with: flags:`')]);
  }

  test('does not show the value, which can be a secret', () => {
    for (const text of ['--env=-TOKEN', '--access-token TOKEN', '--accss-token=TOKEN', '--yes=TOKEN'])
      expect(thrownBy(() => parseFlags(text)).message).not.toContain('TOKEN');
  });
});

/** What no flag can set: the app, its config, the image, or who deploys. */
const never = ['app', 'config', 'image', 'access-token', 'from-manifest', 'export-manifest', 'help'];

const names = Object.keys(flagTable.flags);
const shorts = Object.values(flagTable.flags).flatMap(({ short }) => short ?? []);

const text = fc.oneof(
  fc.constantFrom(
    'fra',
    'a,b',
    '',
    '"',
    'true',
    'false',
    '4',
    '../x',
    '-',
    '--',
    '-yaother',
    '--regions=fra',
  ),
  fc.constantFrom('--image=evil', 'evil/x:1', ' x ', '=', 'A=-b'),
  fc.string({ maxLength: 8 }),
);
const flag = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...names).map((name) => `--${name}`),
      fc
        .array(fc.constantFrom(...shorts), { minLength: 1, maxLength: 3 })
        .map((letters) => `-${letters.join('')}`),
      text,
    ),
    fc.constantFrom('', '=', ' ', '\n', '\t', '\r\n'),
    text,
  )
  .map((parts) => parts.join(''));
const lists = fc.array(flag, { maxLength: 4 }).map((lines) => lines.join('\n'));

const accepted = (input: string): string[] | undefined => {
  try {
    return parseFlags(input);
  } catch (error) {
    if (error instanceof UserError && error.code === 'flag-refused') return undefined;
    throw error;
  }
};

/** The machines of a fleet that flyctl selects with what pflag read (flyctl, internal/command/deploy/deploy.go). */
function selectedBy(flags: ReturnType<typeof pflag>['flags']) {
  const of = (name: string) =>
    flags
      .filter(([each]) => each === name)
      .flatMap(([, value]) => value.split(','))
      .map((each) => each.trim())
      .filter((each) => each !== '');
  const in_ = (values: string[], value: string) => values.length === 0 || values.includes(value);
  return fleet.filter(
    ({ id, region, group }) =>
      in_(of('regions'), region) &&
      !of('exclude-regions').includes(region) &&
      in_(of('only-machines'), id) &&
      !of('exclude-machines').includes(id) &&
      in_(of('process-groups'), group),
  );
}
const fleet = [
  makeMachine({ id: 'a', region: 'fra', group: 'app' }),
  makeMachine({ id: 'b', region: 'a', group: 'b' }),
  makeMachine({ id: 'c', region: 'fra', group: 'true' }),
];

describe('every accepted flag', () => {
  const check = (property: (argv: string[], input: string) => void) => {
    let count = 0;
    fc.assert(
      fc.property(lists, (input) => {
        const argv = accepted(input);
        if (argv === undefined) return;
        count++;
        property(argv, input);
      }),
      { numRuns: 5000 },
    );
    expect(count).toBeGreaterThan(200);
  };

  test('is read by pflag as written, after the arguments of the action', () =>
    check((argv) => {
      const own = ['--app', 'a', '--image', 'i@sha256:x', '--remote-only'];
      const { flags, words } = pflag([...own, ...argv]);
      const meant = argv.map((each) => {
        const [, name = '', value = 'true'] = /^--([a-z-]+)(?:=(.*))?$/s.exec(each) ?? [];
        return [name, value];
      });
      expect(words).toEqual([]);
      expect(flags).toEqual([['app', 'a'], ['image', 'i@sha256:x'], ['remote-only', 'true'], ...meant]);
    }));

  test('does not set the app, config, image or token', () =>
    check((argv) => {
      for (const [name] of pflag(argv).flags) expect(never).not.toContain(name);
    }));

  test('selects the machines that are verified, and is not an alias', () =>
    check((argv) => {
      const { flags } = pflag(argv);
      for (const [name] of flags) expect(flagTable.flags[name]?.aliasOf).toBeUndefined();
      const verified = fleet.filter((machine) => scopeOf(argv)(machine));
      expect(verified.map(({ id }) => id)).toEqual(selectedBy(flags).map(({ id }) => id));
    }));

  test('is one argument per line', () =>
    check((argv, input) => {
      const lines = input.split('\n').filter((line) => !/^\s*(?:#.*)?$/s.test(line));
      expect(argv).toHaveLength(lines.length);
    }));
});

test('every flag of flyctl is either passed on under its name or refused', () => {
  for (const [name, { kind, aliasOf }] of Object.entries(flagTable.flags)) {
    const value = { switch: '=true', optional: '', text: '=x', list: '=x', integer: '=1', number: '=1' }[
      kind
    ];
    const argv = accepted(`--${name}${value}`);
    if (argv === undefined)
      expect([
        ...never,
        'no-cache',
        'build-only',
        'remote-only',
        'local-only',
        'push',
        'dockerfile',
        'buildkit-addr',
        'buildkit-image',
      ]).toContain(name);
    else expect(argv).toEqual([`--${aliasOf ?? name}${value}`]);
  }
});
