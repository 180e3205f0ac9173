import type { Machine } from '../fly/machine.ts';
import type { Release } from '../fly/releases.ts';
import { failureOf, type MachineFailure, type MachineWait, waitOf, waitWords } from '../fly/trouble.ts';
import { counted } from '../lib/format.ts';
import { inferRelease, releaseStateOf } from './release.ts';
import type { Scope } from './scope.ts';

/** The digests of one image. */
export interface ExpectedDigests {
  /** The one that is deployed. */
  readonly digest: string;
  /** All that a machine can report: that one, those of nested indexes, and that of the linux/amd64 manifest, from the outside in. */
  readonly digests: readonly string[];
}

/** What machines should run. */
export interface Expectation {
  readonly app: string;
  /** The digests of the image that a machine should run. */
  readonly of: (machine: Machine) => ExpectedDigests;
  /** The release that a machine should be of, as far as flyctl reported it. */
  readonly release: (machine: Machine) => Release | undefined;
  readonly scope: Scope;
  /** The machines right before the deploy; undefined if nothing was deployed and only images are compared. */
  readonly before: readonly Machine[] | undefined;
  /** The newest release before the deploy, if the list of these machines can be incomplete. */
  readonly newestBefore?: number | 'unknown' | undefined;
  /** When these were read, in milliseconds since 1970 on this runner's clock: what is new since then cannot be older. */
  readonly beforeAt?: number | undefined;
}

/** Why it is unknown what a machine runs. */
export type Unknown = 'unreachable-host' | 'no-digest' | 'containers';

/** A machine, compared with what it should run. */
export interface CheckedMachine extends Machine {
  readonly runsImage: boolean;
  /** Names of its containers that are configured with the digest of the image. */
  readonly verifiedContainers: readonly string[];
  /** The deploy does not manage it, by its flags. */
  readonly excluded: boolean;
  /** What went wrong with it since the deploy. */
  readonly failure: MachineFailure | undefined;
  /** What it is still waiting for. */
  readonly waitingFor: MachineWait | undefined;
  /** Version of the machine's release if that is later than the deploy's. */
  readonly supersededBy: string | undefined;
  /** Set where what it runs is not known; `runsImage` is false then. */
  readonly unknown: Unknown | undefined;
}

/** Compares the machines with what they should run. */
export const compare = (machines: readonly Machine[], expected: Expectation): CheckedMachine[] =>
  comparer(expected)(machines);

/**
 * Compares machines with what they should run again and again. A machine that is the same object as in the last comparison, at
 * the same place, is not compared again, and the result is the same object.
 */
export function comparer(expected: Expectation): (machines: readonly Machine[]) => CheckedMachine[] {
  const before = expected.before && new Map(expected.before.map((machine) => [machine.id, machine]));
  let last: readonly Compared[] = [];
  return (machines) => {
    // Once for each group: of thousands of machines, each would be compared with all others.
    const inferred = new Map<string, Release | undefined>();
    const inferredOf = (group: string) => {
      if (!inferred.has(group))
        inferred.set(
          group,
          inferRelease(group, machines, expected.before ?? machines, expected.newestBefore),
        );
      return inferred.get(group);
    };
    last = machines.map((machine, n) => {
      const made = expected.release(machine) ?? inferredOf(machine.group);
      const old = last[n];
      if (old?.machine === machine && old.made?.id === made?.id && old.made?.version === made?.version)
        return old;
      const was = before === undefined ? machine : before.get(machine.id);
      return { machine, made, checked: checkedOf(machine, was, made, expected) };
    });
    return last.map(({ checked }) => checked);
  };
}

/** The comparison of one machine, and what its result depends on. */
interface Compared {
  readonly machine: Machine;
  readonly made: Release | undefined;
  readonly checked: CheckedMachine;
}

/** @param made the deploy's release, as far as it is known. */
function checkedOf(
  machine: Machine,
  old: Machine | undefined,
  made: Release | undefined,
  expected: Expectation,
): CheckedMachine {
  const { digests } = expected.of(machine);
  const release = expected.before === undefined ? 'this' : releaseStateOf(machine, old, made);
  const late: MachineWait | undefined =
    release === 'earlier' ? { kind: 'release', version: machine.releaseVersion } : undefined;
  const verifiedContainers = machine.containers
    .filter(({ image }) => digests.some((digest) => image.endsWith(`@${digest}`)))
    .map(({ name }) => name);
  // Of a machine with containers, one has to run the image by its configured reference: Fly.io reports no digests of them.
  const runsImage =
    machine.containers.length > 0
      ? verifiedContainers.length > 0
      : machine.digest !== undefined && digests.includes(machine.digest);
  // flyctl replaces a machine on an unreachable host with one that has another id (machines_launchinput.go, RequiresReplacement).
  // Without a deploy, no machine is new.
  const isMade = old === undefined && release === 'this';
  return {
    ...machine,
    runsImage,
    verifiedContainers,
    excluded: !expected.scope(machine, isMade),
    failure: failureOf(machine, old),
    waitingFor: waitOf(machine, old) ?? late,
    supersededBy: release === 'later' ? machine.releaseVersion : undefined,
    unknown: runsImage ? undefined : unknownOf(machine),
  };
}

function unknownOf({ digest, containers, host }: Machine): Unknown | undefined {
  if (containers.length > 0) return 'containers';
  if (digest !== undefined) return undefined;
  return host === 'ok' ? 'no-digest' : 'unreachable-host';
}

/** The machines that the deploy manages. */
export const managed = (machines: readonly CheckedMachine[]): CheckedMachine[] =>
  machines.filter(({ excluded }) => !excluded);

/** Whether it runs the image in this deploy's release, without a failure and without anything to wait for. */
export const isHealthy = ({ runsImage, failure, waitingFor, supersededBy }: CheckedMachine): boolean =>
  runsImage && failure === undefined && waitingFor === undefined && supersededBy === undefined;

/** Whether it runs the image in this deploy's release, healthy or not. */
export const isRunning = ({ runsImage, waitingFor }: CheckedMachine): boolean =>
  runsImage && waitingFor?.kind !== 'release';

/** Whether the machine is healthy, or excluded on purpose. */
export const isFine = (machine: CheckedMachine): boolean => machine.excluded || isHealthy(machine);

/** Whether waiting cannot make the machine healthy. */
export const isHopeless = ({ failure, supersededBy, unknown }: CheckedMachine): boolean =>
  failure !== undefined || supersededBy !== undefined || unknown !== undefined;

/** How many machines are healthy, and why the first of the others is waited for. */
export function standingOf(machines: readonly CheckedMachine[]): {
  readonly healthy: number;
  readonly words: string;
} {
  const ours = managed(machines);
  const healthy = ours.filter(isHealthy).length;
  const excluded = machines.length - ours.length;
  const late = ours.find(({ runsImage, waitingFor }) => runsImage && waitingFor !== undefined);
  const isOne = healthy === 1 || ours.length === 1;
  const parts = [
    `${healthy} of ${counted(ours.length, 'machine')} ${isOne ? 'runs' : 'run'} the image and ${isOne ? 'is' : 'are'} healthy`,
    ...(excluded === 0 ? [] : [`${excluded} excluded by \`flags\``]),
    ...(late?.waitingFor === undefined
      ? []
      : [`${late.id} in ${late.region}: ${waitWords(late.waitingFor)}`]),
  ];
  return { healthy, words: parts.join(', ') };
}
