import { machinesApi, proveAttestation } from '../connections.ts';
import { Refused, readTrigger } from '../event/read.ts';
import type { Trigger } from '../event/trigger.ts';
import { appOf } from '../inputs/fly-config.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { appLine } from '../inputs/location.ts';
import { parseJsonObject } from '../lib/json.ts';
import { allOf, UserError } from '../lib/user-error.ts';
import { type Finding, findingOf, look, mapTexts } from '../report/finding.ts';
import { logFindings } from '../report/findings-log.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../runtime.ts';
import { lookAtFly } from './fly.ts';
import { lookAtGitHub } from './github.ts';
import { type ImageFacts, lookAtImages } from './image.ts';
import { lookAtWorkflows } from './workflows.ts';

/**
 * Checks a whole setup in place of a deploy: each part is looked at, whatever the others are like, and nothing is written
 * anywhere.
 *
 * @throws UserError with all that is bad, when all has been looked at.
 */
export async function doctor(world: World, inputs: Inputs, report: Report): Promise<void> {
  const { log, clock } = world;
  report.skipped = 'dry-run';
  const findings: Finding[] = [];
  report.checks = findings;

  const step = (name: string, area: Finding['area'], check: () => Promise<Finding[]> | Finding[]) =>
    report.step(name, async () => {
      // Before the summary escapes it: an escaped secret is not found any more.
      for (const found of await look(area, check)) findings.push(mapTexts(found, log.hide));
    });

  await step('Look at Fly.io', 'Fly.io app', async () => {
    const fly = await lookAtFly(machinesApi(world, inputs), clock.now());
    report.before = fly.machines;
    return fly.findings;
  });
  await step('Look at the config', 'Fly.io app', () => config(world, inputs));
  await step('Read the event', 'Event', () => {
    const event = eventOf(world, inputs);
    report.trigger = event.trigger;
    return [event.finding];
  });
  const branch = branchOf(world, inputs, report.trigger);
  let images: ImageFacts | undefined;
  await step('Look at the images', 'Image', async () => {
    images = await lookAtImages(world, inputs, report.trigger, branch);
    [report.plan, report.image] = [images.plan, images.image];
    return images.findings;
  });
  if (inputs.requireAttestation) {
    await step('Verify the attestation', 'Image', async () => {
      if (report.image === undefined)
        return [
          {
            area: 'Image',
            mark: 'skipped',
            words: 'Not looked at: the attestation, as there is no image of this run.',
          },
        ];
      await proveAttestation(world, inputs, report);
      const words = `The image is attested: ${report.attested?.signer} built it from commit ${report.attested?.commit}.`;
      return [{ area: 'Image', mark: 'ok', words }];
    });
  }
  await step('Ask GitHub', 'GitHub token', () => lookAtGitHub(world, inputs, branch, images?.tags ?? []));
  await step('Read the workflows', 'Workflow', () => lookAtWorkflows(world, inputs, branch, images?.private));

  logFindings(findings, log);
  const bad = findings.filter(({ mark }) => mark === 'bad');
  if (bad.length === 0) return;
  throw allOf(
    bad.map(
      ({ area, words, expected, fix, at }) =>
        new UserError({
          found: `${area}: ${words}${at === undefined ? '' : ` (${at.file}, line ${at.line})`}`,
          expected: expected ?? 'a setup that can deploy.',
          fix: fix ?? 'what is said above.',
        }),
    ),
  );
}

/** An `app` of the inputs goes before that of fly.toml, which flyctl then reads for another app. */
function config({ readFile, env }: World, { app, config: path }: Inputs): Finding[] {
  if (path === undefined)
    return [
      {
        area: 'Fly.io app',
        mark: 'skipped',
        words:
          'Not looked at: there is no fly.toml in the workspace, so that flyctl takes the config that the app has at Fly.io.',
      },
    ];
  const text = readFile(path) ?? '';
  const named = appOf({ path, text }, env);
  if (named === app || named === '')
    return [{ area: 'Fly.io app', mark: 'ok', words: `${path} is of the same app.` }];
  const fix = `one of the two:\nwith:\n  app: ${/^[a-z0-9-]+$/.test(named) ? named : 'your-app'}`;
  const words = `${path} is of app "${named}", and the input \`app\` is "${app}": it is "${app}" that is deployed, with the other’s config.`;
  return [{ area: 'Fly.io app', mark: 'warning', words, fix, at: { file: path, line: appLine(text) ?? 1 } }];
}

/** An event that must not deploy is no reason to look at nothing: a setup is looked at on a first day, from anywhere. */
function eventOf(
  world: World,
  inputs: Inputs,
): { readonly trigger: Trigger | undefined; readonly finding: Finding } {
  try {
    const trigger = readTrigger(world, inputs);
    const words =
      trigger.kind === 'manual'
        ? `A run by ${trigger.event} deploys what is newest of branch "${trigger.branch}".`
        : `A run by ${trigger.event} deploys commit ${trigger.commit} of branch "${trigger.branch}".`;
    return { trigger, finding: { area: 'Event', mark: 'ok', words } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      trigger: undefined,
      finding: findingOf('Event', error instanceof Refused ? 'warning' : 'bad', error),
    };
  }
}

/** The branch whose builds are deployed, also where the event says nothing. */
function branchOf({ env, readFile }: World, inputs: Inputs, trigger: Trigger | undefined): string {
  if (trigger !== undefined) return trigger.branch;
  if (inputs.branch !== undefined) return inputs.branch;
  try {
    const payload = parseJsonObject(readFile(env['GITHUB_EVENT_PATH'] ?? '') ?? '', 'the event’s payload');
    return payload.get('repository').get('default_branch').text();
  } catch (error) {
    if (error instanceof UserError) return 'main';
    throw error;
  }
}
