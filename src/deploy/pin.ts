import { UserError } from '../lib/user-error.ts';
import type { Reference } from '../registry/reference.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';

/**
 * The digest that Fly.io took a tag for, where that is all that is wrong: the image was deployed by its tag, and every machine
 * is of this deploy's release and runs one and the same other image. Fly.io keeps for a while which image a tag was.
 *
 * @returns undefined where another deploy by digest would not help.
 */
export function staleDigest(
  error: unknown,
  { tag, digest }: Reference,
  fleet: readonly CheckedMachine[],
): string | undefined {
  if (!(error instanceof UserError) || error.code !== 'machines-other-image') return undefined;
  if (tag === undefined || digest !== undefined) return undefined;
  // A machine that still waits for the release was not changed by this deploy.
  const changed = managed(fleet).filter(({ waitingFor }) => waitingFor?.kind !== 'release');
  const [first] = changed;
  const same = changed.every((machine) => !machine.runsImage && machine.digest === first?.digest);
  return same ? first?.digest : undefined;
}
