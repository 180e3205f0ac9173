import { isAbsolute, posix, relative } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import type { Location } from '../lib/user-error.ts';
import { readYaml, type Yaml } from '../lib/yaml.ts';
import type { InputSource } from './read.ts';

/** What the runner says of the step that runs. */
export interface StepIdentity {
  /** Id of the job (GITHUB_JOB). */
  readonly job: string;
  /** Id of the step, or `__…` where it has none (GITHUB_ACTION). */
  readonly step: string;
  /** `owner/name` of the action; '' where its folder was named, as in `uses: ./` (GITHUB_ACTION_REPOSITORY). */
  readonly action: string;
}

/**
 * Where an input of this step is written: its line in the workflow; for an app's name that comes from there, in fly.toml.
 *
 * @returns undefined where that cannot be told for sure: no line is better than a wrong one.
 */
export async function locationOfInput(name: string, source: InputSource): Promise<Location | undefined> {
  const { input, env, readFile } = source;
  if (name === 'app' && input('app') === '') {
    const path = input('config') || 'fly.toml';
    const line = appLine(readFile(path) ?? '');
    if (line !== undefined) return locationIn(path, line, env);
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

/** A file as annotations want it, from the root of the repository; undefined for one that is elsewhere. */
export function locationIn(path: string, line: number, env: InputSource['env']): Location | undefined {
  const fromRoot = isAbsolute(path) ? relative(env['GITHUB_WORKSPACE'] || process.cwd(), path) : path;
  const file = posix.normalize(fromRoot.replaceAll('\\', '/'));
  return file.startsWith('../') || isAbsolute(file) || file === '.' ? undefined : { file, line };
}

/** `.github/workflows/x.yml` of `owner/repo/.github/workflows/x.yml@ref`; undefined where it is another repository's. */
export function workflowFile(ref: string, repository: string): string | undefined {
  const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
    ? ref.slice(repository.length + 1)
    : '';
  return /^(\.github\/workflows\/[^/\\]+?\.ya?ml)@/.exec(path)?.[1];
}

/**
 * The line, from 1, of a step's input in the text of a workflow: its key below `with:`, or where the step does not have it
 * and it is empty, the step's `uses:`.
 *
 * @param value what the step was given. Where the text says another value the file is not the one that runs.
 * @returns undefined unless exactly one step of the job can be meant.
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

/**
 * The line, from 1, of a fly.toml's top-level `app`: the one with which its beginning comes to have one. Lines that only
 * look so, in a table or in a text of several lines, are none.
 */
export function appLine(toml: string): number | undefined {
  const lines = toml.split(/\r?\n/);
  const appIn = (count: number): unknown => parseToml(lines.slice(0, count).join('\n'))['app'];
  for (const [n, line] of lines.entries()) {
    if (!/^\s*(?:app|"app"|'app')\s*=/.test(line)) continue;
    try {
      if (appIn(n) === undefined && appIn(n + 1) !== undefined) return n + 1;
    } catch {
      // The beginning ends within a value.
    }
  }
  return undefined;
}
