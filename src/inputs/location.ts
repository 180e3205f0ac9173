import type { Location } from '../lib/user-error.ts';
import { readYaml, type Yaml } from '../lib/yaml.ts';
import { appOf } from './config-app.ts';
import { readConfig } from './fly-config.ts';
import type { InputSource } from './read.ts';
import { locationIn, workflowFile } from './workspace.ts';

/** What the runner reports about the current step. */
export interface StepIdentity {
  /** Id of the job (GITHUB_JOB). */
  readonly job: string;
  /** Id of the step, or `__…` if it has none (GITHUB_ACTION). */
  readonly step: string;
  /** `owner/name` of the action; '' for a local action such as `uses: ./` (GITHUB_ACTION_REPOSITORY). */
  readonly action: string;
}

/**
 * The location of an input of this step: its line in the workflow, or in fly.toml for an app name that is read from there.
 *
 * @returns undefined if that is not certain: no line is better than a wrong one.
 */
export async function locationOfInput(name: string, source: InputSource): Promise<Location | undefined> {
  const { input, env, readFile } = source;
  if (name === 'app' && input('app') === '') {
    const config = readConfig(source);
    const line = config && (await appOf(config, env)).line;
    if (config !== undefined && line !== undefined) return locationIn(config.path, line, env);
  }
  const file = workflowFile(env['GITHUB_WORKFLOW_REF'] ?? '', env['GITHUB_REPOSITORY'] ?? '');
  const text = file === undefined ? undefined : readFile(file);
  if (file === undefined || text === undefined) return undefined;
  const line = await inputLine(text, name, input(name), {
    job: env['GITHUB_JOB'] ?? '',
    step: env['GITHUB_ACTION'] ?? '',
    action: env['GITHUB_ACTION_REPOSITORY'] ?? '',
  });
  return line === undefined ? undefined : { file, line };
}

/**
 * The line, from 1, of a step's input in the text of a workflow: its key below `with:`, or the step's `uses:` if the input is
 * not there and is empty.
 *
 * @param value what the step was given. If the text has another value, it is not the workflow that is running.
 * @returns undefined unless exactly one step of the job matches.
 */
export async function inputLine(
  workflow: string,
  name: string,
  value: string,
  { job, step, action }: StepIdentity,
): Promise<number | undefined> {
  const root = await readYaml(workflow);
  if ('fault' in root) return undefined;
  const under = (yaml: Yaml | undefined, key: string): Yaml | undefined =>
    yaml?.entries().find(([each]) => each.toLowerCase() === key)?.[1];
  const textOf = (yaml: Yaml | undefined): string => yaml?.text() ?? '';

  const steps = under(under(under(root, 'jobs'), job.toLowerCase()), 'steps')?.items() ?? [];
  const ours = steps.filter((each) => {
    const id = textOf(under(each, 'id'));
    return isOurs(textOf(under(each, 'uses')), action) && (step.startsWith('__') ? id === '' : id === step);
  });
  const [only, ...more] = ours;
  if (only === undefined || more.length > 0) return undefined;
  const given = under(only, 'with');
  const written = under(given, name);
  if (written !== undefined) {
    const text = textOf(written);
    return text.includes('${{') || text.trim() === value.trim() ? written.line : undefined;
  }
  const left = given === undefined || given.isMap;
  return left && value === '' ? under(only, 'uses')?.line : undefined;
}

function isOurs(uses: string, action: string): boolean {
  if (action !== '') return uses.toLowerCase().startsWith(`${action.toLowerCase()}@`);
  return uses === './' || /\/deploy-fly-image(?:@|$)/.test(uses);
}
