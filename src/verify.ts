import type { Clock } from './clock.ts';
import { counted, formatDuration } from './duration.ts';
import { Fault } from './fault.ts';
import type { Machine, MachineEvent } from './fly/machines.ts';
import { shortDigest } from './reference.ts';

/** The digests that a machine may report for one image: the index's, or its linux/amd64 child's. */
export interface ExpectedDigests {
  readonly digest: string;
  readonly platformDigest: string;
}

/** A machine, held against what it should run. */
export interface SeenMachine extends Machine {
  readonly runsIt: boolean;
  /** A revert by Fly.io since the deploy began, which explains an old image. */
  readonly reverted: MachineEvent | undefined;
}

export interface VerifyWorld {
  readonly list: () => Promise<Machine[]>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Called after each look, so that a failure in a later one still shows what was seen. */
  readonly seen: (machines: readonly SeenMachine[]) => void;
}

/** Fly.io takes one list request a second for an app (docs, working-with-machines-api, "Rate limits"). */
const betweenLooks = 1500;

/**
 * Holds the machines against the image that was deployed.
 *
 * @param since when the deploy began, in milliseconds: older events are not its own.
 */
export function compare(
  machines: readonly Machine[],
  expected: ExpectedDigests,
  since: number,
): SeenMachine[] {
  return machines.map((machine) => ({
    ...machine,
    runsIt:
      machine.digest !== undefined &&
      (machine.digest === expected.digest || machine.digest === expected.platformDigest),
    reverted: machine.events.find(({ type, timestamp }) => type === 'revert' && timestamp >= since),
  }));
}

/**
 * Looks until every machine runs the image, waits the settle time, and looks again: flyd can put a machine
 * back to its old image seconds after flyctl saw it started and went home (superfly/flyctl#4921).
 *
 * A machine that does not run it at first has the settle time to get there.
 *
 * @throws Fault that names each machine on another image, its region and both digests.
 */
export async function verifyMachines(
  expected: ExpectedDigests,
  since: number,
  settleTime: number,
  { list, clock, log, seen }: VerifyWorld,
): Promise<SeenMachine[]> {
  const look = async (when: string): Promise<SeenMachine[]> => {
    const machines = compare(await list(), expected, since);
    seen(machines);
    const right = machines.filter(({ runsIt }) => runsIt).length;
    log(
      `${when}: ${right} of ${counted(machines.length, 'machine')} ${right === 1 ? 'runs' : 'run'} ${shortDigest(expected.digest)}`,
    );
    return machines;
  };
  const good = (machines: readonly SeenMachine[]) =>
    machines.length > 0 && machines.every(({ runsIt }) => runsIt);

  const begin = clock.now();
  let machines = await look('First look');
  while (!good(machines) && clock.now() - begin + betweenLooks <= settleTime) {
    await clock.sleep(betweenLooks);
    machines = await look('Looking again');
  }
  if (!good(machines)) throw notRunning(machines, expected, 'after the deploy');
  if (settleTime > 0) {
    log(
      `Settling for ${formatDuration(settleTime)}: a machine whose new image fails is put back seconds after it started`,
    );
    await clock.sleep(settleTime);
    machines = await look('Last look');
    if (!good(machines))
      throw notRunning(machines, expected, `after ${formatDuration(settleTime)} of settling`);
  }
  return machines;
}

function notRunning(machines: readonly SeenMachine[], expected: ExpectedDigests, when: string): Fault {
  const digests =
    expected.digest === expected.platformDigest
      ? expected.digest
      : `${expected.digest} (index) or ${expected.platformDigest} (its linux/amd64 image)`;
  if (machines.length === 0) {
    return new Fault({
      seen: `The app has no machine that deploys manage, ${when}.`,
      expected: `one or more machines on ${digests}.`,
      change: 'look at `fly machine list`: a machine that `fly machine run` made is not touched by deploys.',
    });
  }
  const wrong = machines.filter(({ runsIt }) => !runsIt);
  const lines = wrong.map(({ id, region, state, digest, image, reverted, host }) => {
    const why = [
      reverted &&
        `reverted by ${reverted.source || 'Fly.io'}${reverted.status ? ` (${reverted.status})` : ''}`,
      host !== 'ok' && `its host is ${host}`,
    ].filter((each) => typeof each === 'string');
    return `\n  machine ${id} in ${region} (${state}) runs ${digest ?? 'an image whose digest is not reported'}${image === '' ? '' : ` (${image})`}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
  });
  return new Fault({
    seen: `${wrong.length} of ${counted(machines.length, 'machine')} ${wrong.length === 1 ? 'does' : 'do'} not run the image, ${when}:${lines.join('')}`,
    expected: `every machine on ${digests}.`,
    change: wrong.some(({ reverted }) => reverted)
      ? 'Fly.io put the machine back because its new version failed: see `fly logs` and `fly machine status` of that machine, mend it, and deploy again.'
      : 'see `fly machine status` of that machine, and deploy again. Another deploy at the same time is kept out by `concurrency:` in the workflow.',
  });
}
