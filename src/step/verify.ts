import { readTrigger } from '../event/read.ts';
import type { Trigger } from '../event/types.ts';
import { type FlyApi, flyApi } from '../fly/api.ts';
import { type AppUrl, askAppUrl } from '../fly/app.ts';
import { type FoundImage, findImage, knownPlan } from '../image/find.ts';
import type { ImageResults } from '../image/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Recorder } from '../lib/stages.ts';
import { UserError } from '../lib/user-error.ts';
import { flyRepository } from '../registry/hosts.ts';
import { formatReference } from '../registry/reference.ts';
import type { Facts } from '../report/facts.ts';
import { logImage, logTrigger, logVerified } from '../report/log-lines.ts';
import type { Outcome } from '../report/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { cautionsOf } from '../verify/cautions.ts';
import { mayPass, passChecks } from '../verify/check.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';
import { type Compared, compareFleet } from '../verify/compare-fleet.ts';
import { Journal } from '../verify/journal.ts';
import { Verifier } from '../verify/verifier.ts';
import { refused } from './refused.ts';

type ComparedOutcome = Extract<Outcome, { kind: 'compared' }>;

/**
 * Compares what runs with what should run, and deploys nothing: event, image, machines, the app's own answer. The image is found
 * as a deploy finds it.
 */
export async function verifyImage(rt: Runtime, inputs: Inputs, facts: Facts): Promise<Outcome> {
  const { log } = rt;
  const trigger = await facts.timed('Read the event', () => readTrigger(rt, inputs));
  if (trigger.kind === 'refused') return refused(trigger, inputs, rt);
  facts.keep('trigger', trigger);
  logTrigger(trigger, log, 'check');
  const api = flyApi(rt, inputs);
  // Another bad input is an error before the first request.
  knownPlan(trigger, inputs);
  const asked = askAppUrl(rt, api);
  const end = rt.clock.now() + inputs.healthTimeout;
  const journal = new Journal();
  facts.keep('journal', journal);
  try {
    for (;;) {
      const found = await find(rt, inputs, trigger, { api, facts });
      const compared = await compareWith(rt, inputs, found, { api, facts, journal, end });
      // A deploy has ended meanwhile. Its image can be the one that should run now.
      if (compared.kind === 'changed') continue;
      const url = await asked;
      if (url !== undefined && url !== 'none') facts.keep('url', url);
      return compared.error === undefined
        ? await healthOf(rt, found, compared, { facts, url })
        : { kind: 'compared', drift: compared.drift, error: compared.error, fleet: compared.fleet };
    }
  } catch (error) {
    if (rt.cancelled.aborted || !(error instanceof UserError)) throw error;
    // The machines of the release can be restarted on another image than the one that was deployed.
    const drift =
      error.code === 'release-tag-moved' ? 'moved-tag' : isUnread(error) ? 'unreachable' : undefined;
    if (drift === undefined) throw error;
    return { kind: 'compared', drift, error, fleet: undefined };
  }
}

/** Whether the machines could not be read: Fly.io did not answer, or with something else than a list of all of them. */
const isUnread = (error: UserError): boolean => mayPass(error) || error.code.startsWith('machines-list-');

interface Around {
  readonly api: FlyApi;
  readonly facts: Facts;
}

function find(rt: Runtime, inputs: Inputs, trigger: Trigger, { api, facts }: Around): Promise<FoundImage> {
  const recorder: Recorder<ImageResults> = facts.renewing;
  const resolved = (image: FoundImage) => logImage(image, rt.clock.now(), rt.log);
  return findImage(rt, inputs, trigger, { api, recorder, resolved });
}

/** The fleet, with the verifier that compared it. */
type ComparedFleet = Compared & { readonly verifier: Verifier };

function compareWith(
  rt: Runtime,
  inputs: Inputs,
  found: FoundImage,
  { api, facts, journal, end }: Around & { readonly journal: Journal; readonly end: number },
): Promise<ComparedFleet> {
  const { app } = inputs;
  const { plan, image, commit } = found;
  const verifier = new Verifier(rt, inputs, api, { ...image, commit }, journal);
  const tagged = [image.repository, flyRepository(app, rt.env)].map(({ host, path }) =>
    formatReference({ host, path, ...(image.tag !== undefined && { tag: image.tag }) }),
  );
  return facts.timed('Compare the machines', async () => ({
    ...(await compareFleet({
      ...{ clock: rt.clock, log: rt.log, api, verifier, end, patience: inputs.healthTimeout },
      tags: image.tag === undefined ? [] : tagged,
      meant: {
        ...{ app, digest: image.digest, digests: image.digests },
        line: `select: ${lineOf(found)}`,
        isCurrent: plan.source === 'release',
      },
    })),
    verifier,
  }));
}

/** What selects the same image again, whatever event starts that run. */
function lineOf({ plan, image }: FoundImage): string {
  switch (plan.source) {
    case 'sha-tag':
      return `commit:${plan.commit}`;
    case 'release':
      return `release:${plan.version}`;
    case 'running':
      return `running:${plan.app}`;
    default:
      return `digest:${image.digest}`;
  }
}

async function healthOf(
  rt: Runtime,
  { image }: FoundImage,
  { fleet, uncounted, verifier }: Extract<ComparedFleet, { kind: 'compared' }>,
  { facts, url }: { readonly facts: Facts; readonly url: AppUrl | undefined },
): Promise<ComparedOutcome> {
  const { log } = rt;
  const { app } = facts.known.inputs ?? { app: '' };
  const outcome = { kind: 'compared', drift: 'none', fleet } as const;
  try {
    await facts.timed('Check the health', () => verifier.answer(url, passChecks(managed(fleet))));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...outcome, error };
  }
  if (uncounted) facts.keep('uncounted', true);
  for (const caution of cautionsOf(fleet as readonly CheckedMachine[], uncounted)) log.warning(caution);
  logVerified(app, image, fleet, log);
  return { ...outcome, error: undefined };
}
