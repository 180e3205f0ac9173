import type { Machine } from '../fly/machines.ts';
import { failureOf, type MachineFailure, type MachineWait, waitOf, waitWords } from '../fly/trouble.ts';
import { counted } from '../lib/format.ts';
import type { Scope } from './scope.ts';

/** The digests that name one image. */
export interface ExpectedDigests {
  /** The one that is deployed. */
  readonly digest: string;
  /** All that a machine may report: that one, those of nested indexes, and the linux/amd64 manifest's, from the outside in. */
  readonly digests: readonly string[];
}

/** What machines should run. */
export interface Expectation {
  /** The digests of the image that a machine should run. */
  readonly of: (machine: Machine) => ExpectedDigests;
  readonly scope: Scope;
  /** When the deploy began, in milliseconds since 1970: older events are not its own. */
  readonly since: number;
  /** The version of the release that was made, where flyctl reported it. */
  readonly releaseVersion?: string | undefined;
}

/** A machine, compared with what it should run. */
export interface CheckedMachine extends Machine {
  readonly runsImage: boolean;
  /** The deploy does not manage it, by its flags. */
  readonly excluded: boolean;
  /** What went wrong with it since the deploy. */
  readonly failure: MachineFailure | undefined;
  /** What it still waits for. */
  readonly waitingFor: MachineWait | undefined;
  /** Version of a later release than the deploy's own, where the machine carries one. */
  readonly supersededBy: string | undefined;
}

/** Compares the machines with what they should run. */
export function compare(machines: readonly Machine[], expected: Expectation): CheckedMachine[] {
  const { of, scope, since, releaseVersion } = expected;
  return machines.map((machine) => {
    const { digests } = of(machine);
    const { releaseVersion: version = '' } = machine;
    const later = releaseVersion !== undefined && Number(version) > Number(releaseVersion);
    return {
      ...machine,
      runsImage: machine.digest !== undefined && digests.includes(machine.digest),
      excluded: !scope(machine),
      failure: failureOf(machine, since),
      waitingFor: waitOf(machine),
      supersededBy: later ? version : undefined,
    };
  });
}

/** The machines that the deploy manages. */
export const managed = (machines: readonly CheckedMachine[]): CheckedMachine[] =>
  machines.filter(({ excluded }) => !excluded);

/** Does it run the image, in this deploy's release, with nothing wrong and nothing to wait for? */
export const isHealthy = ({ runsImage, failure, waitingFor, supersededBy }: CheckedMachine): boolean =>
  runsImage && failure === undefined && waitingFor === undefined && supersededBy === undefined;

/** Is this machine as the deploy should have left it, or excluded on purpose? */
export const isFine = (machine: CheckedMachine): boolean => machine.excluded || isHealthy(machine);

/** Can this machine not become healthy by waiting? */
export const isHopeless = ({ failure, supersededBy }: CheckedMachine): boolean =>
  failure !== undefined || supersededBy !== undefined;

/** How many machines are healthy, and why the first of the others is waited for. */
export function standingOf(machines: readonly CheckedMachine[]): {
  readonly healthy: number;
  readonly words: string;
} {
  const meant = managed(machines);
  const healthy = meant.filter(isHealthy).length;
  const excluded = machines.length - meant.length;
  const late = meant.find(({ runsImage, waitingFor }) => runsImage && waitingFor !== undefined);
  const parts = [
    `${healthy} of ${counted(meant.length, 'machine')} ${healthy === 1 ? 'is' : 'are'} right`,
    ...(excluded === 0 ? [] : [`${excluded} left out`]),
    ...(late?.waitingFor === undefined
      ? []
      : [`${late.id} in ${late.region}: ${waitWords(late.waitingFor)}`]),
  ];
  return { healthy, words: parts.join(', ') };
}
