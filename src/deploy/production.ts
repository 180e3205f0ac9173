import type { AppUrl } from '../fly/app.ts';
import { counted } from '../lib/format.ts';
import type { UserError } from '../lib/user-error.ts';
import { type CheckedMachine, isFine, managed } from '../verify/compare.ts';
import type { Baseline } from '../verify/observe.ts';
import type { Verifier } from '../verify/verifier.ts';
import type { FlyctlFailure } from './deploy.ts';
import { isUntouched } from './previous.ts';

/** What a deploy that flyctl did not finish left behind. */
export type Production =
  /** Every machine is as it was before. */
  | { readonly kind: 'unchanged' }
  /** Every machine runs the new image in the new release, verified, whatever flyctl failed in. */
  | {
      readonly kind: 'updated';
      readonly machines: number;
      /** flyctl's own error line. */
      readonly flyctl: string;
    }
  /** Some machines are not as they were, or not as they should be. */
  | { readonly kind: 'changed' }
  /** It could not be read. */
  | { readonly kind: 'unknown' };

/**
 * Looks at what flyctl left behind when it failed, and keeps that as what was seen last.
 *
 * @param url of the app, where Fly.io has one: what looks right is verified as after a success.
 */
export async function productionAfter(
  { line }: FlyctlFailure,
  verifier: Verifier,
  baseline: Baseline,
  url: () => Promise<AppUrl | undefined>,
): Promise<Production> {
  const before = baseline.list.machines;
  const now = await verifier.list().catch(() => undefined);
  if (now === undefined) return { kind: 'unknown' };
  verifier.see(now, before);
  if (isUntouched(now, before, verifier.scope)) return { kind: 'unchanged' };
  const meant = managed(verifier.seen ?? []);
  if (meant.length === 0 || !meant.every(isFine)) return { kind: 'changed' };
  try {
    const { machines } = await verifier.verify(baseline, undefined, await url());
    const flyctl = line.replace(/^Error: /, '') || 'it gave no reason';
    return { kind: 'updated', machines: managed(machines).length, flyctl };
  } catch {
    // The error to report is flyctl's: what the machines run is in what was seen last.
    return { kind: 'changed' };
  }
}

/** The sentence about production that a failure begins with; undefined where there is nothing sure to say. */
export function productionWords(production: Production): string | undefined {
  switch (production.kind) {
    case 'unchanged':
      return 'Production is unchanged: every machine runs what it ran before this deploy.';
    case 'updated':
      return `Production runs the new image: ${counted(production.machines, 'machine')} ${production.machines === 1 ? 'runs' : 'run'} it in the new release. What failed is flyctl: ${production.flyctl}.`;
    case 'changed':
    case 'unknown':
      return undefined;
  }
}

/** Machines of a process group that were not there before the deploy, where it had fewer machines then. */
export interface Surplus {
  readonly group: string;
  readonly before: number;
  readonly now: number;
  /** Ids of the new ones. */
  readonly ids: readonly string[];
}

/** What a deploy left behind beyond what there was. A process group that is new has no surplus. */
export function surplusOf(fleet: readonly CheckedMachine[], { list }: Baseline): Surplus[] {
  const known = new Set(list.machines.map(({ id }) => id));
  return [...Map.groupBy(fleet, ({ group }) => group)].flatMap(([group, machines]) => {
    const before = list.machines.filter((machine) => machine.group === group).length;
    const ids = machines.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    return before === 0 || machines.length <= before ? [] : [{ group, before, now: machines.length, ids }];
  });
}

/** Errors that say that something could not be told, and not that it is bad. */
export const isUndetermined = ({ code }: UserError): boolean =>
  [
    'containers-unverifiable',
    'fly-rate-limited',
    'fly-unavailable',
    'fly-unexpected-answer',
    'fly-unreachable',
    'health-unreachable',
    'machines-digest-unknown',
    'machines-list-incomplete',
    'machines-list-invalid',
    'machines-list-paged',
    'machines-lost',
    'machines-unreachable',
  ].includes(code);
