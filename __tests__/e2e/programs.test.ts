import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { nodeNamed, systemPath } from '../../sandbox/runner/windows.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

// Programs that the action starts, on every system: nothing here needs a shell, and only Windows has batch files.

const onWindows = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'programs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const noteFile = () => join(folder, `note-${++count}`);

/** Deploys with a test that Node reads. */
async function deployWith(
  { deploy, push }: TestWorld,
  script: string,
  inputs: Record<string, string> = {},
): Promise<ActionRun> {
  push(tag);
  return deploy(
    workflowRun(),
    { 'verify-command': 'node\n./test.cjs\n--path\n/a b\n"%PATH%" & $HOME', ...inputs },
    { files: { 'test.cjs': script }, env: { VERIFY_NOTE: 'own' } },
  );
}

describe('a test of the user’s own', () => {
  test('gets its arguments unchanged, and no token', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(
        world,
        `require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify([process.argv.slice(2), process.env]));`,
      );
      expect([run.status, run.outputs['state']]).toEqual([0, 'deployed']);
      const [argv, env] = JSON.parse(readFileSync(file, 'utf8')) as [string[], Record<string, string>];
      expect(argv).toEqual(['--path', '/a b', '"%PATH%" & $HOME']);
      expect(env).toMatchObject({ VERIFY_NOTE: 'own', APP_URL: run.outputs['url'] });
      expect(Object.values(env)).not.toContain(world.fly.token);
      const names = Object.keys(env).map((name) => name.toUpperCase());
      expect(names.filter((name) => name === 'PATH')).toEqual(['PATH']);
      expect(names.filter((name) => /^(?:FLY|INPUT|ACTIONS)_/.test(name))).toEqual([]);
    }));

  test('that fails has its lines in the error, whatever their ends', () =>
    inWorld(async (world) => {
      const run = await deployWith(
        world,
        "process.stdout.write('one\\r\\ntwo\\r\\n'); process.exitCode = 7;",
      );
      expect(codesOf(run)).toEqual(['verify-command-failed']);
      expect(errorOf(run)).toMatch(/status 7[\s\S]*\none\ntwo\n/);
    }));

  test('ends with what it started when its time is over', () =>
    inWorld(async (world) => {
      const file = noteFile();
      const run = await deployWith(
        world,
        `const { spawn } = require('node:child_process');
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid));
        setInterval(() => {}, 1000);`,
        { 'deploy-timeout': '4s' },
      );
      expect(codesOf(run)).toEqual(['verify-command-timed-out']);
      const pid = Number(readFileSync(file, 'utf8'));
      const runs = () => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      };
      for (let n = 0; n < 20 && runs(); n++) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(runs()).toBe(false);
    }));

  (onWindows ? test : test.skip)('that is a batch file is refused before the deploy (only on Windows)', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const file = noteFile();
      const run = await deploy(
        workflowRun(),
        { 'verify-command': './test\n&\ncalc' },
        { files: { 'test.cmd': `@echo ran > "${file}"\r\n` } },
      );
      expect(codesOf(run)).toEqual(['verify-command-not-executable']);
      expect([run.flyctl, existsSync(file)]).toEqual([[], false]);
    }),
  );
});

describe.each(onWindows ? ['exe', 'cmd'] : ['script'])('a credential helper that is a %s', (kind) => {
  test('logs in', () =>
    inWorld(async ({ deploy, push, registry }) => {
      registry.addRepository('owner/repo', 'private');
      push(tag);
      const [username, password] = ['me', 'password of the helper'];
      registry.addUser(username, password);
      const answer = `process.stdin.resume().on('end', () => console.log(${JSON.stringify(
        JSON.stringify({ Username: username, Secret: password }),
      )}));`;
      const helpers = mkdtempSync(join(folder, 'helpers & co-'));
      if (kind === 'script')
        writeFileSync(join(helpers, 'docker-credential-own'), `#!/usr/bin/env node\n${answer}`, {
          mode: 0o755,
        });
      if (kind === 'cmd')
        writeFileSync(join(helpers, 'docker-credential-own.cmd'), '@node "%~dp0helper.js" %1\r\n');
      writeFileSync(join(helpers, 'helper.js'), answer);
      const programs = onWindows
        ? [
            ...(await Promise.all(
              ['flyctl', 'node', ...(kind === 'exe' ? ['docker-credential-own'] : [])].map(nodeNamed),
            )),
            helpers,
            ...systemPath(),
          ]
        : [helpers, join(import.meta.dirname, '../../sandbox/flyctl/bin'), process.env['PATH']];
      const run = await deploy(
        workflowRun(),
        { 'github-token': '', mirror: 'never' },
        {
          // Node under the helper's name runs its argument, `get`, from the workspace.
          files: { 'get.js': answer },
          home: { '.docker/config.json': '{\r\n  "credsStore": "own"\r\n}\r\n' },
          env: { PATH: programs.join(delimiter) },
        },
      );
      // The image is found with the login, and Fly.io cannot pull it.
      expect(codesOf(run)).toEqual(['image-not-public']);
    }));
});
