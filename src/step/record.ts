import type { Previous } from '../deploy/previous.ts';
import { indexOf, machineOf } from '../deploy/previous-index.ts';
import { whenAborted } from '../lib/aborted.ts';
import { policies } from '../lib/http.ts';
import { messageOf } from '../lib/user-error.ts';
import { type PlacedImage, type Placements, placementsOf } from '../record/placements.ts';
import { flyRepository } from '../registry/hosts.ts';
import { formatReference, parseReference } from '../registry/reference.ts';
import type { Facts } from '../report/facts.ts';
import { fleetOf, isPlaced, type Outcome, rolledBackTo } from '../report/outcome.ts';
import { logRecorded } from '../report/records.ts';
import type { Runtime } from '../runtime.ts';

/**
 * After a verified deploy or rollback: which image runs where, and its records on GitHub if the inputs ask for them. It never throws
 * and never changes how the run ended.
 */
export async function recordDeployment(rt: Runtime, facts: Facts, outcome: Outcome): Promise<void> {
  const { log } = rt;
  try {
    const placements = await placementsAfter(rt, facts, outcome);
    if (placements === undefined) return;
    facts.keep('placements', placements);
    const { inputs } = facts.known;
    const environment = inputs?.deploymentRecord;
    if (environment === undefined || inputs === undefined) return;
    const { writeRecords } = await import('../record/write.ts');
    const placed = placements.list.map((each) => ({ ...each, app: inputs.app }));
    const options = { environment, token: inputs.githubToken, job: 'this job', ...patience };
    const work = () => writeRecords(rt, placed, options);
    logRecorded(await facts.stage('recorded', 'Record the deployment', work), rt);
  } catch (error) {
    log.debug('Not recorded: record-failed');
    log.notice(
      `The deployment was not recorded: ${messageOf(error)}. The result of the deploy does not change.`,
    );
  }
}

/** The step waits for the records, and so do other deploys of the app. */
const patience = { patience: policies.githubCheck, allTime: 60_000 };

/** What runs where; undefined unless that was verified after a deploy or a rollback. */
async function placementsAfter(rt: Runtime, facts: Facts, outcome: Outcome): Promise<Placements | undefined> {
  const { image } = facts.known;
  const previous = rolledBackTo(outcome);
  if (image === undefined || !isPlaced(outcome)) return undefined;
  const deployed = { image: formatReference(image.repository), digest: image.digest };
  const found = (previous ?? []).map(
    async (each): Promise<[string | undefined, PlacedImage]> => [
      each.group,
      await imageBefore(rt, facts, each, deployed),
    ],
  );
  const before = new Map(await Promise.all(found));
  const imageOf = (group: string) => before.get(group) ?? before.get(undefined) ?? deployed;
  return placementsOf(fleetOf(outcome) ?? [], imageOf, rt.log.hide);
}

/** How long the registry can take to name the index of what runs again, in milliseconds. */
const lookup = 15_000;

/**
 * The image of a rollback, by its index if the registry or the machine names that: Fly.io reports only the image in it, and builds
 * attest the index. A copy in Fly.io's registry is named by the repository that the inputs name.
 */
async function imageBefore(
  rt: Runtime,
  { known }: Facts,
  previous: Previous,
  deployed: PlacedImage,
): Promise<PlacedImage> {
  const { inputs, trigger, before = [] } = known;
  const { reference, digest } = previous;
  const machine = machineOf(previous, before);
  const found =
    machine === undefined || inputs === undefined || rt.cancelled.aborted
      ? undefined
      : await Promise.race([
          indexOf(rt, inputs, machine, digest, trigger?.branch ?? '').catch(() => undefined),
          rt.clock.sleep(lookup).then(() => undefined),
          whenAborted(rt.cancelled).then(() => undefined),
        ]);
  const { host, path } = reference;
  const isCopy = host === flyRepository(path, rt.env).host;
  return {
    image: isCopy ? deployed.image : formatReference({ host, path }),
    digest: found ?? (machine && parseReference(machine.configuredImage || machine.image).digest) ?? digest,
  };
}
