import type { Json } from '../lib/json.ts';
import { refusedAction } from './action.ts';
import { deployingEvents, insteadOf } from './advice.ts';
import { refusedEvent } from './allowed.ts';
import { readDeployment, readManual, readRepositoryDispatch, readWorkflowDispatch } from './dispatch.ts';
import { isEventName } from './events.ts';
import { readPackage } from './package.ts';
import { readPullRequest } from './pull-request.ts';
import { readPush } from './push.ts';
import { readRelease } from './release.ts';
import type { EventRules, Refusal, Refuse, Trigger } from './types.ts';
import { readWorkflowRun } from './workflow-run.ts';

/**
 * Decides from the event alone which commit's image to deploy, and whether this run is allowed to deploy at all.
 * Fails closed: an event that is not known to be safe is refused.
 *
 * Facts: "Events that trigger workflows" and "Webhook events and payloads" of GitHub's docs. On a
 * `workflow_run` GITHUB_SHA is the default branch's head, so the commit is `workflow_run.head_sha`; a fork's
 * pull request from a branch called `main` has `head_branch: main`, so the repository's id is compared too.
 *
 * @throws UserError when the payload lacks a field that the event must have.
 */
export function readEvent(event: string, payload: Json, rules: EventRules): Trigger | Refusal {
  const refuse: Refuse = (code, found, expected, fix) => ({
    kind: 'refused',
    event,
    code,
    found,
    expected,
    fix,
  });
  const branch = rules.branch ?? payload.get('repository').get('default_branch').text();

  if (!isEventName(event)) {
    return refuse(
      'event-unknown',
      `The event is ${JSON.stringify(event)}, which never deploys.`,
      `One of the events ${deployingEvents}.`,
      insteadOf(event, payload, branch, rules.workflow),
    );
  }

  const refused =
    refusedEvent(event, branch, rules.allowEvents, refuse) ?? refusedAction(event, payload, refuse);
  if (refused !== undefined) return refused;

  switch (event) {
    case 'workflow_run':
      return readWorkflowRun(payload, branch, rules, refuse);
    case 'push':
      return readPush(payload, branch, refuse);
    case 'release':
      return readRelease(payload, branch, rules, refuse);
    case 'repository_dispatch':
      return readRepositoryDispatch(payload, branch, rules);
    case 'workflow_dispatch':
      return readWorkflowDispatch(payload, branch, rules, refuse);
    case 'schedule':
      return readManual(event, branch);
    case 'deployment':
      return readDeployment(payload, branch, rules, refuse);
    case 'registry_package':
      return readPackage(payload, branch, rules, refuse);
    case 'pull_request':
    case 'pull_request_target':
      return readPullRequest(event, payload, branch, refuse);
  }
}
