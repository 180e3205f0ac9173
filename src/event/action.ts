import type { Json } from '../lib/json.ts';
import type { Refusal, Refuse } from './types.ts';

/**
 * The actions of an event after which there is something to deploy ("Webhook events and payloads" of GitHub's docs). Every
 * other one withdraws something, or is not final: a deleted release, an edited one, a pull request that got an assignee. The
 * action of a repository_dispatch is its sender's own word, and is not checked.
 */
const deployable: Readonly<Record<string, readonly string[]>> = {
  workflow_run: ['completed'],
  release: ['published', 'released', 'prereleased'],
  pull_request: ['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled', 'closed'],
  pull_request_target: ['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled', 'closed'],
  deployment: ['created'],
  registry_package: ['published', 'updated'],
};

/** Why an event's action deploys nothing; undefined where it may. @throws UserError when the event must have one and does not. */
export function refusedAction(event: string, payload: Json, refuse: Refuse): Refusal | undefined {
  if (!Object.hasOwn(deployable, event)) return undefined;
  const { [event]: actions = [] } = deployable;
  const action = payload.get('action').text();
  if (actions.includes(action)) return undefined;
  const [first = ''] = actions;
  return refuse(
    'event-action',
    `The event is ${event}, and its action is ${JSON.stringify(action)}.`,
    `${actions.join(', ')}: another action is about something that is withdrawn, or not final.`,
    `\`on: ${event}: types: [${event.startsWith('pull_request') ? 'opened, synchronize, reopened' : first}]\``,
  );
}
