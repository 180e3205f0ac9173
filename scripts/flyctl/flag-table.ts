import { execFile } from 'node:child_process';
import type { FlagTable } from '../../src/inputs/flag-table.ts';

type Flag = FlagTable['flags'][string];

/** The error of flyctl when it parses these arguments, or '' if it accepts them and shows its help. */
export function parsedBy(flyctl: string, ...argv: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // `--help` comes first, so that nothing runs whatever follows. The environment has no token or configuration.
    const env = { FLY_NO_UPDATE_CHECK: '1', FLY_SEND_METRICS: '0', HOME: '/nonexistent', NO_COLOR: '1' };
    execFile(flyctl, ['deploy', '--help', ...argv], { env, timeout: 30_000 }, (error, stdout, stderr) => {
      const [, fault] = /^Error: (.*)/m.exec(stderr) ?? [];
      if (fault !== undefined) resolve(fault);
      else if (error === null && stdout.includes('Usage:')) resolve('');
      else reject(error ?? new Error(`flyctl deploy --help ${argv.join(' ')} shows no help`));
    });
  });
}

/** The kind of flyctl's flag with this name, by how flyctl parses it; undefined if there is none. */
export async function kindOf(flyctl: string, name: string): Promise<Flag['kind'] | undefined> {
  const alone = await parsedBy(flyctl, `--${name}`);
  if (alone.startsWith('unknown flag')) return undefined;
  const fault = await parsedBy(flyctl, `--${name}="a`);
  if (fault.includes('ParseBool')) return 'switch';
  if (alone === '') return 'optional';
  if (fault.includes('ParseInt')) return 'integer';
  if (fault.includes('ParseFloat')) return 'number';
  if (fault.includes('parse error')) return 'list';
  if (fault === '') return 'text';
  throw new Error(`--${name}="a: ${fault}`);
}

/** The flags in `flyctl deploy --help`, with their short names. Hidden flags are not listed there. */
export async function listedFlags(flyctl: string): Promise<Map<string, string | undefined>> {
  const help = await new Promise<string>((resolve, reject) =>
    execFile(flyctl, ['deploy', '--help'], (error, stdout) => (error ? reject(error) : resolve(stdout))),
  );
  return new Map(
    [...help.matchAll(/^ {2}(?: {4}|-(\w), )--([\w-]+)/gm)].map(([, short, name = '']) => [name, short]),
  );
}

/** Every word in a source text that could be the name of a flag. */
export const candidatesIn = (source: string): string[] =>
  [...source.matchAll(/"([a-z][a-z0-9-]+)"/g)].map(([, name = '']) => name);

/** Aliases in flyctl's source, with the flag that each replaces. */
export function aliasesIn(source: string, constants: ReadonlyMap<string, string>): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [, name = '', between = '', list = ''] of source.matchAll(
    /\bName:\s*([\w."-]+),((?:(?!\bName:)[\s\S])*?)\bAliases:\s*\[\]string\{([^}]*)\}/g,
  )) {
    if (between.includes('\n}')) continue;
    const meant = name.startsWith('"') ? name.slice(1, -1) : constants.get(name.replace(/^flagnames\./, ''));
    if (meant === undefined) throw new Error(`flyctl's source names no constant ${name}`);
    for (const alias of candidatesIn(list)) aliases.set(alias, meant);
  }
  return aliases;
}

/** Constants of flag names in flyctl's source. */
export const constantsIn = (source: string): Map<string, string> =>
  new Map(
    [...source.matchAll(/^\s*(?:const )?(\w+)\s*=\s*"([a-z][a-z0-9-]*)"$/gm)].map(([, k = '', v = '']) => [
      k,
      v,
    ]),
  );
