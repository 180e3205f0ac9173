import { readEvent, type Trigger } from './event.ts';
import { Fault } from './fault.ts';
import type { Inputs } from './inputs.ts';
import { parseJsonObject } from './payload.ts';
import type { World } from './world.ts';

/** @throws Fault without an event file, with one that is no payload, and for an event that must not deploy. */
export function readTrigger({ env, readFile }: World, inputs: Inputs): Trigger {
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
