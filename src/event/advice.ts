import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { yamlValue } from '../lib/yaml-value.ts';
import { events, isEventName, otherEvents } from './events.ts';

/**
 * A name from outside as it can stand in a line to paste, in YAML; undefined where it cannot. Quotes and braces are left out, as
 * GitHub would evaluate `${{ … }}` in it.
 */
function yamlText(name: string): string | undefined {
  if (!/^[\p{L}\p{N}\w./@#+=,;:%&()!<>|~-]{1,200}$/u.test(name)) return undefined;
  const value = yamlValue(name);
  // As a value of an input these are texts anyway, and as a branch in a filter they are none.
  return value === name && /^(?:true|false|\d.*)$/i.test(name) ? `"${name}"` : value;
}

/** The line of the step that sets an input, e.g. `with: branch: dev`; without its value where that cannot stand in a line. */
export function withInput(input: string, value: string): string {
  const text = yamlText(value);
  return text === undefined
    ? `\`with: ${input}:\`, for a name that cannot be printed in a line`
    : `\`with: ${input}: ${text}\``;
}

/** The trigger that is limited to a branch, e.g. `on: push: branches: [main]`. A filter is a pattern, in which `+` and `!` mean something. */
export function onBranch(event: string, branch: string): string {
  const text = yamlText(branch);
  const pattern = branch.replaceAll('+', '\\+').replace(/^!/, '\\!');
  if (text === undefined) return `\`on: ${event}: branches:\`, for a name that cannot be printed in a line`;
  return `\`on: ${event}: branches: [${pattern === branch ? text : `'${pattern}'`}]\``;
}

/** The branch that a merge queue's own branch is to be merged into; undefined for any other branch. */
export const queuedFor = (branch: string): string | undefined =>
  /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(branch)?.[1];

/** What to do with a commit that is still in a merge queue. */
export const afterQueue = (branch: string): string =>
  `nothing for this commit: when the queue merges it, GitHub pushes it to "${branch}", and the build of that push is deployed. The workflow that builds needs ${onBranch('push', branch)}.`;

/** The command by which a workflow hands a commit to this one. */
export const sendCommit = (repository: string, commit: string): string =>
  `\`gh api repos/${repository}/dispatches -f event_type=deploy -f "client_payload[sha]=${commit}"\``;

/** The repository as it can stand in a command. */
export function repositoryOf(payload: Json): string {
  const name = payload.get('repository').get('full_name').maybeText() ?? '';
  return /^[\w.-]+\/[\w.-]+$/.test(name) ? name : '{owner}/{repo}';
}

/** The fields by which events name a commit, where they do. */
const commitFields: readonly (readonly string[])[] = [
  ['check_run', 'head_sha'],
  ['check_suite', 'head_sha'],
  ['sha'],
];

/** What leads to a deploy in place of an event that never does. */
export function insteadOf(
  event: string,
  payload: Json,
  branch: string,
  workflow: string | undefined,
): string {
  const build = `deploy when the image is built: ${onBranch('push', branch)}, or \`on: workflow_run\` of the workflow that builds.`;
  const { [event as keyof typeof otherEvents]: instead = 'push' } = Object.hasOwn(otherEvents, event)
    ? otherEvents
    : {};
  switch (instead) {
    case 'push':
      return event === 'merge_group' ? afterQueue(branch) : build;
    case 'deployment':
      return '`on: deployment`, which comes when the deployment is created, and names its commit.';
    case 'repository_dispatch': {
      const named = commitFields
        .map((path) => path.reduce((json, key) => json.get(key), payload).maybeText() ?? '')
        .find(isCommit);
      const commit = named ?? '$COMMIT';
      return `let what builds the image start this workflow when it is done: \`on: repository_dispatch: types: [deploy]\` here, and ${sendCommit(repositoryOf(payload), commit)} there, by a token with \`contents: write\`.`;
    }
    case 'workflow_dispatch': {
      const ref = yamlText(branch) ?? '"$BRANCH"';
      return `let a workflow of that event check who caused it, and start this one: \`on: workflow_dispatch\` here, and \`gh workflow run ${workflow ?? 'deploy.yml'} --ref ${ref}\` there, with \`permissions: actions: write\`. For the image of one commit: \`on: repository_dispatch: types: [deploy]\` here, and ${sendCommit(repositoryOf(payload), '$COMMIT')} there.`;
    }
  }
}

/** The events that deploy, for a sentence. */
export const deployingEvents = Object.keys(events)
  .filter((name) => isEventName(name) && !('onlyAllowed' in events[name]))
  .join(', ');
