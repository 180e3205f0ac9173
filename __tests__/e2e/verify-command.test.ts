import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { onPosix } from '../platforms.ts';
import {
  app,
  changesOf,
  codesOf,
  errorOf,
  inWorld,
  noRollbackOf,
  productionOf,
  type TestWorld,
  tag,
} from './world.ts';

const test = onPosix('the tests are shell scripts');

const folder = mkdtempSync(join(tmpdir(), 'verify-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A file for what the test notes. */
const noteFile = () => join(folder, `note-${++count}`);
const noted = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const script = (lines: string): string => `#!/bin/sh\n${lines}\n`;

/** A flyctl that deploys and then does something else. */
const flyctlThen = (lines: string): string => `
const { existsSync, rmSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const { status } = spawnSync(
  process.execPath,
  [${JSON.stringify(join(import.meta.dirname, '../../sandbox/flyctl/start.mjs'))}, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status;
${lines}`;

type Options = Omit<RunOptions, 'event'>;

/** Deploys with a test of these shell lines. */
async function deployWith(
  { deploy, push }: TestWorld,
  lines: string,
  inputs: Record<string, string> = {},
  options: Options = {},
): Promise<ActionRun> {
  push(tag);
  return deploy(
    workflowRun(),
    { 'verify-command': './test.sh', ...inputs },
    { programs: { 'test.sh': script(lines) }, ...options },
  );
}

const verification = (run: ActionRun) => JSON.parse(run.reports[`${app}.json`] ?? '{}').verification;

/** Whether a process has ended, after a moment. */
async function hasEnded(pid: number): Promise<boolean> {
  for (let n = 0; n < 20; n++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

describe('a test that succeeds', () => {
  test('runs once, in the workspace, between two checks of the machines', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(world, `echo "ran in $(pwd) with $*" >> ${file}; echo "all good"`, {
        'verify-command': './test.sh\n  --path /a b\n\n"$quoted" *.md\n#1',
      });
      expect([run.status, run.outputs['state'], run.outputs['verified']]).toEqual([0, 'deployed', 'true']);
      expect(noted(file)).toBe(`ran in ${run.workspace} with --path /a b "$quoted" *.md #1\n`);
      const lines = run.log.text.split('\n');
      const at = (text: string) => lines.findIndex((line) => line.includes(text));
      expect(at('First check: 2 of 2')).toBeLessThan(at('all good'));
      expect(at('all good')).toBeLessThan(at('`verify-command` succeeded'));
      const { checks, command } = verification(run);
      expect(command).toEqual({
        program: './test.sh',
        'began-at': expect.any(String),
        ms: expect.any(Number),
        'exit-status': 0,
        signal: null,
        'timed-out': false,
      });
      expect(Date.parse(checks[0].at)).toBeLessThanOrEqual(Date.parse(command['began-at']));
      expect(Date.parse(checks.at(-1).at)).toBeGreaterThanOrEqual(
        Date.parse(command['began-at']) + command.ms - 1,
      );
    }));

  test('gets facts about the deploy and its own variables, and no secret of the step', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(
        world,
        `/usr/bin/env > ${file}`,
        { 'github-token': 'ghs_secret_of_the_step', 'registry-password': '', 'verify-command': './test.sh' },
        {
          env: {
            VERIFY_PASSWORD: 'own secret',
            VERIFY_: 'bare',
            NOT_VERIFY_THIS: 'no',
            FLY_API_TOKEN: 'fo1_of_the_environment',
            GITHUB_TOKEN: 'no',
            ACTIONS_RUNTIME_TOKEN: 'no',
            AWS_SECRET_ACCESS_KEY: 'no',
            NODE_OPTIONS: '',
            APP_URL: 'https://wrong.example',
            COMMIT: 'wrong',
          },
        },
      );
      expect(run.status).toBe(0);
      const env = Object.fromEntries(
        noted(file)
          .trim()
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      expect(env).toMatchObject({
        APP_URL: run.outputs['url'],
        COMMIT: run.outputs['commit'],
        DIGEST: run.outputs['digest'],
        RELEASE_VERSION: run.outputs['release-version'],
        VERIFY_PASSWORD: 'own secret',
        VERIFY_: 'bare',
        GITHUB_REPOSITORY: 'owner/repo',
      });
      for (const name of ['APP_URL', 'COMMIT', 'DIGEST', 'RELEASE_VERSION']) expect(env[name]).not.toBe('');
      const names = Object.keys(env).filter((name) => /TOKEN|SECRET|KEY|INPUT|FLY|NODE|NOT/.test(name));
      expect(names).toEqual([]);
      for (const secret of [world.fly.token, 'ghs_secret_of_the_step', 'fo1_of_the_environment'])
        expect(noted(file)).not.toContain(secret);
    }));

  test.each([
    ['its parameters', '/bin/sh\n-c\ntest "$1" = one\n_\none'],
    ['an option with a value', '/bin/sh\n-o\nerrexit\n-c\nexit 0'],
    ['a script, and its own -c', '/bin/sh\n./test.sh\n-c\na\nb'],
  ])('can be a shell with %s', (_what, command) =>
    inWorld(async (world) => {
      const run = await deployWith(world, 'exit 0', { 'verify-command': command });
      expect([codesOf(run), run.outputs['state']]).toEqual([[], 'deployed']);
    }),
  );

  test('can take longer than the machines need to settle', () =>
    inWorld(async (world) => {
      const run = await deployWith(world, '/bin/sleep 4', { 'settle-time': '1s' });
      expect([run.status, verification(run).command['exit-status']]).toEqual([0, 0]);
    }));

  test('does not hide a machine that Fly.io reverts right before its end', () =>
    inWorld(async (world) => {
      world.fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
      const run = await deployWith(world, '/bin/sleep 2');
      expect(codesOf(run)).toEqual(['machines-reverted']);
      expect(run.outputs['verified']).toBe('false');
    }));

  test('leaves nothing running', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(world, `/bin/sleep 300 >/dev/null 2>&1 & echo $! > ${file}`);
      expect(run.status).toBe(0);
      expect(await hasEnded(Number(noted(file)))).toBe(true);
    }));

  test('is run for an image that flyctl deployed and then failed', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(
        world,
        `echo ran >> ${file}`,
        {},
        { flyctl: flyctlThen('process.exit(1)') },
      );
      expect([run.status, productionOf(run), noted(file)]).toEqual([1, 'updated', 'ran\n']);
    }));
});

describe('a test that fails', () => {
  test('fails the step, with its last lines and what runs', () =>
    inWorld(async (world) => {
      const run = await deployWith(world, 'echo "GET /health: 500"; exit 7');
      expect(codesOf(run)).toEqual(['verify-command-failed']);
      const error = errorOf(run);
      for (const fact of ['./test.sh', 'status 7', 'GET /health: 500', 'rollback: true'])
        expect(error).toContain(fact);
      expect(run.outputs).toMatchObject({ state: 'failed', deployed: 'true', verified: 'false' });
      expect(run.outputs['headline']).toMatch(/all 2 machines run .*, but `?verify-command`? failed$/);
      expect(verification(run).command['exit-status']).toBe(7);
    }));

  test('is rolled back on request', () =>
    inWorld(async (world) => {
      const run = await deployWith(world, 'exit 1', { rollback: 'true' });
      expect(codesOf(run)).toEqual(['verify-command-failed']);
      expect(run.outputs).toMatchObject({ state: 'rolled-back', 'rolled-back': 'true', verified: 'false' });
      expect(world.fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
        world.oldDigest,
        world.oldDigest,
      ]);
      expect(run.outputs['headline']).toMatch(/failed; all 2 machines run .* again$/);
    }));

  test('ends the wait for the machines at once', () =>
    inWorld(async (world) => {
      const run = await deployWith(world, 'exit 1', { 'settle-time': '10m' });
      expect(codesOf(run)).toEqual(['verify-command-failed']);
    }));

  test('by taking too long is interrupted, and rolled back on request', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(
        world,
        `echo $$ > ${file}; trap 'echo interrupted; exit 0' INT; echo waiting; while :; do /bin/sleep 0.1; done`,
        { 'deploy-timeout': '4s', rollback: 'true' },
      );
      expect(codesOf(run)).toEqual(['verify-command-timed-out']);
      expect(errorOf(run)).toMatch(/did not end within 4\.0 s[\s\S]*interrupted[\s\S]*deploy-timeout: 8s/);
      expect(run.outputs['state']).toBe('rolled-back');
      expect(verification(run).command['timed-out']).toBe(true);
      expect(await hasEnded(Number(noted(file)))).toBe(true);
    }));

  test('of an image that flyctl deployed and then failed is rolled back', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        'exit 1',
        { rollback: 'true' },
        {
          flyctl: flyctlThen('if (!existsSync("failed")) { writeFileSync("failed", ""); process.exit(1); }'),
        },
      );
      expect([productionOf(run), run.outputs['state']]).toEqual(['changed', 'rolled-back']);
    }));
});

describe('a test without a result', () => {
  test('because a signal ended it leaves the image where it is', () =>
    inWorld(async (world) => {
      const run = await deployWith(world, 'echo some; kill -9 $$', { rollback: 'true' });
      expect(codesOf(run)).toEqual(['verify-command-killed']);
      expect([run.outputs['state'], noRollbackOf(run)]).toEqual(['inconclusive', 'not-determined']);
      expect(errorOf(run)).toMatch(/SIGKILL[\s\S]*\nsome\n/);
      expect(verification(run).command).toMatchObject({ 'exit-status': null, signal: 'SIGKILL' });
    }));

  test('because the app’s URL is a guess leaves the image where it is', () =>
    inWorld(async (world) => {
      // Fails the action's two requests before the deploy. flyctl's three requests pass.
      world.fly.fault({ path: /^\/graphql/, status: 503, times: 2 });
      world.fly.fault({ path: /^\/graphql/, status: 503, after: 3 });
      const run = await deployWith(world, 'echo "no answer from $APP_URL"; exit 1', { rollback: 'true' });
      expect(codesOf(run)).toEqual(['verify-command-unclear']);
      expect(errorOf(run)).toContain(`no answer from https://${app}.fly.dev`);
      expect([run.outputs['state'], noRollbackOf(run)]).toEqual(['inconclusive', 'not-determined']);
    }));

  test('because its file has gone leaves the image where it is', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        'exit 0',
        { rollback: 'true', 'verify-command': './other/test.sh' },
        {
          programs: { 'other/test.sh': script('exit 0') },
          flyctl: flyctlThen('rmSync("other", { recursive: true })'),
        },
      );
      expect(codesOf(run)).toEqual(['verify-command-not-started']);
      expect([run.outputs['state'], noRollbackOf(run)]).toEqual(['inconclusive', 'not-determined']);
    }));
});

describe('a test that is stopped', () => {
  /** A test that would run for long, and notes its process. */
  const long = (file: string) => `echo $$ > ${file}; echo begun; /bin/sleep 300 & wait`;

  test('because a machine fails', () =>
    inWorld(async (world) => {
      const file = noteFile();
      world.fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
      const run = await deployWith(world, long(file), { 'settle-time': '10s' });
      expect(codesOf(run)).toEqual(['machines-reverted']);
      expect(verification(run).command).toBeNull();
      expect(await hasEnded(Number(noted(file)))).toBe(true);
    }));

  test.each(['SIGINT', 'SIGTERM'] as const)('because the job is canceled with %s', (signal) =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(
        world,
        `trap 'echo "not now"' INT TERM; ${long(file)}; wait; wait`,
        { rollback: 'true' },
        { signalAfter: { line: 'begun', signal } },
      );
      expect(codesOf(run)).toEqual(['deploy-cancelled']);
      expect(run.outputs).toMatchObject({ state: 'cancelled', deployed: 'true', verified: 'false' });
      expect(await hasEnded(Number(noted(file)))).toBe(true);
    }),
  );
});

describe('what a test prints', () => {
  test('is never a command of the runner', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        `printf '::error::from the test\\n::set-output name=verified::false\\n##[error]no\\nno newline'; exit 1`,
      );
      expect(run.log.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
      expect(run.outputs['verified']).toBe('false');
      expect(errorOf(run)).toContain('no newline');
    }));

  test('never contains its own secrets in the error and the report', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        `echo "password: $VERIFY_PASSWORD, mode: $VERIFY_MODE"; echo '{"key":"a \\"quoted\\" word/x","url":"a%20%22quoted%22%20word%2Fx"}'; echo "$VERIFY_KEY" >&2; exit 1`,
        {},
        {
          env: {
            VERIFY_PASSWORD: 'correct horse',
            VERIFY_MODE: 'on',
            VERIFY_SIGNS: 'a "quoted" word/x',
            VERIFY_KEY: 'begin of a key\n\n  middle of a key\nend of a key\n',
          },
        },
      );
      expect(errorOf(run)).toContain('password: ***, mode: on');
      for (const text of [errorOf(run), run.summary, ...Object.values(run.reports), run.outputs['headline']])
        expect(text).not.toMatch(/correct horse|of a key|quoted/);
    }));

  test('is cut in the error, however long it is', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        'n=0; while [ $n -lt 3000 ]; do echo "line $n ***********************************"; n=$((n+1)); done; exit 1',
      );
      expect(errorOf(run)).toContain('line 2999');
      expect(errorOf(run)).not.toContain('line 2000 ');
    }));

  test('does not push the error out of the log, however fast it is', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        `/usr/bin/yes 0123456789012345678901234567890123456789 | /usr/bin/head -c 30000000; exit 3`,
      );
      expect(codesOf(run)).toEqual(['verify-command-failed']);
      expect(errorOf(run)).toContain('status 3');
    }));
});

describe('a program that cannot be run is found before anything is deployed', () => {
  const cases: [string, command: string, code: string, facts: string[], options?: Options][] = [
    ['is not there', './test.sh', 'verify-command-missing', ['./test.sh', 'actions/checkout']],
    ['is not on PATH', 'smoke', 'verify-command-missing', ['"smoke"', 'PATH']],
    [
      'is in the workspace, but named without a path',
      'test.sh\n--all',
      'verify-command-missing',
      ['    ./test.sh\n    --all'],
      { programs: { 'test.sh': script('') } },
    ],
    [
      'is one line with its arguments',
      'node test.js --all',
      'verify-command-missing',
      ['    node\n    test.js\n    --all'],
    ],
    [
      'is a line for a shell',
      'curl $APP_URL | grep ok',
      'verify-command-missing',
      ['    bash\n    -c\n    curl $APP_URL | grep ok'],
    ],
    [
      'is a line for a shell, followed by an argument with a space',
      'curl $APP_URL | grep\n--regexp=all good',
      'verify-command-missing',
      ["    bash\n    -c\n    curl $APP_URL | grep '--regexp=all good'"],
    ],
    [
      'has an argument that only a shell would fill in',
      'node\ntest.js\n--url=$APP_URL',
      'input-invalid',
      ['    bash\n    -c\n    node test.js "--url=$APP_URL"'],
    ],
    [
      'has quotes that only a shell would remove',
      "node\ntest.js\n--name\na b\n--url='$APP_URL/x'",
      'input-invalid',
      [`    bash\n    -c\n    node test.js --name 'a b' "--url=$APP_URL/x"`],
    ],
    [
      'is a script of several lines',
      'npm ci\nnpm test',
      'verify-command-missing',
      ['    bash\n    -c\n    npm ci && npm test'],
    ],
    [
      'is several lines for a shell',
      'curl "$APP_URL/a"\ncurl "$APP_URL/b"',
      'verify-command-missing',
      ['    bash\n    -c\n    curl "$APP_URL/a" && curl "$APP_URL/b"'],
    ],
    [
      'has lines that a shell would ignore',
      '/bin/sh\n-c\nset -e\nexit 1',
      'input-invalid',
      ['runs only the line "set -e"', '    bash\n    -c\n    set -e && exit 1'],
    ],
    [
      'has lines that a shell with options would ignore',
      '/bin/sh\n-eu\n-c\nif true; then\nexit 1\nfi',
      'input-invalid',
      ['The 2 lines after it', './smoke-test'],
    ],
    [
      'is not executable',
      './test.sh',
      'verify-command-not-executable',
      ['git update-index --chmod=+x test.sh'],
      { files: { 'test.sh': script('') } },
    ],
    [
      'is a folder',
      './tests',
      'verify-command-not-executable',
      ['is a folder'],
      { files: { 'tests/a': '' } },
    ],
    [
      'has no first line',
      './test.sh',
      'verify-command-not-executable',
      ['#!/bin/sh'],
      { programs: { 'test.sh': 'echo' } },
    ],
    [
      'has lines like those of Windows',
      './test.sh',
      'verify-command-not-executable',
      ['test.sh text eol=lf'],
      { programs: { 'test.sh': '#!/bin/sh\r\nexit 0\r\n' } },
    ],
    [
      'names an interpreter that is not there',
      './test.sh',
      'verify-command-not-executable',
      ['/nowhere/python3', '#!/usr/bin/env python3'],
      { programs: { 'test.sh': '#!/nowhere/python3\n' } },
    ],
  ];

  test.each(cases)('because it %s', (_name, command, code, facts, options = {}) =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      const run = await deploy(workflowRun(), { 'verify-command': command }, options);
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(errorOf(run)).toContain(fact);
      expect([run.flyctl, changesOf(fly)]).toEqual([[], []]);
    }),
  );

  test('because a variable or an argument contains a token of the step', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      const test = { programs: { 'test.sh': script('') } };
      for (const [command, env] of [
        ['./test.sh', { VERIFY_TOKEN: fly.token }],
        ['./test.sh', { VERIFY_HEADER: `Bearer ${fly.token}` }],
        ['./test.sh', { VERIFY_BASIC: Buffer.from(fly.token).toString('base64') }],
        [`./test.sh\n--token=${fly.token}`, {}],
      ] as const) {
        const run = await deploy(workflowRun(), { 'verify-command': command }, { ...test, env });
        expect(codesOf(run)).toEqual(['input-conflict']);
        expect(run.flyctl).toEqual([]);
        expect(run.summary + errorOf(run)).not.toContain(fly.token);
      }
    }));
});
