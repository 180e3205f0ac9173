import { FlyctlFailure } from '../../deploy/deploy.ts';
import type { ErrorCode } from '../../lib/error-codes.ts';
import { UserError } from '../../lib/user-error.ts';
import { managed } from '../../verify/compare.ts';
import { tally } from '../findings-log.ts';
import { errorOf, isImageFailure, type Skipped } from '../outcome.ts';
import type { View } from '../view.ts';
import { compared } from './compared.ts';
import { allRun, imagesOf, runsAsBefore, troubleOf } from './condition.ts';
import { fateOf } from './fate.ts';
import { code } from './markdown.ts';
import { imageName, previousName } from './names.ts';

/** The first line: what production runs and on how many machines, then what happened. */
export function heading(view: View): string {
  const app = view.app === undefined ? 'the app' : code(view.app);
  return `## ${iconOf(view)} ${app}: ${conditionOf(view)}`;
}

function iconOf({ outcome, known, failure, rolledBack }: View): string {
  if (known.inputs?.mode === 'doctor' || outcome.kind === 'checked')
    return failure === undefined ? '🩺' : '❌';
  if (rolledBack !== undefined) return '⏪';
  if (outcome.kind === 'skipped') return outcome.reason === 'dry-run' ? '🔍' : '⏭️';
  if (outcome.kind === 'compared' && outcome.drift === 'busy') return '⏳';
  return failure === undefined ? '✅' : '❌';
}

function conditionOf(view: View): string {
  const { outcome, known, findings } = view;
  if (known.inputs?.mode === 'doctor') return tally(findings);
  switch (outcome.kind) {
    case 'skipped':
      return skipped(outcome, view);
    case 'deployed':
      return `${allRun(view, imageName(view))}${others(view)}`;
    case 'checked':
      return tally(findings);
    case 'compared':
      return compared(outcome, view);
    case 'cancelled':
      return isCheck(view) ? notChecked(view) : cancelled(view);
    case 'failed':
      return isCheck(view) ? notChecked(view) : failed(view);
  }
}

/** Machines that a deploy was not for, beside those that it was. */
function others({ machines = [] }: View): string {
  const count = machines.length - managed(machines).length;
  return count === 0 ? '' : `; ${count} ${count === 1 ? 'is' : 'are'} not part of this deploy`;
}

function skipped({ reason, words }: Skipped, view: View): string {
  if (isCheck(view)) return notChecked(view);
  const image = imageName(view);
  const before = view.known.before ?? [];
  switch (reason) {
    case 'dry-run': {
      const now = runsAsBefore(view, ['runs', 'run']) ?? 'what runs now is unknown';
      return words === '' ? `${now}; ${image} would be deployed` : `${now}; nothing would be deployed`;
    }
    case 'unchanged':
      return `${allRun(view, image, ['already runs', 'already run'])}; nothing was deployed`;
    case 'outdated':
      return `${runsAsBefore(view, still) ?? 'production is unchanged'}${before.length === 0 ? '' : `, newer than ${image}`}; nothing was deployed`;
    case 'refused':
      return 'nothing was deployed or changed; this run is not allowed to deploy';
  }
}

/** Why a run failed, short enough for the first line. */
const causes: Partial<Record<ErrorCode, string>> = {
  'bluegreen-unfinished': 'the bluegreen deploy is not finished',
  'checks-failed': 'flyctl failed: health checks did not pass',
  'commit-outdated': 'the commit is outdated',
  'deploy-changed-nothing': 'flyctl changed no machine',
  'deploy-timed-out': 'flyctl timed out',
  'fly-app-not-found': 'the app is unknown to Fly.io',
  'fly-token-invalid': 'the Fly.io token is not valid',
  'fly-token-missing': 'there is no Fly.io token',
  'fly-unauthorized': 'Fly.io refused the token',
  'fly-unavailable': 'Fly.io is unavailable',
  'fly-unreachable': 'Fly.io cannot be reached',
  'image-not-found': 'the image was not found',
  'input-invalid': 'an input is not valid',
  'machines-leased': 'another deploy holds a machine',
  'registry-denied': 'the registry refused access',
  'registry-unavailable': 'the registry is unavailable',
  'registry-unreachable': 'the registry cannot be reached',
  'release-command-failed': 'the release command failed',
  'platform-missing': 'the image is not for linux/amd64',
  'revision-mismatch': 'the image was built from another commit',
  'run-cancelled': 'the run was canceled',
  'several-problems': 'several inputs are not valid',
  'smoke-checks-failed': 'flyctl failed: the app crashes when it starts',
  'verify-command-missing': 'the program of `verify-command` does not exist',
  'verify-command-not-executable': 'the program of `verify-command` cannot be started',
};

function causeOf({ outcome }: View): string | undefined {
  const error = errorOf(outcome);
  if (outcome.kind === 'cancelled') return 'the run was canceled';
  if (outcome.kind === 'failed' && outcome.as === 'refused') return 'this run is not allowed to deploy';
  if (!(error instanceof UserError)) return undefined;
  return causes[error.code] ?? (error.cause instanceof FlyctlFailure ? 'flyctl failed' : undefined);
}

const still = ['still runs', 'still run'] as const;

const isCheck = ({ mode }: View): boolean => mode === 'verify' || mode === 'doctor';

/** Of a check that did not come to what it checks. */
function notChecked(view: View): string {
  const { outcome } = view;
  const isRefused = outcome.kind === 'skipped' || (outcome.kind === 'failed' && outcome.as === 'refused');
  const cause = isRefused ? 'the image of this event must not run' : causeOf(view);
  const what = view.mode === 'doctor' ? 'the setup' : 'what the machines run';
  return `${what} was not checked${cause === undefined ? '' : `; ${cause}`}`;
}

/** Of a run that changed nothing. */
function nothingChanged(view: View): string {
  const parts = ['not deployed, nothing changed', runsAsBefore(view, still), causeOf(view)];
  return parts.filter((part) => part !== undefined).join('; ');
}

/** The cause, after the state of the machines. */
function then(view: View): string {
  const cause = view.rollbackFailed ? 'the rollback failed' : causeOf(view);
  return cause === undefined ? '' : `; ${cause}`;
}

function cancelled(view: View): string {
  const { known, machines } = view;
  if (known.deployStartedAt === undefined || view.unchanged) return nothingChanged(view);
  if (machines === undefined) return `what the machines run is unknown${then(view)}`;
  const trouble = troubleOf(view);
  return trouble === undefined
    ? `${allRun(view, imageName(view))}; the run was canceled before that was verified`
    : `${trouble}${then(view)}`;
}

function failed(view: View): string {
  const { known, production, rolledBack, machines } = view;
  const image = imageName(view);
  if (rolledBack !== undefined) {
    const what = isImageFailure(errorOf(view.outcome)) ? image : `the deploy of ${image}`;
    return `${what} failed; ${allRun(view, `${previousName(view)} again`)}`;
  }
  if (known.deployStartedAt === undefined || view.unchanged) return nothingChanged(view);
  if (production?.kind === 'updated') return `${allRun(view, image)}, but flyctl failed`;
  const trouble = troubleOf(view);
  // If part of the machines is unchanged, that does not show what the others run.
  const isPart = production?.kind === 'unknown' && trouble !== undefined;
  if (machines === undefined || isPart)
    return `what the machines run is unknown${view.deployed ? `; ${image} was deployed` : then(view)}`;
  if (managed(machines).length === 0)
    return `no machine runs ${image}; the app has none that \`flyctl deploy\` manages`;
  if (trouble !== undefined) return `${trouble}${then(view)}`;
  if (view.rollbackFailed) {
    const back = machines.filter((machine) => fateOf(machine, view) === 'back');
    return `${allRun(view, `${imagesOf(back, view)} again`)}; the rollback could not be verified`;
  }
  return `${allRun(view, image)}, ${unverified(view)}`;
}

/** Why healthy machines do not count as verified. */
function unverified({ outcome }: View): string {
  const error = errorOf(outcome);
  const words = error instanceof UserError ? unverifiedBy[error.code] : undefined;
  return `but ${words ?? 'that could not be verified to the end'}`;
}

const unverifiedBy: Partial<Record<ErrorCode, string>> = {
  'health-failed': 'the health check failed',
  'health-unreachable': 'the app could not be reached',
  'verify-command-failed': '`verify-command` failed',
  'verify-command-killed': '`verify-command` was ended before its result',
  'verify-command-not-started': '`verify-command` could not be started',
  'verify-command-timed-out': '`verify-command` did not end in time',
  'verify-command-unclear': '`verify-command` failed at a guessed URL',
};
