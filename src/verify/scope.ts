import type { Machine } from '../fly/machine.ts';
import type { narrowingFlags } from '../inputs/flags.ts';

/** Which machines a deploy is for. @param made whether the deploy itself made the machine: no flag can name its id. */
export type Scope = (machine: Machine, made?: boolean) => boolean;

/** flyctl's flags that exclude machines (flyctl, internal/command/deploy/deploy.go), and the property that they name. */
const narrowing: Record<
  (typeof narrowingFlags)[number],
  { readonly of: (machine: Machine) => string; readonly keeps: boolean }
> = {
  '--regions': { of: ({ region }) => region, keeps: true },
  '--exclude-regions': { of: ({ region }) => region, keeps: false },
  '--only-machines': { of: ({ id }) => id, keeps: true },
  '--exclude-machines': { of: ({ id }) => id, keeps: false },
  '--process-groups': { of: ({ group }) => group, keeps: true },
};

/**
 * The machines that a deploy with these flags is for: all of them, unless flags narrow it. A flag can be repeated, and its value
 * can contain commas; then any of the values counts.
 *
 * @param flags as `parseFlags` returns them, each with its value and under its own name.
 */
export function scopeOf(flags: readonly string[]): Scope {
  const named = new Map<keyof typeof narrowing, Set<string>>();
  for (const flag of flags) {
    const [, name = '', value = ''] = /^(--[\w-]+)=(.*)/s.exec(flag) ?? [];
    if (!isNarrowing(name)) continue;
    const values = named.get(name) ?? new Set();
    for (const each of value.split(',')) if (each.trim() !== '') values.add(each.trim());
    named.set(name, values);
  }
  return (machine, made = false) =>
    [...named].every(([name, values]) => {
      const rule = narrowing[name];
      if (values.size === 0 || (made && name === '--only-machines')) return true;
      return values.has(rule.of(machine)) === rule.keeps;
    });
}

const isNarrowing = (name: string): name is keyof typeof narrowing => Object.hasOwn(narrowing, name);
