import { plainLine } from '../lib/text.ts';
import { formatReference } from '../registry/reference.ts';
import { shortSha } from '../registry/tag-template.ts';
import type { Facts } from './facts.ts';
import { machinesOutput } from './machines.ts';
import { missingOf } from './missing.ts';
import { fleetOf, isDeployed, isVerified, type Outcome, releaseOf, rolledBackTo } from './outcome.ts';

/**
 * Every output but `state`, `headline` and the paths of reports, '' where nothing is known, so that a failed step leaves none unwritten.
 *
 * @param hide takes secrets out of what Fly.io wrote; references and digests have a form that was checked.
 */
export function outputsOf(
  facts: Facts,
  outcome: Outcome,
  hide: (text: string) => string,
): Record<string, string> {
  const { known, commit, previous } = facts;
  const { image, plan, mirror, pinned, inputs } = known;
  const release = releaseOf(facts, outcome);
  const machines = machinesOutput(
    [...(fleetOf(outcome) ?? []), ...missingOf(facts, outcome)],
    rolledBackTo(outcome) !== undefined,
  );
  const values = {
    image: image ? formatReference((pinned ?? mirror ?? image).reference) : '',
    'source-image': image ? formatReference(image.reference) : '',
    digest: image?.digest ?? '',
    'platform-digest': image?.platformDigest ?? '',
    tag: image?.tag ?? '',
    commit: commit ?? '',
    'short-sha': commit === undefined ? '' : shortSha(commit),
    source: plan?.source ?? '',
    'promoted-from': plan?.source === 'running' ? plan.app : '',
    mirrored: String(mirror !== undefined),
    deployed: String(isDeployed(facts, outcome)),
    skipped: skippedOf(outcome, inputs?.mode === 'doctor'),
    'release-id': hide(release.id ?? ''),
    'release-version': release.version ?? '',
    'previous-image': hide(previous?.image ?? ''),
    'previous-digest': previous?.digest ?? '',
    machines: hide(machines.json),
    'machines-omitted': String(machines.omitted),
    verified: String(isVerified(outcome)),
    drift: driftOf(outcome),
    'rolled-back': String(rolledBackTo(outcome) !== undefined),
    placements: known.placements === undefined ? '' : JSON.stringify(known.placements.list),
    url: hide(known.url ?? ''),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      // One line: it could otherwise be read as another output by who prints it to a file.
      plainLine(lists.includes(name) ? value : value.slice(0, mostOfOutput)),
    ]),
  );
}

/** Why nothing was deployed on purpose. The doctor is a dry run, however it ends. */
export const skippedOf = (outcome: Outcome, doctor: boolean): string =>
  doctor ? 'dry-run' : outcome.kind === 'skipped' ? outcome.reason : '';

/** How what runs differs from what should run; '' unless it was compared. */
export const driftOf = (outcome: Outcome): string => (outcome.kind === 'compared' ? outcome.drift : '');

/** The outputs that have their own limits. */
const lists = ['machines', 'placements'];

/** No reference, id or URL is longer: what is, only Fly.io or a registry that means harm can send. */
const mostOfOutput = 4096;
