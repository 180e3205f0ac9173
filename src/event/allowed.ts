import { allowing, onBranch } from './advice.ts';
import { type EventName, events } from './events.ts';
import type { Refusal, Refuse } from './types.ts';

/** Why the event does not deploy without `allow-events`; undefined if the input names it, or if it always deploys. */
export function refusedEvent(
  event: EventName,
  branch: string,
  allowEvents: readonly string[],
  refuse: Refuse<'event-not-allowed'>,
): Refusal | undefined {
  const facts = events[event];
  if (!('onlyAllowed' in facts) || allowEvents.includes(event)) return undefined;
  const { because, use } = facts.onlyAllowed;
  return refuse(
    'event-not-allowed',
    `The event is ${event}: ${because}.`,
    'An event that only people with write access can cause.',
    `Start this workflow with ${onBranch('push', branch)} or with \`on: workflow_run\`, which deploy what is merged. For ${use}: ${allowing(allowEvents, event)}.`,
  );
}
