import { failureOf } from '../fly/trouble.ts';
import { type CheckedMachine, managed } from './compare.ts';
import type { Incomplete } from './observe.ts';

/** How what runs differs from what should run: the output `drift`. */
export const drifts = [
  /** Every machine runs the image. */
  'none',
  /** Some machines run it, others another image. */
  'mixed',
  /** No machine is known to run it. */
  'other-image',
  /** The same, and each was given the tag that names the image now. */
  'moved-tag',
  /** The app has no machine that deploys manage, or machines are missing in Fly.io's list. */
  'missing-machines',
  /** It is unknown what a machine runs, or Fly.io does not answer. */
  'unreachable',
  /** A deploy is in progress. */
  'busy',
] as const;

export type Drift = (typeof drifts)[number];

/** The app's machines, compared with the image. */
export interface Fleet {
  /** All of them, those that `flags` exclude too. */
  readonly machines: readonly CheckedMachine[];
  /** Why the list is incomplete; undefined if it appears complete. */
  readonly incomplete: Incomplete | undefined;
  /** The tag that names the image now, in each repository that machines can have it from. */
  readonly tags: readonly string[];
}

/** Whether it is known to run another image. */
export const isOther = ({ runsImage, unknown }: CheckedMachine): boolean =>
  !runsImage && unknown === undefined;

/** The reference that a machine was given, without a digest. */
export const givenTo = ({ configuredImage }: CheckedMachine): string => configuredImage.replace(/@.*/, '');

/** What is certain decides: a machine on another image counts, whatever is unknown about others. */
export function driftOf({ machines, incomplete, tags }: Fleet): Exclude<Drift, 'busy'> {
  const meant = managed(machines);
  const others = meant.filter(isOther);
  if (others.length > 0) {
    if (meant.some(({ runsImage }) => runsImage)) return 'mixed';
    return others.every((machine) => tags.includes(givenTo(machine))) ? 'moved-tag' : 'other-image';
  }
  if (meant.length === 0 || isMissing(incomplete)) return 'missing-machines';
  return meant.some(({ unknown }) => unknown !== undefined) ? 'unreachable' : 'none';
}

/** Whether machines exist that the list does not have. That Fly.io does not count them does not show it. */
export const isMissing = (
  incomplete: Incomplete | undefined,
): incomplete is Exclude<Incomplete, { kind: 'uncounted' }> =>
  incomplete !== undefined && incomplete.kind !== 'uncounted';

/**
 * The machine with the failure of its process, if that ended it. What happened before its last start does not count: without a
 * deploy to compare with, a machine can have failed long ago and run well since.
 */
export function withCrash(machine: CheckedMachine): CheckedMachine {
  const { events, state } = machine;
  const started = events.findIndex(({ type }) => type === 'start');
  if (state !== 'stopped' || started < 0) return machine;
  const found = failureOf(machine, { ...machine, events: events.slice(started) });
  return found?.kind === 'reverted' ? machine : { ...machine, failure: found };
}
