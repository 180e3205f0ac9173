import type { Yaml } from '../lib/yaml.ts';
import { type AddFinding, named } from '../report/finding.ts';
import { eitherOr } from './either-or.ts';

/** What the triggers of a workflow are compared with. */
export interface TriggerRules {
  readonly branch: string;
  readonly allowEvents: readonly string[];
  /** Names of all workflows of the repository; undefined where they were not read. */
  readonly workflows: readonly string[] | undefined;
  /** Names of those that build an image. */
  readonly builds: readonly string[];
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
export function triggerFindings(on: Yaml, rules: TriggerRules, add: AddFinding): void {
  const { branch, allowEvents } = rules;
  for (const [event, value] of eventsOf(on)) {
    if (event === 'workflow_run') workflowRun(value, rules, add);
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
        `A push to any branch starts this workflow. Runs of branches other than ${named(branch)} are refused.`,
        `Limit the trigger to that branch:\non:\n  push:\n    branches: [${listed(branch)}]`,
      );
    if (event === 'pull_request_target')
      add(
        'warning',
        'pull-request-target',
        value,
        '`pull_request_target` gives this repository’s secrets to runs that strangers start. Such a run is not deployed unless `allow-events` names the event.',
        `Start the workflow by a push instead:\non:\n  push:\n    branches: [${listed(branch)}]`,
      );
    if (event === 'pull_request' && !allowEvents.includes('pull_request'))
      add(
        'warning',
        'pull-request-refused',
        value,
        'Pull requests start this workflow. Such runs are refused, because their commits are not merged.',
        `Either remove \`pull_request:\` from \`on:\`.\n\nOr, for review apps of this repository’s own branches, allow the event:\nwith:\n  allow-events: ${[...allowEvents, event].join(',')}`,
      );
  }
}

/** The builds of another branch start the workflow; so a run of such a build is refused. */
export const otherBranchCause = 'builds of another branch';

/** A branch or a workflow in a list of YAML: in quotes where it is more than a word. */
const listed = (name: string): string =>
  /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/.test(name) ? name : JSON.stringify(name);

function workflowRun(value: Yaml, { branch, workflows, builds }: TriggerRules, add: AddFinding): void {
  const types = value.get('types');
  if (!types.texts().includes('completed') || types.texts().length > 1)
    add(
      'warning',
      'workflow-run-not-completed',
      types,
      '`workflow_run` also starts this workflow when a build begins. Such runs are refused.',
      'Wait for the end of the build:\non:\n  workflow_run:\n    types: [completed]',
    );
  const branches = value.get('branches');
  const patterns = branches.texts();
  const ofBranch = `on:\n  workflow_run:\n    branches: [${listed(branch)}]`;
  if (!branches.there && !value.get('branches-ignore').there)
    add(
      'warning',
      'workflow-run-of-any-branch',
      value,
      `The build of any branch starts this workflow. Runs of branches other than ${named(branch)} are refused.`,
      `Limit the trigger to that branch:\n${ofBranch}`,
    );
  else if (branches.there && !patterns.some((pattern) => pattern === branch || /[*?+[\]!]/.test(pattern))) {
    const [other] = patterns;
    add(
      'bad',
      'workflow-run-of-other-branch',
      branches,
      `Builds of ${patterns.map(named).join(', ')} start this workflow, but it deploys branch ${named(branch)}.`,
      eitherOr([
        `start it by builds of that branch:\n${ofBranch}`,
        ...(patterns.length === 1 && other !== undefined
          ? [`deploy the other branch:\nwith:\n  branch: ${listed(other)}`]
          : []),
      ]),
      otherBranchCause,
    );
  }
  const names = value.get('workflows');
  const build = nameOne(builds, workflows ?? []);
  if (names.texts().length === 0)
    add(
      'bad',
      'workflow-run-of-nothing',
      names,
      '`workflow_run` does not name a workflow, so no build starts this one.',
      build,
    );
  for (const name of names.texts()) {
    if (workflows !== undefined && !workflows.includes(name))
      add(
        'bad',
        'workflow-run-of-unknown-workflow',
        names,
        `\`workflow_run\` waits for workflow ${named(name)}, but no file in \`.github/workflows\` has that \`name:\`.`,
        build,
      );
  }
}

/** The lines that name the workflow that builds; where several do, or none is known to, the names to choose from. */
function nameOne(builds: readonly string[], workflows: readonly string[]): string {
  const lines = (name: string) => `on:\n  workflow_run:\n    workflows: [${listed(name)}]`;
  const [only, ...more] = builds;
  if (only !== undefined && more.length === 0)
    return `Name the workflow that builds the image:\n${lines(only)}`;
  if (only !== undefined)
    return eitherOr(builds.slice(0, mostNames).map((name) => `wait for ${named(name)}:\n${lines(name)}`));
  return `Name the workflow that builds the image. The repository has: ${workflows.slice(0, mostNames).map(named).join(', ')}.`;
}

/** A fix shows no more names of workflows. */
const mostNames = 10;
