import { UserError } from '../lib/user-error.ts';
import { yamlValue } from '../lib/yaml-value.ts';
import type { InputReader } from './read.ts';

/** The inputs of action.yml, in its order. */
export const inputNames = [
  'app',
  'config',
  'fly-api-token',
  'image',
  'branch',
  'sha-tag',
  'commit',
  'select',
  'manual-select',
  'source-app-token',
  'soak-time',
  'deploy-by',
  'wait-for-image',
  'allow-events',
  'check-revision',
  'attestation',
  'attestation-ref',
  'trusted-root',
  'registry-username',
  'registry-password',
  'github-token',
  'mirror',
  'flyctl-version',
  'flags',
  'no-cache',
  'deploy-timeout',
  'settle-time',
  'health-url',
  'health-status',
  'health-body',
  'health-timeout',
  'verify-command',
  'mode',
  'on-refusal',
  'on-outdated',
  'on-unchanged',
  'rollback',
  'deployment-record',
] as const;

/** The line that replaces an input which this version does not have, before quoting for YAML; undefined if it is only removed. */
type Replacement = (value: string, shaTag: string) => string | undefined;

const ifTrue =
  (line: string): Replacement =>
  (value) =>
    /^true$/i.test(value) ? line : undefined;

/** Inputs of earlier drafts, which workflows can still contain. */
const removed: Readonly<Record<string, Replacement>> = {
  release: (value) => `select: release:${value}`,
  tag: (value) => `manual-select: tag:${value}`,
  'tag-pattern': (value) => `manual-select: newest:${value}`,
  'short-sha-length': (value, shaTag) =>
    value === '7' ? undefined : `sha-tag: ${shaTag.replaceAll('{sha}', `{sha:${value}}`)}`,
  'dry-run': ifTrue('mode: dry-run'),
  doctor: ifTrue('mode: doctor'),
  'require-attestation': ifTrue('attestation: require'),
  'attestation-workflow': (value) => `attestation: ${value}`,
  'mirror-platforms': () => undefined,
  'rollback-release-command': ifTrue('rollback: with-release-command'),
  'if-outdated': (value) => `on-outdated: ${value}`,
  'skip-if-running': ifTrue('on-unchanged: skip'),
  verify: () => undefined,
};

/** Why an input was removed without a replacement. */
const without: Readonly<Record<string, string>> = {
  'mirror-platforms': 'A copy contains the linux/amd64 image, which is what Fly.io runs',
  verify: 'A deploy is always verified',
};

/** An unknown input with more edits than this does not count as a misspelling. */
const mostEdits = 2;

/**
 * Finds inputs that the step was given but does not have. The runner only prints a warning that is easy to miss, and a
 * misspelled safety input has no effect.
 *
 * The runner passes an input as INPUT_<NAME> (actions/toolkit, core.ts, `getInput`). Other programs set such variables too: a
 * composite action under `act`, the `env:` of a job, a self-hosted machine. So only former and misspelled inputs are errors.
 *
 * @returns the names of the others.
 */
export function checkNames(reader: InputReader): string[] {
  const others: string[] = [];
  for (const [variable, value = ''] of Object.entries(reader.source.env)) {
    if (!variable.startsWith('INPUT_')) continue;
    const name = variable.slice('INPUT_'.length).toLowerCase();
    if (name === '' || inputNames.some((known) => known === name)) continue;
    if (Object.hasOwn(removed, name)) {
      const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
      reader.problems.push(removedError(name, value.trim(), shaTag));
    } else {
      const similar = nearest(name);
      if (similar === undefined) others.push(name);
      else reader.problems.push(misspelledError(name, value.trim(), similar));
    }
  }
  return others;
}

function removedError(name: string, value: string, shaTag: string): UserError {
  const line = value === '' ? undefined : removed[name]?.(value, shaTag);
  const [, input = '', given = ''] = /^([^:]+): (.*)$/s.exec(line ?? '') ?? [];
  return new UserError({
    code: 'input-removed',
    found: `The input \`${name}\` is set, but this version has no such input.`,
    expected: `An input of action.yml${name in without ? `. ${without[name]}` : ''}.`,
    fix:
      input === ''
        ? `Remove the line \`${name}:\`.`
        : `Set \`with: ${withValue(input, given)}\` instead of \`${name}:\`.`,
    input: name,
  });
}

function misspelledError(name: string, value: string, similar: string): UserError {
  // A secret under a wrong name is not masked, so it must not be printed.
  const line = /token|password/.test(similar) ? `${similar}:` : withValue(similar, value);
  return new UserError({
    code: 'input-unknown',
    found: `The input \`${name}\` is set, but there is no such input.`,
    expected: `The input \`${similar}\`, which has a similar name.`,
    fix: `Set \`with: ${line}\` instead of \`${name}:\`.`,
    input: name,
  });
}

/** The line of an input, without its value if that cannot be printed on a line. */
function withValue(input: string, value: string): string {
  const text = yamlValue(value);
  return text === undefined ? `${input}:` : `${input}: ${text}`;
}

/** The input with the most similar name; undefined if none is close. */
function nearest(name: string): string | undefined {
  const [best] = inputNames
    .map((known) => ({ known, edits: editsBetween(name, known) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((a, b) => a.edits - b.edits);
  return best?.known;
}

/** The Levenshtein distance: how many characters are added, removed or replaced. Names of too different lengths are not compared. */
export function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mostEdits) return mostEdits + 1;
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, character] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (character === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
