import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RunOptions } from './runner.ts';
import { windowsVariables } from './windows.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Secrets of the runner that must not be in any child or log. */
export const runnerSecrets = {
  runtime: 'runtime-token-of-the-runner',
  github: 'ghs_token-of-the-job',
} as const;

/** The files that a step writes: the variable for each, and its name in the runner's folder. */
export const commandFiles = {
  GITHUB_OUTPUT: 'output',
  GITHUB_STEP_SUMMARY: 'summary',
  GITHUB_ENV: 'env',
  GITHUB_PATH: 'path',
  GITHUB_STATE: 'state',
} as const;

/** The parts of action.yml that the runner reads. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly runs: { readonly main: string };
}

export const readActionFile = (folder: string): ActionFile =>
  parse(readFileSync(join(folder, 'action.yml'), 'utf8')) as ActionFile;

/** The variables that GitHub's runner sets for a step: its own, the inputs, those of the event, and `options.env`. */
export function stepEnvironment(
  path: (...names: string[]) => string,
  action: ActionFile,
  { inputs = {}, unknownInputs = {}, event, env }: RunOptions,
): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(
      Object.entries(commandFiles).map(([variable, name]) => [variable, path('files', name)]),
    ),
    HOME: path('home'),
    TMPDIR: path('temp'),
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'deploy',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: path('event.json'),
    GITHUB_JOB: 'deploy',
    GITHUB_REPOSITORY: 'owner/repo',
    GITHUB_REPOSITORY_OWNER: 'owner',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '30433650',
    GITHUB_RUN_NUMBER: '43',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/deploy.yml@refs/heads/main',
    GITHUB_WORKSPACE: path('workspace'),
    RUNNER_ARCH: 'X64',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: path('temp'),
    RUNNER_TOOL_CACHE: path('tools'),
    ACTIONS_RUNTIME_TOKEN: runnerSecrets.runtime,
    ...(process.platform === 'win32' && windowsVariables(path)),
    ...inputVariables(action, inputs),
    ...Object.fromEntries(Object.entries(unknownInputs).map(([name, text]) => [variableOf(name), text])),
    ...event.env,
    ...env,
  };
}

/** The expressions in the defaults of action.yml. */
const evaluated = (text: string): string =>
  text
    .replace(/\$\{\{\s*github\.token\s*\}\}/g, runnerSecrets.github)
    .replace(/\$\{\{\s*github\.repository\s*\}\}/g, 'owner/repo');

const variableOf = (input: string): string => `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;

/** INPUT_* of every input, like on the runner: the given value, else the default of action.yml, else an empty one. */
function inputVariables(
  { inputs }: ActionFile,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const name of Object.keys(given)) {
    if (!(name in inputs)) throw new Error(`action.yml has no input ${name}`);
  }
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { default: text = '' }]) => [
      variableOf(name),
      given[name] ?? evaluated(String(text)),
    ]),
  );
}
