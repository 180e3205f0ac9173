import { type CheckedMachine, isHealthy } from '../../verify/compare.ts';
import type { View } from '../view.ts';
import type { Node } from './mermaid.ts';

/** The state of a machine after the deploy. */
export type Fate =
  /** It runs the image, in this deploy's release, and is healthy. */
  | 'fine'
  | 'other-image'
  /** Fly.io reverted it to another image. */
  | 'reverted'
  /** It runs the image and fails, or has not become healthy. */
  | 'unhealthy'
  /** It runs the image, and this deploy did not update it. */
  | 'not-updated'
  /** It was verified, and got another version since. */
  | 'changed'
  /** The rollback did not reach it: it still runs the image. */
  | 'not-back'
  /** Another deploy took it over. */
  | 'other-deploy'
  | 'unreachable'
  | 'unverified'
  /** It was listed before the deploy, is not listed now, and was not destroyed as far as known. */
  | 'missing'
  /** It runs what it ran before, after a rollback. */
  | 'back'
  /** The whole deploy changed nothing. */
  | 'unchanged'
  /** The deploy's flags exclude it. */
  | 'excluded';

interface Shown {
  readonly sign: string;
  readonly look: Node['look'];
  /** What the sign means, unless that is obvious. */
  readonly legend?: string;
}

const wrong: Shown = { sign: '✗', look: 'bad' };

const shown: Record<Fate, Shown> = {
  fine: { sign: '✓', look: 'good' },
  'other-image': wrong,
  reverted: wrong,
  unhealthy: wrong,
  'not-updated': wrong,
  changed: wrong,
  'not-back': wrong,
  'other-deploy': { sign: '⇄', look: 'other', legend: 'belongs to another deploy' },
  unreachable: { sign: '⊘', look: 'unsure', legend: 'on an unreachable host' },
  unverified: { sign: '?', look: 'unsure', legend: 'not verified: Fly.io does not report what it runs' },
  missing: { sign: '∅', look: 'unsure', legend: 'listed before the deploy, but not now' },
  back: { sign: '↩', look: 'back', legend: 'runs its previous image again' },
  unchanged: { sign: '=', look: 'unknown', legend: 'unchanged by this deploy' },
  excluded: { sign: '–', look: 'unknown', legend: 'not part of this deploy' },
};

export const signOf = (machine: CheckedMachine, view: View): string => shown[fateOf(machine, view)].sign;

export const lookOf = (machine: CheckedMachine, view: View): Node['look'] =>
  shown[fateOf(machine, view)].look;

/** The meaning of the signs of these machines; undefined if all are obvious. */
export function legendOf(machines: readonly CheckedMachine[], view: View): string | undefined {
  const fates = new Set(machines.map((machine) => fateOf(machine, view)));
  const parts = [...fates].flatMap((fate) => {
    const { sign, legend: usual } = shown[fate];
    const legend = fate === 'excluded' && view.compared ? 'excluded by `flags`' : usual;
    return legend === undefined ? [] : [`${sign} ${legend}`];
  });
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** Whether the machines were seen after a deploy, or by a check without one. */
export const isSeen = ({ known, compared }: View): boolean => known.deployStartedAt !== undefined || compared;

export function fateOf(machine: CheckedMachine, view: View): Fate {
  const { failure, waitingFor, supersededBy, runsImage, unknown } = machine;
  if (machine.excluded) return 'excluded';
  if (view.missing.has(machine.id)) return 'missing';
  if (view.unchanged) return 'unchanged';
  if (isBack(machine, view)) return 'back';
  if (supersededBy !== undefined) return 'other-deploy';
  if (view.rollbackFailed && runsImage) return 'not-back';
  if (isHealthy(machine)) return 'fine';
  if (unknown === 'unreachable-host') return 'unreachable';
  if (unknown !== undefined) return 'unverified';
  if (failure?.kind === 'changed') return 'changed';
  if (!runsImage) return failure?.kind === 'reverted' ? 'reverted' : 'other-image';
  return failure === undefined && waitingFor?.kind === 'release' ? 'not-updated' : 'unhealthy';
}

/** Whether a rollback, complete or not, made this machine run its previous image again. */
function isBack(machine: CheckedMachine, { rolledBack, rollbackFailed, beforeById }: View): boolean {
  if (rollbackFailed) {
    const before = beforeById.get(machine.id)?.digest;
    return !machine.runsImage && before !== undefined && before === machine.digest;
  }
  return (
    rolledBack?.some(
      ({ group, digest }) => (group === undefined || group === machine.group) && digest === machine.digest,
    ) ?? false
  );
}

/** Order in a list: machines that need action come first. */
export const urgencyOf = (machine: CheckedMachine, view: View): number => {
  const fate = fateOf(machine, view);
  return fate === 'excluded' ? 3 : fate === 'fine' ? 2 : fate === 'back' || fate === 'unchanged' ? 1 : 0;
};
