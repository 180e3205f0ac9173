import { describe, expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { ErrorCode } from '../../src/lib/error-codes.ts';
import { onPosix } from '../platforms.ts';
import { app, codesOf, inWorld, runUnchanged, tag } from './world.ts';

const path = '.github/workflows/deploy.yml';
const workflow = (inputs: string) => `name: Deploy
on: workflow_run
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - id: deploy
        uses: deploy-fly-image/deploy-fly-image@v1
        with:
          fly-api-token: \${{ secrets.FLY_API_TOKEN }}
${inputs.replace(/^/gm, '          ')}
`;

describe('an error is shown at its line', () => {
  test.each<[string, Record<string, string>, Record<string, string>, string, number, ErrorCode[]]>([
    [
      'an input',
      { 'settle-time': '20' },
      { [path]: workflow('app: test-battle\nsettle-time: 20') },
      path,
      13,
      ['input-invalid'],
    ],
    [
      'the first of several inputs',
      { 'settle-time': '20', 'no-cache': 'yes' },
      { [path]: workflow('no-cache: yes\nsettle-time: 20') },
      path,
      12,
      ['input-invalid', 'input-invalid'],
    ],
    [
      'a missing token',
      { 'fly-api-token': '' },
      { [path]: workflow('app: test-battle') },
      path,
      11,
      ['fly-token-missing'],
    ],
    [
      'a missing image',
      { image: 'IMAGE:nothing' },
      { [path]: workflow('image: IMAGE:nothing') },
      path,
      12,
      ['image-not-found'],
    ],
    [
      'a missing app',
      { app: 'nobody' },
      { [path]: workflow('app: nobody') },
      path,
      12,
      ['fly-app-not-found'],
    ],
    [
      'an app of fly.toml',
      { app: '' },
      { 'fly.toml': '# x\napp = "Not Valid"\n' },
      'fly.toml',
      2,
      ['app-invalid'],
    ],
    [
      'a missing app of fly.toml',
      { app: '', config: './deploy/fly.toml' },
      { 'deploy/fly.toml': '\n\napp = "nobody"\n' },
      'deploy/fly.toml',
      3,
      ['fly-app-not-found'],
    ],
    [
      'a fly.toml that is not TOML',
      { app: '' },
      { 'fly.toml': 'app = "a"\n[env\n' },
      'fly.toml',
      2,
      ['config-invalid'],
    ],
  ])('of %s', (_name, inputs, files, file, line, codes) =>
    inWorld(async ({ deploy, image, push }) => {
      push(tag);
      const named = (record: Record<string, string>) =>
        Object.fromEntries(
          Object.entries(record).map(([key, text]) => [key, text.replaceAll('IMAGE', image)]),
        );
      const run = await deploy(workflowRun(), named(inputs), { files: named(files) });
      expect(codesOf(run)).toEqual(codes);
      expect(run.status).toBe(1);
      expect(run.log.annotations.filter(({ level }) => level === 'error')).toEqual([
        expect.objectContaining({ file, line }),
      ]);
      expect(run.summary).toMatch(new RegExp(`\`${file}\`\\D*\\b${line}\\b`));
      expect(run.flyctl).toEqual([]);
    }),
  );

  test.each<[string, Record<string, string>]>([
    ['the workflow file does not exist', {}],
    ['the file contains another value', { [path]: workflow('settle-time: 21') }],
    ['the workflow is not YAML', { [path]: 'a: [' }],
  ])('without a line if %s', (_name, files) =>
    inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), { 'settle-time': '20' }, { files });
      expect(run.log.annotations).toEqual([
        { level: 'error', title: undefined, message: expect.stringMatching(/`settle-time`.*"20"/) },
      ]);
    }),
  );

  onPosix('no name of a file contains a colon')('with the name of the file as text only', () =>
    inWorld(async ({ deploy }) => {
      const config = 'x,line=9::y%0A::error::forged##[error]\u202e.toml';
      // Like any text from outside: commands are broken up, and characters that turn text around are removed.
      const shown = 'x,line=9::y%0A::error::forged##\u200b[error].toml';
      const run = await deploy(workflowRun(), { app: '', config }, { files: { [config]: 'app =' } });
      expect(run.log.annotations).toEqual([
        expect.objectContaining({ level: 'error', file: shown, line: 1 }),
      ]);
      expect(run.log.commands.map(({ name }) => name)).not.toContain('forged');
      expect(codesOf(run)).toEqual(['config-invalid']);
      expect(run.summary).toContain('<code>x,line=9&#58;&#58;y%0A');
    }),
  );
});

describe('the output url', () => {
  const url = `https://${app}.fly.dev`;
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['a deploy', {}, { verified: 'true' }],
    ['a dry run', { mode: 'dry-run' }, { skipped: 'dry-run' }],
    [
      'a run with nothing to do',
      { 'on-unchanged': 'skip', image: 'IMAGE:main-0000000' },
      { skipped: 'unchanged' },
    ],
  ])('is the app’s hostname, with %s', (_name, inputs, outputs) =>
    inWorld(async ({ deploy, push, image }) => {
      push(tag);
      const given = { ...inputs, ...(inputs['image'] && { image: inputs['image'].replace('IMAGE', image) }) };
      const run = await deploy(workflowRun(), given);
      expect([run.status, run.outputs]).toEqual([0, expect.objectContaining({ ...outputs, url })]);
    }),
  );

  test('is set even if the deploy fails, so that the environment still links to the app', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(workflowRun(), {}, { flyctl: 'process.exitCode = 1;' });
      expect([run.status, run.outputs['url']]).toEqual([1, url]);
    }));

  test('is set for an outdated run', () =>
    inWorld(async ({ deploy, push, github, fly, image }) => {
      push(tag);
      push('main-fedcba9', { revision: 'fedcba9876543210fedcba9876543210fedcba98', seed: 'newer' });
      await fly.createApp(app, [{ region: 'fra', image: `${image}:main-fedcba9` }]);
      const run = await deploy(workflowRun());
      expect(github.requests).toHaveLength(2);
      expect(run.outputs).toMatchObject({ skipped: 'outdated', url });
    }));

  test.each([
    ['Test-Battle.fly.dev.', url],
    ['battle.example:8443', 'https://battle.example:8443'],
    ['evil.example/?x=', ''],
    ['user@evil.example', ''],
    ['', ''],
  ])('of the hostname %j is %j', (hostname, expected) =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.setHostname(app, hostname);
      const run = await deploy(workflowRun(), { mode: 'dry-run' });
      expect([run.status, run.outputs['url']]).toEqual([0, expected]);
    }),
  );
});

describe('every annotation begins with the app’s name', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['a warning and a notice', { mode: 'dry-run', 'fly-api-token': '' }, ['notice', 'warning']],
    ['the error of a deploy', { image: 'registry.invalid/owner/repo' }, ['error']],
    ['an error about inputs', { 'settle-time': '20', 'health-status': 'x' }, ['error']],
  ])('%s', (_what, inputs, levels) =>
    inWorld(async ({ fly, image, push, github, registry }) => {
      push(tag, { revision: '' });
      const run = await runUnchanged({
        event: workflowRun(),
        inputs: {
          ...{ app, 'fly-api-token': fly.token, image, 'settle-time': '0', 'wait-for-image': '0' },
          ...inputs,
        },
        env: { ...fly.env, GITHUB_API_URL: github.origin, SANDBOX_GITHUB_REGISTRY: registry.host },
      });
      const { annotations } = run.log;
      expect([...new Set(annotations.map(({ level }) => level))].sort()).toEqual(levels);
      expect(annotations.filter(({ message }) => !message.startsWith(`${app}: `))).toEqual([]);
    }),
  );

  test('but for an app whose name is not valid', () =>
    inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), { app: '::error::x' });
      expect(run.log.annotations.map(({ message }) => message.includes('::error::x: '))).toEqual([false]);
    }));
});
