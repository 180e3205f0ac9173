import { branchOf, readTrigger } from '../event/read.ts';
import type { Trigger } from '../event/types.ts';
import { unreadText } from '../event/unread.ts';
import { flyApi } from '../fly/api.ts';
import { isAppName } from '../fly/app-name.ts';
import { appOf } from '../inputs/config-app.ts';
import { appLineIn, readConfig } from '../inputs/fly-config.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import type { CheckCode } from '../report/check-codes.ts';
import type { Facts } from '../report/facts.ts';
import { type Finding, findingOf, findingsOf, mapTexts, named, onePerCause } from '../report/finding.ts';
import { logFindings } from '../report/findings-log.ts';
import type { Outcome } from '../report/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { eitherOr } from './either-or.ts';
import { checkFly } from './fly.ts';
import { checkGitHub } from './github.ts';
import { checkImages, type ImageFacts } from './image.ts';
import { otherBranchCause } from './workflow-triggers.ts';
import { checkWorkflows } from './workflows.ts';

/**
 * Checks a whole setup in place of a deploy: each part is checked, whatever the others are like, and nothing is written
 * anywhere.
 */
export async function doctor(rt: Runtime, inputs: Inputs, facts: Facts): Promise<Outcome> {
  const { log, clock } = rt;
  const check = (title: string, area: Finding['area'], work: () => Promise<Finding[]> | Finding[]) =>
    facts.timed(title, async () => {
      const findings = await findingsOf(area, work);
      // Before the summary escapes it: an escaped secret is no longer found.
      facts.note(findings.map((each) => mapTexts(each, log.hide)));
    });

  await check('Check Fly.io', 'Fly.io app', async () => {
    const { machines, findings } = await checkFly(flyApi(rt, inputs), clock.now());
    if (machines !== undefined) facts.keep('before', machines);
    return findings;
  });
  await check('Check the config', 'Fly.io app', () => configFindings(rt, inputs));
  await check('Read the event', 'Event', () => {
    const { trigger, finding } = eventOf(rt, inputs);
    if (trigger !== undefined) facts.keep('trigger', trigger);
    return [finding];
  });
  const { trigger } = facts.known;
  const branch = branchOf(rt, inputs, trigger);
  let images: ImageFacts | undefined;
  await check('Check the images', 'Image', async () => {
    images = await checkImages(rt, inputs, trigger, branch, facts);
    return images.findings;
  });
  await check('Check GitHub', 'GitHub token', () => checkGitHub(rt, inputs, branch, images?.tags ?? []));
  await check('Check the workflows', 'Workflow', () => checkWorkflows(rt, inputs, branch, images?.private));

  const findings = onePerCause(facts.findings);
  logFindings(findings, log);
  return { kind: 'checked', mode: 'doctor', findings };
}

/** An `app` of the inputs goes before that of fly.toml, which flyctl then reads for another app. */
async function configFindings(rt: Runtime, { app }: Inputs): Promise<Finding[]> {
  const config = readConfig(rt);
  if (config === undefined)
    return [
      {
        area: 'Fly.io app',
        mark: 'skipped',
        code: 'config-not-checked',
        words:
          'The workspace has no fly.toml, fly.json or fly.yaml, so flyctl uses the config that the app has on Fly.io.',
      },
    ];
  const { path } = config;
  const { name, line = 1 } = await appOf(config, rt.env);
  if (name === app || name === '') {
    const words = name === '' ? `${named(path)} does not name an app.` : `${named(path)} names the same app.`;
    return [{ area: 'Fly.io app', mark: 'ok', code: 'config-of-app', words }];
  }
  const own = await configOf(rt, app);
  const ways = [
    ...(isAppName(name) ? [`deploy the app of ${named(path)}:\nwith:\n  app: ${name}`] : []),
    ...(own === undefined ? [] : [`use the config of app ${named(app)}:\nwith:\n  config: ${own}`]),
    ...(own === undefined ? [`correct line ${line} of ${named(path)}:\n${appLineIn(config, app)}`] : []),
  ];
  const words = `${named(path)} names app ${named(name)}, but the input \`app\` is ${named(app)}. A run deploys ${named(app)} with the config of the other app.`;
  const fix = eitherOr(ways);
  const at = { file: path, line };
  return [{ area: 'Fly.io app', mark: 'warning', code: 'config-of-other-app', words, fix, at }];
}

/** A config in the root of the workspace that names the app, e.g. `fly.production.toml`. */
async function configOf(rt: Runtime, app: string): Promise<string | undefined> {
  const names = rt.listFolder('.').filter((name) => /^fly\.[\w-]+\.toml$/.test(name));
  for (const path of names.sort().slice(0, 20)) {
    const text = rt.readFile(path);
    const name = text === undefined ? undefined : await appOf({ path, text }, rt.env).catch(() => undefined);
    if (name?.name === app) return path;
  }
  return undefined;
}

/** The rest is checked even if the event must not deploy: a setup is checked on a first day, from anywhere. */
function eventOf(
  rt: Runtime,
  inputs: Inputs,
): { readonly trigger: Trigger | undefined; readonly finding: Finding } {
  try {
    const trigger = readTrigger(rt, inputs);
    if (trigger.kind === 'refused') {
      const finding = findingOf('Event', 'warning', new UserError(trigger));
      const isOther = trigger.event === 'workflow_run' && trigger.code === 'event-other-branch';
      return {
        trigger: undefined,
        finding: isOther ? { ...finding, cause: otherBranchCause } : finding,
      };
    }
    if (trigger.kind === 'manual' && trigger.caution !== undefined)
      return { trigger, finding: findingOf('Event', 'warning', new UserError(trigger.caution)) };
    if (trigger.kind === 'manual' && trigger.unread !== undefined)
      return {
        trigger,
        finding: {
          area: 'Event',
          mark: 'warning',
          code: 'event-fields-unread',
          ...unreadText(trigger.unread),
        },
      };
    const { event } = trigger;
    const [code, what]: [CheckCode, string] =
      trigger.kind === 'manual'
        ? [
            'event-deploys-newest',
            `It does not name a commit, so \`manual-select\` decides which image of branch ${named(trigger.branch)} is deployed.`,
          ]
        : [
            'event-deploys-commit',
            `It deploys commit ${named(trigger.commit)} of branch ${named(trigger.branch)}.`,
          ];
    const words = `The event of this run is ${named(event)}. ${what}`;
    return { trigger, finding: { area: 'Event', mark: 'ok', code, words } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { trigger: undefined, finding: findingOf('Event', 'bad', error) };
  }
}
