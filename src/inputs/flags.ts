import { UserError } from '../lib/user-error.ts';

// Each would take back what this step promises, or has an input of its own (flyctl internal/command/deploy/deploy.go, internal/flag/flag.go).
const refused = new Map<string, string>([
  ['--image', 'the input `image`'],
  ['-i', 'the input `image`'],
  ['--app', 'the input `app`'],
  ['-a', 'the input `app`'],
  ['--config', 'the input `config`'],
  ['-c', 'the input `config`'],
  ['--access-token', 'the input `fly-api-token`: a token in argv can be read by every process'],
  ['-t', 'the input `fly-api-token`: a token in argv can be read by every process'],
  ['--no-cache', 'the input `no-cache`'],
  ['--remote-only', 'nothing: it is always passed'],
  ['--local-only', 'nothing: a local image of the same name is not the one that was looked at'],
  ['--build-only', 'the input `mode: dry-run`'],
  ['--push', 'nothing: no image is built here'],
  ['--dockerfile', 'nothing: no image is built here'],
  // Hidden: the one deploys what a file says, to whatever app; the other deploys nothing.
  ['--from-manifest', 'nothing: app and image are those of the inputs'],
  ['--export-manifest', 'the input `mode: dry-run`'],
  ['--help', 'nothing'],
  ['-h', 'nothing'],
]);

/**
 * Reads the input `flags`: more `flyctl deploy` arguments, one a line. A line is one argument, or a flag
 * and its value with white space between. No quotes, no shell: what stands in the line is what flyctl gets.
 *
 * @throws UserError on a line that is no flag, and on flags that would change what is deployed where.
 */
export function parseFlags(text: string): string[] {
  const argv: string[] = [];
  let valueMayFollow = false;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (/[\x00-\x1f\x7f]/.test(line))
      throw wrong(JSON.stringify(line), 'has a control character', 'text alone');
    if (!line.startsWith('-')) {
      if (!valueMayFollow)
        throw wrong(`"${line}"`, 'is no flag', 'a line that begins with a flag, e.g. --strategy=rolling');
      argv.push(line);
      valueMayFollow = false;
      continue;
    }
    const [, name = '', separator = '', value = ''] = /^(--?[A-Za-z][\w-]*)(=|\s+|$)(.*)$/.exec(line) ?? [];
    if (name === '') throw wrong(`"${line}"`, 'is no flag', 'a flag as `flyctl deploy --help` lists them');
    // pflag takes `-yaother` for `-y -a other`: what stands in a cluster would not be seen.
    if (!name.startsWith('--') && name.length > 2) {
      const others = [...name.slice(1)].flatMap((letter) => refused.get(`-${letter}`) ?? []);
      const instead = [...new Set(others)].map((other) => `; instead: ${other}`).join('');
      throw wrong(`"${name}"`, 'is several short flags, or one and its value', `one flag a line${instead}`);
    }
    const instead = refused.get(name);
    if (instead !== undefined) throw wrong(`"${name}"`, 'cannot be passed in `flags`', `instead: ${instead}`);
    if (separator === '=') argv.push(line);
    else argv.push(name, ...(value === '' ? [] : [value]));
    valueMayFollow = separator === '';
  }
  return argv;
}

function wrong(what: string, fault: string, expected: string): UserError {
  return new UserError({
    code: 'flag-refused',
    found: `The input \`flags\`: ${what} ${fault}.`,
    expected: `${expected}.`,
    fix: '`with: flags:`',
  });
}
