import { flagTable } from '../src/inputs/flag-table.ts';

/** How pflag reads arguments: each flag by its name, with its value, and the other words. */
export interface Parsed {
  readonly flags: readonly (readonly [name: string, value: string])[];
  readonly words: readonly string[];
}

/** Parses like spf13/pflag 1.0.10 (flag.go: `parseArgs`, `parseLongArg`, `parseShortArg`). @throws where pflag fails. */
export function pflag(argv: readonly string[]): Parsed {
  const flags: [string, string][] = [];
  const words: string[] = [];
  const rest = [...argv];
  const take = (name: string | undefined, given: string | undefined) => {
    const flag = name === undefined ? undefined : flagTable.flags[name];
    if (name === undefined || flag === undefined) throw new Error(`unknown flag ${name}`);
    const optional = flag.kind === 'switch' || flag.kind === 'optional';
    const value = given ?? (optional ? 'true' : rest.shift());
    if (value === undefined) throw new Error(`${name} needs an argument`);
    flags.push([name, value]);
  };
  while (rest.length > 0) {
    const argument = rest.shift() ?? '';
    if (!argument.startsWith('-') || argument === '-') words.push(argument);
    else if (argument === '--') words.push(...rest.splice(0));
    else if (argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=');
      take(name, value.length > 0 ? value.join('=') : undefined);
    } else {
      let group = argument.slice(1);
      while (group !== '') {
        const letter = group[0];
        const [name] = Object.entries(flagTable.flags).find(([, { short }]) => short === letter) ?? [];
        const kind = name === undefined ? undefined : flagTable.flags[name]?.kind;
        if (group.length > 2 && group[1] === '=') {
          take(name, group.slice(2));
          break;
        }
        if (kind !== 'switch' && kind !== 'optional' && group.length > 1) {
          take(name, group.slice(1));
          break;
        }
        take(name, undefined);
        group = group.slice(1);
      }
    }
  }
  return { flags, words };
}
