import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { examples, root, type Workflow, wholeWorkflow, workflowFiles } from '../workflows.ts';

// Runs actionlint on every workflow to paste. It finds faults in shell scripts and YAML, untrusted input in a `run:`, wrong
// needs of jobs and wrong globs. It reads the inputs and outputs only of local actions, so this action is put beside them.

const actionlint = process.env['REAL_ACTIONLINT'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'actionlint-'));
beforeAll(() => {
  if (actionlint === '')
    throw new Error(
      'REAL_ACTIONLINT names no actionlint: go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
    );
  // It finds local actions from the root of the repository, which is where .git is.
  mkdirSync(join(folder, '.git'));
  cpSync(join(root, '.github', 'workflows'), join(folder, '.github', 'workflows'), { recursive: true });
  for (const name of readdirSync(root).filter((entry) => !/^\.|^node_modules$/.test(entry)))
    symlinkSync(join(root, name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Finding {
  readonly message: string;
  readonly line: number;
  readonly kind: string;
}

/** Its findings in a workflow. It runs without other linters, so that the findings are the same on every machine. */
function findings({ text }: Workflow): Finding[] {
  const file = join(folder, '.github', 'workflows', 'example.yml');
  // It can read a local action, but not a published one.
  writeFileSync(
    file,
    text
      .replaceAll(
        /\buses: deploy-fly-image\/deploy-fly-image(\/[^@\s]+)?@(?:v[\d.]+|[0-9a-f]{40})(?: #.*)?$/gm,
        (_, path = '/') => `uses: .${path}`,
      )
      // It reads a quoted "true" as a Boolean, unlike GitHub.
      .replaceAll(/: "(true|false)"$/gm, (_, value) => `: \${{ '${value}' }}`),
  );
  const { status, stdout, stderr, error } = spawnSync(
    actionlint,
    ['-format', '{{json .}}', '-shellcheck=', '-pyflakes=', file],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );
  // 0: no findings, 1: findings. Any other status is an error.
  if (error !== undefined || (status !== 0 && status !== 1))
    throw new Error(`actionlint ended with ${status}: ${stderr}`, { cause: error });
  return (JSON.parse(stdout) as Finding[]).map(({ message, line, kind }) => ({ line, kind, message }));
}

describe('actionlint finds nothing in', () => {
  test.each(workflowFiles())('$name', (workflow) => expect(findings(workflow)).toEqual([]));
  test.each(examples())('$name', (example) => expect(findings(wholeWorkflow(example))).toEqual([]));
});

test.each([
  ['deployment: false', []],
  ["deployment: ${{ inputs.mode == 'deploy' }}", []],
  ['deploys: false', [expect.stringMatching(/unexpected key "deploys" for "environment"/)]],
])('actionlint reads the environment of a job: %s', (line, found) => {
  const text = [
    'on: { workflow_call: { inputs: { mode: { type: string } } } }',
    'jobs:',
    '  example:',
    '    runs-on: ubuntu-latest',
    '    environment:',
    '      name: production',
    `      ${line}`,
    '    steps: [{ run: "true" }]',
  ].join('\n');
  expect(findings({ name: 'environment', text }).map(({ message }) => message)).toEqual(found);
});

describe('actionlint finds', () => {
  const step = (lines: string): Workflow => wholeWorkflow({ name: 'a step', text: lines });

  test.each<[string, string, RegExp]>([
    [
      'a commit message in a shell script',
      '- run: echo "${{ github.event.head_commit.message }}"',
      /potentially untrusted/,
    ],
    [
      'an input that this action does not have',
      '- uses: ./\n  with:\n    apq: test-battle',
      /"apq" is not defined/,
    ],
    [
      'an output that it does not have',
      '- id: deploy\n  uses: ./\n- run: echo "${{ steps.deploy.outputs.digset }}"',
      /"digset" is not defined/,
    ],
    [
      'a condition that is always true',
      "- run: 'true'\n  if: ${{ false }} || false",
      /always evaluated to true/,
    ],
  ])('%s', (_, lines, message) => {
    expect(findings(step(lines)).map((finding) => finding.message)).toEqual([expect.stringMatching(message)]);
  });
});
