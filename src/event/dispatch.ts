import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { isTag } from '../registry/reference.ts';
import { cleanBranch } from '../registry/tag-template.ts';
import { repositoryOf, sendCommit, withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';
import { unreadFields } from './unread.ts';

/** A person or a schedule started the run: no commit is named. */
export const readManual = (event: string, branch: string): Trigger => ({ kind: 'manual', event, branch });

/**
 * A person started the run, on a ref that they chose. What is deployed is the branch's, so another ref is no wish that can be
 * ignored: an input has to say what is meant.
 */
export function readWorkflowDispatch(
  payload: Json,
  branch: string,
  rules: EventRules,
  refuse: Refuse<CodeOf<'workflow_dispatch'>>,
): Trigger | Refusal {
  const event = 'workflow_dispatch';
  const { ref = `refs/heads/${branch}`, names } = rules;
  const [, kind, name = ref] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  // The run's own build is of its ref, whatever other branch an input names.
  const isOwn = names === 'own-build';
  const isMeant =
    ref === `refs/heads/${branch}` ||
    (isOwn ? rules.branch === name : rules.branch !== undefined || names === 'something');
  if (isMeant) return { ...readManual(event, branch), ...unreadIn('inputs', payload, branch, rules) };
  // A tag of Git can contain what an image's tag cannot, and docker/metadata-action cleans it like a branch.
  const tag = cleanBranch(name);
  const own =
    kind === 'tags' && names === 'nothing' && isTag(tag)
      ? `${withInput('select', `tag:${tag}`)} deploys the image of this tag`
      : `${withInput('branch', name)} deploys the builds of this ref`;
  return refuse(
    'event-other-ref',
    `The run was started on ${ref}, and ${isOwn ? 'is to deploy its own build' : `what it would deploy is of branch "${branch}"`}.`,
    `a run on refs/heads/${branch}, or an input that says what to deploy.`,
    `start the run on "${branch}"; or say what is meant: ${own}${isOwn ? '' : `, ${withInput('branch', branch)} those of "${branch}", whatever the run is started on`}.`,
  );
}

/** What was sent and is not read, where what is deployed is whatever a tag is now. */
function unreadIn(from: 'client_payload' | 'inputs', payload: Json, branch: string, rules: EventRules) {
  const { image, names, looksUp } = rules;
  const tag = looksUp(branch);
  if (tag === undefined) return {};
  const expression = from === 'inputs' ? from : `github.event.${from}`;
  const unread = unreadFields(payload.get(from), expression, {
    from,
    branch,
    image: { host: image.host, path: image.path },
    tag,
    isNamed: names !== 'nothing',
  });
  return unread === undefined ? {} : { unread };
}

/**
 * Another program started the run, and may name the commit in `client_payload.sha`.
 *
 * @throws UserError when that is not a full commit id.
 */
export function readRepositoryDispatch(payload: Json, branch: string, rules: EventRules): Trigger {
  const event = 'repository_dispatch';
  const sha = payload.get('client_payload').get('sha');
  const { value } = sha;
  if (value === undefined || value === null)
    return { ...readManual(event, branch), ...unreadIn('client_payload', payload, branch, rules) };
  if (typeof value === 'string' && isCommit(value))
    return { kind: 'automatic', event, commit: value, branch };
  // A short one is enough where the step takes it, as `commit` does.
  if (typeof value === 'string' && value.toLowerCase() === rules.commit) return readManual(event, branch);
  const { code, found, expected } = sha.error('a full commit id, of 40 hexadecimal digits');
  const short =
    typeof value === 'string' && /^[0-9a-f]{7,64}$/i.test(value)
      ? '; or take it as it is: `with: commit: ${{ github.event.client_payload.sha }}`'
      : '';
  const fix = `${sendCommit(repositoryOf(payload), '$(git rev-parse HEAD)')} sends one${short}.`;
  throw new UserError({ code, found, expected, fix });
}

/**
 * Whoever may create a deployment may write. Its ref may be a commit or a tag, and is not needed; another branch than the one
 * that is deployed is no wish that can be ignored.
 */
export function readDeployment(
  payload: Json,
  branch: string,
  rules: EventRules,
  refuse: Refuse<CodeOf<'deployment'>>,
): Trigger | Refusal {
  const event = 'deployment';
  const { ref = '', names } = rules;
  const deployment = payload.get('deployment');
  if (names === 'nothing' && ref.startsWith('refs/heads/') && ref !== `refs/heads/${branch}`) {
    const other = ref.replace(/^refs\/heads\//, '');
    return refuse(
      'event-other-branch',
      `The deployment is of ${ref}.`,
      `a deployment of branch "${branch}", of a tag, or of a commit.`,
      `create it for ref "${branch}"; or name the other branch in the step: ${withInput('branch', other)}.`,
    );
  }
  const environment = deployment.get('environment').maybeText();
  return {
    kind: 'automatic',
    event,
    commit: commitOf(deployment.get('sha')),
    branch,
    ...(environment === undefined ? {} : { environment }),
  };
}
