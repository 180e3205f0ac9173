import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeOf } from '../scripts/docs/pages.ts';
import { read } from '../scripts/docs/workflows.ts';
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

const exampleFiles = readdirSync(join(import.meta.dirname, '..', 'examples')).filter((name) =>
  name.endsWith('.yml'),
);

const rules: WorkflowRules = {
  file: deployFile,
  job: 'deploy',
  action: undefined,
  branch: 'main',
  allowEvents: ['push'],
  readsPackages: true,
  readsAttestations: false,
  writesRecords: false,
  workflows: ['Deploy', 'Build'],
  builds: ['Build'],
  app: 'test-battle',
  config: { path: 'fly.toml', app: 'test-battle' },
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
/** Changes the README's workflow. Fails if the workflow does not contain that text. */
function changed(text: string, from: string | RegExp, to: string): string {
  const done = text.replace(from, to);
  if (done === text) throw new Error(`the workflow has no ${from}`);
  return done;
}
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
/** The only finding, with its line, and its message and fix as one text. */
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

test('finds nothing in the README’s two workflows', async () => {
  expect(await caller(deploy)).toEqual([]);
  expect(await builder(build)).toEqual([]);
});

describe('the workflow that deploys', () => {
  const lines = {
    concurrency: ['concurrency:\n', '  group: deploy-test-battle\n', '  cancel-in-progress: false'],
    cancel: ['concurrency:\n  cancel-in-progress: false'],
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
      lines.cancel,
    ],
    [
      'a separate group for each run',
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
      'a package without read permission',
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
      ['`dev`', '`main`', '    branches: [main]', 'with:\n  branch: dev'],
    ],
    [
      'a build of another name',
      'workflows: [Build]',
      'workflows: [CI]',
      'workflows:',
      'bad',
      'workflow-run-of-unknown-workflow',
      ['`CI`', '    workflows: [Build]'],
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
      ['`deploy`', 'environment: production'],
    ],
    [
      'pull requests',
      '  workflow_dispatch:\n',
      '  pull_request:\n',
      '  pull_request:',
      'warning',
      'pull-request-refused',
      ['allow-events: push,pull_request'],
    ],
    [
      'pull requests from forks',
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
      ['/setup-flyctl`', '`master`', 'uses: superfly/flyctl-actions/setup-flyctl@1.6'],
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
    // A finding in a mapping has the line where the mapping starts, or the line of its key.
    expect(found).toMatchObject({ mark, code });
    expect(Math.abs((found.line ?? 0) - lineOf(text, at))).toBeLessThanOrEqual(1);
    for (const fact of facts) expect(found.text).toContain(fact);
  });

  test.each<[string, string | RegExp, string]>([
    [
      'concurrency as only a name, which does not cancel',
      /^concurrency:\n.*\n.*\n/m,
      'concurrency: deploy\n',
    ],
    [
      'concurrency of the job',
      /^jobs:\n {2}deploy:\n/m,
      'jobs:\n  deploy:\n    concurrency: {group: deploy}\n',
    ],
    [
      'permissions of the job, which override the workflow’s',
      /^jobs:\n {2}deploy:\n/m,
      'jobs:\n  deploy:\n    permissions: {contents: read, packages: write}\n',
    ],
    ['read-all', /^permissions:\n.*\n.*\n/m, 'permissions: read-all\n'],
    ['a pattern of branches', 'branches: [main]', "branches: ['ma*']"],
    ['one type as a text', 'types: [completed]', 'types: completed'],
    ['values of expressions', 'cancel-in-progress: false', 'cancel-in-progress: ${{ inputs.x }}'],
    [
      'an alias',
      /^permissions:\n.*\n.*\n/m,
      'env: &p\n  contents: read\n  packages: read\npermissions: *p\n',
    ],
  ])('needs no change with %s', async (_name, from, to) =>
    expect(await caller(changed(deploy, from, to))).toEqual([]),
  );

  test.each<[string, string[], string]>([
    ['one builds', ['Build'], 'workflows: [Build]'],
    ['several build', ['Web', 'API'], 'workflows: [API]'],
    ['a name is more than a word', ['Build: all'], 'workflows: ["Build: all"]'],
    ['none is known to build', [], '`Deploy`, `Build`'],
  ])('a trigger that waits for no workflow: what to wait for where %s', async (_name, names, fact) => {
    const text = changed(deploy, '    workflows: [Build]\n', '');
    expect(only(await caller(text, { builds: names })).text).toContain(fact);
  });

  test.each<[string, string, string]>([
    ['an action of this project', 'owner/deploy-fly-image@main', 'owner/deploy-fly-image@v1'],
    ['an action that is not known', 'owner/action/sub@master', 'https://github.com/owner/action/releases'],
  ])('a branch of %s has its own fix', async (_name, uses, fact) => {
    const step = '      - uses: actions/checkout@v7';
    const text = changed(deploy, step, `      - uses: ${uses}\n${step}`);
    expect(only(await caller(text)).text).toContain(fact);
  });

  test('a job of many apps has a group for each', async () => {
    const text = changed(
      changed(deploy, /^concurrency:\n.*\n.*\n/m, ''),
      'app: test-battle',
      'app: ${{ matrix.app }}',
    );
    expect(only(await caller(text)).text).toContain('  group: deploy-${{ matrix.app }}\n');
  });

  test('permissions that this setup does not need are not asked for, and those that it needs are', async () => {
    const text = changed(deploy, '  packages: read\n', '');
    expect(await caller(text, { readsPackages: false })).toEqual([]);
    expect(only(await caller(deploy, { readsAttestations: true }))).toMatchObject({
      code: 'permissions-incomplete',
      text: expect.stringContaining('  attestations: read'),
    });
  });

  test('a deployment record needs a permission to write', async () => {
    const granting = (level: string) =>
      changed(deploy, '  packages: read\n', `  packages: read\n  artifact-metadata: ${level}\n`);
    for (const text of [deploy, granting('read')])
      expect(only(await caller(text, { writesRecords: true }))).toMatchObject({
        code: 'permissions-incomplete',
        text: expect.stringContaining(
          '`artifact-metadata: write` to write the deployment record.\nGive the job these permissions:\npermissions:\n  contents: read\n  packages: read\n  artifact-metadata: write',
        ),
      });
    expect(await caller(granting('write'), { writesRecords: true })).toEqual([]);
  });

  test('read-all does not grant the permission to write a deployment record', async () => {
    const text = changed(deploy, /^permissions:\n.*\n.*\n/m, 'permissions: read-all\n');
    expect(only(await caller(text, { writesRecords: true }))).toMatchObject({
      code: 'permissions-incomplete',
      text: expect.stringContaining('artifact-metadata: write'),
    });
  });

  test('pull requests that the inputs allow need no change', async () =>
    expect(
      await caller(changed(deploy, '  workflow_dispatch:\n', '  pull_request:\n'), {
        allowEvents: ['pull_request'],
      }),
    ).toEqual([]));

  test('the names of builds are not compared with what was not read', async () =>
    expect(await caller(changed(deploy, '[Build]', '[CI]'), { workflows: undefined })).toEqual([]));

  test('a job of a workflow that is called is listed as not checked', async () => {
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
      ['`sha-{sha}`', '`{branch}-{sha}`', '  sha-tag: "sha-{sha}"', 'type=sha,prefix={{branch}}-'],
    ],
    [
      'whole commits',
      'type=sha,prefix={{branch}}-',
      'type=sha,format=long,prefix={{branch}}-',
      'bad',
      'build-other-tags',
      ['`{branch}-{full-sha}`', '  sha-tag: "{branch}-{full-sha}"'],
    ],
    [
      'another length',
      '      - id: meta\n',
      '      - id: meta\n        env: {DOCKER_METADATA_SHORT_SHA_LENGTH: 12}\n',
      'bad',
      'build-other-tags',
      // The line is correct: the length beside it is not.
      [
        '`{branch}-{sha:12}`',
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
        '`{branch}-{sha}-alpine`',
        '  sha-tag: "{branch}-{sha}-alpine"',
        // The existing line makes this tag only with an explicit suffix.
        '      type=sha,prefix={{branch}}-,suffix=\n',
      ],
    ],
    [
      'one brace instead of two',
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
      [
        '"type=sha,prefix={{branch}}-,enable=True"',
        '`enable` is "True" instead of "true" or "false" or "{{is_default_branch}}"',
      ],
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
      ['`{branch}-{sha}`'],
    ],
    [
      'a line whose condition is only known on GitHub',
      'type=sha,prefix={{branch}}-',
      "type=sha,prefix={{branch}}-,enable=${{ github.event_name == 'pull_request' }}",
      'skipped',
      'build-tags-unknown',
      ['`{branch}-{sha}`'],
    ],
    [
      'no tag of a commit',
      /^.*type=sha.*\n/m,
      '',
      'bad',
      'build-without-commit-tag',
      ['`{branch}-{sha}`', 'type=sha,prefix={{branch}}-'],
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
      'tags that are only known on GitHub',
      'type=sha,prefix={{branch}}-',
      'type=raw,value=${{ steps.x.outputs.y }}',
      'skipped',
      'build-tags-unknown',
      ['`{branch}-{sha}`'],
    ],
    [
      'tags from another action',
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
    ['outputs instead of push', 'push: true', 'outputs: type=registry'],
    ['the same tag by type=raw', 'type=sha,prefix={{branch}}-', 'type=raw,value={{branch}}-{{sha}}'],
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
  ])('needs no change with %s', async (_name, from, to) =>
    expect(await builder(changed(build, from, to))).toEqual([]),
  );

  test('accepts the length that the inputs expect', async () =>
    expect(
      await builder(
        changed(build, '    runs-on', '    env: {DOCKER_METADATA_SHORT_SHA_LENGTH: 12}\n    runs-on'),
        { shaTag: '{branch}-{sha:12}' },
      ),
    ).toEqual([]));

  test('does not ask for labels that are not checked', async () =>
    expect(
      await builder(changed(build, /^ {10}labels: .*\n/m, ''), { checkRevision: 'off' as never }),
    ).toEqual([]));
});

describe('a command that deploys beside this action', () => {
  const command = (script: string, more = '') =>
    changed(deploy, /$/, `      - run: ${JSON.stringify(script)}\n${more}`);
  const elsewhere = (script: string, more = '') =>
    `${deploy}  old:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - run: ${JSON.stringify(script)}\n`;

  test('in the same job is a warning at its line, without the token in it', async () => {
    const text = command('fly  deploy -t FlyV1-secret --image x:main');
    const found = only(await caller(text));
    expect(found).toMatchObject({
      mark: 'warning',
      code: 'deploy-without-verification',
      line: lineOf(text, 'FlyV1-secret'),
      text: expect.stringContaining('--image x:main'),
    });
    expect(found.text).not.toContain('FlyV1-secret');
  });

  test.each([
    ['another app', command('flyctl deploy --app other')],
    ['another app, by a variable', command('FLY_APP=other flyctl deploy')],
    ['another app, by the environment', command('flyctl deploy -a $APP', '        env: {APP: other}\n')],
    ['the config of another app', command('cd worker && flyctl deploy')],
    ['the config in another folder', command('flyctl deploy', '        working-directory: worker\n')],
    [
      'another app in another job',
      elsewhere('flyctl deploy --app pr-${{ github.event.number }}-test-battle'),
    ],
    ['another command', command('flyctl status --app test-battle')],
  ])('for %s is none', async (_name, text) => expect(await caller(text)).toEqual([]));

  test.each([
    ['in the same job for an app that only GitHub knows', command('flyctl deploy --app ${{ vars.APP }}')],
    ['in another job', elsewhere('flyctl deploy --app test-battle')],
    ['in another job, by the same config', elsewhere('flyctl deploy --remote-only')],
    ['in another job, by its environment', elsewhere('flyctl deploy', '    env: {FLY_APP: test-battle}\n')],
    [
      'by the older action of Fly.io',
      `${deploy}      - uses: superfly/flyctl-actions@1.1\n        with: {args: deploy --remote-only}\n`,
    ],
  ])('%s is a warning', async (_name, text) =>
    expect(only(await caller(text))).toMatchObject({ mark: 'warning', code: 'deploy-without-verification' }),
  );

  test('that a script runs twice is one warning', async () =>
    expect(await caller(command('flyctl deploy || flyctl deploy'))).toHaveLength(1));

  test('in a thousand steps is a list that can be read', async () =>
    expect(await caller(deploy + '      - run: fly deploy\n'.repeat(1000))).toHaveLength(10));

  test.each(exampleFiles)('is in no job of examples/%s', async (name) => {
    const findings = workflowFindings(await parsed(read(`examples/${name}`)), rules);
    expect(findings.map(({ code }) => code)).not.toContain('deploy-without-verification');
  });

  test('is in the shell step that docs/migration.md replaces', async () => {
    const step = codeOf(read('docs/migration.md')).find(({ text }) => text.includes('flyctl deploy'));
    const lines = `${step?.text}`.replaceAll(/^(?=.)/gm, '      ');
    const codes = (await caller(`${deploy}${lines}\n`)).map(({ code }) => code);
    expect(codes).toContain('deploy-without-verification');
  });

  test('that does not name an app is none in another job, where the config is of another app', async () => {
    const config = { path: 'fly.toml', app: 'other' };
    expect(await caller(elsewhere('flyctl deploy'), { config })).toEqual([]);
    expect(await caller(elsewhere('flyctl deploy'), { config: undefined })).toEqual([]);
    // In the same job it is what the action replaced.
    expect(await caller(command('flyctl deploy'), { config })).toHaveLength(1);
  });
});

describe('YAML that somebody else wrote', () => {
  // The library words most faults, so that they are none of ours.
  test.each(['a: [', 'a: b: c', 'x'.repeat(600_000), '['.repeat(300_000), 'a: 1\na: 2'])(
    '%# is a fault at a line',
    async (text) =>
      expect(await readYaml(text)).toEqual({ fault: expect.stringMatching(/./), line: expect.any(Number) }),
  );

  test('returns findings or none for any file', async () => {
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
      'run',
      'fly deploy',
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
  // The step runs in a job of the called workflow.
  const called = { job: 'doctor' };

  test('gives no finding as the README has it', async () => {
    expect(await caller(one, called)).toEqual([]);
    expect(builds(await parsed(one))).toBe(true);
    expect(await builder(one)).toEqual([]);
  });

  test.each<[string, string | RegExp, string, Mark, CheckCode, string]>([
    [
      'the group of the called workflow',
      'jobs:\n',
      'concurrency:\n  group: deploy-test-battle\n\njobs:\n',
      'bad',
      'concurrency-group-taken',
      '`deploy-test-battle`',
    ],
    [
      'a package without read permission, in a call',
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
      text: expect.stringContaining('`deploy-app-b`'),
    });
  });

  test.each<[string, string, object, CheckCode, string]>([
    ['a disabled push', 'push: false', {}, 'build-not-pushed', '  push: true'],
    ['another platform', 'platforms: linux/arm64', {}, 'build-other-platform', 'linux/arm64'],
    ['tags that it does not make', 'context: .', { shaTag: 'sha-{sha}' }, 'build-other-tags', '`sha-{sha}`'],
    ['longer tags', 'context: .', { shaTag: '{branch}-{sha:12}' }, 'build-other-tags', '`{branch}-{sha:12}`'],
  ])('%s', async (_name, line, more, code, fact) => {
    const text = changed(one, '      packages: write\n', `      packages: write\n    with:\n      ${line}\n`);
    expect(only(await builder(text, more))).toMatchObject({
      mark: 'bad',
      code,
      text: expect.stringContaining(fact),
    });
  });
});
