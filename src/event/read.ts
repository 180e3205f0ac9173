import type { Inputs } from '../inputs/inputs.ts';
import { parseJsonObject } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { cleanBranch, madeByTemplate } from '../registry/tag-template.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../runtime.ts';
import { readEvent, type Trigger } from './trigger.ts';

/** An event that must not deploy. Whether that fails the step is for `on-refusal` to say. */
export class Refused extends UserError {}

/** @throws UserError without an event file, and with one that is no payload; Refused for an event that must not deploy. */
export function readTrigger({ env, readFile }: World, inputs: Inputs): Trigger {
  const path = env['GITHUB_EVENT_PATH'] ?? '';
  const text = path === '' ? undefined : readFile(path);
  if (text === undefined) {
    throw new UserError({
      found:
        path === ''
          ? 'GITHUB_EVENT_PATH is empty.'
          : `The event file ${path} (GITHUB_EVENT_PATH) does not exist.`,
      expected: 'the payload of the event that started this workflow.',
      fix: 'run this action as a step of a job; a container that the job starts by hand has no event file.',
    });
  }
  const payload = parseJsonObject(text, 'the event’s payload');
  const { branch, allowEvents, image, tag, shaTag } = inputs;
  const trigger = readEvent(env['GITHUB_EVENT_NAME'] ?? '', payload, {
    sha: env['GITHUB_SHA'],
    branch,
    allowEvents,
    imagePath: image.path,
    isOurTag: (name, of) =>
      name === tag.replaceAll('{branch}', cleanBranch(of)) || madeByTemplate(name, shaTag, of),
  });
  if (trigger.kind === 'refused') throw new Refused(trigger);
  return trigger;
}

/**
 * What the event asks for; undefined when it must not deploy and `on-refusal` is "skip".
 *
 * @throws as readTrigger does.
 */
export function triggerOf(world: World, inputs: Inputs, report: Report): Trigger | undefined {
  try {
    return readTrigger(world, inputs);
  } catch (error) {
    if (!(error instanceof Refused) || inputs.onRefusal === 'fail') throw error;
    report.skipped = 'refused';
    world.log.notice(`Nothing is deployed. ${error.message}`);
    return undefined;
  }
}
