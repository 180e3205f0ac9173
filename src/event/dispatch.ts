import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { isTag } from '../registry/reference.ts';
import { cleanBranch } from '../registry/tag-template.ts';
import { repositoryOf, sendCommit, withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import { commitOf, type EventRules, type Refusal, type Refuse, type Trigger } from './types.ts';
import { unreadFields } from './unread.ts';

/** A run that a person or a schedule started, without a commit. */
export const readManual = (event: string, branch: string): Trigger => ({ kind: 'manual', event, branch });

/**
 * A run that a person started on a ref of their choice. The run deploys the branch's image, so a different ref is refused
 * instead of ignored, unless an input names what to deploy.
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
  // The build of the run's own commit belongs to the run's ref, whatever other branch an input names.
  const isOwn = names === 'own-build';
  const isIntended =
    ref === `refs/heads/${branch}` ||
    (isOwn ? rules.branch === name : rules.branch !== undefined || names === 'something');
  if (isIntended) return { ...readManual(event, branch), ...unreadIn('inputs', payload, branch, rules) };
  // A Git tag can contain characters that an image tag cannot; docker/metadata-action replaces them as it does for branches.
  const tag = cleanBranch(name);
  const own =
    kind === 'tags' && names === 'nothing' && isTag(tag)
      ? `to deploy the image of this tag: ${withInput('select', `tag:${tag}`)}`
      : `to deploy the builds of this ref: ${withInput('branch', name)}`;
  return refuse(
    'event-other-ref',
    `The run was started on ${ref}, but ${isOwn ? 'its inputs select the build of the commit at that ref' : `it would deploy an image of branch "${branch}"`}.`,
    `A run on refs/heads/${branch}, or an input that names what to deploy.`,
    `Start the run on "${branch}". Or, ${own}.${isOwn ? '' : ` Or, to deploy the builds of "${branch}" whatever ref the run is started on: ${withInput('branch', branch)}.`}`,
  );
}

/** The fields that were sent and that no input reads, if the run deploys whatever a tag is now. */
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
 * A run that another program started, optionally with the commit in `client_payload.sha`.
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
  // A short commit is enough if the step passes it to the input `commit`.
  if (typeof value === 'string' && value.toLowerCase() === rules.commit) return readManual(event, branch);
  const { code, found, expected } = sha.error('A full commit id of 40 hexadecimal digits');
  const short =
    typeof value === 'string' && /^[0-9a-f]{7,64}$/i.test(value)
      ? ' Or accept the short one: `with: commit: ${{ github.event.client_payload.sha }}`.'
      : '';
  const fix = `Send the full commit id: ${sendCommit(repositoryOf(payload), '$(git rev-parse HEAD)')}.${short}`;
  throw new UserError({ code, found, expected, fix });
}

/**
 * Creating a deployment requires write access, so the event is trusted. Its ref can be a commit or a tag, which is not needed
 * here; a deployment of another branch is refused instead of ignored.
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
      `The deployment was created for ${ref}.`,
      `A deployment of branch "${branch}", of a tag, or of a commit.`,
      `Create the deployment for ref "${branch}". Or, to deploy the builds of the other branch: ${withInput('branch', other)}.`,
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
