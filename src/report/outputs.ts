import { formatReference } from '../registry/reference.ts';
import { shortSha } from '../registry/tag-template.ts';
import type { Facts } from './facts.ts';
import { machinesOutput } from './machines.ts';
import { fleetOf, isDeployed, isVerified, type Outcome, releaseOf, rolledBackTo } from './outcome.ts';

/** Every output, '' where nothing is known, so that a failed step leaves none unwritten. */
export function outputsOf(facts: Facts, outcome: Outcome): Record<string, string> {
  const { known, commit, previous } = facts;
  const { image, plan, mirror, pinned, inputs } = known;
  const release = releaseOf(facts, outcome);
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
    'release-id': release.id ?? '',
    'release-version': release.version ?? '',
    'previous-image': previous?.image ?? '',
    'previous-digest': previous?.digest ?? '',
    machines: machinesOutput(fleetOf(outcome) ?? []),
    verified: String(isVerified(outcome)),
    'rolled-back': String(rolledBackTo(outcome) !== undefined),
    url: known.url ?? '',
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      oneLine(name === 'machines' ? value : value.slice(0, mostOfOutput)),
    ]),
  );
}

/** The doctor is a dry run, however it ends. */
const skippedOf = (outcome: Outcome, doctor: boolean): string =>
  doctor ? 'dry-run' : outcome.kind === 'skipped' ? outcome.reason : '';

/** No reference, id or URL is longer: what is, only Fly.io or a registry that means harm can send. */
const mostOfOutput = 4096;

/** An output is one line: a text of Fly.io's or an image's could otherwise be read as another output by who prints it to a file. */
const oneLine = (value: string): string => value.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');
