import type { Machine } from '../fly/machines.ts';
import { failureOf, waitingForOf } from '../fly/trouble.ts';
import type { TickingClock } from '../lib/clock.ts';
import { counted, formatDuration } from '../lib/duration.ts';
import { waiting } from '../lib/progress.ts';
import { UserError } from '../lib/user-error.ts';
import type { Scope } from './scope.ts';

/** The digests that a machine may report for one image: the index's, or its linux/amd64 child's. */
export interface ExpectedDigests {
  readonly digest: string;
  readonly platformDigest: string;
}

/** What machines should run. */
export interface Expectation {
  /** The digests that are right for a machine. */
  readonly of: (machine: Machine) => ExpectedDigests;
  readonly scope: Scope;
  /** When the deploy began, in milliseconds since 1970: older events are not its own. */
  readonly since: number;
  /** The version of the release that was made, where flyctl said it. */
  readonly releaseVersion?: string | undefined;
}

/** A machine, held against what it should run. */
export interface CheckedMachine extends Machine {
  readonly runsImage: boolean;
  /** The deploy was told to leave it out. */
  readonly excluded: boolean;
  /** What went wrong with it since the deploy, in words. */
  readonly failure: string | undefined;
  /** What is not as it should be yet. */
  readonly waitingFor: string | undefined;
  /** Version of a later release than the deploy's own, where the machine carries one. */
  readonly supersededBy: string | undefined;
}

export interface VerifyWorld {
  readonly list: () => Promise<Machine[]>;
  readonly clock: TickingClock;
  readonly log: (line: string) => void;
  /** Called after each look, so that a failure in a later one still shows what was seen. */
  readonly seen: (machines: readonly CheckedMachine[]) => void;
  /** Asks the app itself, until it answers as it should or the time is over; gives up with a UserError. */
  readonly health: (() => Promise<void>) | undefined;
}

export interface Patience {
  readonly settleTime: number;
  /** How long a machine's health checks may take to pass. */
  readonly healthTimeout: number;
}

/** Fly.io takes one list request a second for an app (docs, working-with-machines-api, "Rate limits"). */
const betweenLooks = 1500;
/** A machine that is just on its way at the last look has so long to arrive. */
const lastArrival = 15_000;

/** Holds the machines against what they should run. */
export function compare(machines: readonly Machine[], expected: Expectation): CheckedMachine[] {
  const { of, scope, since, releaseVersion } = expected;
  return machines.map((machine) => {
    const { digest, platformDigest } = of(machine);
    const { releaseVersion: version = '' } = machine;
    const later = releaseVersion !== undefined && Number(version) > Number(releaseVersion);
    return {
      ...machine,
      runsImage:
        machine.digest !== undefined && (machine.digest === digest || machine.digest === platformDigest),
      excluded: !scope(machine),
      failure: failureOf(machine, since),
      waitingFor: waitingForOf(machine),
      supersededBy: later ? version : undefined,
    };
  });
}

/** How many are right, and why the first of the others is waited for. */
function standingOf(machines: readonly CheckedMachine[]): { readonly right: number; readonly words: string } {
  const meant = inScope(machines);
  const right = meant.filter(isHealthy).length;
  const out = machines.length - meant.length;
  const late = meant.find((machine) => machine.runsImage && machine.waitingFor !== undefined);
  const parts = [
    `${right} of ${counted(meant.length, 'machine')} ${right === 1 ? 'is' : 'are'} right`,
    ...(out === 0 ? [] : [`${out} left out`]),
    ...(late === undefined ? [] : [`${late.id} in ${late.region}: ${late.waitingFor}`]),
  ];
  return { right, words: parts.join(', ') };
}

const inScope = (machines: readonly CheckedMachine[]) => machines.filter(({ excluded }) => !excluded);
const isHealthy = ({ runsImage, failure, waitingFor, supersededBy }: CheckedMachine): boolean =>
  runsImage && failure === undefined && waitingFor === undefined && supersededBy === undefined;

/** Is this machine as the deploy should have left it, or left out on purpose? */
export const isFine = (machine: CheckedMachine): boolean => machine.excluded || isHealthy(machine);

/**
 * Looks until every machine runs the image and passes its checks, asks the app itself, waits the settle time, and
 * looks again: flyd can put a machine back to its old image seconds after flyctl saw it started and went home
 * (superfly/flyctl#4921). Nothing is green that was not so in the last look, and nothing comes after that.
 *
 * A machine that does not run it at first has the settle time to get there. What does not pass by itself, a
 * revert or a process that failed, is not waited for.
 *
 * @throws UserError that names each machine that is not right, its region and both digests.
 */
export async function verifyMachines(
  expected: Expectation,
  { settleTime, healthTimeout }: Patience,
  { list, clock, log, seen, health }: VerifyWorld,
): Promise<CheckedMachine[]> {
  let standing = { right: -1, words: '' };
  const look = async (when: string, again: boolean): Promise<CheckedMachine[]> => {
    const machines = compare(await list(), expected);
    seen(machines);
    const found = standingOf(machines);
    // A look that sees as many as the one before is for the wait's own lines to say.
    if (!again || found.right !== standing.right) log(`${when}: ${found.words}`);
    standing = found;
    return inScope(machines);
  };
  const good = (machines: readonly CheckedMachine[]) => machines.length > 0 && machines.every(isHealthy);
  const hopeless = (machines: readonly CheckedMachine[]) =>
    machines.some(({ failure, supersededBy }) => failure !== undefined || supersededBy !== undefined);
  /** Looks until all is well, as long as it may become so. */
  const arrive = async (
    first: string,
    patience: (machines: readonly CheckedMachine[]) => number,
    fail: string,
  ) => {
    const begin = clock.now();
    let limit = settleTime;
    const wait = { what: 'the machines', limit: () => limit, how: () => standing.words };
    return waiting(wait, { clock, log }, async () => {
      for (let again = false; ; again = true) {
        const machines = await look(again ? 'Looking again' : first, again);
        if (good(machines)) return machines;
        limit = patience(machines);
        const late = clock.now() - begin + betweenLooks > limit;
        if (late || hopeless(machines)) throw notRight(machines, expected, fail);
        await clock.sleep(betweenLooks);
      }
    });
  };

  // All run it, and a check does not pass yet: that has the time of health, not of settling.
  const patience = (machines: readonly CheckedMachine[]) =>
    machines.length > 0 && machines.every(({ runsImage }) => runsImage)
      ? Math.max(settleTime, healthTimeout)
      : settleTime;
  let machines = await arrive('First look', patience, 'after the deploy');
  await health?.();
  if (settleTime > 0) {
    log(
      `Settling for ${formatDuration(settleTime)}: a machine whose new image fails is put back seconds after it started`,
    );
    const settling = { what: 'the machines to settle', limit: () => settleTime, how: () => standing.words };
    await waiting(settling, { clock, log }, () => clock.sleep(settleTime));
    await health?.();
    const transit = (seen: readonly CheckedMachine[]) =>
      seen.every(({ runsImage }) => runsImage) ? lastArrival : 0;
    machines = await arrive('Last look', transit, `after ${formatDuration(settleTime)} of settling`);
  } else if (health !== undefined) {
    machines = await arrive('Last look', () => 0, 'after the app answered');
  }
  return machines;
}

function notRight(machines: readonly CheckedMachine[], expected: Expectation, when: string): UserError {
  const [first] = machines;
  if (first === undefined) {
    return new UserError({
      found: `The app has no machine that this deploy is for, ${when}.`,
      expected: 'one or more machines on the image that was deployed.',
      fix: 'look at `fly machine list`: a machine that `fly machine run` made is not touched by deploys, and `flags` may leave others out.',
    });
  }
  const wrong = machines.filter((machine) => !isHealthy(machine));
  const race = wrong.find(({ supersededBy }) => supersededBy !== undefined);
  const { digest, platformDigest } = expected.of(wrong[0] ?? first);
  const digests =
    digest === platformDigest ? digest : `${digest} (index) or ${platformDigest} (its linux/amd64 image)`;
  const others = wrong.filter(({ runsImage }) => !runsImage).length;
  const what = others > 0 ? 'not run the image' : 'not well';
  const count = others > 0 ? others : wrong.length;
  const verb = others > 0 ? (count === 1 ? 'does' : 'do') : count === 1 ? 'is' : 'are';
  return new UserError({
    found: `${count} of ${counted(machines.length, 'machine')} ${verb} ${what}, ${when}:${wrong.slice(0, 20).map(lineOf).join('')}${wrong.length > 20 ? `\n  and ${wrong.length - 20} more` : ''}`,
    expected: `every machine on ${digests}, well, and of release ${expected.releaseVersion ? `v${expected.releaseVersion}` : 'this deploy'}.`,
    fix: remedy(wrong, race !== undefined),
  });
}

function lineOf({
  id,
  region,
  state,
  digest,
  image,
  host,
  failure,
  waitingFor,
  supersededBy,
}: CheckedMachine): string {
  const why = [
    failure,
    supersededBy && `it is of release v${supersededBy}, which another deploy made meanwhile`,
    waitingFor,
    host !== 'ok' && `its host is ${host}`,
  ].filter((each) => typeof each === 'string');
  const runs = digest === undefined ? 'an image whose digest is not reported' : digest;
  return `\n  machine ${id} in ${region} (${state}) runs ${runs}${image === '' ? '' : ` (${image})`}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}

export const concurrencyLines = 'concurrency:\n  group: deploy-<app>\n  cancel-in-progress: false';

function remedy(wrong: readonly CheckedMachine[], race: boolean): string {
  if (race) return `two deploys ran at once. Let one end before the next begins:\n${concurrencyLines}`;
  if (wrong.some(({ failure }) => failure?.startsWith('reverted'))) {
    return 'Fly.io put the machine back because its new version failed: see `fly logs` and `fly machine status` of that machine, mend it, and deploy again.';
  }
  if (wrong.some(({ failure, waitingFor }) => failure ?? waitingFor)) {
    return 'see `fly logs` and `fly machine status` of that machine: the image is there, and its process does not stay up or does not pass its checks.';
  }
  return 'see `fly machine status` of that machine, and deploy again. Another deploy at the same time is kept out by `concurrency:` in the workflow.';
}
