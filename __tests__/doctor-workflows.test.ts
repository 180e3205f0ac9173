import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildFindings, builds } from '../src/doctor/build-file.ts';
import { type WorkflowRules, workflowFindings } from '../src/doctor/workflow-file.ts';
import { readYaml, type Yaml } from '../src/lib/yaml.ts';
import type { CheckCode } from '../src/report/check-codes.ts';
import type { Finding, Mark } from '../src/report/finding.ts';
import { readmeOneFile, readmeWorkflows } from './doctor-readme.ts';

const deployFile = '.github/workflows/deploy.yml';
const buildFile = '.github/workflows/build.yml';
const readme = readmeWorkflows();
const [deploy = '', build = ''] = [readme[deployFile], readme[buildFile]];

const rules: WorkflowRules = {
  file: deployFile,
  job: 'deploy',
  action: undefined,
  branch: 'main',
  allowEvents: ['push'],
  readsPackages: true,
  readsAttestations: false,
  workflows: ['Deploy', 'Build'],
};
const buildRules = {
  file: buildFile,
  shaTag: '{branch}-{sha}',
  checkRevision: 'auto' as const,
  onDefaultBranch: true,
};

async function parsed(text: string): Promise<Yaml> {
  const root = await readYaml(text);
  if ('fault' in root) throw new Error(root.fault);
  return root;
}
const caller = async (text: string, more: Partial<WorkflowRules> = {}) =>
  workflowFindings(await parsed(text), { ...rules, ...more });
const builder = async (text: string, more: Partial<typeof buildRules> = {}) =>
  buildFindings(await parsed(text), { ...buildRules, ...more });
/** Changes the README's workflow, and fails where it has no such text any more. */
function changed(text: string, from: string | RegExp, to: string): string {
  const done = text.replace(from, to);
  if (done === text) throw new Error(`the workflow has no ${from}`);
  return done;
}
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
/** The one finding that there must be, with its line, and its words and its fix as one text. */
function only(findings: Finding[]): {
  mark: string;
  code: string;
  line: number | undefined;
  text: string;
} {
  expect(findings.map(({ code }) => code)).toHaveLength(1);
  const [{ mark, code, at, words, fix } = { mark: '', code: '', words: '' } as unknown as Finding] = findings;
  return { mark, code, line: at?.line, text: `${words}\n${fix ?? ''}` };
}

test('the README’s two workflows give no finding', async () => {
  expect(await caller(deploy)).toEqual([]);
  expect(await builder(build)).toEqual([]);
});

describe('the workflow that deploys', () => {
  const lines = {
    concurrency: ['concurrency:\n', '  cancel-in-progress: false'],
    permissions: ['permissions:\n  contents: read\n  packages: read'],
    completed: ['types: [completed]'],
    condition: [
      "if: github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success'",
    ],
  };

  test.each<[string, string | RegExp, string, string, Mark, CheckCode, string[]]>([
    [
      'no concurrency',
      /^concurrency:\n.*\n.*\n/m,
      '',
      '  deploy:',
      'warning',
      'concurrency-missing',
      lines.concurrency,
    ],
    [
      'concurrency that cancels',
      'cancel-in-progress: false',
      'cancel-in-progress: true',
      'cancel-in-progress',
      'warning',
      'concurrency-cancels',
      lines.concurrency,
    ],
    [
      'a group a run',
      'group: deploy-test-battle',
      'group: d-${{ github.run_id }}',
      'group:',
      'warning',
      'concurrency-group-per-run',
      lines.concurrency,
    ],
    [
      'no permissions',
      /^permissions:\n.*\n.*\n/m,
      '',
      '  deploy:',
      'warning',
      'permissions-missing',
      lines.permissions,
    ],
    [
      'a package that it may not read',
      '  packages: read\n',
      '',
      '  contents: read',
      'warning',
      'permissions-incomplete',
      ['`packages: read`', ...lines.permissions],
    ],
    [
      'all permissions',
      /^permissions:\n.*\n.*\n/m,
      'permissions: write-all\n',
      'permissions:',
      'warning',
      'permissions-write-all',
      lines.permissions,
    ],
    [
      'types',
      'types: [completed]',
      'types: [requested]',
      'types:',
      'warning',
      'workflow-run-not-completed',
      lines.completed,
    ],
    [
      'no types',
      '    types: [completed]\n',
      '',
      '    workflows:',
      'warning',
      'workflow-run-not-completed',
      lines.completed,
    ],
    [
      'no branches',
      '    branches: [main]\n',
      '',
      '    workflows:',
      'warning',
      'workflow-run-of-any-branch',
      ['    branches: [main]'],
    ],
    [
      'other branches',
      'branches: [main]',
      'branches: [dev]',
      'branches:',
      'bad',
      'workflow-run-of-other-branch',
      ['dev', '"main"', '    branches: [main]'],
    ],
    [
      'a build of another name',
      'workflows: [Build]',
      'workflows: [CI]',
      'workflows:',
      'bad',
      'workflow-run-of-unknown-workflow',
      ['"CI"', 'Deploy, Build', '    workflows: ['],
    ],
    [
      'no build',
      '    workflows: [Build]\n',
      '',
      '    types:',
      'bad',
      'workflow-run-of-nothing',
      ['    workflows: [Build]'],
    ],
    ['no condition', /^ {4}if: .*\n/m, '', '  deploy:', 'warning', 'condition-missing', lines.condition],
    [
      'another condition',
      /^ {4}if: .*$/m,
      '    if: always()',
      '    if:',
      'warning',
      'condition-missing',
      lines.condition,
    ],
    [
      'no environment',
      / {4}environment:\n(?: {6}.*\n)+/,
      '',
      '  deploy:',
      'warning',
      'environment-missing',
      ['"deploy"', 'environment: production'],
    ],
    [
      'pull requests',
      '  workflow_dispatch:\n',
      '  pull_request:\n',
      '  pull_request:',
      'warning',
      'pull-request-refused',
      ['allow-events: pull_request'],
    ],
    [
      'pull requests of strangers',
      '  workflow_dispatch:\n',
      '  pull_request_target:\n',
      '  pull_request_target:',
      'warning',
      'pull-request-target',
      ['  push:\n    branches: [main]'],
    ],
    [
      'pushes to any branch',
      '  workflow_dispatch:\n',
      '  push:\n',
      '  push:',
      'warning',
      'push-of-any-branch',
      ['  push:\n    branches: [main]'],
    ],
    [
      'a checkout of the default branch',
      /^ {10}ref: .*head_sha.*\n/m,
      '',
      'actions/checkout',
      'warning',
      'checkout-of-head',
      ['    ref: ${{ github.event.workflow_run.head_sha || github.sha }}'],
    ],
    [
      'an action of a branch',
      '      - id: deploy\n',
      '      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - id: deploy\n',
      'setup-flyctl',
      'warning',
      'action-of-a-branch',
      ['/setup-flyctl', '"master"', 'uses: '],
    ],
    [
      'a token in the file',
      '${{ secrets.FLY_API_TOKEN }}',
      'FlyV1 fm2_x',
      'fly-api-token',
      'bad',
      'token-in-workflow',
      ['  fly-api-token: ${{ secrets.FLY_API_TOKEN }}'],
    ],
  ])('%s', async (_name, from, to, at, mark, code, facts) => {
    const text = changed(deploy, from, to);
    const found = only(await caller(text));
    // A place in a mapping is the line where the mapping begins, or its key's.
    expect(found).toMatchObject({ mark, code });
    expect(Math.abs((found.line ?? 0) - lineOf(text, at))).toBeLessThanOrEqual(1);
    for (const fact of facts) expect(found.text).toContain(fact);
  });

  test.each<[string, string | RegExp, string]>([
    [
      'concurrency by its name alone, which does not cancel',
      /^concurrency:\n.*\n.*\n/m,
      'concurrency: deploy\n',
    ],
    [
      'concurrency of the job',
      /^jobs:\n {2}deploy:\n/m,
      'jobs:\n  deploy:\n    concurrency: {group: deploy}\n',
    ],
    [
      'permissions of the job, which are the only ones then',
      /^jobs:\n {2}deploy:\n/m,
      'jobs:\n  deploy:\n    permissions: {contents: read, packages: write}\n',
    ],
    ['read-all', /^permissions:\n.*\n.*\n/m, 'permissions: read-all\n'],
    ['a pattern of branches', 'branches: [main]', "branches: ['ma*']"],
    ['one type as a text', 'types: [completed]', 'types: completed'],
    ['what an expression decides', 'cancel-in-progress: false', 'cancel-in-progress: ${{ inputs.x }}'],
    [
      'an alias',
      /^permissions:\n.*\n.*\n/m,
      'env: &p\n  contents: read\n  packages: read\npermissions: *p\n',
    ],
  ])('is right with %s', async (_name, from, to) =>
    expect(await caller(changed(deploy, from, to))).toEqual([]),
  );

  test('permissions that this setup does not need are not asked for, and those that it needs are', async () => {
    const text = changed(deploy, '  packages: read\n', '');
    expect(await caller(text, { readsPackages: false })).toEqual([]);
    expect(only(await caller(deploy, { readsAttestations: true }))).toMatchObject({
      code: 'permissions-incomplete',
      text: expect.stringContaining('  attestations: read'),
    });
  });

  test('pull requests that the inputs allow are right', async () =>
    expect(
      await caller(changed(deploy, '  workflow_dispatch:\n', '  pull_request:\n'), {
        allowEvents: ['pull_request'],
      }),
    ).toEqual([]));

  test('the names of builds are not held against what was not read', async () =>
    expect(await caller(changed(deploy, '[Build]', '[CI]'), { workflows: undefined })).toEqual([]));

  test('a job of a workflow that is called is not looked at, and that is said', async () => {
    for (const job of ['other', 'called']) {
      const text = `${deploy}  called:\n    uses: ./.github/workflows/x.yml\n`;
      expect((await caller(text, { job })).at(-1)).toMatchObject({
        mark: 'skipped',
        code: 'job-not-checked',
      });
    }
  });
});

describe('the workflow that builds', () => {
  test.each<[string, string | RegExp, string, Mark, CheckCode, string[]]>([
    [
      'tags of another prefix',
      'type=sha,prefix={{branch}}-',
      'type=sha',
      'bad',
      'build-other-tags',
      ['"sha-{sha}"', '"{branch}-{sha}"', '  sha-tag: "sha-{sha}"', 'type=sha,prefix={{branch}}-'],
    ],
    [
      'whole commits',
      'type=sha,prefix={{branch}}-',
      'type=sha,format=long,prefix={{branch}}-',
      'bad',
      'build-other-tags',
      ['"{branch}-{full-sha}"', '  sha-tag: "{branch}-{full-sha}"'],
    ],
    [
      'another length',
      '      - id: meta\n',
      '      - id: meta\n        env: {DOCKER_METADATA_SHORT_SHA_LENGTH: 12}\n',
      'bad',
      'build-other-tags',
      // The line is right as it is: the length beside it is not.
      [
        '"{branch}-{sha:12}"',
        '  sha-tag: "{branch}-{sha:12}"',
        'the build without `DOCKER_METADATA_SHORT_SHA_LENGTH: 12` in `env:`',
      ],
    ],
    [
      'a flavor that changes the tag',
      '          tags: |\n',
      '          flavor: suffix=-alpine\n          tags: |\n',
      'bad',
      'build-other-tags',
      [
        '"{branch}-{sha}-alpine"',
        '  sha-tag: "{branch}-{sha}-alpine"',
        // The existing line makes this tag only if it gets a suffix.
        '      type=sha,prefix={{branch}}-,suffix=\n',
      ],
    ],
    [
      'one brace where there must be two',
      'type=sha,prefix={{branch}}-',
      'type=raw,value={branch}-{sha}',
      'bad',
      'build-without-commit-tag',
      ['type=sha,prefix={{branch}}-'],
    ],
    [
      'a line that docker/metadata-action rejects',
      'type=sha,prefix={{branch}}-',
      'type=sha,prefix={{branch}}-,enable=True',
      'bad',
      'build-tags-invalid',
      ['"type=sha,prefix={{branch}}-,enable=True"', '`enable` is "True" instead of "true"'],
    ],
    [
      'a length that is not a number',
      '      - id: meta\n',
      '      - id: meta\n        env: {DOCKER_METADATA_SHORT_SHA_LENGTH: seven}\n',
      'bad',
      'build-tags-invalid',
      ['DOCKER_METADATA_SHORT_SHA_LENGTH is "seven"'],
    ],
    [
      'a line for other branches',
      'type=sha,prefix={{branch}}-',
      'type=sha,prefix={{branch}}-,enable={{is_not_default_branch}}',
      'bad',
      'build-without-commit-tag',
      ['"{branch}-{sha}"'],
    ],
    [
      'a line whose condition GitHub alone knows',
      'type=sha,prefix={{branch}}-',
      "type=sha,prefix={{branch}}-,enable=${{ github.event_name == 'pull_request' }}",
      'skipped',
      'build-tags-unknown',
      ['"{branch}-{sha}"'],
    ],
    [
      'no tag of a commit',
      /^.*type=sha.*\n/m,
      '',
      'bad',
      'build-without-commit-tag',
      ['"{branch}-{sha}"', 'type=sha,prefix={{branch}}-'],
    ],
    ['no push', '          push: true\n', '', 'bad', 'build-not-pushed', ['  push: true']],
    ['push: false', 'push: true', 'push: false', 'bad', 'build-not-pushed', ['  push: true']],
    [
      'no labels',
      /^ {10}labels: .*\n/m,
      '',
      'warning',
      'build-without-labels',
      ['  labels: ${{ steps.meta.outputs.labels }}'],
    ],
    [
      'another platform',
      'platforms: linux/amd64',
      'platforms: linux/arm64',
      'bad',
      'build-other-platform',
      ['linux/arm64', '  platforms: linux/amd64'],
    ],
    [
      'an Arm runner and no platform',
      /runs-on: ubuntu-latest([\s\S]*) {10}platforms: .*\n/,
      'runs-on: ubuntu-24.04-arm$1',
      'bad',
      'build-other-platform',
      ['  platforms: linux/amd64'],
    ],
    [
      'tags that GitHub alone knows',
      'type=sha,prefix={{branch}}-',
      'type=raw,value=${{ steps.x.outputs.y }}',
      'skipped',
      'build-tags-unknown',
      ['"{branch}-{sha}"'],
    ],
    [
      'tags by another way',
      'docker/metadata-action',
      'docker/another',
      'skipped',
      'build-tags-not-checked',
      ['docker/metadata-action'],
    ],
  ])('%s', async (_name, from, to, mark, code, facts) => {
    const found = only(await builder(changed(build, from, to)));
    expect(found).toMatchObject({ mark, code });
    for (const fact of facts) expect(found.text).toContain(fact);
    expect(found.line).toBeGreaterThan(1);
  });

  test.each<[string, string | RegExp, string]>([
    ['several platforms', 'platforms: linux/amd64', 'platforms: linux/arm64,linux/amd64'],
    ['outputs in place of push', 'push: true', 'outputs: type=registry'],
    ['the same tag written raw', 'type=sha,prefix={{branch}}-', 'type=raw,value={{branch}}-{{sha}}'],
    ['another separator', 'type=sha,prefix={{branch}}-', 'type=raw,value={{branch}}/{{sha}}'],
    ['the commit behind the branch', 'type=sha,prefix={{branch}}-', 'type=ref,event=branch,suffix=-{{sha}}'],
    ['a quoted line', 'type=sha,prefix={{branch}}-', '"type=sha,prefix={{branch}}-"'],
    ['upper-case attributes', 'type=sha,prefix={{branch}}-', 'TYPE=sha,PREFIX={{branch}}-'],
    ['the default branch', 'prefix={{branch}}-', 'prefix={{branch}}-,enable={{is_default_branch}}'],
    [
      'an empty length',
      '      - id: meta\n',
      "      - id: meta\n        env: {DOCKER_METADATA_SHORT_SHA_LENGTH: ''}\n",
    ],
    ['push by an expression', 'push: true', "push: ${{ github.event_name == 'push' }}"],
  ])('is right with %s', async (_name, from, to) =>
    expect(await builder(changed(build, from, to))).toEqual([]),
  );

  test('the length of the inputs is looked for', async () =>
    expect(
      await builder(
        changed(build, '    runs-on', '    env: {DOCKER_METADATA_SHORT_SHA_LENGTH: 12}\n    runs-on'),
        { shaTag: '{branch}-{sha:12}' },
      ),
    ).toEqual([]));

  test('labels that nobody checks are not asked for', async () =>
    expect(
      await builder(changed(build, /^ {10}labels: .*\n/m, ''), { checkRevision: 'off' as never }),
    ).toEqual([]));
});

describe('YAML that somebody else wrote', () => {
  // The library words most faults, so that they are none of ours.
  test.each(['a: [', 'a: b: c', 'x'.repeat(600_000), '['.repeat(300_000), 'a: 1\na: 2'])(
    '%# is a fault at a line',
    async (text) =>
      expect(await readYaml(text)).toEqual({ fault: expect.stringMatching(/./), line: expect.any(Number) }),
  );

  test('whatever the file holds, there are findings or none, and no other end', async () => {
    const words = fc.constantFrom(
      'on',
      'jobs',
      'deploy',
      'steps',
      'uses',
      'with',
      'permissions',
      'concurrency',
      'workflow_run',
      'branches',
      'tags',
      'docker/metadata-action@v6',
      'docker/build-push-action@v7',
      '__proto__',
      '',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        words,
        fc.constant(null),
        fc.integer(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(words, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const root = await readYaml(JSON.stringify(value));
        if ('fault' in root) return;
        workflowFindings(root, rules);
        buildFindings(root, buildRules);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a workflow that calls build-image.yml and deploy-image.yml', () => {
  const one = readmeOneFile();
  // The step is in a job of the called workflow.
  const called = { job: 'doctor' };

  test('as the README has it gives no finding', async () => {
    expect(await caller(one, called)).toEqual([]);
    expect(builds(await parsed(one))).toBe(true);
    expect(await builder(one)).toEqual([]);
  });

  test.each<[string, string | RegExp, string, Mark, CheckCode, string]>([
    [
      'a group that the called workflow waits for',
      'jobs:\n',
      'concurrency:\n  group: deploy-test-battle\n\njobs:\n',
      'bad',
      'concurrency-group-taken',
      '"deploy-test-battle"',
    ],
    [
      'a package that may not be read',
      '      packages: read\n',
      '',
      'warning',
      'permissions-incomplete',
      '`packages: read`',
    ],
  ])('%s', async (_name, from, to, mark, code, fact) => {
    const found = only(await caller(changed(one, from, to), called));
    expect(found).toMatchObject({ mark, code, text: expect.stringContaining(fact) });
  });

  test('another group, and a group of many apps', async () => {
    const group = (name: string) => changed(one, 'jobs:\n', `concurrency: ${name}\n\njobs:\n`);
    expect(await caller(group('deploys'), called)).toEqual([]);
    const many = changed(
      group('deploy-app-b'),
      '      app: test-battle\n',
      `      apps: '["app-a", {"app": "app-b"}]'\n`,
    );
    expect(only(await caller(many, called))).toMatchObject({
      code: 'concurrency-group-taken',
      text: expect.stringContaining('"deploy-app-b"'),
    });
  });

  test.each<[string, string, object, CheckCode, string]>([
    ['a push that is switched off', 'push: false', {}, 'build-not-pushed', '  push: true'],
    ['another platform', 'platforms: linux/arm64', {}, 'build-other-platform', 'linux/arm64'],
    ['tags that it does not make', 'context: .', { shaTag: 'sha-{sha}' }, 'build-other-tags', '"sha-{sha}"'],
    ['longer tags', 'context: .', { shaTag: '{branch}-{sha:12}' }, 'build-other-tags', '"{branch}-{sha:12}"'],
  ])('%s', async (_name, line, more, code, fact) => {
    const text = changed(one, '      packages: write\n', `      packages: write\n    with:\n      ${line}\n`);
    expect(only(await builder(text, more))).toMatchObject({
      mark: 'bad',
      code,
      text: expect.stringContaining(fact),
    });
  });
});
