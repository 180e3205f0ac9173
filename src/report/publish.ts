import { isAppName } from '../fly/app-name.ts';
import { linksOf } from '../github/links.ts';
import { locationOfInput } from '../inputs/location.ts';
import { counted } from '../lib/format.ts';
import { formatTexts, type Location, messageOf, UserError } from '../lib/user-error.ts';
import type { Runtime } from '../runtime.ts';
import type { Facts } from './facts.ts';
import { headlineOf } from './headline.ts';
import { errorOf, errorTextsOf, type Outcome } from './outcome.ts';
import { outputsOf } from './outputs.ts';
import { hasBegun, stateOf } from './state.ts';
import { summary } from './summary/summary.ts';
import { viewOf } from './view.ts';

/**
 * Reports how a run ended: the annotation, the outputs, the summary. A failure here is only a warning, so that reporting never
 * changes the verdict.
 */
export async function publish(rt: Runtime, facts: Facts, outcome: Outcome): Promise<void> {
  const { log } = rt;
  const attempt = async (what: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.warning(
        `The ${what} could not be written: ${messageOf(error)}. This does not change the result of the step.`,
      );
    }
  };
  const location = await locationOf(rt, outcome);
  await attempt('annotation', () => annotate(rt, facts, outcome, location));
  const app = facts.known.inputs?.app ?? appOf(rt);
  const view = () => viewOf(facts, outcome, log.hide, location, { app: appOf(rt), mode: rt.input('mode') });
  const state = stateOf(outcome, hasBegun(facts));
  const headline = headlineOf(view, app, state, log.hide);
  const files = { report: '', 'report-vsa': '' };
  await attempt('report', async () => {
    const { writeReport, writeVsa } = await import('./report-file.ts');
    const ended = { app, state, headline };
    files['report-vsa'] = writeVsa(rt, facts, outcome, ended);
    files.report = writeReport(rt, facts, outcome, ended);
  });
  await attempt('outputs', () => {
    let outputs: Record<string, string> = { state, headline, ...files };
    try {
      outputs = { ...outputsOf(facts, outcome, log.hide), ...outputs };
    } finally {
      // A notification needs these two, whatever else cannot be written.
      rt.writeOutputs(outputs);
    }
    const unlisted = facts.known.placements?.omitted ?? 0;
    if (unlisted > 0)
      log.line(
        `The output \`placements\` omits ${unlisted} of the process groups and regions. They have no deployment records either.`,
      );
    const omitted = Number(outputs['machines-omitted']);
    if (omitted > 0)
      log.line(
        `The output \`machines\` omits ${counted(omitted, 'machine')} because of GitHub’s limit of 1 MB. Machines with a problem come first in it.`,
      );
  });
  await attempt('summary', () => rt.writeSummary(summary(view(), linksOf(rt), rt.clock.now())));
}

/** The app as the input names it, where that can be an app's name. */
function appOf(rt: Runtime): string | undefined {
  const app = rt.input('app');
  return isAppName(app) ? app : undefined;
}

/** The line of a file where the error is to be fixed. What goes wrong with that is ignored: the error matters more. */
async function locationOf(rt: Runtime, outcome: Outcome): Promise<Location | undefined> {
  const error = errorOf(outcome);
  if (!(error instanceof UserError)) return undefined;
  if (error.location !== undefined || error.input === undefined) return error.location;
  return locationOfInput(error.input, rt).catch(() => undefined);
}

function annotate({ log }: Runtime, facts: Facts, outcome: Outcome, location: Location | undefined): void {
  const error = errorOf(outcome);
  if (error === undefined) return;
  const texts = errorTextsOf(facts, outcome);
  if (error instanceof UserError && texts !== undefined) {
    log.debug(`Error code: ${error.codes.join(', ')}`);
    if (outcome.kind === 'failed') log.debug(`Failed as: ${outcome.as}`);
    const rollback = outcome.kind === 'failed' ? outcome.rollback : undefined;
    if (outcome.kind === 'failed' && outcome.production !== undefined)
      log.debug(`Production: ${outcome.production.kind}`);
    if (rollback?.kind === 'not-rolled-back') log.debug(`Not rolled back: ${rollback.code}`);
    if (rollback?.kind === 'untouched') log.debug(`Not rolled back: ${rollback.kind}`);
    log.error(formatTexts(texts), location);
  } else {
    log.error(`Unexpected error: ${messageOf(error)}`);
    log.debug(error.stack ?? '');
  }
}
