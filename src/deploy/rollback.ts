import type { Machine } from '../fly/machines.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../runtime.ts';
import { compare } from '../verify/compare.ts';
import type { Proof } from '../verify/verifier.ts';
import { type DeployBy, deploy } from './deploy.ts';
import { isUntouched, notRolledBack, previousOf, rollbackFlags, rolledBack, whyFailed } from './previous.ts';

/**
 * What a failed deploy ends with: its own failure, and where `rollback` is true what came of deploying again what
 * ran before. The step is red in any case. Nothing is rolled back after a cancel, and nothing is guessed.
 */
export async function wayBack(
  failure: unknown,
  world: World,
  inputs: Inputs,
  report: Report,
  proof: Proof,
  by: DeployBy,
): Promise<unknown> {
  const { log, clock, cancelled } = world;
  if (!(failure instanceof UserError) || cancelled.aborted) return failure;
  const { before } = report;
  const now = await report.look?.().catch(() => undefined);
  const began = report.deployStartedAt ?? 0;
  // flyctl stops at the first error: what it left behind is worth seeing.
  if (!report.deployed && now !== undefined) report.machines = compare(now, proof.expected(began));
  if (!inputs.rollback) {
    const hint = '`rollback: true` deploys again what ran before, by itself.';
    return report.deployed && isTroubled(report) ? failure.advise(hint) : failure;
  }
  if (!report.deployed && now !== undefined && isUntouched(now, before, proof.scope)) {
    return failure.after('Nothing to roll back: every machine runs what it ran before.');
  }
  const previous = previousOf(before, proof.scope);
  if (typeof previous === 'string') return notRolledBack(failure, previous);

  log.line(failure.message);
  const digests = new Map(previous.map(({ group, digest }) => [group, digest]));
  let last: readonly Machine[] | undefined;
  const digestOf = (group: string): string => digests.get(group) ?? digests.get(undefined) ?? '';
  try {
    return await report.step('Roll back', async () => {
      const since = clock.now();
      for (const each of previous) {
        const flags = rollbackFlags(inputs.flags, each, inputs.rollbackReleaseCommand);
        const { reference } = each;
        await log.group(`Roll back: flyctl deploy --image ${formatReference(reference)}`, () =>
          deploy({ ...inputs, flags, noCache: false, reference }, { ...world, ...by }),
        );
      }
      const machines = await log.group('Verify what the machines run again', () =>
        proof.verifyAgain(
          {
            of: ({ group }) => ({ digest: digestOf(group), platformDigest: digestOf(group) }),
            scope: proof.scope,
            since,
          },
          (seen) => {
            last = seen;
          },
        ),
      );
      report.rolledBack = previous;
      return rolledBack(failure, machines.length, previous);
    });
  } catch (error) {
    last = (await report.look?.().catch(() => undefined)) ?? last;
    return cancelled.aborted ? failure : notRolledBack(failure, whyFailed(error));
  } finally {
    // The table is about the image that was to be deployed, and so is the output `machines`. After a rollback that
    // was verified it is made of that very look: a later one could contradict what is said.
    if (last !== undefined) report.machines = compare(last, proof.expected(began));
  }
}

/** Did the new version fail by itself, and not by another deploy at the same time? */
const isTroubled = ({ machines = [] }: Report): boolean =>
  machines.some(({ failure, waitingFor }) => (failure ?? waitingFor) !== undefined) &&
  machines.every(({ supersededBy }) => supersededBy === undefined);
