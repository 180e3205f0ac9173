import { type Json, parseJsonObject } from '../lib/json.ts';
import { mostOfLabel } from '../lib/text.ts';
import { isDigest } from '../registry/reference.ts';
import type { Drift } from '../verify/drift.ts';
import { parseFile } from './files.ts';

/** How the deploy or the check of one app ended. `missing`: its job left no result in this attempt, because it did not start or was killed. */
export type Ending =
  | 'verified'
  | 'not-verified'
  | 'skipped'
  | 'rolled-back'
  | 'failed'
  | 'cancelled'
  | 'missing';

/** The known facts about one app's deploy or check. The texts are untrusted; '' if unknown. */
export interface Result {
  readonly app: string;
  readonly ending: Ending;
  /** The path of the file that it was read from; '' without one. */
  readonly file: string;
  /** Whether that file is the report itself. */
  readonly isReport: boolean;
  /** The attempt of the run. */
  readonly attempt: number;
  /** Why the result is not one of this deploy; '' if it is. This text is our own. */
  readonly why: string;
  /** How the step ended, as it wrote it. */
  readonly state: string;
  readonly headline: string;
  /** Why nothing was deployed on purpose, e.g. `outdated`. */
  readonly skipped: string;
  readonly image: string;
  readonly tag: string;
  readonly digest: string;
  readonly previousDigest: string;
  readonly releaseVersion: string;
  readonly url: string;
  /** Which image runs where, as the step wrote it: JSON that is not checked. */
  readonly placements: string;
  /** Of a check, how what runs differs; undefined of a deploy, and if nothing was compared. */
  readonly drift: Drift | undefined;
  /** undefined if none was checked. */
  readonly machines: Machines | undefined;
}

/** The listed machines that deploys manage. */
interface Machines {
  readonly all: number;
  /** How many of them run the image. */
  readonly right: number;
  /** How many of the others run each digest; '' if it is unknown, or one of too many. */
  readonly others: ReadonlyMap<string, number>;
  /** How many machines the list omits. */
  readonly omitted: number;
}

/** A row for an app without a valid result. */
export const without = (app: string, ending: Ending, why = ''): Result => ({
  ...{ app, ending, why },
  file: '',
  isReport: false,
  attempt: 0,
  state: '',
  headline: '',
  skipped: '',
  image: '',
  tag: '',
  digest: '',
  previousDigest: '',
  releaseVersion: '',
  url: '',
  placements: '',
  drift: undefined,
  machines: undefined,
});

/**
 * Reads the file that a job of the matrix left: `{"app", "attempt", "outcome", "outputs"}`, where `outcome` is the
 * step's (success, failure, cancelled, skipped) and `outputs` its outputs, all of them texts.
 *
 * @throws UserError when it is no such file.
 */
export function readResult(text: string, file: string): Result {
  const json = parseFile(text, 'the result', file);
  const outputs = json.get('outputs');
  const whole = (name: string) => outputs.get(name).maybeText() ?? '';
  const said = (name: string) => whole(name).slice(0, mostOfLabel);
  return {
    ...without(json.get('app').text(), endingOf(json.get('outcome').text(), said)),
    attempt: Number(json.get('attempt').text()),
    state: said('state'),
    headline: said('headline'),
    skipped: said('skipped'),
    image: said('image'),
    tag: said('tag'),
    digest: said('digest'),
    previousDigest: said('previous-digest'),
    releaseVersion: said('release-version'),
    url: said('url'),
    placements: whole('placements'),
    machines: machinesOfOutput(whole('machines'), said('machines-omitted'), file),
  };
}

function endingOf(outcome: string, said: (name: string) => string): Ending {
  switch (outcome) {
    case 'success':
      if (said('skipped') !== '') return 'skipped';
      return said('verified') === 'true' ? 'verified' : 'not-verified';
    case 'cancelled':
      return 'cancelled';
    case 'skipped':
      return 'missing';
    default:
      return said('rolled-back') === 'true' ? 'rolled-back' : 'failed';
  }
}

function machinesOfOutput(text: string, omitted: string, file: string): Machines | undefined {
  if (text === '') return undefined;
  // The step writes a list, which is read as the only field of an object.
  const json = parseJsonObject(`{"machines":${text}}`, `the machines of ${file}`);
  return machinesOf(json.get('machines').items(), /^\d{1,9}$/.test(omitted) ? Number(omitted) : 0);
}

/** The most digests of other images that are counted separately. */
const mostOthers = 100;

export function machinesOf(list: readonly Json[], omitted = 0): Machines | undefined {
  const managed = list.filter((machine) => machine.get('excluded').value !== true);
  if (managed.length === 0) return undefined;
  const [right, others] = [
    (machine: Json) => machine.get('runs-image').value === true,
    new Map<string, number>(),
  ];
  for (const machine of managed) {
    if (right(machine)) continue;
    const named = machine.string('digest') ?? '';
    const digest = isDigest(named) && (others.has(named) || others.size < mostOthers) ? named : '';
    others.set(digest, (others.get(digest) ?? 0) + 1);
  }
  return { all: managed.length, right: managed.filter(right).length, others, omitted };
}
