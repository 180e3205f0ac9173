import { type Json, parseJsonObject } from '../lib/json.ts';
import { mostOfLabel } from '../lib/text.ts';

/** How the deploy of one app ended. `missing`: its job left no result in this attempt, so it was not started, or died. */
export type Ending =
  | 'verified'
  | 'not-verified'
  | 'skipped'
  | 'rolled-back'
  | 'failed'
  | 'cancelled'
  | 'missing';

/** What is known of one app's deploy. Texts are from outside, '' where nothing is known. */
export interface Result {
  readonly app: string;
  readonly ending: Ending;
  /** The attempt of the run that it is of. */
  readonly attempt: number;
  /** Why the result that was left is not one of this deploy, in our own words; '' where it is. */
  readonly why: string;
  /** Why nothing was deployed on purpose, e.g. `outdated`. */
  readonly skipped: string;
  readonly image: string;
  readonly digest: string;
  readonly previousDigest: string;
  readonly releaseVersion: string;
  readonly url: string;
  /** Machines that deploys manage, and how many of them run the image; undefined where none was looked at. */
  readonly machines: { readonly all: number; readonly right: number } | undefined;
}

/** A row for an app without a result that counts. */
export const without = (app: string, ending: 'failed' | 'missing', why = ''): Result => ({
  ...{ app, ending, why },
  attempt: 0,
  skipped: '',
  image: '',
  digest: '',
  previousDigest: '',
  releaseVersion: '',
  url: '',
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
    skipped: said('skipped'),
    image: said('image'),
    digest: said('digest'),
    previousDigest: said('previous-digest'),
    releaseVersion: said('release-version'),
    url: said('url'),
    machines: machinesOf(whole('machines'), file),
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

function machinesOf(text: string, file: string): Result['machines'] {
  if (text === '') return undefined;
  // The step writes a list; a list is no object, so it is read as the one field of one.
  const list: Json[] = parseJsonObject(`{"machines":${text}}`, `the machines of ${file}`)
    .get('machines')
    .items();
  const managed = list.filter((machine) => machine.get('left-out').value !== true);
  if (managed.length === 0) return undefined;
  return {
    all: managed.length,
    right: managed.filter((machine) => machine.get('runs-it').value === true).length,
  };
}
