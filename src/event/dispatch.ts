import type { Json } from '../lib/json.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';

/** A person or a schedule started the run: no commit is named. */
export const readManual = (event: string, branch: string): Trigger => ({ kind: 'manual', event, branch });

/**
 * A person started the run, on a ref that they chose. What is deployed is the branch's, so another ref is no wish that can be
 * ignored: an input has to say what is meant.
 */
export function readWorkflowDispatch(branch: string, rules: EventRules, refuse: Refuse): Trigger | Refusal {
  const event = 'workflow_dispatch';
  const { ref = `refs/heads/${branch}`, names } = rules;
  const isMeant = ref === `refs/heads/${branch}` || rules.branch !== undefined || names === 'something';
  if (isMeant) return readManual(event, branch);
  const [, kind, name = ref] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  const own =
    kind === 'tags' && names === 'nothing'
      ? `\`with: select: tag:${name}\` deploys the image of this tag`
      : `\`with: branch: ${name}\` deploys the builds of this ref`;
  return refuse(
    'event-other-ref',
    `The run was started on ${ref}, and ${names === 'own-build' ? 'is to deploy its own build' : `what it would deploy is of branch "${branch}"`}.`,
    `a run on refs/heads/${branch}, or an input that says what to deploy.`,
    `start the run on "${branch}"; or say what is meant: ${own}, \`with: branch: ${branch}\` those of "${branch}", whatever the run is started on.`,
  );
}

/** Another program started the run, and may name the commit in `client_payload.sha`. */
export function readRepositoryDispatch(payload: Json, branch: string): Trigger {
  const event = 'repository_dispatch';
  const sha = payload.get('client_payload').get('sha');
  return sha.value === undefined || sha.value === null
    ? readManual(event, branch)
    : { kind: 'automatic', event, commit: commitOf(sha), branch };
}

/** Whoever may create a deployment may write; its ref may be a commit, and is not needed. */
export const readDeployment = (payload: Json, branch: string): Trigger => ({
  kind: 'automatic',
  event: 'deployment',
  commit: commitOf(payload.get('deployment').get('sha')),
  branch,
});
