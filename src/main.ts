import {
  askAppUrl,
  copyWorld,
  getFlyctl,
  machinesApi,
  planByRelease,
  proveAttestation,
  sourceSession,
} from './connections.ts';
import { afterCancel, whenCancelled } from './deploy/cancel.ts';
import { deploy } from './deploy/deploy.ts';
import { wayBack } from './deploy/rollback.ts';
import { ageOfImage, reasonToSkip } from './deploy/skip.ts';
import { doctor } from './doctor/main.ts';
import { triggerOf } from './event/read.ts';
import { listMachines } from './fly/machines.ts';
import { makePlan } from './image/plan.ts';
import { resolveImage } from './image/resolve.ts';
import { checkRevision } from './image/revision.ts';
import { readInputs, secretsOf } from './inputs/inputs.ts';
import { locationOfInput } from './inputs/location.ts';
import { messageOf, UserError } from './lib/user-error.ts';
import { mirrorImage, mirrorRepository, needsMirror } from './mirror/mirror.ts';
import { formatReference } from './registry/reference.ts';
import { logBefore, logDryRun, logImage, logTrigger, warnPrivate } from './report/log-lines.ts';
import { Report } from './report/report.ts';
import { summary } from './report/summary/summary.ts';
import { linksOf, type World } from './runtime.ts';
import { compare } from './verify/compare.ts';
import { makeProof } from './verify/verifier.ts';

/** The whole step. A failure is reported, and outputs and summary are written in any case. */
export async function main(outside: World): Promise<void> {
  const { log, clock, cancelled } = outside;
  const report = new Report(clock);
  const run: World['run'] = (...call) => {
    const exit = outside.run(...call);
    report.flyctl = exit.catch(() => undefined);
    return exit;
  };
  const world = { ...outside, run };
  try {
    await Promise.race([deployFlyImage(world, report), whenCancelled(world, report)]);
  } catch (reason) {
    const failed = cancelled.aborted ? await afterCancel(reason, world, report) : reason;
    const error = failed instanceof UserError ? await placed(failed, world) : failed;
    // Before the summary escapes it: an escaped secret is not found any more.
    report.failure =
      error instanceof UserError
        ? error.map(log.hide)
        : new Error(log.hide(messageOf(error)), { cause: error });
    if (error instanceof UserError) log.fail(error.message, error.location);
    else log.fail(`Unexpected error: ${messageOf(error)}`);
    if (error instanceof Error && !(error instanceof UserError)) log.debug(error.stack ?? '');
  }
  world.writeOutputs(report.outputs());
  await world.writeSummary(summary(report, linksOf(world), clock.now()));
}

/** A fault that is about an input, with the line where the input is written. What goes wrong with that is no matter. */
const placed = async (fault: UserError, world: World): Promise<UserError> =>
  fault.input === undefined || fault.location !== undefined
    ? fault
    : fault.at({ location: await locationOfInput(fault.input, world).catch(() => undefined) });

/** The deploy in its order: inputs, event, plan, resolve, publish, deploy, verify, roll back. */
async function deployFlyImage(world: World, report: Report): Promise<void> {
  const { log, clock, env, random } = world;
  for (const secret of secretsOf(world)) log.mask(secret);

  const inputs = await report.step('Read the inputs', () => readInputs(world));
  report.app = inputs.app;
  report.shortShaLength = inputs.shortShaLength;
  if (inputs.loweredFrom !== undefined) {
    log.notice(
      `Image names are lower-case: ${inputs.loweredFrom} is taken as ${formatReference(inputs.image)}.`,
    );
  }

  if (inputs.doctor) return doctor(world, inputs, report);

  const trigger = await report.step('Read the event', () => triggerOf(world, inputs, report));
  if (trigger === undefined) return;
  report.trigger = trigger;
  logTrigger(trigger, log);
  const api = machinesApi(world, inputs);
  const plan = await (inputs.release === undefined
    ? makePlan(trigger, inputs)
    : report.step('Find the release', () => planByRelease(world, inputs, api)));
  report.plan = plan;
  const flyctl = inputs.dryRun ? '' : await report.step('Get flyctl', () => getFlyctl(world, inputs));

  const { repositoryUrl } = linksOf(world);
  const session = sourceSession(world, inputs, plan);
  const image = await report.step('Look at the image', () =>
    resolveImage(plan, inputs, repositoryUrl, { session, clock, random, log: log.line }),
  );
  report.image = image;
  // Of a moving tag nothing but the image itself says which commit it is.
  const mode = plan.source === 'digest' && inputs.checkRevision === 'auto' ? 'require' : inputs.checkRevision;
  const name = formatReference(image.reference);
  report.revision = checkRevision(mode, plan.commit, image.revision, name, repositoryUrl);
  logImage(plan, image, report.revision, clock.now(), log);
  if (inputs.requireAttestation)
    await report.step('Verify the attestation', () => proveAttestation(world, inputs, report));
  const mirror = mirrorRepository(inputs.app, env['FLY_REGISTRY_HOST']);
  const mirrored = needsMirror(inputs.mirror, image, mirror);
  if (!mirrored && image.repository.host !== mirror.host) warnPrivate(image, log);
  const proof = makeProof(world, inputs, report, api);

  report.look = () => listMachines(api);
  if (inputs.flyToken === '') {
    log.notice('What runs now was not looked at: this dry run has no Fly.io token (`fly-api-token`).');
  } else {
    await report.step('Look at the machines', async () => {
      const url = askAppUrl(world, api);
      try {
        report.before = await report.look?.();
      } catch (error) {
        // A dry run is to say what would be deployed, also where Fly.io is away or the token may not.
        if (!inputs.dryRun || !(error instanceof UserError)) throw error;
        log.warning(`What runs now is not known. ${error.message}`);
      }
      report.url = await url;
    });
  }
  if (report.before !== undefined) logBefore(report.before, log);
  const age = await ageOfImage(world, inputs, report);
  const skip = reasonToSkip(inputs, report, age, proof.expected(clock.now()));
  if (inputs.dryRun || skip !== undefined) {
    report.machines = compare(report.before ?? [], proof.expected(clock.now()));
    report.skipped = inputs.dryRun ? 'dry-run' : skip?.reason;
    if (inputs.dryRun) logDryRun(image, age, skip?.words, mirrored ? mirror : undefined, log);
    else log.notice(`Nothing is deployed: ${skip?.words}`);
    return;
  }

  if (mirrored) {
    report.mirror = await report.step('Copy the image', () =>
      log.group(`Copy the image to ${formatReference(mirror)}, where Fly.io can pull it`, () =>
        mirrorImage(plan, image, inputs, copyWorld(world, inputs, session, mirror)),
      ),
    );
  }
  const { reference } = report.mirror ?? image;
  const deployed = { ...inputs, reference };
  const by = { flyctl, token: inputs.flyToken, public: image.public || mirrored };
  const since = clock.now();
  report.deployStartedAt = since;
  try {
    report.release = await report.step('Deploy', () =>
      log.group(`flyctl deploy --app ${inputs.app} --image ${formatReference(reference)}`, () =>
        deploy(deployed, { ...world, ...by }),
      ),
    );
    report.deployed = true;
    if (!inputs.verify) {
      log.warning('`verify` is false: no machine was looked at, so this run does not know what runs.');
      return;
    }
    await report.step('Verify', () => log.group('Verify what the machines run', () => proof.verify(since)));
  } catch (error) {
    throw await wayBack(error, world, inputs, report, proof, by);
  }
  report.verified = true;
  log.line(`Verified: every machine of ${inputs.app} runs ${image.digest}`);
}
