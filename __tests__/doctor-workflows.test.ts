import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildFindings, builds, templatesOf } from '../src/doctor/build-file.ts';
import { type WorkflowRules, workflowFindings } from '../src/doctor/workflow-file.ts';
import { readYaml, type Yaml } from '../src/lib/yaml.ts';
import type { Finding } from '../src/report/finding.ts';
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
  requireAttestation: false,
  workflows: ['Deploy', 'Build'],
};
const buildRules = {
  file: buildFile,
  shaTag: '{branch}-{sha}',
  shortShaLength: 7,
  checkRevision: 'auto' as const,
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
/** Mark, line and words, of the one finding that there must be. */
function only(findings: Finding[]): {
  mark: string;
  line: number | undefined;
  words: string;
  fix: string;
} {
  expect(findings.map(({ words }) => words)).toHaveLength(1);
  const [{ mark, at, words, fix } = { mark: '', words: '' } as unknown as Finding] = findings;
  return { mark, line: at?.line, words, fix: fix ?? '' };
}

test('the README’s two workflows give no finding', async () => {
  expect(await caller(deploy)).toEqual([]);
  expect(await builder(build)).toEqual([]);
});

describe('the workflow that deploys', () => {
  test.each<[string, string | RegExp, string, string, string, RegExp]>([
    ['no concurrency', /^concurrency:\n.*\n.*\n/m, '', '  deploy:', 'warning', /no `concurrency:`/],
    [
      'concurrency that cancels',
      'cancel-in-progress: false',
      'cancel-in-progress: true',
      'cancel-in-progress',
      'warning',
      /ends a deploy half-way/,
    ],
    [
      'a group a run',
      'group: deploy-test-battle',
      'group: d-${{ github.run_id }}',
      'group:',
      'warning',
      /another one for each run/,
    ],
    ['no permissions', /^permissions:\n.*\n.*\n/m, '', '  deploy:', 'warning', /no `permissions:`/],
    [
      'a package that it may not read',
      '  packages: read\n',
      '',
      '  contents: read',
      'warning',
      /lacks `packages: read`/,
    ],
    [
      'all permissions',
      /^permissions:\n.*\n.*\n/m,
      'permissions: write-all\n',
      'permissions:',
      'warning',
      /may write everything/,
    ],
    ['types', 'types: [completed]', 'types: [requested]', 'types:', 'warning', /when a build begins/],
    ['no types', '    types: [completed]\n', '', '    workflows:', 'warning', /when a build begins/],
    ['no branches', '    branches: [main]\n', '', '    workflows:', 'warning', /build of any branch/],
    ['other branches', 'branches: [main]', 'branches: [dev]', 'branches:', 'bad', /builds of dev/],
    [
      'a build of another name',
      'workflows: [Build]',
      'workflows: [CI]',
      'workflows:',
      'bad',
      /"CI"[\s\S]*there are Deploy, Build/,
    ],
    ['no condition', /^ {4}if: .*\n/m, '', '  deploy:', 'warning', /A build that failed/],
    ['another condition', /^ {4}if: .*$/m, '    if: always()', '    if:', 'warning', /A build that failed/],
    ['no environment', / {4}environment:\n(?: {6}.*\n)+/, '', '  deploy:', 'warning', /no `environment:`/],
    [
      'pull requests',
      '  workflow_dispatch:\n',
      '  pull_request:\n',
      '  pull_request:',
      'warning',
      /not merged/,
    ],
    [
      'pull requests of strangers',
      '  workflow_dispatch:\n',
      '  pull_request_target:\n',
      '  pull_request_target:',
      'warning',
      /strangers/,
    ],
    [
      'pushes to any branch',
      '  workflow_dispatch:\n',
      '  push:\n',
      '  push:',
      'warning',
      /push to any branch/,
    ],
    [
      'a checkout of the default branch',
      /^ {8}with:\n {10}ref: .*head_sha.*\n/m,
      '',
      'actions/checkout',
      'warning',
      /default branch’s head/,
    ],
    [
      'an action of a branch',
      'setup-flyctl@1.5',
      'setup-flyctl@master',
      'setup-flyctl',
      'warning',
      /from its branch "master"/,
    ],
    [
      'a token in the file',
      '${{ secrets.FLY_API_TOKEN }}',
      'FlyV1 fm2_x',
      'fly-api-token',
      'bad',
      /written into the workflow/,
    ],
  ])('%s', async (_name, from, to, at, mark, words) => {
    const text = changed(deploy, from, to);
    const found = only(await caller(text));
    // A place in a mapping is the line where the mapping begins, or its key's.
    expect(found).toMatchObject({ mark, words: expect.stringMatching(words) });
    expect(Math.abs((found.line ?? 0) - lineOf(text, at))).toBeLessThanOrEqual(1);
    expect(found.fix).not.toBe('');
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
    expect(only(await caller(deploy, { requireAttestation: true })).fix).toContain('  attestations: read');
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
      expect((await caller(text, { job })).at(-1)).toMatchObject({ mark: 'skipped' });
    }
  });
});

describe('the workflow that builds', () => {
  test.each<[string, string | RegExp, string, string, RegExp, RegExp]>([
    [
      'tags of another prefix',
      'type=sha,prefix={{branch}}-',
      'type=sha',
      'bad',
      /writes "sha-\{sha\}" with 7 digits/,
      /sha-tag: 'sha-\{sha\}'/,
    ],
    [
      'whole commits',
      'type=sha,prefix={{branch}}-',
      'type=sha,format=long,prefix={{branch}}-',
      'bad',
      /"\{branch\}-\{full-sha\}"/,
      /sha-tag: '\{branch\}-\{full-sha\}'/,
    ],
    [
      'another length',
      '      - id: meta\n',
      '      - id: meta\n        env: {DOCKER_METADATA_SHORT_SHA_LENGTH: 12}\n',
      'bad',
      /with 12 digits/,
      /short-sha-length: 12/,
    ],
    [
      'no tag of a commit',
      /^.*type=sha.*\n/m,
      '',
      'bad',
      /writes no tag of a commit/,
      /type=sha,prefix=\{\{branch\}\}-/,
    ],
    ['no push', '          push: true\n', '', 'bad', /pushes it nowhere/, /push: true/],
    ['push: false', 'push: true', 'push: false', 'bad', /pushes it nowhere/, /push: true/],
    [
      'no labels',
      /^ {10}labels: .*\n/m,
      '',
      'warning',
      /no labels/,
      /labels: \$\{\{ steps\.meta\.outputs\.labels \}\}/,
    ],
    [
      'another platform',
      'platforms: linux/amd64',
      'platforms: linux/arm64',
      'bad',
      /built for linux\/arm64/,
      /linux\/amd64/,
    ],
    [
      'an Arm runner and no platform',
      /runs-on: ubuntu-latest([\s\S]*) {10}platforms: .*\n/,
      'runs-on: ubuntu-24.04-arm$1',
      'bad',
      /an Arm/,
      /linux\/amd64/,
    ],
    [
      'tags that GitHub alone knows',
      'type=sha,prefix={{branch}}-',
      'type=raw,value=${{ steps.x.outputs.y }}',
      'skipped',
      /expressions/,
      /^$/,
    ],
    [
      'tags by another way',
      'docker/metadata-action',
      'docker/another',
      'skipped',
      /has no docker\/metadata-action/,
      /^$/,
    ],
  ])('%s', async (_name, from, to, mark, words, change) => {
    const found = only(await builder(changed(build, from, to)));
    expect(found).toMatchObject({
      mark,
      words: expect.stringMatching(words),
      fix: expect.stringMatching(change),
    });
    expect(found.line).toBeGreaterThan(1);
  });

  test.each<[string, string | RegExp, string]>([
    ['several platforms', 'platforms: linux/amd64', 'platforms: linux/arm64,linux/amd64'],
    ['outputs in place of push', 'push: true', 'outputs: type=registry'],
    ['the same tag written raw', 'type=sha,prefix={{branch}}-', 'type=raw,value={{branch}}-{{sha}}'],
    ['push by an expression', 'push: true', "push: ${{ github.event_name == 'push' }}"],
  ])('is right with %s', async (_name, from, to) =>
    expect(await builder(changed(build, from, to))).toEqual([]),
  );

  test('the length of the inputs is looked for', async () =>
    expect(
      await builder(
        changed(build, '    runs-on', '    env: {DOCKER_METADATA_SHORT_SHA_LENGTH: 12}\n    runs-on'),
        { shortShaLength: 12 },
      ),
    ).toEqual([]));

  test('labels that nobody checks are not asked for', async () =>
    expect(
      await builder(changed(build, /^ {10}labels: .*\n/m, ''), { checkRevision: 'off' as never }),
    ).toEqual([]));

  test('lines of metadata-action as templates of `sha-tag`', () =>
    expect(
      templatesOf(
        'type=sha\n# no\n\ntype=ref,event=branch\ntype=sha,enable=false\ntype=sha,prefix=,suffix=-x,format=long\nplain',
        7,
      ),
    ).toEqual([
      { template: 'sha-{sha}', length: 7 },
      { template: '{full-sha}-x', length: undefined },
      { template: 'plain', length: undefined },
    ]));
});

describe('YAML that somebody else wrote', () => {
  test.each([
    ['a: [', /./],
    ['a: b: c', /Nested mappings/],
    ['x'.repeat(600_000), /longer than/],
    ['['.repeat(300_000), /./],
    ['a: 1\na: 2', /unique/],
  ])('%# is said to be none', async (text, fault) =>
    expect(await readYaml(text)).toMatchObject({ fault: expect.stringMatching(fault) }),
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

  test.each<[string, string | RegExp, string, string, RegExp]>([
    [
      'a group that the called workflow waits for',
      'jobs:\n',
      'concurrency:\n  group: deploy-test-battle\n\njobs:\n',
      'bad',
      /would wait for the run that it is in/,
    ],
    ['a package that may not be read', '      packages: read\n', '', 'warning', /lacks `packages: read`/],
  ])('%s', async (_name, from, to, mark, words) => {
    const found = only(await caller(changed(one, from, to), called));
    expect(found).toMatchObject({ mark, words: expect.stringMatching(words) });
  });

  test('another group, and a group of many apps', async () => {
    const group = (name: string) => changed(one, 'jobs:\n', `concurrency: ${name}\n\njobs:\n`);
    expect(await caller(group('deploys'), called)).toEqual([]);
    const many = changed(
      group('deploy-app-b'),
      '      app: test-battle\n',
      `      apps: '["app-a", {"app": "app-b"}]'\n`,
    );
    expect(only(await caller(many, called)).words).toMatch(/"deploy-app-b"/);
  });

  test.each<[string, string, object, RegExp]>([
    ['a push that is switched off', 'push: false', {}, /pushes it nowhere/],
    ['another platform', 'platforms: linux/arm64', {}, /built for linux\/arm64/],
    ['tags that it does not make', 'context: .', { shaTag: 'sha-{sha}' }, /looks for "sha-\{sha\}"/],
    ['longer tags', 'context: .', { shortShaLength: 12 }, /with 12/],
  ])('%s', async (_name, line, more, words) => {
    const text = changed(one, '      packages: write\n', `      packages: write\n    with:\n      ${line}\n`);
    expect(only(await builder(text, more))).toMatchObject({
      mark: 'bad',
      words: expect.stringMatching(words),
    });
  });
});
