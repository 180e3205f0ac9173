import { join } from 'node:path';
import { registerLogger, validate } from '@actions/languageservice';
import { describe, expect, test } from '@jest/globals';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { actionFiles, examples, read, type Workflow, wholeWorkflow, workflowFiles } from './workflows.ts';

// GitHub's own language service reports what its editor would: faults against the schemas of action.yml and workflows, in
// expressions, and in the inputs of steps that use this action.

/** Whether this is a reference to this repository. */
const isOurs = (owner: string, repository: string) =>
  owner === 'deploy-fly-image' && repository === 'deploy-fly-image';

// It catches its own exceptions and then reports no faults, so the test records them.
const thrown: string[] = [];
const ignore = () => undefined;
registerLogger({ error: (text) => thrown.push(text), warn: ignore, info: ignore, log: ignore });

let count = 0;

/** The faults that it reports, each with its line. */
async function faultsOf({ name, text }: Workflow): Promise<string[]> {
  // It chooses the schema by the path, and caches what it has read by it.
  const path = /(?:^|\/)action\.ya?ml$/.test(name) ? 'action.yml' : '.github/workflows/workflow.yml';
  const document = TextDocument.create(`file:///${count++}/${path}`, 'yaml', 0, text);
  const found = await validate(document, {
    actionsMetadataProvider: {
      // The inputs of other people's actions are unknown here.
      fetchActionMetadata: async ({ owner, name: repository, path: folder }) =>
        isOurs(owner, repository)
          ? parse(read(join(folder ?? '', 'action.yml')))
          : { name: '', description: '' },
    },
    // The called workflows, for their inputs, secrets and outputs.
    fileProvider: {
      getFileContent: async (file) => {
        if ('repository' in file && !isOurs(file.owner, file.repository))
          throw new Error(`${file.owner}/${file.repository} is not here`);
        return { name: file.path, content: read(file.path) };
      },
    },
  });
  return [
    ...thrown.splice(0),
    ...found.map(({ range, message }) => `${name}: line ${range.start.line + 1}: ${message}`),
  ];
}

describe('GitHub’s language service finds no fault in', () => {
  test.each(actionFiles())('%s', async (name) =>
    expect(await faultsOf({ name, text: read(name) })).toEqual([]),
  );

  test.each(workflowFiles())('$name', async (workflow) => expect(await faultsOf(workflow)).toEqual([]));

  test.each(examples())('$name', async (example) =>
    expect(await faultsOf(wholeWorkflow(example))).toEqual([]),
  );
});

test('there are files and examples to check', () => {
  expect(actionFiles()).toContain('action.yml');
  expect(workflowFiles().length).toBeGreaterThan(0);
  expect(examples().filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThan(3);
});

describe('GitHub’s language service finds a fault in', () => {
  const action = read('action.yml');
  const { text = '' } =
    examples().find((each) => /packages: read/.test(each.text) && /\bapp:/.test(each.text)) ?? {};

  test.each<[string, Workflow, RegExp]>([
    [
      'a runtime that does not exist',
      { name: 'action.yml', text: action.replace('node24', 'node23') },
      /node23/,
    ],
    ['an unknown key', { name: 'action.yml', text: action.replace('author:', 'authors:') }, /authors/],
    ['an unknown icon', { name: 'action.yml', text: action.replace('check-circle', 'fly') }, /fly/],
    [
      'an unknown permission',
      { name: 'workflow', text: text.replace('packages: read', 'packages: maybe') },
      /maybe/,
    ],
    ['an unknown input', { name: 'workflow', text: text.replace('app:', 'appp:') }, /appp/],
    ['an unknown context', { name: 'workflow', text: text.replace('secrets.FLY', 'secret.FLY') }, /secret/],
  ])('%s', async (_, workflow, message) => {
    expect((await faultsOf(workflow)).join('\n')).toMatch(message);
  });
});

describe('this repository’s own workflow', () => {
  const ours = workflowFiles().filter(({ name }) => name.startsWith('.github/'));

  test.each(ours)('$name uses the actions of others only by a commit, with its version', ({ text }) => {
    const uses = [...text.matchAll(/^ *(?:- )?uses: (\S+)(.*)$/gm)].filter(
      ([, name = '']) => !name.startsWith('deploy-fly-image/') && !name.startsWith('./'),
    );
    for (const [line, name = '', rest = ''] of uses)
      expect([line, name, rest]).toEqual([
        line,
        expect.stringMatching(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/),
        expect.stringMatching(/^ # v\d+\.\d+\.\d+$/),
      ]);
  });

  // Those that others call have the permissions of the job that calls them.
  test.each(ours.filter(({ text }) => !/^ {2}workflow_call:/m.test(text)))(
    '$name grants nothing that a job does not list',
    ({ text }) => {
      const { permissions, jobs } = parse(text);
      expect(permissions).toEqual({});
      for (const job of Object.values<{ permissions?: object }>(jobs)) expect(job.permissions).toBeDefined();
    },
  );
});

test('a badge of Scorecard needs published results (ossf/scorecard-action, README, “Scorecard Badge”)', () => {
  const hasBadge = ['README.md', 'README.zh-CN.md'].some((name) => read(name).includes('api.scorecard.dev'));
  expect(read('.github/workflows/scorecard.yml').includes('publish_results: true')).toBe(hasBadge);
});
