import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { RunnerLog } from '../sandbox/runner/log.ts';
import { actionsLog } from '../src/github/log.ts';
import { appLine } from '../src/inputs/config-app.ts';
import { inputLine, locationOfInput } from '../src/inputs/location.ts';
import { locationIn, workflowFile } from '../src/inputs/workspace.ts';
import { allOf, UserError } from '../src/lib/user-error.ts';
import { nothingThere } from './factories.ts';

const workflow = `name: Deploy
on: workflow_run
env:
  app: not-this-one
jobs:
  build:
    steps:
      - uses: deploy-fly-image/deploy-fly-image@v1
        with: { app: other-job }
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with:
          app: another-action
      - run: |
          with:
            app: a-script
      - id: deploy # ours
        uses: deploy-fly-image/deploy-fly-image@v1
        with:
          # app: a-comment
          settle-time: 20
          "app": 'test-battle'
          Flags: |
            --ha=false
          fly-api-token: \${{ secrets.FLY_API_TOKEN }}
`;
const step = { job: 'deploy', step: 'deploy', action: 'deploy-fly-image/deploy-fly-image' };

describe('the line of an input', () => {
  test.each([
    ['app', 'test-battle', 24],
    ['settle-time', '20', 23],
    ['flags', '--ha=false', 25],
    ['fly-api-token', 'whatever it is', 27],
    // Without the input, the line where it must be added.
    ['image', '', 20],
  ])('%s: %s is on line %i', async (name, value, line) =>
    expect(await inputLine(workflow, name, value, step)).toBe(line),
  );

  test('is found in a flow map, after an anchor, with other line breaks, and by the action’s folder', async () => {
    const build = { ...step, job: 'build', step: '__deploy-fly-image_deploy-fly-image' };
    expect(await inputLine(workflow, 'app', 'other-job', build)).toBe(9);
    expect(await inputLine(workflow.replaceAll('\n', '\r\n'), 'app', 'test-battle', step)).toBe(24);
    const local = 'x: &with\n  app: a\njobs:\n  deploy:\n    steps:\n      - uses: ./\n        with: *with\n';
    expect(await inputLine(local, 'app', 'a', { job: 'deploy', step: '__self', action: '' })).toBe(2);
  });

  test.each<[string, string, string, Partial<typeof step>]>([
    ['the file contains another value', workflow, 'elsewhere', {}],
    ['the job is another', workflow, 'test-battle', { job: 'test' }],
    ['the step is another', workflow, 'test-battle', { step: 'release' }],
    ['the action is another', workflow, 'test-battle', { action: 'owner/fork' }],
    ['the step has an ID that the runner does not report', workflow, 'test-battle', { step: '__deploy' }],
    ['the file is not YAML', `${workflow}\n\t- :{`, 'test-battle', {}],
    ['the file is empty', '', 'test-battle', {}],
    ['the file is not a workflow', '- 1\n- 2\n', 'test-battle', {}],
    ['two steps match', workflow + workflow.slice(workflow.indexOf('      - id: deploy')), 'test-battle', {}],
    ['a key is duplicated', workflow.replace('Flags: |', 'app: x\n          Flags: |'), 'test-battle', {}],
  ])('is unknown if %s', async (_name, text, value, changes) =>
    expect(await inputLine(text, 'app', value, { ...step, ...changes })).toBeUndefined(),
  );

  test('is unknown for a default, and for a `with` that is an expression', async () => {
    expect(await inputLine(workflow, 'sha-tag', '{branch}-{sha}', step)).toBeUndefined();
    const text = workflow.replace(/with:\n {10}# app[\s\S]*/, 'with: ${{ fromJSON(inputs.with) }}\n');
    expect(await inputLine(text, 'image', '', step)).toBeUndefined();
  });

  test('contains the name of the input, in any text', async () => {
    const line = fc.constantFrom(
      ...workflow.split('\n'),
      ...[
        '          app: test-battle',
        '        with:',
        '  deploy:',
        '    - |',
        '"',
        '      - uses: ./',
        '#',
        '{',
        '\t',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.nat({ max: 27 }), async (lines, from) => {
        const text = [...workflow.split('\n').slice(0, from), ...lines].join('\n');
        const found = await inputLine(text, 'app', 'test-battle', step);
        if (found !== undefined) expect(text.split('\n')[found - 1]).toMatch(/app['"]?:.*test-battle/);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['owner/repo/.github/workflows/deploy.yml@refs/heads/main', '.github/workflows/deploy.yml'],
  ['Owner/Repo/.github/workflows/a@b.yaml@refs/tags/v1@x.yml', '.github/workflows/a@b.yaml'],
  ['other/repo/.github/workflows/deploy.yml@refs/heads/main', undefined],
  ['owner/repo/.github/workflows/../../x.yml@refs/heads/main', undefined],
  ['owner/repo/x.yml@refs/heads/main', undefined],
  ['', undefined],
])('%s is the file %s', (ref, file) => expect(workflowFile(ref, 'owner/repo')).toBe(file));

describe('the line of an app’s name in fly.toml', () => {
  test.each([
    ['app = "a"\n', 1],
    ['# app = "no"\n\n  "app" = "a"\n[env]\napp = "b"\n', 3],
    ["'app'='a'\r\nprimary_region = 'fra'\r\n", 1],
    ['note = """\napp = "no"\n"""\napp = "a"\n', 4],
    ['[env]\napp = "b"\n', undefined],
    ['app.name = "a"\n', undefined],
    ['apps = "a"\n', undefined],
    // The line of its key is the result.
    ['app = """\na"""\n', 1],
    ['x = [\n  "]",\n  \'app = 1\', # ]\n]\napp = "a"\n', 5],
    ['a = """\\"""\napp = 1\n""""\n[b]\napp = "no"\n', undefined],
    ['note = """\napp = "no"\n"""\n', undefined],
    ['', undefined],
  ])('%j: %s', (toml, line) => expect(appLine(toml)).toBe(line));

  test('is the line without which the config does not name an app', () => {
    const line = fc.constantFrom<string>(
      'app = "a"',
      " 'app'='a' # app = 1",
      'x = "#"',
      'y = [',
      ']',
      '"[",',
      'z = """',
      '"""',
      "w = '''",
      "'''",
      'app = "b"',
      '[app]',
      '# "',
      'q = { a = "}" }',
      '',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const named = (some: readonly string[]): unknown => {
          try {
            return parse(some.join('\n'))['app'];
          } catch {
            return undefined;
          }
        };
        fc.pre(typeof named(lines) === 'string');
        const found = appLine(lines.join('\n')) ?? 0;
        expect(lines[found - 1]).toMatch(/^ ?'?app'? ?=/);
        expect(named(lines.with(found - 1, '# not here'))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['fly.toml', 'fly.toml'],
  ['./deploy/../deploy/fly.toml', 'deploy/fly.toml'],
  ['deploy\\fly.toml', 'deploy/fly.toml'],
  ['/workspace/deploy/fly.toml', 'deploy/fly.toml'],
  ['../fly.toml', undefined],
  ['/etc/fly.toml', undefined],
])('%s is %s in the repository', (path, file) =>
  expect(locationIn(path, 3, { GITHUB_WORKSPACE: '/workspace' })?.file).toBe(file),
);

test('points to fly.toml for an app that the step does not name, or else to the workflow', async () => {
  const files: Record<string, string> = {
    'fly.toml': 'app = "A"\n',
    '.github/workflows/deploy.yml': workflow,
  };
  const source = (app: string) => ({
    input: (name: string) => (name === 'app' ? app : ''),
    env: {
      GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/deploy.yml@refs/heads/main',
      GITHUB_JOB: 'deploy',
      GITHUB_REPOSITORY: 'owner/repo',
      GITHUB_ACTION: 'deploy',
      GITHUB_ACTION_REPOSITORY: step.action,
    },
    readFile: (path: string) => files[path],
    lookUpProgram: nothingThere,
  });
  expect(await locationOfInput('app', source(''))).toEqual({ file: 'fly.toml', line: 1 });
  const line = { file: '.github/workflows/deploy.yml', line: 24 };
  expect(await locationOfInput('app', source('test-battle'))).toEqual(line);
});

describe('a fault', () => {
  const fault = new UserError({ code: 'flyctl-failed', found: 'a', expected: 'b', fix: 'c' });
  const location = { file: 'f', line: 1 };
  test('keeps the first input that it is about', () => {
    const about = fault.at({ input: 'app' }).at({ input: 'image' });
    expect(about.input).toBe('app');
    const placed = about.at({ location });
    expect([placed.location, placed.at({ location: { file: 'g', line: 2 } }).location]).toEqual([
      location,
      location,
    ]);
  });
  test('with several inputs has the line of the first one that has a line', () => {
    expect(allOf([fault, fault.at({ input: 'app' }), fault.at({ location })]).input).toBe('app');
    expect(allOf([fault, fault]).location).toBeUndefined();
  });
});

test('the runner reads any file’s name as only a name', () => {
  const name = fc
    .array(
      fc.constantFrom(
        'a',
        '::',
        ':',
        ',',
        '\n',
        '\r',
        '%',
        '%0A',
        '##[error]',
        ']',
        '=',
        'line',
        ' ',
        '\u2028',
        '/',
      ),
    )
    .map((parts) => parts.join(''));
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 999 }), (file, line) => {
        stdout.mockClear();
        actionsLog(() => {}).error('it failed', { file, line });
        const runner = new RunnerLog();
        for (const each of stdout.mock.calls.map(String).join('').replace(/\n$/, '').split('\n'))
          runner.add(each);
        expect(runner.commands.map((command) => command.name)).toEqual(['error']);
        expect(runner.annotations).toEqual([expect.objectContaining({ message: 'it failed', line })]);
      }),
    );
  } finally {
    stdout.mockRestore();
  }
});
