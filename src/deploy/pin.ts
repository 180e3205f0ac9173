import { UserError } from '../lib/user-error.ts';
import type { Reference } from '../registry/reference.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';

/**
 * The digest that Fly.io resolved a tag to, if that is the only problem: the image was deployed by its tag, and every machine
 * of this deploy's release runs the same other image. Fly.io caches for a while which image a tag names.
 *
 * @returns undefined if another deploy by digest would not help.
 */
export function staleDigest(
  error: unknown,
  { tag, digest }: Reference,
  fleet: readonly CheckedMachine[],
): string | undefined {
  if (!(error instanceof UserError) || error.code !== 'machines-other-image') return undefined;
  if (tag === undefined || digest !== undefined) return undefined;
  // This deploy did not change a machine that still waits for the release.
  const changed = managed(fleet).filter(({ waitingFor }) => waitingFor?.kind !== 'release');
  const [first] = changed;
  const same = changed.every((machine) => !machine.runsImage && machine.digest === first?.digest);
  return same ? first?.digest : undefined;
}
