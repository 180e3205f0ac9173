import type { ImageInputs, TrustInputs } from '../inputs/inputs.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { cleanBranch, madeByTemplate } from '../registry/tag-template.ts';
import type { Runtime } from '../runtime.ts';
import { readEvent } from './trigger.ts';
import type { Refusal, Trigger } from './types.ts';

type EventDeps = Pick<Runtime, 'env' | 'readFile'>;

/** The payload of the event that started this run. @throws UserError without an event file, and when it is not JSON. */
function readPayload({ env, readFile }: EventDeps): Json {
  const path = env['GITHUB_EVENT_PATH'] ?? '';
  const text = path === '' ? undefined : readFile(path);
  if (text !== undefined) return parseJsonObject(text, 'the event’s payload');
  throw new UserError({
    code: 'event-file-missing',
    found:
      path === ''
        ? 'GITHUB_EVENT_PATH is empty.'
        : `The event file ${path} (GITHUB_EVENT_PATH) does not exist.`,
    expected: 'the payload of the event that started this workflow.',
    fix: 'run this action as a step of a job; a container that the job starts by hand has no event file.',
  });
}

/**
 * What the event asks for, or why it must not deploy.
 *
 * @throws UserError without an event file, and with one that is no payload.
 */
export function readTrigger(deps: EventDeps, inputs: ImageInputs & TrustInputs): Trigger | Refusal {
  const { branch, allowEvents, image, tag, shaTag } = inputs;
  return readEvent(deps.env['GITHUB_EVENT_NAME'] ?? '', readPayload(deps), {
    sha: deps.env['GITHUB_SHA'],
    branch,
    allowEvents,
    imagePath: image.path,
    isOurTag: (name, of) =>
      name === tag.replaceAll('{branch}', cleanBranch(of)) || madeByTemplate(name, shaTag, of),
  });
}

/** The branch whose builds are deployed, also where the event must not deploy or cannot be read. */
export function branchOf(
  deps: EventDeps,
  { branch }: Pick<ImageInputs, 'branch'>,
  trigger: Trigger | undefined,
): string {
  if (trigger !== undefined) return trigger.branch;
  if (branch !== undefined) return branch;
  try {
    return readPayload(deps).get('repository').get('default_branch').text();
  } catch (error) {
    if (error instanceof UserError) return 'main';
    throw error;
  }
}
