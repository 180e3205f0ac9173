import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { yamlValue } from '../lib/yaml-value.ts';
import { events, isEventName, otherEvents } from './events.ts';

/**
 * An external name as YAML, for a line that users paste; undefined if it is unsafe there. Names with quotes or braces are unsafe:
 * GitHub would evaluate `${{ … }}` in them.
 */
function yamlText(name: string): string | undefined {
  if (!/^[\p{L}\p{N}\w./@#+=,;:%&()!<>|~-]{1,200}$/u.test(name)) return undefined;
  const value = yamlValue(name);
  // An input reads these as text, but a branch filter does not.
  return value === name && /^(?:true|false|\d.*)$/i.test(name) ? `"${name}"` : value;
}

/** The line of the step that sets an input, e.g. `with: branch: dev`; without the value if it cannot be printed safely. */
export function withInput(input: string, value: string): string {
  const text = yamlText(value);
  return text === undefined
    ? `\`with: ${input}:\`, followed by the name (it contains characters that cannot be printed here)`
    : `\`with: ${input}: ${text}\``;
}

/** The input that allows one more event to deploy. */
export const allowing = (allowEvents: readonly string[], event: string): string =>
  `\`with: allow-events: ${[...allowEvents, event].join(',')}\``;

/** The events whose triggers can be limited to branches ("Events that trigger workflows" of GitHub's docs). */
type FilteredByBranch = 'push' | 'workflow_run' | 'pull_request' | 'pull_request_target';

/** A trigger limited to one branch, e.g. `on: push: branches: [main]`. Filters are patterns, so `+` and `!` are escaped. */
export function onBranch(event: FilteredByBranch, branch: string): string {
  const text = yamlText(branch);
  const pattern = branch.replaceAll('+', '\\+').replace(/^!/, '\\!');
  if (text === undefined)
    return `\`on: ${event}: branches:\`, followed by the name (it contains characters that cannot be printed here)`;
  return `\`on: ${event}: branches: [${pattern === branch ? text : `'${pattern}'`}]\``;
}

/** The target branch of a merge queue's temporary branch; undefined for any other branch. */
export const queuedFor = (branch: string): string | undefined =>
  /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(branch)?.[1];

/** The fix for a commit that is still in a merge queue. */
export const afterQueue = (branch: string): string =>
  `No action is needed for this commit: when the queue merges it, GitHub pushes it to "${branch}", and the build of that push is deployed. The workflow that builds the image needs ${onBranch('push', branch)}.`;

/** The command with which another workflow starts this one for a commit. */
export const sendCommit = (repository: string, commit: string): string =>
  `\`gh api repos/${repository}/dispatches -f event_type=deploy -f "client_payload[sha]=${commit}"\``;

/** The repository's name for a command; a placeholder if it is unsafe there. */
export function repositoryOf(payload: Json): string {
  const name = payload.get('repository').get('full_name').maybeText() ?? '';
  return /^[\w.-]+\/[\w.-]+$/.test(name) ? name : '{owner}/{repo}';
}

/** The fields in which events name a commit. */
const commitFields: readonly (readonly string[])[] = [
  ['check_run', 'head_sha'],
  ['check_suite', 'head_sha'],
  ['sha'],
];

/** The fix for an event that never deploys: the trigger to use instead. */
export function insteadOf(
  event: string,
  payload: Json,
  branch: string,
  workflow: string | undefined,
): string {
  const build = `Start this workflow when the image is built, with ${onBranch('push', branch)} or with \`on: workflow_run\` for the workflow that builds it.`;
  const instead = Object.hasOwn(otherEvents, event) ? otherEvents[event as keyof typeof otherEvents] : 'push';
  switch (instead) {
    case 'push':
      return event === 'merge_group' ? afterQueue(branch) : build;
    case 'deployment':
      return 'Use `on: deployment` instead: GitHub sends it when the deployment is created, and it names the commit.';
    case 'repository_dispatch': {
      const named = commitFields
        .map((path) => path.reduce((json, key) => json.get(key), payload).maybeText() ?? '')
        .find(isCommit);
      const commit = named ?? '$COMMIT';
      return `Have whatever builds the image start this workflow when it finishes. Add \`on: repository_dispatch: types: [deploy]\` here, and run ${sendCommit(repositoryOf(payload), commit)} there, with a token that has \`contents: write\`.`;
    }
    case 'workflow_dispatch': {
      const ref = yamlText(branch) ?? '"$BRANCH"';
      return `Have a separate workflow for that event check who caused it, and start this one. Add \`on: workflow_dispatch\` here, and run \`gh workflow run ${workflow ?? 'deploy.yml'} --ref ${ref}\` there, with \`permissions: actions: write\`. To deploy the image of one commit, add \`on: repository_dispatch: types: [deploy]\` here, and run ${sendCommit(repositoryOf(payload), '$COMMIT')} there.`;
    }
  }
}

/** The events that deploy without `allow-events`, as a list for a sentence. */
export const deployingEvents = Object.keys(events)
  .filter((name) => isEventName(name) && !('onlyAllowed' in events[name]))
  .join(', ');
