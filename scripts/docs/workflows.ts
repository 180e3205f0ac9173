// Checks how a workflow uses this repository's actions and workflows. The check of the documents and the tests of the
// examples share it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { own } from '../release/references.ts';

export const root = join(import.meta.dirname, '..', '..');
export const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The description of an input, an output or a secret in a YAML file. */
interface Part {
  readonly description?: string;
  readonly default?: string | number | boolean;
}
type Parts = Readonly<Record<string, Part>>;

/** The inputs, outputs and secrets of an action or a reusable workflow. */
export interface Contract {
  readonly inputs: Parts;
  readonly outputs: Parts;
  readonly secrets: Parts;
}

/** The path that a `uses:` of this repository names: '' for the action, or that of a workflow; undefined for another one. */
export const ownPath = (uses: string | undefined): string | undefined =>
  uses?.startsWith(`${own}/`) || uses?.startsWith(`${own}@`)
    ? uses.slice(own.length).replace(/@.*/, '').replace(/^\//, '')
    : undefined;

/** The contract behind a `uses:` of this repository; undefined for another repository, an error message if it is wrong. */
export function contractOf(uses: string): Contract | string | undefined {
  const [, owner = '', path = '', ref = ''] =
    /^([\w.-]+\/deploy-fly-image)((?:\/[^@]*)?)@(.*)$/.exec(uses) ?? [];
  if (owner === '') return undefined;
  if (owner !== own) return `${uses} is not ${own}`;
  // Before the first release, examples name the tag that follows version 1. A release pins them.
  if (!/^(?:v1(?:\.\d+\.\d+)?|[0-9a-f]{40})$/.test(ref)) return `${uses} is not of v1`;
  const isWorkflow = path.endsWith('.yml');
  const file = isWorkflow ? path.slice(1) : join(path.slice(1), 'action.yml');
  if (!existsSync(join(root, file))) return `there is no ${file}`;
  const yaml = parse(read(file));
  const { inputs = {}, outputs = {}, secrets = {} } = isWorkflow ? (yaml.on?.workflow_call ?? {}) : yaml;
  return { inputs, outputs, secrets };
}

type Mapping = Readonly<Record<string, unknown>>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const mapping = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** All steps and jobs with a `uses:`, at any level, because an example can be a part of a workflow. */
export function* users(value: unknown): Generator<Mapping & { uses: string }> {
  if (typeof value !== 'object' || value === null) return;
  if (isMapping(value) && typeof value['uses'] === 'string') yield value as Mapping & { uses: string };
  for (const each of Object.values(value)) yield* users(each);
}

/**
 * The faults in a YAML text's use of this repository: an input, an output or a secret that does not exist, or a job that is
 * used but not in `needs:`. Actions of other repositories are not checked.
 */
export function faultsOf(source: string): string[] {
  const document = parseDocument(source);
  const faults = document.errors.map(({ message }) => message);
  const yaml: unknown = document.toJS();
  const ids = new Map<string, Contract>();
  for (const user of users(yaml)) {
    const contract = contractOf(user.uses);
    if (contract === undefined) continue;
    if (typeof contract === 'string') {
      faults.push(contract);
      continue;
    }
    for (const name of Object.keys(mapping(user['with'])))
      if (!(name in contract.inputs)) faults.push(`${user.uses} has no input ${name}`);
    for (const name of Object.keys(mapping(user['secrets'])))
      if (!(name in contract.secrets)) faults.push(`${user.uses} has no secret ${name}`);
    if (typeof user['id'] === 'string') ids.set(user['id'], contract);
  }
  for (const [, id = '', output = ''] of source.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
    const contract = ids.get(id);
    if (contract !== undefined && !(output in contract.outputs))
      faults.push(`step ${id} has no output ${output}`);
  }
  for (const [name, job] of Object.entries(mapping(mapping(yaml)['jobs'])))
    faults.push(...faultsOfNeeds(name, mapping(job), mapping(mapping(yaml)['jobs'])));
  return faults;
}

function faultsOfNeeds(name: string, job: Mapping, jobs: Mapping): string[] {
  const needs = [job['needs'] ?? []].flat().map(String);
  const faults = needs
    .filter((each) => !(each in jobs))
    .map((each) => `job ${name} needs ${each}: not there`);
  for (const [, other = '', output] of JSON.stringify(job).matchAll(
    /\bneeds\.([\w-]+)(?:\.outputs\.([\w-]+))?/g,
  )) {
    if (!needs.includes(other)) faults.push(`job ${name} uses ${other}, and does not need it`);
    if (output === undefined) continue;
    const { uses, outputs } = mapping(jobs[other]);
    const contract = typeof uses === 'string' ? contractOf(uses) : { outputs: mapping(outputs) };
    if (typeof contract === 'object' && !(output in contract.outputs))
      faults.push(`job ${other} has no output ${output}`);
  }
  return faults;
}
