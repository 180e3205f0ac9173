import type { Json } from '../lib/json.ts';
import { type EventName, events } from './events.ts';
import type { Refusal, Refuse } from './types.ts';

/** Why an event's action deploys nothing; undefined where it may. @throws UserError when the event must have one and does not. */
export function refusedAction(
  event: EventName,
  payload: Json,
  refuse: Refuse<'event-action'>,
): Refusal | undefined {
  const facts = events[event];
  if (!('actions' in facts)) return undefined;
  const action = payload.get('action').text();
  const actions: readonly string[] = facts.actions;
  if (actions.includes(action)) return undefined;
  const [first = ''] = actions;
  return refuse(
    'event-action',
    `The event is ${event}, and its action is ${JSON.stringify(action)}.`,
    `${actions.join(', ')}: another action is about something that is withdrawn, or not final.`,
    `\`on: ${event}: types: [${event.startsWith('pull_request') ? 'opened, synchronize, reopened' : first}]\``,
  );
}
