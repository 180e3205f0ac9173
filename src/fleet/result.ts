import { type Json, parseJsonObject } from '../lib/json.ts';
import { mostOfLabel } from '../lib/text.ts';

/** How the deploy of one app ended. `missing`: its job left no result in this attempt, because it did not start or was killed. */
export type Ending =
  | 'verified'
  | 'not-verified'
  | 'skipped'
  | 'rolled-back'
  | 'failed'
  | 'cancelled'
  | 'missing';

/** The known facts about one app's deploy. The texts are untrusted; '' if unknown. */
export interface Result {
  readonly app: string;
  readonly ending: Ending;
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
  readonly digest: string;
  readonly previousDigest: string;
  readonly releaseVersion: string;
  readonly url: string;
  /** Which image runs where, as the step wrote it: JSON that is not checked. */
  readonly placements: string;
  /**
   * The listed machines that deploys manage, how many of them run the image, and how many machines the list omits; undefined if
   * none was checked.
   */
  readonly machines: { readonly all: number; readonly right: number; readonly omitted: number } | undefined;
}

/** A row for an app without a valid result. */
export const without = (app: string, ending: 'failed' | 'missing', why = ''): Result => ({
  ...{ app, ending, why },
  attempt: 0,
  state: '',
  headline: '',
  skipped: '',
  image: '',
  digest: '',
  previousDigest: '',
  releaseVersion: '',
  url: '',
  placements: '',
  machines: undefined,
});

/**
 * Reads the file that a job of the matrix left: `{"app", "attempt", "outcome", "outputs"}`, where `outcome` is the
 * step's (success, failure, cancelled, skipped) and `outputs` its outputs, all of them texts.
 *
 * @throws UserError when it is no such file.
 */
export function readResult(text: string, file: string): Result {
  const json = parseJsonObject(text, `the result ${file}`);
  const outputs = json.get('outputs');
  const whole = (name: string) => outputs.get(name).maybeText() ?? '';
  const said = (name: string) => whole(name).slice(0, mostOfLabel);
  return {
    app: json.get('app').text(),
    ending: endingOf(json.get('outcome').text(), said),
    attempt: Number(json.get('attempt').text()),
    why: '',
    state: said('state'),
    headline: said('headline'),
    skipped: said('skipped'),
    image: said('image'),
    digest: said('digest'),
    previousDigest: said('previous-digest'),
    releaseVersion: said('release-version'),
    url: said('url'),
    placements: whole('placements'),
    machines: machinesOf(whole('machines'), said('machines-omitted'), file),
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

function machinesOf(text: string, omitted: string, file: string): Result['machines'] {
  if (text === '') return undefined;
  // The step writes a list, which is read as the only field of an object.
  const list: Json[] = parseJsonObject(`{"machines":${text}}`, `the machines of ${file}`)
    .get('machines')
    .items();
  const managed = list.filter((machine) => machine.get('excluded').value !== true);
  if (managed.length === 0) return undefined;
  return {
    all: managed.length,
    right: managed.filter((machine) => machine.get('runs-image').value === true).length,
    omitted: /^\d{1,9}$/.test(omitted) ? Number(omitted) : 0,
  };
}
