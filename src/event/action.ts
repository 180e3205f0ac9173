import type { Json } from '../lib/json.ts';
import { type EventName, events } from './events.ts';
import type { Refusal, Refuse } from './types.ts';

/** Why the event's action does not deploy; undefined if it does. @throws UserError when an action is required and missing. */
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
    `The event is ${event} with the action ${JSON.stringify(action)}.`,
    `${actions.length === 1 ? 'The action' : 'One of the actions'} ${actions.join(', ')}. Other actions withdraw something, or are not final.`,
    `Limit the trigger to actions that deploy: \`on: ${event}: types: [${event.startsWith('pull_request') ? 'opened, synchronize, reopened' : first}]\``,
  );
}
