import { isAbsolute, posix, relative } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import type { Place } from './fault.ts';
import type { InputSource } from './inputs.ts';

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
export async function placeOfInput(name: string, source: InputSource): Promise<Place | undefined> {
  const { input, env, readFile } = source;
  if (name === 'app' && input('app') === '') {
    const path = input('config') || 'fly.toml';
    const line = appLine(readFile(path) ?? '');
    if (line !== undefined) return placeIn(path, line, env);
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
export function placeIn(path: string, line: number, env: InputSource['env']): Place | undefined {
  const fromRoot = isAbsolute(path) ? relative(env['GITHUB_WORKSPACE'] || process.cwd(), path) : path;
  const file = posix.normalize(fromRoot.replaceAll('\\', '/'));
  return file.startsWith('../') || isAbsolute(file) || file === '.' ? undefined : { file, line };
}

/** `.github/workflows/x.yml` of `owner/repo/.github/workflows/x.yml@ref`; undefined where it is another repository's. */
export function workflowFile(ref: string, repository: string): string | undefined {
  const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
    ? ref.slice(repository.length + 1)
    : '';
  return /^(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(path)?.[1];
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
  // Seldom needed: it is loaded when it is.
  const yaml = await import(/* webpackMode: "eager" */ 'yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(workflow, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  const real = (node: unknown) => (yaml.isAlias(node) ? node.resolve(document) : node);
  const pairOf = (node: unknown, key: string) => {
    const map = real(node);
    const pairs = yaml.isMap(map) ? map.items : [];
    return pairs.find((pair) => yaml.isScalar(pair.key) && String(pair.key.value).toLowerCase() === key);
  };
  const textOf = (node: unknown): string => {
    const scalar = real(node);
    if (!yaml.isScalar(scalar)) return '';
    return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
  };
  const lineOf = (node: unknown): number | undefined => {
    const range = yaml.isNode(node) ? node.range : undefined;
    return range ? lines.linePos(range[0]).line : undefined;
  };

  const steps = real(
    pairOf(pairOf(pairOf(document.contents, 'jobs')?.value, job.toLowerCase())?.value, 'steps')?.value,
  );
  const ours = (yaml.isSeq(steps) ? steps.items : []).filter((each) => {
    const id = textOf(pairOf(each, 'id')?.value);
    return (
      isOurs(textOf(pairOf(each, 'uses')?.value), action) && (step.startsWith('__') ? id === '' : id === step)
    );
  });
  const [only, ...more] = ours;
  if (only === undefined || more.length > 0) return undefined;
  const given = pairOf(only, 'with');
  const pair = pairOf(given?.value, name);
  if (pair !== undefined) {
    const text = textOf(pair.value);
    return text.includes('${{') || text.trim() === value.trim() ? lineOf(pair.key) : undefined;
  }
  const left = given === undefined || yaml.isMap(real(given.value));
  return left && value === '' ? lineOf(pairOf(only, 'uses')?.key) : undefined;
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
