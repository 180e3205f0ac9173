import { copyWorld, machinesApi, sourceSession } from './connections.ts';
import { deploy } from './deploy.ts';
import { readEvent, type Trigger } from './event.ts';
import { Fault, messageOf } from './fault.ts';
import { findFlyctl } from './fly/flyctl.ts';
import { listMachines, type Machine, type MachinesApi } from './fly/machines.ts';
import { type Inputs, readInputs, secretsOf } from './inputs.ts';
import { parseJsonObject } from './payload.ts';
import { makePlan } from './plan.ts';
import { mirrorRepository, needsMirror, publish } from './publish/publish.ts';
import { formatReference } from './reference.ts';
import { Report } from './report/report.ts';
import { summary } from './report/summary.ts';
import { resolveImage } from './resolve.ts';
import { checkRevision } from './revision.ts';
import { sayBefore, sayImage, sayTrigger, warnPrivate } from './say.ts';
import { compare, verifyMachines } from './verify.ts';
import { linksOf, type World } from './world.ts';

/** The whole step. A failure is reported, and outputs and summary are written in any case. */
export async function main(world: World): Promise<void> {
  const { log, clock } = world;
  const report = new Report(clock);
  try {
    await deployFlyImage(world, report);
  } catch (error) {
    // Before the summary escapes it: an escaped secret is not found any more.
    report.failure =
      error instanceof Fault ? error.map(log.hide) : new Error(log.hide(messageOf(error)), { cause: error });
    log.fail(error instanceof Fault ? error.message : `Unexpected error: ${messageOf(error)}`);
    if (error instanceof Error && !(error instanceof Fault)) log.debug(error.stack ?? '');
  }
  world.writeOutputs(report.outputs());
  await world.writeSummary(summary(report, linksOf(world), clock.now()));
}

/** The deploy in its order: inputs, event, plan, resolve, deploy, verify. */
async function deployFlyImage(world: World, report: Report): Promise<void> {
  const { log, clock, env, run, random } = world;
  for (const secret of secretsOf(world)) log.mask(secret);

  const inputs = await report.step('Read the inputs', () => readInputs(world));
  report.app = inputs.app;
  report.shortShaLength = inputs.shortShaLength;
  if (inputs.loweredFrom !== undefined) {
    log.notice(
      `Image names are lower-case: ${inputs.loweredFrom} is taken as ${formatReference(inputs.image)}.`,
    );
  }

  const trigger = await report.step('Read the event', () => readTrigger(world, inputs));
  report.trigger = trigger;
  sayTrigger(trigger, log);
  const plan = makePlan(trigger, inputs);
  report.plan = plan;
  const flyctl = inputs.dryRun ? '' : findFlyctl(env, world.platform);
  const api = machinesApi(world, inputs);

  const { repositoryUrl } = linksOf(world);
  const session = sourceSession(world, inputs, plan);
  const image = await report.step('Look at the image', () =>
    resolveImage(plan, inputs, repositoryUrl, { session, clock, random, log: log.line }),
  );
  report.image = image;
  const name = formatReference(image.reference);
  // Of a moving tag nothing but the image itself says which commit it is.
  const mode = plan.source === 'digest' && inputs.checkRevision === 'auto' ? 'require' : inputs.checkRevision;
  report.revision = checkRevision(mode, plan.commit, image.revision, name, repositoryUrl);
  sayImage(plan, image, report.revision, clock.now(), log);
  const mirror = mirrorRepository(inputs.app, env['FLY_REGISTRY_HOST']);
  const mirrored = needsMirror(inputs.mirror, image, mirror);
  if (!mirrored) warnPrivate(image, log);

  report.before = await report.step('Look at the machines', () => lookBefore(api, inputs, world));
  if (inputs.dryRun) {
    report.machines = compare(report.before ?? [], image, clock.now());
    report.skipped = 'dry-run';
    if (mirrored)
      log.line(`Fly.io cannot pull it there: a deploy would copy it to ${formatReference(mirror)}.`);
    log.line('Dry run: nothing was deployed.');
    return;
  }

  if (mirrored) {
    report.mirror = await report.step('Copy the image', () =>
      log.group(`Copy the image to ${formatReference(mirror)}, where Fly.io can pull it`, () =>
        publish(plan, image, inputs, copyWorld(world, inputs, session, mirror)),
      ),
    );
  }
  const { reference } = report.mirror ?? image;
  const deployedName = formatReference(reference);
  const since = clock.now();
  report.release = await report.step('Deploy', () =>
    log.group(`flyctl deploy --app ${inputs.app} --image ${deployedName}`, () =>
      deploy(
        { ...inputs, reference },
        { flyctl, run, env, token: inputs.flyToken, public: image.public || mirrored },
      ),
    ),
  );
  report.deployed = true;
  if (!inputs.verify) {
    log.warning('`verify` is false: no machine was looked at, so this run does not know what runs.');
    return;
  }

  const seen = (machines: Report['machines']) => {
    report.machines = machines;
  };
  await report.step('Verify', () =>
    log.group('Verify what the machines run', () =>
      verifyMachines(image, since, inputs.settleTime, {
        list: () => listMachines(api),
        clock,
        log: log.line,
        seen,
      }),
    ),
  );
  report.verified = true;
  log.line(`Verified: every machine of ${inputs.app} runs ${image.digest}`);
}

/** @throws Fault without an event file, with one that is no payload, and for an event that must not deploy. */
function readTrigger({ env, readFile }: World, inputs: Inputs): Trigger {
  const path = env['GITHUB_EVENT_PATH'] ?? '';
  const text = path === '' ? undefined : readFile(path);
  if (text === undefined) {
    throw new Fault({
      seen:
        path === ''
          ? 'GITHUB_EVENT_PATH is empty.'
          : `The event file ${path} (GITHUB_EVENT_PATH) does not exist.`,
      expected: 'the payload of the event that started this workflow.',
      change:
        'run this action as a step of a job; a container that the job starts by hand has no event file.',
    });
  }
  const payload = parseJsonObject(text, 'the event’s payload');
  const { branch, allowEvents } = inputs;
  const trigger = readEvent(env['GITHUB_EVENT_NAME'] ?? '', payload, {
    sha: env['GITHUB_SHA'],
    branch,
    allowEvents,
  });
  if (trigger.way === 'refused') throw new Fault(trigger);
  return trigger;
}

/** What runs before the deploy. A dry run goes on without it: it is to say what would be deployed. */
async function lookBefore(
  api: MachinesApi,
  { dryRun }: Inputs,
  { log }: World,
): Promise<Machine[] | undefined> {
  try {
    const machines = await listMachines(api);
    sayBefore(machines, log);
    return machines;
  } catch (error) {
    if (!dryRun || !(error instanceof Fault)) throw error;
    log.warning(`What runs now is not known. ${error.message}`);
    return undefined;
  }
}
