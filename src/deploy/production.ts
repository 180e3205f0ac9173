import type { AppUrl } from '../fly/app.ts';
import type { ErrorCode } from '../lib/error-codes.ts';
import { counted } from '../lib/format.ts';
import { UserError } from '../lib/user-error.ts';
import { isFine, managed } from '../verify/compare.ts';
import type { Baseline } from '../verify/observe.ts';
import type { Verifier } from '../verify/verifier.ts';
import { FlyctlFailure } from './deploy.ts';
import { isUntouched } from './previous.ts';

/** What a deploy that failed left behind. */
export type Production =
  /** Every machine is as it was before. */
  | { readonly kind: 'unchanged' }
  /** Every machine runs the new image in the new release, verified, whatever flyctl failed in. */
  | {
      readonly kind: 'updated';
      readonly machines: number;
      /** flyctl's own error line. */
      readonly flyctl: string;
    }
  /** At least one machine has changed. */
  | { readonly kind: 'changed' }
  /** Not all of it could be read or verified. */
  | { readonly kind: 'unknown' };

/**
 * Checks what flyctl left behind when it failed, and keeps that as the last state of the machines.
 *
 * @param url of the app, if Fly.io has one: if every machine runs the image, the deploy is verified as after a success.
 */
export async function productionAfter(
  { line }: FlyctlFailure,
  verifier: Verifier,
  baseline: Baseline,
  url: () => Promise<AppUrl | undefined>,
): Promise<Production> {
  const before = baseline.list.machines;
  const now = await verifier.observe(baseline).catch(() => undefined);
  if (now === undefined) return { kind: 'unknown' };
  verifier.see(now.machines, before);
  if (now.incomplete !== undefined) {
    // A partial list shows only the machines that it contains.
    const known = new Set(now.machines.map(({ id }) => id));
    const listed = before.filter(({ id }) => known.has(id));
    return { kind: isUntouched(now.machines, listed, verifier.scope) ? 'unknown' : 'changed' };
  }
  if (isUntouched(now.machines, before, verifier.scope)) return { kind: 'unchanged' };
  const meant = managed(verifier.seen ?? []);
  if (meant.length === 0 || !meant.every(isFine)) return { kind: 'changed' };
  try {
    const { machines } = await verifier.verify(baseline, undefined, await url());
    const flyctl = line.replace(/^Error: /, '') || 'it gave no reason';
    return { kind: 'updated', machines: managed(machines).length, flyctl };
  } catch (error) {
    // The error to report is flyctl's. The last state of the machines is shown beside it.
    return { kind: error instanceof UserError && !isBad(error) ? 'unknown' : 'changed' };
  }
}

/** What a deploy left behind that flyctl finished or never began. */
export function productionOf(
  error: UserError,
  verifier: Verifier,
  { list: { machines: before } }: Baseline,
): Production {
  const { seen } = verifier;
  const began = seen !== undefined || error.code !== 'flyctl-not-started';
  if (!began) return { kind: 'unchanged' };
  const sure = seen !== undefined && managed(seen).length > 0 && isBad(error);
  return { kind: sure && isUntouched(seen, before, verifier.scope) ? 'unchanged' : 'changed' };
}

/** The sentence about production that a failure begins with; undefined if its state is not certain. */
export function productionWords(production: Production): string | undefined {
  switch (production.kind) {
    case 'unchanged':
      return 'Production is unchanged: every machine runs the same image as before this deploy.';
    case 'updated':
      return `Production runs the new image: ${counted(production.machines, 'machine')} ${production.machines === 1 ? 'runs' : 'run'} it in the new release. What failed is flyctl: ${production.flyctl}.`;
    case 'changed':
    case 'unknown':
      return undefined;
  }
}

/** The machines are fine, and the app does not do what the inputs expect of it. */
const ofApp: readonly ErrorCode[] = ['health-failed', 'verify-command-failed', 'verify-command-timed-out'];

/** What the verification finds to be wrong with the machines, or with the app. */
const bad: readonly ErrorCode[] = [
  ...ofApp,
  'bluegreen-unfinished',
  'deploy-changed-nothing',
  'machines-changed',
  'machines-none',
  'machines-not-updated',
  'machines-other-image',
  'machines-reverted',
  'machines-unhealthy',
];

export const isFailureOfApp = ({ code }: UserError): boolean => ofApp.includes(code);

/** Whether an error shows that the new image fails. Every other error leaves that unknown. */
export const isBad = ({ code, cause }: UserError): boolean =>
  cause instanceof FlyctlFailure || bad.includes(code);

/** Whether an error shows that another deploy, or a person, changes the machines. */
export const isSuperseded = ({ code }: UserError): boolean =>
  code === 'machines-superseded' || code === 'machines-leased';
