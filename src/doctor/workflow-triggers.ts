import type { Yaml } from '../lib/yaml.ts';
import type { AddFinding } from '../report/finding.ts';

/** What the triggers of a workflow are compared with. */
export interface TriggerRules {
  readonly branch: string;
  readonly allowEvents: readonly string[];
  /** Names of all workflows of the repository; undefined where they were not read. */
  readonly workflows: readonly string[] | undefined;
}

/** `on:` is a name, a list of names, or a mapping of them. */
function eventsOf(on: Yaml): [string, Yaml][] {
  const one = on.text();
  if (one !== undefined) return [[one, on]];
  const listed = on
    .items()
    .flatMap((item): [string, Yaml][] => (item.text() === undefined ? [] : [[item.text() ?? '', item]]));
  return [...listed, ...on.entries()];
}

/** Checks which events start the workflow. */
export function triggerFindings(
  on: Yaml,
  { branch, allowEvents, workflows }: TriggerRules,
  add: AddFinding,
): void {
  for (const [event, value] of eventsOf(on)) {
    if (event === 'workflow_run') workflowRun(value, branch, workflows, add);
    if (
      event === 'push' &&
      !value.get('branches').there &&
      !value.get('branches-ignore').there &&
      !value.get('tags').there
    )
      add(
        'warning',
        'push-of-any-branch',
        value,
        'A push to any branch starts this workflow, and only one branch is deployed: each other run is refused.',
        `on:\n  push:\n    branches: [${branch}]`,
      );
    if (event === 'pull_request_target')
      add(
        'warning',
        'pull-request-target',
        value,
        '`pull_request_target` gives runs that strangers start this repository’s secrets; such a run is never deployed unless `allow-events` says so.',
        `on:\n  push:\n    branches: [${branch}]`,
      );
    if (event === 'pull_request' && !allowEvents.includes('pull_request'))
      add(
        'warning',
        'pull-request-refused',
        value,
        'Pull requests start this workflow, and their commits are not merged: each such run is refused.',
        `take \`pull_request:\` out of \`on:\`; for review apps of this repository’s own branches:\nwith:\n  allow-events: pull_request`,
      );
  }
}

function workflowRun(
  value: Yaml,
  branch: string,
  workflows: readonly string[] | undefined,
  add: AddFinding,
): void {
  const types = value.get('types');
  if (!types.texts().includes('completed') || types.texts().length > 1)
    add(
      'warning',
      'workflow-run-not-completed',
      types,
      '`workflow_run` also starts this workflow when a build begins, and such a run is refused.',
      'on:\n  workflow_run:\n    types: [completed]',
    );
  const branches = value.get('branches');
  const patterns = branches.texts();
  if (!branches.there && !value.get('branches-ignore').there)
    add(
      'warning',
      'workflow-run-of-any-branch',
      value,
      'The build of any branch starts this workflow, and only one branch is deployed: each other run is refused.',
      `on:\n  workflow_run:\n    branches: [${branch}]`,
    );
  else if (branches.there && !patterns.some((pattern) => pattern === branch || /[*?+[\]!]/.test(pattern)))
    add(
      'bad',
      'workflow-run-of-other-branch',
      branches,
      `\`workflow_run\` is for the builds of ${patterns.join(', ')}, and branch "${branch}" is the one that is deployed.`,
      `on:\n  workflow_run:\n    branches: [${branch}]`,
    );
  const names = value.get('workflows');
  if (names.texts().length === 0)
    add(
      'bad',
      'workflow-run-of-nothing',
      names,
      '`workflow_run` names no workflow that builds the image.',
      'on:\n  workflow_run:\n    workflows: [Build]',
    );
  for (const name of names.texts()) {
    if (workflows !== undefined && !workflows.includes(name))
      add(
        'bad',
        'workflow-run-of-unknown-workflow',
        names,
        `\`workflow_run\` waits for a workflow "${name}", and no file below .github/workflows has that \`name:\`; there are ${workflows.slice(0, 10).join(', ')}.`,
        'on:\n  workflow_run:\n    workflows: [the `name:` of the build workflow]',
      );
  }
}
