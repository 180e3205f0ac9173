import { pinnedVersion } from '../fly/flyctl/release.ts';
import { failureWords, waitWords } from '../fly/trouble.ts';
import { concurrencyLines, retryFly } from '../lib/advice.ts';
import { counted, formatDuration } from '../lib/format.ts';
import { UserError, type UserErrorParts } from '../lib/user-error.ts';
import { type CheckedMachine, type Expectation, isHealthy, type Unknown } from './compare.ts';
import { leftoverFix, leftoverOf, notIn } from './leftover.ts';
import type { Incomplete } from './observe.ts';
import { isNewVersion } from './release.ts';
import type { Settling } from './settling.ts';

/** Names each machine that is not healthy, its region, both digests, and what to do about it. */
export function notVerified(
  machines: readonly CheckedMachine[],
  expected: Expectation,
  when: string,
): UserError {
  const [first] = machines;
  if (first === undefined) {
    return new UserError({
      code: 'machines-none',
      found: `The app has no machine that this deploy is for, ${when}.`,
      expected: 'one or more machines on the image that was deployed.',
      fix: 'look at `fly machine list`: a machine that `fly machine run` made is not touched by deploys, and `flags` may leave others out.',
    });
  }
  const wrong = machines.filter((machine) => !isHealthy(machine));
  const { digest, digests: accepted } = expected.of(wrong[0] ?? first);
  const platformDigest = accepted.at(-1) ?? digest;
  const digests =
    digest === platformDigest ? digest : `${digest} (index) or ${platformDigest} (its linux/amd64 image)`;
  const release = expected.release(wrong[0] ?? first)?.version;
  const list = `${wrong.slice(0, 20).map(lineOf).join('')}${wrong.length > 20 ? `\n  and ${wrong.length - 20} more` : ''}`;
  return new UserError({
    ...remedy(wrong, machines, expected),
    found: `${headOf(wrong, machines)}, ${when}:${list}`,
    expected: `every machine on ${digests}, well, and of release ${release ? `v${release}` : 'this deploy'}.`,
  });
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
      found: `${listed}, and counts ${incomplete.missing} more than that for the app. Before the deploy it did not.`,
      expected: 'a list of all machines: one that is not listed cannot be verified.',
      fix: retryFly,
    });
  }
  if (incomplete.kind === 'uncounted') {
    return new UserError({
      code: 'machines-count-unknown',
      found: `${listed}. How many the app has, it told before the deploy, and does not tell now.`,
      expected:
        'the app’s count (`machine_count`): of a machine that is new and not listed nothing else tells.',
      fix: retryFly,
    });
  }
  const { ids } = incomplete;
  const names = `${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`;
  return new UserError({
    code: 'machines-lost',
    found: `${listed}, and does not list ${names} any more, which ${ids.length === 1 ? 'was' : 'were'} there before and ${ids.length === 1 ? 'is' : 'are'} not destroyed.`,
    expected: 'every machine from before the deploy in the list, or destroyed.',
    fix: `see \`fly machine status\` of ${ids.length === 1 ? 'it' : 'them'}; ${retryFly}`,
  });
}

/** Machines that keep coming, so that there is always one that has not settled. */
export const unsettled = (settling: Settling | undefined, when: string): UserError =>
  new UserError({
    code: 'machines-unsettled',
    found: `There is always a machine that has not settled, ${when}: ${settling === undefined ? 'none of them' : `machine ${settling.machine.id} in ${settling.machine.region} has run for ${formatDuration(settling.age)}`}.`,
    expected: 'machines that all run their version for `settle-time`.',
    fix: 'a shorter `settle-time`, or see what adds machines while the app is deployed, such as an autoscaler.',
    input: 'settle-time',
  });

/** Machines that run the image in a release of which it is not known whether this deploy made it. */
export const releaseUnknown = (app: string): UserError =>
  new UserError({
    code: 'deploy-release-unknown',
    found: `Every machine that Fly.io lists runs the image. Whether this deploy updated them is not known: flyctl did not print its release, the list of machines was not whole before the deploy, and Fly.io did not tell the releases of app "${app}".`,
    expected: 'a release that each machine can be compared with.',
    fix: `a flyctl that prints it: \`with: flyctl-version: "${pinnedVersion}"\`. Or ${retryFly}`,
    input: 'flyctl-version',
  });

/** How many machines are not as they should be, and in what way. */
function headOf(wrong: readonly CheckedMachine[], machines: readonly CheckedMachine[]): string {
  const unknown = wrong.filter((machine) => machine.unknown !== undefined);
  const unreachable = unknown.filter((machine) => machine.unknown === 'unreachable-host').length;
  if (unknown.length === wrong.length && unreachable === wrong.length)
    return `Could not verify ${counted(unreachable, 'machine')} on unreachable hosts`;
  const all = counted(machines.length, 'machine');
  const others = wrong.filter((machine) => !machine.runsImage && machine.unknown === undefined).length;
  const failed = wrong.some(
    ({ failure, supersededBy }) => failure !== undefined || supersededBy !== undefined,
  );
  if (unknown.length > 0 && others === 0 && !failed) return `Could not verify ${unknown.length} of ${all}`;
  const count = others > 0 ? others : wrong.length;
  const verb = others > 0 ? (count === 1 ? 'does' : 'do') : count === 1 ? 'is' : 'are';
  return `${count} of ${all} ${verb} ${others > 0 ? 'not run the image' : 'not well'}`;
}

const unknownWords: Record<Unknown, string> = {
  'unreachable-host': 'Fly.io does not report its image',
  'no-digest': 'Fly.io does not report the digest of its image',
  containers: 'none of its containers is configured with the digest of the image',
};

function lineOf(machine: CheckedMachine): string {
  const { id, region, state, digest, image, host, containers, failure, waitingFor, supersededBy, unknown } =
    machine;
  const why = [
    failure && failureWords(failure),
    supersededBy && `it is of release v${supersededBy}, which another deploy made meanwhile`,
    waitingFor && waitWords(waitingFor),
    unknown && unknownWords[unknown],
    host !== 'ok' && `its host is ${host}`,
  ].filter((each) => typeof each === 'string');
  const runs =
    containers.length > 0
      ? containers.map((each) => `${each.image} (container ${each.name})`).join(', ')
      : `${digest === undefined ? 'an image whose digest is not reported' : digest}${image === '' ? '' : ` (${image})`}`;
  return `\n  machine ${id} in ${region} (${state}) runs ${runs}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}

const seeMachine = 'see `fly logs` and `fly machine status` of that machine';

function remedy(
  wrong: readonly CheckedMachine[],
  machines: readonly CheckedMachine[],
  expected: Expectation,
): Pick<UserErrorParts, 'code' | 'fix'> {
  const some = (test: (machine: CheckedMachine) => boolean) => wrong.some(test);
  if (some(({ supersededBy }) => supersededBy !== undefined)) {
    const fix = `two deploys ran at once. Let one end before the next begins:\n${concurrencyLines}`;
    return { code: 'machines-superseded', fix };
  }
  if (some(({ failure }) => failure?.kind === 'reverted')) {
    return {
      code: 'machines-reverted',
      fix: `Fly.io put the machine back because its new version failed: ${seeMachine}, mend it, and deploy again.`,
    };
  }
  if (some(({ failure }) => failure?.kind === 'changed')) {
    return {
      code: 'machines-changed',
      fix: 'see `fly machine status` of that machine for what updated it meanwhile: `fly machine update`, `fly secrets set`, another deploy, or Fly.io itself. Deploy again when nothing else changes it.',
    };
  }
  const left = leftoverOf(machines, notIn(expected.before));
  if (left !== undefined && wrong.every(({ id }) => left.ids.includes(id)))
    return { code: 'bluegreen-unfinished', fix: leftoverFix(expected.app, left, machines) };
  const before = new Map(expected.before?.map((machine) => [machine.id, machine]));
  if (!machines.some((machine) => isNewVersion(machine, before.get(machine.id)))) {
    return {
      code: 'deploy-changed-nothing',
      fix: 'see what flyctl says above, and the `flags` of this step: a flag that builds, plans or exports only deploys nothing.',
    };
  }
  // Of what runs another image the image is what is wrong.
  const fails = ({ runsImage, failure }: CheckedMachine) => runsImage && failure !== undefined;
  if (some(fails)) {
    return {
      code: 'machines-unhealthy',
      fix: `${seeMachine}: the image is there, and its process does not stay up or does not pass its checks.`,
    };
  }
  // That others are not there yet is no reason: what is not known has ended the wait.
  const unknown = wrong.filter((machine) => machine.unknown !== undefined);
  if (unknown.length > 0 && wrong.every((machine) => machine.runsImage || unknown.includes(machine)))
    return unknownRemedy(unknown);
  const waits = ({ runsImage, waitingFor }: CheckedMachine) =>
    runsImage && (waitingFor?.kind === 'state' || waitingFor?.kind === 'check');
  if (some(waits)) {
    return {
      code: 'machines-unhealthy',
      fix: `${seeMachine}: the image is there, and its process does not stay up or does not pass its checks.`,
    };
  }
  if (wrong.every(({ runsImage }) => runsImage)) {
    return {
      code: 'machines-not-updated',
      fix: 'see `fly machine status` of that machine: it had this image before, and this deploy did not update it. Deploy again.',
    };
  }
  return {
    code: 'machines-other-image',
    fix: 'see `fly machine status` of that machine, and deploy again. Another deploy at the same time is kept out by `concurrency:` in the workflow.',
  };
}

function unknownRemedy(wrong: readonly CheckedMachine[]): Pick<UserErrorParts, 'code' | 'fix'> {
  const has = (kind: Unknown) => wrong.some(({ unknown }) => unknown === kind);
  if (has('containers')) {
    return {
      code: 'containers-unverifiable',
      fix: 'deploy by digest (`with: deploy-by: digest`), and let one container of each machine have the image that is deployed: `"image": "."` in the machine’s config.',
    };
  }
  if (has('unreachable-host')) {
    const [first] = wrong;
    return {
      code: 'machines-unreachable',
      fix: `https://status.flyio.net tells of outages of hosts. \`fly machine status ${first?.id}\` shows when the host is back: run the job again then. Where it stays away, \`fly machine destroy --force ${first?.id}\` and deploy again.`,
    };
  }
  return { code: 'machines-digest-unknown', fix: retryFly };
}
