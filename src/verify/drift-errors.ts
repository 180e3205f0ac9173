import { retryFly } from '../lib/advice.ts';
import { twice } from '../lib/duration.ts';
import { counted, formatDuration } from '../lib/format.ts';
import { UserError, type UserErrorParts } from '../lib/user-error.ts';
import { type Busy, busyWords } from './busy.ts';
import { type CheckedMachine, type ExpectedDigests, isFine, managed } from './compare.ts';
import { type Drift, type Fleet, givenTo, isMissing, isOther } from './drift.ts';
import { digestWords, listOf, unhealthyFix, unknownRemedy } from './errors.ts';
import { noneManaged } from './no-machine.ts';
import type { Incomplete } from './observe.ts';

/** What a check expects. */
export interface Meant extends ExpectedDigests {
  readonly app: string;
  /** The input that deploys it again, such as `select: commit:…`. */
  readonly line: string;
  /** Whether it is what the app's newest release deployed. */
  readonly isCurrent: boolean;
}

/** The error of machines that do not run the image, or run it and are not healthy; undefined if all are healthy. */
export function driftError(drift: Exclude<Drift, 'busy'>, fleet: Fleet, meant: Meant): UserError | undefined {
  const machines = managed(fleet.machines);
  if (drift === 'none') return unhealthy(machines, meant);
  const parts = partsOf[drift](fleet, machines, meant);
  return new UserError({ expected: `Every machine on ${digestWords(meant)}.`, ...parts });
}

type Parts = Omit<UserErrorParts, 'expected'> & { readonly expected?: string };
type PartsOf = (fleet: Fleet, machines: readonly CheckedMachine[], meant: Meant) => Parts;

const partsOf: Readonly<Record<Exclude<Drift, 'busy' | 'none'>, PartsOf>> = {
  mixed: (_, machines, meant) => ({
    code: 'drift-mixed',
    found: `${some(machines, isOther)} of app "${meant.app}" ${does(machines)} not run the image:${listOf(machines.filter(isOther))}`,
    fix: `${again(meant)} Look for what changed part of the machines, such as \`fly scale count\`, \`fly machine update\`, or a deploy that failed part-way: \`fly releases -a ${meant.app}\`.`,
  }),
  'other-image': (_, machines, meant) => ({
    code: 'drift-other-image',
    found: `No machine of app "${meant.app}" is known to run the image:${listOf(machines.filter(isOther))}`,
    fix: `${again(meant)}${instead(meant)}`,
  }),
  'moved-tag': ({ tags }, machines, meant) => {
    const others = machines.filter(isOther);
    const given = new Set(others.map(givenTo));
    return {
      code: 'drift-moved-tag',
      found: `The machines of app "${meant.app}" were given ${tags.filter((tag) => given.has(tag)).join(' or ')}, which names another image now:${listOf(others)}`,
      fix: `${again(meant)}${instead(meant)}`,
    };
  },
  'missing-machines': ({ incomplete, machines: all }, machines, { app, line }) => ({
    code: 'drift-missing-machines',
    ...(isMissing(incomplete) ? missing(incomplete, machines, app) : noMachine(app, line, all.length)),
  }),
  unreachable: (_, machines, { app }) => {
    const unknown = machines.filter((machine) => machine.unknown !== undefined);
    return {
      ...unknownRemedy(app, unknown),
      found: `What ${unknown.length} of ${counted(machines.length, 'machine')} of app "${app}" ${unknown.length === 1 ? 'runs' : 'run'} is unknown:${listOf(unknown)}`,
    };
  },
};

const some = (machines: readonly CheckedMachine[], test: (machine: CheckedMachine) => boolean): string =>
  `${machines.filter(test).length} of ${counted(machines.length, 'machine')}`;

const does = (machines: readonly CheckedMachine[]): string =>
  machines.filter(isOther).length === 1 ? 'does' : 'do';

const again = ({ line }: Pick<Meant, 'line'>): string =>
  `To deploy the image to all machines, run a step with \`with: ${line}\` and without \`mode: verify\`.`;

/** After a newer deploy, a check of what was deployed last succeeds. */
const instead = ({ isCurrent }: Meant): string =>
  isCurrent
    ? ''
    : ' If another image was deployed on purpose, check for what was deployed last: `with: select: release:current`.';

function missing(
  incomplete: Exclude<Incomplete, { kind: 'uncounted' }>,
  machines: readonly CheckedMachine[],
  app: string,
): Pick<Parts, 'found' | 'expected' | 'fix'> {
  const listed = `Fly.io lists ${counted(machines.length, 'machine')} of app "${app}"`;
  const found =
    incomplete.kind === 'lost'
      ? `${listed}, but no longer ${incomplete.ids.slice(0, 20).join(', ')}, and nothing destroyed ${incomplete.ids.length === 1 ? 'it' : 'them'}.`
      : `${listed}, but counts ${incomplete.missing} more.`;
  return {
    found,
    expected: 'A list of all machines. What a machine runs that is not listed is unknown.',
    fix: `Compare with \`fly machine list -a ${app}\`. ${retryFly}`,
  };
}

/** @param excluded how many machines flags exclude. */
function noMachine(app: string, line: string, excluded: number): Pick<Parts, 'found' | 'expected' | 'fix'> {
  const parts = noneManaged(app, excluded);
  return excluded === 0 ? { ...parts, fix: `${parts.fix} ${again({ line })}` } : parts;
}

function unhealthy(machines: readonly CheckedMachine[], meant: Meant): UserError | undefined {
  const wrong = machines.filter((machine) => !isFine(machine));
  const [first] = wrong;
  if (first === undefined) return undefined;
  return new UserError({
    code: 'machines-unhealthy',
    found: `${wrong.length} of ${counted(machines.length, 'machine')} of app "${meant.app}" ${wrong.length === 1 ? 'runs' : 'run'} the image and ${wrong.length === 1 ? 'is' : 'are'} unhealthy:${listOf(wrong)}`,
    expected: `Every machine healthy, on ${digestWords(meant)}.`,
    fix: unhealthyFix(meant.app, first.id),
  });
}

/** A deploy that has not ended in time, so that what runs cannot be compared with what should run. */
export const stillBusy = (busy: Busy, waited: number, patience: number): UserError =>
  new UserError({
    code: 'drift-busy',
    found: `A deploy is in progress, also after ${formatDuration(waited)}. ${busyWords(busy)}.`,
    expected: 'No deploy during the check, because it changes what should run and what runs.',
    fix: `Run the check again after the deploy, or let it wait longer: \`with: health-timeout: ${twice(Math.max(patience, 1000))}\`.`,
    input: 'health-timeout',
  });
