import { pinnedVersion } from '../fly/flyctl/release.ts';
import { failureWords, waitWords } from '../fly/trouble.ts';
import { concurrencyLines, retryFly } from '../lib/advice.ts';
import { counted, formatDuration } from '../lib/format.ts';
import { UserError, type UserErrorParts } from '../lib/user-error.ts';
import { shortDigest } from '../registry/reference.ts';
import {
  type CheckedMachine,
  type Expectation,
  type ExpectedDigests,
  isHealthy,
  isRunning,
  type Unknown,
} from './compare.ts';
import { leftoverFix, leftoverOf, notIn } from './leftover.ts';
import { noneManaged } from './no-machine.ts';
import type { Incomplete } from './observe.ts';
import { isNewVersion } from './release.ts';
import type { Settling } from './settling.ts';

/**
 * Names each machine that is not healthy, its region, both digests, and how to fix it; or why there is none.
 *
 * @param machines those that the deploy is for. @param listed how many there are with those that flags exclude.
 */
export function notVerified(
  machines: readonly CheckedMachine[],
  expected: Expectation,
  when: string,
  listed = 0,
): UserError {
  const wrong = machines.filter((machine) => !isHealthy(machine));
  const [first] = wrong;
  if (first === undefined) {
    return new UserError({
      code: 'machines-none',
      ...noneManaged(expected.app, listed, `, ${when}`),
    });
  }
  const digests = digestWords(expected.of(first));
  const release = expected.release(first)?.version;
  return new UserError({
    ...remedy(first, wrong, machines, expected),
    found: `${headOf(wrong, machines)}, ${when}:${listOf(wrong)}`,
    expected: `Every machine healthy, on ${digests}, in ${release ? `release v${release}` : 'the release of this deploy'}.`,
  });
}

/** The digests that a machine can report of an image. */
export function digestWords({ digest, digests }: ExpectedDigests): string {
  const platformDigest = digests.at(-1) ?? digest;
  return digest === platformDigest
    ? shortDigest(digest)
    : `${shortDigest(digest)} (index) or ${shortDigest(platformDigest)} (its linux/amd64 image)`;
}

/** A list that cannot be all machines of the app. */
export function incompleteList(
  incomplete: Incomplete,
  machines: readonly CheckedMachine[],
  when: string,
): UserError {
  const listed = `Fly.io lists ${counted(machines.length, 'machine')}, ${when}`;
  if (incomplete.kind === 'fewer') {
    return new UserError({
      code: 'machines-list-incomplete',
      found: `${listed}, but counts ${incomplete.missing} more for the app. Before the deploy, both numbers matched.`,
      expected: 'A list of all machines. A machine that is not listed cannot be verified.',
      fix: retryFly,
    });
  }
  if (incomplete.kind === 'uncounted') {
    return new UserError({
      code: 'machines-count-unknown',
      found: `${listed}. It reported the app’s number of machines before the deploy, and does not report it now.`,
      expected:
        'The app’s number of machines (`machine_count`). Without it, a new machine that is missing in the list would not be noticed.',
      fix: retryFly,
    });
  }
  const { ids } = incomplete;
  const names = `${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`;
  return new UserError({
    code: 'machines-lost',
    found: `${listed}. ${names} ${ids.length === 1 ? 'is' : 'are'} missing, but listed before the deploy and never destroyed.`,
    expected: 'Every machine from before the deploy, either listed or destroyed.',
    fix: `Check \`fly machine status ${ids[0]}\`. ${retryFly}`,
  });
}

/** Machines that keep coming, so that there is always one that has not settled. */
export const unsettled = (settling: Settling | undefined, when: string): UserError =>
  new UserError({
    code: 'machines-unsettled',
    found: `The machines do not settle: machines are added repeatedly. ${when.charAt(0).toUpperCase()}${when.slice(1)}, ${settling === undefined ? 'no machine has settled' : `machine ${settling.machine.id} in ${settling.machine.region} has run for ${formatDuration(settling.age)}`}.`,
    expected: 'Machines that all run their version for `settle-time`.',
    fix: 'Pause what adds machines during the deploy, such as an autoscaler, or set a shorter time: `with: settle-time: 10s`.',
    input: 'settle-time',
  });

/** Machines that run the image in a release that is possibly not this deploy's. */
export const releaseUnknown = (app: string): UserError =>
  new UserError({
    code: 'deploy-release-unknown',
    found: `Every listed machine runs the image, but whether this deploy updated them is unknown: flyctl did not print its release, the list of machines was incomplete before the deploy, and Fly.io did not return the releases of app "${app}".`,
    expected: 'A release to compare each machine with.',
    fix: `Use a flyctl that prints it: \`with: flyctl-version: "${pinnedVersion}"\`. Or run the job again.`,
    input: 'flyctl-version',
  });

/** How many machines are wrong, and in which way. */
function headOf(wrong: readonly CheckedMachine[], machines: readonly CheckedMachine[]): string {
  if (wrong.every(({ unknown }) => unknown === 'unreachable-host'))
    return `Could not verify ${counted(wrong.length, 'machine')} on unreachable hosts`;
  const unknown = wrong.filter((machine) => machine.unknown !== undefined);
  const all = counted(machines.length, 'machine');
  if (wrong.every(({ supersededBy }) => supersededBy !== undefined))
    return `Another deploy changed ${wrong.length} of ${all}`;
  if (wrong.every(({ runsImage, waitingFor }) => runsImage && waitingFor?.kind === 'release'))
    return `This deploy did not update ${wrong.length} of ${all}`;
  const others = wrong.filter((machine) => !machine.runsImage && machine.unknown === undefined).length;
  const failed = wrong.some(
    ({ failure, supersededBy }) => failure !== undefined || supersededBy !== undefined,
  );
  if (unknown.length > 0 && others === 0 && !failed) return `Could not verify ${unknown.length} of ${all}`;
  const count = others > 0 ? others : wrong.length;
  const verb = others > 0 ? (count === 1 ? 'does' : 'do') : count === 1 ? 'is' : 'are';
  return `${count} of ${all} ${verb} ${others > 0 ? 'not run the image' : 'unhealthy'}`;
}

const unknownWords: Record<Unknown, string> = {
  'unreachable-host': 'Fly.io does not report its image',
  'no-digest': 'Fly.io does not report the digest of its image',
  containers: 'none of its containers is configured with the digest of the image',
};

/** A line for each of the first machines: where it is, what it runs, and what is wrong with it. */
export const listOf = (machines: readonly CheckedMachine[]): string =>
  `${machines.slice(0, 20).map(lineOf).join('')}${machines.length > 20 ? `\n  and ${machines.length - 20} more` : ''}`;

function lineOf(machine: CheckedMachine): string {
  const { id, region, state, digest, image, host, containers, failure, waitingFor, supersededBy, unknown } =
    machine;
  const why = [
    failure && failureWords(failure),
    supersededBy && `it is in release v${supersededBy} of another deploy`,
    waitingFor && waitWords(waitingFor),
    unknown && unknownWords[unknown],
    host !== 'ok' && `its host is ${host}`,
  ].filter((each) => typeof each === 'string');
  const runs =
    containers.length > 0
      ? containers.map((each) => `${each.image} (container ${each.name})`).join(', ')
      : `${digest === undefined ? 'an image whose digest is not reported' : shortDigest(digest)}${image === '' ? '' : ` (${image})`}`;
  return `\n  machine ${id} in ${region} (${state}) runs ${runs}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}

/** The first sentence of advice about an image that fails. */
export const correctImage = 'Correct the image, then push.';

/** How to find out what is wrong with a machine. */
const seeMachine = (app: string, id: string): string =>
  `\`fly logs -a ${app} -i ${id}\` and \`fly machine status ${id} -a ${app}\` show why.`;

/** How to fix machines that run the image and fail. */
export const unhealthyFix = (app: string, id: string): string =>
  `Correct the app: the machine runs the image, but its process exits or does not pass its checks. ${seeMachine(app, id)}`;

function remedy(
  first: CheckedMachine,
  wrong: readonly CheckedMachine[],
  machines: readonly CheckedMachine[],
  expected: Expectation,
): Pick<UserErrorParts, 'code' | 'fix'> {
  const { app } = expected;
  if (wrong.some(({ supersededBy }) => supersededBy !== undefined)) {
    const fix = `Keep deploys of this app from overlapping:\n${concurrencyLines(app)}`;
    return { code: 'machines-superseded', fix };
  }
  const reverted = wrong.find(({ failure }) => failure?.kind === 'reverted');
  if (reverted !== undefined) {
    return {
      code: 'machines-reverted',
      fix: `${correctImage} Fly.io reverted the machine because its new version failed. ${seeMachine(app, reverted.id)}`,
    };
  }
  const changed = wrong.find(({ failure }) => failure?.kind === 'changed');
  if (changed !== undefined) {
    return {
      code: 'machines-changed',
      fix: `Find out what updated the machine meanwhile, then deploy again: \`fly machine update\`, \`fly secrets set\`, another deploy, or Fly.io. \`fly machine status ${changed.id} -a ${app}\` lists its events.`,
    };
  }
  const left = leftoverOf(machines, notIn(expected.before));
  const leftIds = new Set(left?.ids);
  if (left !== undefined && wrong.every(({ id }) => leftIds.has(id)))
    return { code: 'bluegreen-unfinished', fix: leftoverFix(app, left, machines) };
  const before = new Map(expected.before?.map((machine) => [machine.id, machine]));
  if (!machines.some((machine) => isNewVersion(machine, before.get(machine.id)))) {
    return {
      code: 'deploy-changed-nothing',
      fix: 'Remove flags that only build, plan or export from `flags`, and check the output of flyctl.',
    };
  }
  const failed = wrong.find(({ runsImage, failure }) => runsImage && failure !== undefined);
  if (failed !== undefined) return { code: 'machines-unhealthy', fix: unhealthyFix(app, failed.id) };
  const other = wrong.find(({ runsImage, unknown }) => !runsImage && unknown === undefined);
  const unknown = wrong.filter((machine) => machine.unknown !== undefined);
  // Machines that have not arrived yet do not matter here: an unknown one has ended the wait.
  if (other === undefined && unknown.length > 0) return unknownRemedy(app, unknown);
  const waits = wrong.find(isRunning);
  if (waits !== undefined) return { code: 'machines-unhealthy', fix: unhealthyFix(app, waits.id) };
  if (other === undefined) {
    return {
      code: 'machines-not-updated',
      fix: `Deploy again. The machine had this image before, and this deploy did not update it. ${seeMachine(app, first.id)}`,
    };
  }
  return {
    code: 'machines-other-image',
    fix: `Deploy again. ${seeMachine(app, other.id)} If another deploy ran at the same time, keep deploys from overlapping:\n${concurrencyLines(app)}`,
  };
}

/** How to find out what machines run. */
export function unknownRemedy(
  app: string,
  wrong: readonly CheckedMachine[],
): Pick<UserErrorParts, 'code' | 'fix'> {
  const of = (kind: Unknown) => wrong.find(({ unknown }) => unknown === kind);
  if (of('containers') !== undefined) {
    return {
      code: 'containers-unverifiable',
      fix: 'Deploy by digest (`with: deploy-by: digest`), and give one container of each machine the deployed image: `"image": "."` in the machine’s config.',
    };
  }
  const unreachable = of('unreachable-host');
  if (unreachable !== undefined) {
    const { id } = unreachable;
    return {
      code: 'machines-unreachable',
      fix: `Run the job again when \`fly machine status ${id} -a ${app}\` shows that the host is back (https://status.flyio.net). If it stays unreachable, destroy the machine and deploy again: \`fly machine destroy --force ${id} -a ${app}\`.`,
    };
  }
  return { code: 'machines-digest-unknown', fix: retryFly };
}
