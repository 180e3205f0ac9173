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
  'allow-events',
  'on-refusal',
  'wait-for-image',
  'check-revision',
  'registry-username',
  'registry-password',
  'github-token',
  'attestation',
  'trusted-root',
  'mirror',
  'flyctl-version',
  'flags',
  'no-cache',
  'health-url',
  'health-status',
  'health-body',
  'health-timeout',
  'settle-time',
  'rollback',
  'on-outdated',
  'on-unchanged',
  'deploy-timeout',
  'mode',
] as const;

/** The line that takes the place of an input which this version does not have, not yet in YAML; undefined where the line only goes away. */
type Replacement = (value: string, shaTag: string) => string | undefined;

const ifTrue =
  (line: string): Replacement =>
  (value) =>
    /^true$/i.test(value) ? line : undefined;

/** Inputs of earlier drafts, whose names are still in workflows and in people's memory. */
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

/** Why a line goes away without another in its place. */
const without: Readonly<Record<string, string>> = {
  'mirror-platforms': 'a copy holds the linux/amd64 image, which is what Fly.io runs',
  verify: 'a deploy is always verified',
};

/** An unknown input with more edits than this is no misspelling of one of ours. */
const mostEdits = 2;

/**
 * Finds inputs that the step was given and does not have. The runner only warns of them, in a place where few look, and a
 * safety that was misspelled is one that is not there.
 *
 * The runner passes an input as INPUT_<NAME> (actions/toolkit, core.ts, `getInput`). Other programs set such variables too: a
 * composite action under `act`, `env:` of a job, a self-hosted machine. So only what was an input of this action, or nearly is
 * one, is an error.
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
      const meant = nearest(name);
      if (meant === undefined) others.push(name);
      else reader.problems.push(misspelledError(name, value.trim(), meant));
    }
  }
  return others;
}

function removedError(name: string, value: string, shaTag: string): UserError {
  const line = value === '' ? undefined : removed[name]?.(value, shaTag);
  const [, input = '', given = ''] = /^([^:]+): (.*)$/s.exec(line ?? '') ?? [];
  return new UserError({
    code: 'input-removed',
    found: `The input \`${name}\` is set, and there is none of this name.`,
    expected: `the inputs of action.yml${name in without ? `: ${without[name]}` : ''}.`,
    fix:
      input === ''
        ? `take the line \`${name}:\` out.`
        : `\`with: ${withValue(input, given)}\` in place of \`${name}:\``,
    input: name,
  });
}

function misspelledError(name: string, value: string, meant: string): UserError {
  // A token that was given under a wrong name is known to nobody as a secret.
  const line = /token|password/.test(meant) ? `${meant}:` : withValue(meant, value);
  return new UserError({
    code: 'input-unknown',
    found: `The input \`${name}\` is set, and there is none of this name.`,
    expected: `\`${meant}\`, which is nearly the same.`,
    fix: `\`with: ${line}\` in place of \`${name}:\``,
    input: name,
  });
}

/** The line of an input, without its value where that cannot be in a line. */
function withValue(input: string, value: string): string {
  const text = yamlValue(value);
  return text === undefined ? `${input}:` : `${input}: ${text}`;
}

/** The input that a misspelled name is nearest to. */
function nearest(name: string): string | undefined {
  const [best] = inputNames
    .map((known) => ({ known, edits: editsBetween(name, known) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((a, b) => a.edits - b.edits);
  return best?.known;
}

/** How many characters must be added, removed or replaced (Levenshtein). Long names are not measured. */
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
