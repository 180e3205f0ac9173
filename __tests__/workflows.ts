import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument, stringify } from 'yaml';

export const root = join(import.meta.dirname, '..');
export const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Paths of files from the repository's root, sorted. */
const files = (...patterns: string[]): string[] => globSync(patterns, { cwd: root }).sort();

/** A workflow, and where it comes from. */
export interface Workflow {
  /** `README.md, line 21`, or the path of a file. */
  readonly name: string;
  readonly text: string;
}

/** The workflow files: this repository's own, and the examples. */
export const workflowFiles = (): Workflow[] =>
  files('.github/workflows/*.{yml,yaml}', 'examples/**/*.{yml,yaml}')
    // Other files, such as compose files, do not have jobs.
    .map((name) => ({ name, text: read(name) }))
    .filter(({ text }) => /^jobs:/m.test(text));

/** The metadata files of all actions, including the sandbox's stand-ins. */
export const actionFiles = (): string[] => files('{.,*,sandbox/act/actions/**}/action.{yml,yaml}');

/** Every YAML example in the documentation, unchanged. */
export const examples = (): Workflow[] =>
  ['README.md', 'README.zh-CN.md', ...files('*.md', 'docs/**/*.md', 'examples/**/*.md')]
    .filter((file, n, all) => existsSync(join(root, file)) && all.indexOf(file) === n)
    .flatMap((file) => {
      const text = read(file);
      return [...text.matchAll(/^( *)```ya?ml\n([\s\S]*?)^\1```$/gm)].map(
        ({ index, 1: indent = '', 2: source = '' }) => ({
          name: `${file}, line ${text.slice(0, index).split('\n').length + 1}`,
          text: source.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
        }),
      );
    });

const topKeys = new Set('name run-name on permissions env defaults concurrency jobs'.split(' '));
const jobKeys = new Set('runs-on environment strategy needs if timeout-minutes'.split(' '));

/**
 * Completes an example to a whole workflow. A whole one stays unchanged. A part gets the missing lines around it, and the
 * steps that it refers to before it.
 *
 * @throws if it is not a part of a workflow.
 */
export function wholeWorkflow({ name, text }: Workflow): Workflow {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
  const part: unknown = document.toJS();
  if (isSeq(document.contents)) return { name, text: wrapped({}, part as Step[], text) };
  if (!isMap(document.contents)) throw new Error(`${name} is neither a map nor a list`);
  const map = part as Record<string, unknown>;
  const keys = Object.keys(map);
  const jobs = Object.values((map['jobs'] ?? {}) as Record<string, Job>);
  if (keys.includes('on') && jobs.length > 0 && jobs.every(isWhole)) return { name, text };
  if (keys.some((key) => jobKeys.has(key))) {
    const { steps = [], ...job } = map;
    return { name, text: wrapped({}, steps as Step[], text, job) };
  }
  if (keys.every((key) => topKeys.has(key))) {
    const { jobs: shown, ...top } = map;
    if (shown === undefined) return { name, text: wrapped(top, [], text) };
    // A part of a file keeps its own settings of its jobs.
    const [[id, job] = ['', {} as Job], ...more] = Object.entries(shown as Record<string, Job>);
    const { steps = [], ...about } = job;
    return { name, text: wrapped(top, steps, text, about, id, Object.fromEntries(more)) };
  }
  if (keys.every((key) => key === 'with')) {
    const uses = 'deploy-fly-image/deploy-fly-image@v1';
    return { name, text: wrapped({}, [{ uses, ...map }], text) };
  }
  throw new Error(`${name} is no part of a workflow: ${keys.join(', ')}`);
}

/** The events whose payloads a part refers to. */
const triggersFor = (source: string): object => ({
  push: null,
  ...(source.includes('event.workflow_run') && {
    workflow_run: { workflows: ['Build'], types: ['completed'] },
  }),
  ...(/event\.(?:number|pull_request)\b/.test(source) && { pull_request: null }),
});

/** A job that calls a workflow does not have a runner or steps. */
const isWhole = (job: Job): boolean => 'uses' in job || ('runs-on' in job && 'steps' in job);

type Step = Readonly<Record<string, unknown>>;
type Job = Readonly<Record<string, unknown>> & { readonly steps?: readonly Step[] };

function wrapped(
  top: Record<string, unknown>,
  steps: readonly Step[],
  source: string,
  job: Record<string, unknown> = {},
  id = 'example',
  more: Record<string, unknown> = {},
): string {
  const shown = new Set(steps.map((step) => step['id']));
  const spoken = [...source.matchAll(/\bsteps\.([\w-]+)\./g)].map(([, step = '']) => step);
  const before = [...new Set(spoken)]
    .filter((step) => !shown.has(step))
    .map((step) => ({ id: step, run: 'true' }));
  const all = [...before, ...steps];
  return stringify(
    {
      on: triggersFor(source),
      ...top,
      jobs: {
        [id]:
          'uses' in job
            ? job
            : { 'runs-on': 'ubuntu-latest', ...job, steps: all.length > 0 ? all : [{ run: 'true' }] },
        ...more,
      },
    },
    { lineWidth: 0 },
  );
}
