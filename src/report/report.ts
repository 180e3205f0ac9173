import type { Links } from '../github/links.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Facts } from './facts.ts';
import { machinesBefore, machinesNow } from './machines.ts';
import {
  errorOf,
  errorTextsOf,
  exitCodeOf,
  fleetOf,
  isDeployed,
  isVerified,
  type Outcome,
  releaseOf,
  rolledBackTo,
} from './outcome.ts';
import { driftOf, skippedOf } from './outputs.ts';
import type { State } from './states.ts';

/** The end of a run, in the words of the outputs. */
export interface Ended {
  readonly app: string | undefined;
  readonly state: State;
  readonly headline: string;
}

/** What a report needs beside the facts. */
interface Around {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly links: Links;
  /** In milliseconds since 1970. */
  readonly now: number;
}

const timeOf = (ms: number): string => new Date(ms).toISOString();

/** The most errors of a run that it lists: inputs that are not valid have one each. */
const mostErrors = 100;

/**
 * Everything about a run, as docs/report.schema.json describes it. `version` changes when a reader could no longer read it. A
 * field is null where nothing is known. Texts from outside are as they are: JSON is not markup.
 */
export function reportOf(facts: Facts, outcome: Outcome, ended: Ended, around: Around) {
  const { known, commit, elapsed, stages, warnings } = facts;
  const { inputs } = known;
  const release = releaseOf(facts, outcome);
  const fleet = fleetOf(outcome);
  return {
    version: 1,
    app: ended.app ?? null,
    mode: inputs?.mode ?? null,
    'began-at': timeOf(facts.begin),
    'ended-at': timeOf(around.now),
    verdict: verdictOf(facts, outcome, ended),
    trigger: triggerOf(facts, around),
    commit: commit ?? null,
    image: imageOf(facts),
    attestation: attestationOf(facts),
    release: { id: release.id ?? null, version: release.version ?? null },
    url: known.url ?? null,
    'machines-before': known.before === undefined ? null : machinesBefore(known.before),
    machines: fleet === undefined ? null : machinesNow(fleet, rolledBackTo(outcome) !== undefined),
    verification: verificationOf(facts),
    rollback: rollbackOf(outcome),
    'deployment-records': recordsOf(facts),
    findings:
      outcome.kind === 'checked'
        ? outcome.findings.map(({ at, cause: _, ...rest }) => ({ ...rest, at: at ?? null }))
        : null,
    warnings: { texts: warnings.kept, omitted: warnings.omitted },
    durations: {
      'total-ms': Math.round(elapsed),
      'time-to-verdict-ms': timeToVerdict(facts, around.now),
      stages: stages.map(({ title, ms, ok }) => ({ title, ms: Math.round(ms), ok })),
    },
  };
}

function verdictOf(facts: Facts, outcome: Outcome, { state, headline }: Ended) {
  const errors = errorsOf(facts, outcome);
  return {
    state,
    headline,
    'exit-status': exitCodeOf(outcome),
    deployed: isDeployed(facts, outcome),
    verified: isVerified(outcome),
    skipped: skippedOf(outcome, facts.known.inputs?.mode === 'doctor') || null,
    drift: driftOf(outcome) || null,
    reason: outcome.kind === 'skipped' ? outcome.words : null,
    production: (outcome.kind === 'failed' && outcome.production?.kind) || null,
    errors: errors.slice(0, mostErrors),
  };
}

/** The errors with their codes, in the words of the annotation where that does not sum them up. */
function errorsOf(facts: Facts, outcome: Outcome) {
  const error = errorOf(outcome);
  if (error === undefined) return [];
  if (!(error instanceof UserError))
    return [{ code: null, found: `Unexpected error: ${messageOf(error)}`, expected: null, fix: null }];
  const { each } = error;
  const shown = errorTextsOf(facts, outcome) ?? [];
  const texts = shown.length === each.length ? shown : each;
  return texts.map(({ found, expected, fix }, n) => ({ code: each[n]?.code ?? null, found, expected, fix }));
}

/** Facts about the run, none about the person who started it. */
function triggerOf({ known: { trigger } }: Facts, { env, links }: Around) {
  const of = (name: string) => env[name] || null;
  const { runId, repository, repositoryUrl } = links;
  const run = trigger?.kind === 'automatic' ? trigger.run : undefined;
  return {
    event: trigger?.event ?? of('GITHUB_EVENT_NAME'),
    kind: trigger?.kind ?? null,
    branch: trigger?.branch ?? null,
    repository: repository || null,
    ref: of('GITHUB_REF'),
    workflow: of('GITHUB_WORKFLOW_REF'),
    'run-id': runId ?? null,
    'run-attempt': of('GITHUB_RUN_ATTEMPT'),
    'run-url': runId === undefined ? null : `${repositoryUrl}/actions/runs/${runId}`,
    build:
      run === undefined
        ? null
        : { workflow: run.name, event: run.event, number: run.number ?? null, url: run.url ?? null },
  };
}

function imageOf({ known: { image, plan, mirror, pinned, revision } }: Facts) {
  if (image === undefined) return null;
  return {
    reference: formatReference((pinned ?? mirror ?? image).reference),
    'source-reference': formatReference(image.reference),
    digest: image.digest,
    'platform-digest': image.platformDigest,
    tag: image.tag ?? null,
    source: plan?.source ?? null,
    mirrored: mirror !== undefined,
    created: image.created ?? null,
    size: image.size,
    revision:
      image.revision === undefined ? null : { commit: image.revision.commit, from: image.revision.from },
    'revision-check': revision ?? null,
  };
}

function attestationOf({ known: { attested } }: Facts) {
  if (attested === undefined) return null;
  if (attested.kind === 'not-attested') return { verified: false, code: attested.error.code };
  const { commit, ref, signer, runner } = attested;
  return { verified: true, commit, ref, signer, runner: runner || null };
}

function verificationOf({ known: { journal, inputs } }: Facts) {
  if (journal === undefined || inputs === undefined) return null;
  const { checks, answers, command } = journal;
  return {
    'settle-time-ms': inputs.settleTime,
    'health-url': inputs.healthUrl ?? null,
    checks: checks.kept.map(({ at, of, machines, healthy, words, incomplete }) => ({
      at: timeOf(at),
      of,
      machines,
      healthy,
      words,
      incomplete: incomplete ?? null,
    })),
    'checks-omitted': checks.omitted,
    answers: answers.kept.map(({ at, ms, kind, words }) => ({
      at: timeOf(at),
      ms: Math.round(ms),
      kind,
      words: words ?? null,
    })),
    'answers-omitted': answers.omitted,
    command:
      command === undefined
        ? null
        : {
            program: command.name,
            'began-at': timeOf(command.at),
            ms: Math.round(command.ms),
            'exit-status': command.status ?? null,
            signal: command.signal ?? null,
            'timed-out': command.timedOut,
          },
  };
}

function rollbackOf(outcome: Outcome) {
  const rollback = outcome.kind === 'failed' ? outcome.rollback : undefined;
  if (rollback === undefined) return null;
  return {
    kind: rollback.kind,
    to: (rolledBackTo(outcome) ?? []).map(({ group, reference, digest }) => ({
      group: group ?? null,
      reference: formatReference(reference),
      digest,
    })),
    code: rollback.kind === 'not-rolled-back' ? rollback.code : null,
    why: rollback.kind === 'not-rolled-back' ? rollback.why : null,
  };
}

function recordsOf({ known: { recorded } }: Facts) {
  if (recorded === undefined) return null;
  const { environment, written, notices } = recorded;
  return { environment, written, notices };
}

/** From the start of flyctl until it was certain how the deploy ended, which a rollback and the records of the deployment follow. */
function timeToVerdict({ known: { deployStartedAt }, stages }: Facts, now: number): number | null {
  if (deployStartedAt === undefined) return null;
  const later = stages.filter(({ title }) => title === 'Roll back' || title === 'Record the deployment');
  return Math.max(0, Math.round(later.reduce((time, { ms }) => time - ms, now - deployStartedAt)));
}
