import type { ImageInputs, Selection, TargetInputs, TrustInputs } from '../inputs/inputs.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import { matchesGlob } from '../registry/glob.ts';
import { namesImage } from '../registry/reference.ts';
import { buildsCommitIn, cleanBranch } from '../registry/tag-template.ts';
import type { Runtime } from '../runtime.ts';
import { readEvent } from './trigger.ts';
import type { EventRules, Refusal, Trigger } from './types.ts';

type EventDeps = Pick<Runtime, 'env' | 'readFile'>;

/** The payload of the event that started this run. @throws UserError if the event file is missing or is not JSON. */
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
    expected: 'A file with the payload of the event that started this workflow.',
    fix: 'Run this action as a step of a job: a container that the job starts itself has no event file.',
  });
}

type EventInputs = ImageInputs & TrustInputs & Pick<TargetInputs, 'mode'>;

/**
 * What the event asks for, or why it must not deploy.
 *
 * @throws UserError if the event file is missing or is not a valid payload.
 */
export function readTrigger(deps: EventDeps, inputs: EventInputs): Trigger | Refusal {
  const { branch, allowEvents, image, commit, shaTag, mode } = inputs;
  const selection = inputs.select ?? inputs.manualSelect;
  const { GITHUB_EVENT_NAME: event = '', GITHUB_SHA: sha, GITHUB_REF: ref } = deps.env;
  const { GITHUB_WORKFLOW_REF: workflow = '' } = deps.env;
  const payload = readPayload(deps);
  const trigger = readEvent(event, payload, {
    sha,
    ref,
    names: namesOf(inputs, sha),
    branch,
    allowEvents,
    commit,
    workflow: /\/\.github\/workflows\/([\w.-]+\.ya?ml)@/.exec(workflow)?.[1],
    image: { host: image.host, path: image.path },
    isSelected: (name, of) => isSelected(name, inputs.manualSelect, of),
    movingTag: (of) =>
      inputs.manualSelect.form === 'tag' ? (tagOf(inputs.manualSelect, of) ?? '') : cleanBranch(of),
    looksUp: (of) =>
      commit !== undefined || image.digest !== undefined ? undefined : (image.tag ?? tagOf(selection, of)),
    commitIn: (name, of) => buildsCommitIn(name, shaTag, of),
  });
  // A run that does not deploy can be started on any ref: it only warns that a deploy would be refused.
  return mode !== 'deploy' && trigger.kind === 'refused' && trigger.code === 'event-other-ref'
    ? { kind: 'manual', event, branch: branch ?? defaultBranchOf(payload), caution: trigger }
    : trigger;
}

/** The tag, or the pattern of tags, that a selection looks up; undefined if it looks up none. */
function tagOf(selection: Selection, branch: string): string | undefined {
  const text =
    selection.form === 'tag' ? selection.tag : selection.form === 'newest' ? selection.pattern : undefined;
  return text?.replaceAll('{branch}', cleanBranch(branch));
}

/** Whether a run without a commit would deploy this tag. */
function isSelected(name: string, selection: Selection, branch: string): boolean {
  const filled = tagOf(selection, branch);
  return filled !== undefined && (selection.form === 'newest' ? matchesGlob(filled, name) : name === filled);
}

/** How far the inputs name the image that a manual run deploys. */
function namesOf(
  { image, commit, select, manualSelectGiven }: ImageInputs,
  sha: string | undefined,
): EventRules['names'] {
  const isBuild = select === undefined || ['digest', 'tag', 'commit'].includes(select.form);
  const built = select?.form === 'commit' ? select.commit : commit;
  if (isBuild && built !== undefined && sha?.startsWith(built)) return 'own-build';
  const named = commit !== undefined || select !== undefined || manualSelectGiven;
  return named || namesImage(image) ? 'something' : 'nothing';
}

const defaultBranchOf = (payload: Json): string => payload.get('repository').get('default_branch').text();

/** The branch whose builds are deployed, even if the event must not deploy or cannot be read. */
export function branchOf(
  deps: EventDeps,
  { branch }: Pick<ImageInputs, 'branch'>,
  trigger: Trigger | undefined,
): string {
  if (trigger !== undefined) return trigger.branch;
  if (branch !== undefined) return branch;
  try {
    return defaultBranchOf(readPayload(deps));
  } catch (error) {
    if (error instanceof UserError) return 'main';
    throw error;
  }
}
