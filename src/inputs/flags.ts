import { capitalized } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import { flagTable } from './flag-table.ts';
import { editsBetween } from './names.ts';

const { flyctl: version, flags: known } = flagTable;

/**
 * Flags that would change what is deployed or where, or that have an input, and why they are refused (flyctl,
 * internal/command/deploy/deploy.go, internal/flag/flag.go). A test compares this list with flyctl's table.
 */
const refused: Readonly<Record<string, string>> = {
  app: 'the input `app` sets it',
  config: 'the input `config` sets it',
  image: 'the input `image` sets it',
  'access-token': 'the input `fly-api-token` sets it, because every process can read a token in argv',
  'no-cache': 'the input `no-cache` sets it',
  'build-only': 'the input `mode: dry-run` replaces it',
  // Hidden flags: one deploys what a file contains, to any app; the other deploys nothing.
  'from-manifest': 'the inputs `app` and `image` replace it',
  'export-manifest': 'the input `mode: dry-run` replaces it',
  'remote-only': 'it is always passed',
  'local-only': 'a local image of the same name is not the one that was checked',
  push: 'no image is built here',
  dockerfile: 'no image is built here',
  'buildkit-addr': 'no image is built here',
  'buildkit-image': 'no image is built here',
  help: 'it deploys nothing',
};

/** The flags that select the machines of a deploy: none of them changes what is deployed. */
export const narrowingFlags = [
  '--regions',
  '--exclude-regions',
  '--only-machines',
  '--exclude-machines',
  '--process-groups',
] as const;

const shortNames = new Map(
  Object.entries(known).flatMap(([name, { short }]) => (short ? [[short, name]] : [])),
);

/**
 * Reads the input `flags`: additional `flyctl deploy` flags, one on each line, as `--name`, `--name=value` or `--name value`.
 * No quotes, no shell. They are parsed with flyctl's own table of flags.
 *
 * @returns the flags as `--name` or `--name=value`, under the name that flyctl's code uses instead of an alias: flyctl puts
 *   brackets around the value of a list's alias (internal/cmdutil/preparers, `ApplyAliases`), so `--only-regions=fra` would
 *   select the region `[fra]`. In this form pflag cannot read a flag as another flag's value, or a value as the working directory.
 * @throws UserError for any other line, and for flags that would change what is deployed or where.
 */
export function parseFlags(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseFlag);
}

function parseFlag(line: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(line))
    throw wrong(JSON.stringify(line), 'contains a control character', 'printable text');
  if (!line.startsWith('-'))
    throw wrong(`"${line}"`, 'is not a flag', 'a flag and its value on one line, e.g. `--strategy=rolling`');
  const [, typed = '', separator = '', value = ''] = /^(--?[A-Za-z0-9][\w-]*)(=|\s+|$)(.*)$/.exec(line) ?? [];
  if (typed === '') throw wrong(`"${line}"`, 'is not a flag', 'a flag that `flyctl deploy --help` lists');
  const name = nameOf(typed);
  const why = refused[name];
  if (why !== undefined)
    throw wrong(
      `"${typed}"`,
      `is not allowed: ${why}`,
      'flags that do not change what is deployed, or where',
      'Remove it from `with: flags:`.',
    );
  return separator === '' ? withoutValue(name, typed) : withValue(name, typed, separator, value);
}

/** The name that flyctl's code uses for a flag, given its long name, alias or short name. */
function nameOf(typed: string): string {
  // pflag reads `-yaother` as `-y -a other`, which would hide refused flags in a group.
  if (!typed.startsWith('--') && typed.length > 2) {
    const others = [...new Set(typed.slice(1))].flatMap((letter) => {
      const why = refused[shortNames.get(letter) ?? ''];
      return why === undefined ? [] : [`. \`-${letter}\` is not allowed: ${why}`];
    });
    throw wrong(
      `"${typed}"`,
      'is several short flags, or one and its value',
      `one flag on each line${others.join('')}`,
    );
  }
  const name = typed.startsWith('--') ? typed.slice(2) : shortNames.get(typed.slice(1));
  const flag = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
  if (name === undefined || flag === undefined) {
    const nearest = typed.startsWith('--') ? nearestTo(typed.slice(2)) : undefined;
    throw wrong(
      `"${typed}"`,
      `is not a flag of \`flyctl deploy\` ${version}`,
      nearest === undefined
        ? 'a flag that `flyctl deploy --help` lists'
        : `\`--${nearest}\`, which has a similar name`,
    );
  }
  return flag.aliasOf ?? name;
}

function withoutValue(name: string, typed: string): string {
  const kind = known[name]?.kind;
  if (kind === 'switch' || kind === 'optional') return `--${name}`;
  throw wrong(`"${typed}"`, 'has no value', `a flag and its value on one line: \`--${name}=…\``);
}

/** The values of each kind: what Go accepts, without octal or hexadecimal numbers and without quotes in CSV. */
const grammars: Readonly<Record<string, readonly [grammar: RegExp, expected: string]>> = {
  switch: [/^(?:true|false)$/, '`true` or `false`'],
  integer: [/^(?:0|[1-9]\d{0,8})$/, 'a whole number'],
  number: [/^\d{1,9}(?:\.\d{1,9})?$/, 'a number'],
  list: [/^[^"]*$/, 'names separated by commas, without quotation marks'],
};

function withValue(name: string, typed: string, separator: string, value: string): string {
  const kind = known[name]?.kind ?? 'text';
  if (separator !== '=' && (kind === 'switch' || kind === 'optional'))
    throw wrong(
      `"${typed}"`,
      'is followed by a space, so flyctl would read the value as its working directory',
      `\`--${name}\` without a value, or the value after \`=\``,
    );
  if (value.startsWith('-'))
    throw wrong(`"${typed}"`, 'has a value that begins with a hyphen', 'one flag on each line');
  const [grammar, expected] = grammars[kind] ?? [];
  if (grammar?.test(value) === false)
    throw wrong(`"${typed}"`, 'has a value of the wrong kind', `${expected}`);
  return `--${name}=${value}`;
}

function nearestTo(name: string): string | undefined {
  const [best] = Object.keys(known)
    .filter((each) => refused[known[each]?.aliasOf ?? each] === undefined)
    .map((each) => ({ each, edits: editsBetween(name, each) }))
    .filter(({ edits }) => edits <= 2)
    .sort((a, b) => a.edits - b.edits);
  return best?.each;
}

function wrong(
  what: string,
  fault: string,
  expected: string,
  fix = 'Correct the line in `with: flags:`.',
): UserError {
  return new UserError({
    code: 'flag-refused',
    found: `In the input \`flags\`, ${what} ${fault}.`,
    expected: `${capitalized(expected)}.`,
    fix,
  });
}
