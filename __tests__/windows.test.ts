import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flyctlEnvironment } from '../src/fly/flyctl/environment.ts';
import { InputReader } from '../src/inputs/read.ts';
import { readVerifyCommand } from '../src/inputs/verify-command.ts';
import { locationIn } from '../src/inputs/workspace.ts';
import { endOf, makeRun } from '../src/lib/child.ts';
import { environmentFor, variable } from '../src/lib/environment.ts';
import { processTrees, windowsTrees } from '../src/lib/process-tree.ts';
import { findProgram, lookUpProgram, type ProgramFiles } from '../src/lib/program.ts';
import { makeAsk } from '../src/lib/spawn.ts';
import { batchCommand, isBatch, systemProgram } from '../src/lib/windows.ts';
import { dockerLogin } from '../src/registry/docker-config.ts';
import { onPosix } from './platforms.ts';

// What the action does on Windows, with the platform passed in.

const ownTest = (reader: InputReader) =>
  reader.check<unknown>('verify-command', () => readVerifyCommand(reader), undefined);

const folder = mkdtempSync(join(tmpdir(), 'windows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A disk with these files, whose names ignore case. A name that ends with a backslash is a folder. */
function diskWith(...paths: string[]): ProgramFiles {
  const names = paths.map((path) => path.toLowerCase());
  return {
    kindOf: (path) =>
      names.includes(path.toLowerCase())
        ? 'file'
        : names.includes(`${path.toLowerCase()}\\`)
          ? 'folder'
          : undefined,
    isExecutable: () => true,
    faultOfScript: () => undefined,
  };
}

describe('a program on PATH', () => {
  const disk = diskWith(
    'C:\\Tools\\flyctl.exe',
    'C:\\Tools\\npm.cmd',
    'C:\\Tools\\npm',
    'C:\\Tools\\old.com',
    'C:\\Tools\\macro.vbs',
    'C:\\Tools\\with.dot.exe',
    'C:\\Program Files\\Git\\usr\\bin\\sh.exe',
    'D:\\a\\repo\\repo\\flyctl.exe',
    'D:\\a\\repo\\repo\\planted.exe',
  );
  const path = 'C:\\Windows;C:\\Tools;"C:\\Program Files\\Git\\usr\\bin";.;bin';
  const find = (name: string, env: Record<string, string> = { Path: path }) =>
    findProgram(name, env, 'win32', {}, disk);

  test.each([
    ['flyctl', 'C:\\Tools\\flyctl.exe'],
    ['FLYCTL', 'C:\\Tools\\FLYCTL.exe'],
    ['flyctl.exe', 'C:\\Tools\\flyctl.exe'],
    ['with.dot', 'C:\\Tools\\with.dot.exe'],
    ['old', 'C:\\Tools\\old.com'],
    ['sh', 'C:\\Program Files\\Git\\usr\\bin\\sh.exe'],
    ['npm', undefined],
    ['macro', undefined],
    ['planted', undefined],
    ['nothing', undefined],
    ['', undefined],
  ])('%s is %s', (name, found) => expect(find(name)).toBe(found));

  test.each(['PATH', 'Path', 'path'])('is found by the variable %s', (name) =>
    expect(find('flyctl', { [name]: 'C:\\Tools' })).toBe('C:\\Tools\\flyctl.exe'),
  );

  test('can be a batch file only for what starts those', () => {
    expect(findProgram('npm', { PATH: path }, 'win32', { batch: true }, disk)).toBe('C:\\Tools\\npm.cmd');
    expect(findProgram('flyctl', { PATH: path }, 'win32', { batch: true }, disk)).toBe(
      'C:\\Tools\\flyctl.exe',
    );
  });
});

describe('a program of `verify-command`', () => {
  const at = (name: string) => win32.resolve(name);
  const disk = diskWith(
    'C:\\Tools\\node.exe',
    'C:\\Tools\\npm.cmd',
    'C:\\Tools\\setup.bat',
    'C:\\Tools\\macro.vbs',
    'C:\\Tools\\guide.pdf',
    at('test.sh'),
    at('check.exe'),
    at('scripts\\run.cmd'),
    at('scripts\\smoke.ps1'),
    at('scripts\\plain'),
    `${at('scripts')}\\`,
  );
  const look = (name: string, more: Record<string, string> = {}) =>
    lookUpProgram(name, { Path: 'C:\\Tools', ...more }, 'win32', disk);

  test.each([
    ['node', 'C:\\Tools\\node.exe'],
    ['node.exe', 'C:\\Tools\\node.exe'],
    ['C:\\Tools\\node', 'C:\\Tools\\node.exe'],
    ['C:/Tools/node.exe', 'C:\\Tools\\node.exe'],
    ['./check', at('check.exe')],
    ['.\\check.exe', at('check.exe')],
  ])('%s is found', (name, path) => expect(look(name)).toEqual({ kind: 'found', path }));

  test.each([
    ['npm', 'batch'],
    ['npm.cmd', 'batch'],
    ['setup', 'batch'],
    ['./scripts/run', 'batch'],
    ['scripts\\run.cmd', 'batch'],
    ['./test.sh', '.sh'],
    ['./scripts/smoke.ps1', '.ps1'],
    ['./scripts/plain', ''],
    ['./scripts', 'folder'],
    ['./scripts/', 'folder'],
  ])('%s cannot be started: %s', (name, why) => {
    const found = look(name);
    const known = found.kind === 'not-executable' ? found.why : undefined;
    expect(known?.kind === 'no-program' ? known.extension : known?.kind).toBe(why);
  });

  test.each(['check', 'nothing', './nothing', 'guide.pdf', '', 'macro'])('%j is missing', (name) =>
    expect(look(name)).toEqual({ kind: 'missing' }),
  );

  test('is looked up by the extensions of PATHEXT, too, whatever that contains', () => {
    const listed = look('macro', { PATHEXT: '.EXE;.VBS;;../evil' });
    expect(listed).toMatchObject({ kind: 'not-executable', why: { kind: 'no-program', extension: '.vbs' } });
    expect(look('node', { PATHEXT: '' }).kind).toBe('found');
    expect(look('npm', { pathext: '.VBS' })).toMatchObject({ why: { kind: 'batch' } });
  });

  test('is never a batch file or a script', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('node', 'npm', 'setup', 'macro', 'check', 'scripts\\run', 'scripts\\plain'),
        fc.constantFrom('', './', '.\\', 'C:\\Tools\\', 'C:/Tools/'),
        fc.constantFrom('', '.exe', '.EXE', '.cmd', '.Cmd', '.bat', '.vbs', '.ps1', '.'),
        (name, before, after) => {
          const found = look(`${before}${name}${after}`);
          if (found.kind === 'found') expect(found.path).toMatch(/\.exe$/i);
        },
      ),
    ));
});

describe('the advice for a program that Windows does not start', () => {
  test.each([
    ['npm\ntest', 'batch', 'cmd /d /c call npm test'],
    ['./scripts/run\n--all', 'batch', 'cmd /d /c call .\\scripts\\run --all'],
    ['./test.sh\n--all', '.sh', 'sh ./test.sh --all'],
    ['./test.mjs', '.mjs', 'node ./test.mjs'],
    ['./test.ts', '.ts', 'node ./test.ts'],
    ['./test.ps1\n-Quick', '.ps1', 'pwsh -File ./test.ps1 -Quick'],
    ['./test.py', '.py', 'python ./test.py'],
    ['./test', '', 'sh ./test'],
  ])('%j', (text, kind, command) => {
    const reader = new InputReader({
      input: (name) => (name === 'verify-command' ? text : ''),
      env: {},
      readFile: () => undefined,
      lookUpProgram: (name) => ({
        kind: 'not-executable',
        path: win32.resolve(name),
        why: kind === 'batch' ? { kind } : { kind: 'no-program', extension: kind },
      }),
    });
    expect(ownTest(reader)).toBeUndefined();
    const [problem] = reader.problems;
    expect(problem?.code).toBe('verify-command-not-executable');
    expect(problem?.input).toBe('verify-command');
    const lines = problem?.message.split('\n') ?? [];
    const from = lines.findIndex((line) => line.trim() === 'verify-command: |') + 1;
    const words = command.split(' ');
    expect(lines.slice(from, from + words.length).map((line) => line.trim())).toEqual(words);
  });

  test.each(['bash.exe', 'C:\\Program Files\\Git\\bin\\bash.exe', '..\\tools\\sh', 'python.exe', 'BASH'])(
    'does not let the lines after `-c` of %s be forgotten',
    (name) => {
      const reader = new InputReader({
        input: (input) => (input === 'verify-command' ? `${name}\n-c\ntrue\nexit 1` : ''),
        env: {},
        readFile: () => undefined,
        lookUpProgram: () => ({ kind: 'found', path: 'C:\\x.exe' }),
      });
      expect(ownTest(reader)).toBeUndefined();
      expect(reader.problems[0]?.code).toBe('input-invalid');
    },
  );

  test('does not call a path of Windows a name that is not on PATH', () => {
    for (const name of ['.\\test.exe', 'D:\\test.exe', './test.exe']) {
      const reader = new InputReader({
        input: (input) => (input === 'verify-command' ? name : ''),
        env: {},
        readFile: () => undefined,
        lookUpProgram: () => ({ kind: 'missing' }),
      });
      ownTest(reader);
      expect(reader.problems[0]?.code).toBe('verify-command-missing');
      expect(reader.problems[0]?.message).toContain('actions/checkout');
    }
  });
});

describe('a batch file', () => {
  const env = { SystemRoot: 'C:\\Windows' };
  const cmd = 'C:\\Windows\\System32\\cmd.exe';

  test.each([
    ['C:\\Tools\\docker-credential-x.cmd', {}, cmd],
    ['C:\\Program Files (x86)\\A & B\\docker-credential-x.bat', {}, cmd],
    ['C:\\Tools\\x^y!.cmd', { ComSpec: 'C:\\Other\\cmd.exe' }, 'C:\\Other\\cmd.exe'],
    ['C:\\Tools\\x.cmd', { COMSPEC: 'cmd.exe' }, cmd],
  ])('%s is started by cmd', (path, more, file) =>
    expect(batchCommand(path, ['get'], { ...env, ...more })).toEqual({
      file,
      argv: ['/d', '/v:off', '/s', '/c', `""${path}" get"`],
    }),
  );

  test.each([
    ['C:\\%TEMP%\\x.cmd', 'get'],
    ['C:\\a"b\\x.cmd', 'get'],
    ['C:\\a\nb\\x.cmd', 'get'],
    ['C:\\x.cmd', 'get & calc'],
    ['C:\\x.cmd', '"&calc'],
    ['C:\\x.cmd', '%PATH%'],
    ['C:\\x.cmd', ''],
  ])('%j with %j is not started', (path, argument) =>
    expect(batchCommand(path, [argument], env)).toBeUndefined(),
  );

  test('never gets a quote, a variable or a second line', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (path, argv) => {
        const line = batchCommand(path, argv, env)?.argv.at(-1);
        if (line === undefined) return;
        expect(line.slice(1, -1).match(/"/g)).toHaveLength(2);
        expect(line).not.toMatch(/[%\p{Cc}]/u);
        expect(line.endsWith(`" ${argv.join(' ')}"`) || argv.length === 0).toBe(true);
      }),
    ));

  test.each([
    ['a.cmd', true],
    ['a.BAT', true],
    ['a.exe', false],
    ['a.cmd.exe', false],
  ])('is %s: %s', (name, is) => expect(isBatch(`C:\\${name}`)).toBe(is));

  onPosix('/bin/sh stands in for cmd')('answers as a credential helper', async () => {
    const shell = join(folder, 'cmd');
    writeFileSync(shell, '#!/bin/sh\ncat\nprintf "|%s" "$@"\n', { mode: 0o755 });
    const ask = makeAsk('win32', { ComSpec: shell });
    expect((await ask('C:\\Tools\\docker-credential-x.cmd', ['get'], 'ghcr.io', {}))?.stdout).toBe(
      'ghcr.io|/d|/v:off|/s|/c|""C:\\Tools\\docker-credential-x.cmd" get"',
    );
    expect(await ask('C:\\%x%\\docker-credential-x.cmd', ['get'], 'ghcr.io', {})).toBeUndefined();
  });
});

test.each([
  [{ SystemRoot: 'D:\\Win' }, 'D:\\Win\\System32\\taskkill.exe'],
  [{ SYSTEMROOT: 'D:\\Win' }, 'D:\\Win\\System32\\taskkill.exe'],
  [{}, 'C:\\Windows\\System32\\taskkill.exe'],
])('with %j, taskkill is %s', (env, path) => expect(systemProgram('taskkill.exe', env)).toBe(path));

describe('the environment of a program', () => {
  // A hosted runner's, as `set` lists it.
  const own = [
    'ALLUSERSPROFILE APPDATA CommonProgramFiles CommonProgramFiles(x86) CommonProgramW6432 COMPUTERNAME ComSpec',
    'HOMEDRIVE HOMEPATH LOCALAPPDATA NUMBER_OF_PROCESSORS OS Path PATHEXT PROCESSOR_ARCHITECTURE',
    'PROCESSOR_IDENTIFIER ProgramData ProgramFiles ProgramFiles(x86) ProgramW6432 PSModulePath PUBLIC SystemDrive',
    'SystemRoot TEMP TMP USERDOMAIN USERNAME USERPROFILE windir',
  ].flatMap((line) => line.split(' '));

  test.each(own)('has %s, spelled like that', (name) =>
    expect(environmentFor({ [name]: 'value' }, [])).toEqual({ [name]: 'value' }),
  );

  test.each(['ProgramFilesToken', 'OS_AUTH_TOKEN', 'X_SystemRoot', 'ProgramFiles(x64)', 'PATHS'])(
    'does not have %s',
    (name) => expect(environmentFor({ [name]: 'value' }, [])).toEqual({}),
  );

  test('has each variable once, whatever its spelling', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.mixedCase(fc.constantFrom(...own, 'FLY_API_TOKEN', 'fly_access_token')), {
          selector: (name) => name.toUpperCase(),
        }),
        (names) => {
          const env = flyctlEnvironment(Object.fromEntries(names.map((name) => [name, 'other'])), 'token');
          const upper = Object.keys(env).map((name) => name.toUpperCase());
          expect(new Set(upper).size).toBe(upper.length);
          expect(env['FLY_API_TOKEN']).toBe('token');
        },
      ),
    ));

  test('is read by names that ignore case on Windows only', () => {
    const env = { Path: 'windows', PATHEXT: undefined, pathext: '.EXE' };
    expect(variable(env, 'PATH', 'win32')).toBe('windows');
    expect(variable(env, 'PATHEXT', 'win32')).toBe('.EXE');
    expect(variable(env, 'PATH', 'linux')).toBeUndefined();
    expect(variable({ ...env, PATH: 'exact' }, 'PATH', 'win32')).toBe('exact');
  });
});

describe('the place of an annotation', () => {
  const env = { GITHUB_WORKSPACE: 'D:\\a\\repo\\repo' };
  test.each([
    ['fly.toml', 'fly.toml'],
    ['deploy\\fly.toml', 'deploy/fly.toml'],
    ['.\\deploy/fly.toml', 'deploy/fly.toml'],
    ['D:\\a\\repo\\repo\\deploy\\fly.toml', 'deploy/fly.toml'],
    ['d:/A/Repo/repo/fly.toml', 'fly.toml'],
    ['C:\\fly.toml', undefined],
    ['C:fly.toml', undefined],
    ['\\fly.toml', undefined],
    ['\\\\host\\share\\fly.toml', undefined],
    ['..\\fly.toml', undefined],
    ['..', undefined],
    ['D:\\a\\repo\\repository\\fly.toml', undefined],
    ['D:\\a\\repo\\repo', undefined],
  ])('of %s is %s', (path, file) => expect(locationIn(path, 3, env, win32)?.file).toBe(file));

  test('is always a path with slashes in the repository', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b.toml', '..', '.', '\\', '/', 'D:', 'C:', '\\\\', ' ')),
        (parts) => {
          const file = locationIn(parts.join(''), 1, env, win32)?.file;
          if (file !== undefined) expect(file).toMatch(/^(?!\.\.?(?:\/|$))[^\\:/][^\\:]*$/);
        },
      ),
      { numRuns: 2000 },
    ));
});

describe('Docker’s config', () => {
  const auth = btoa('me:pass');
  const read = async (env: Record<string, string>) => {
    const paths: string[] = [];
    const login = await dockerLogin('ghcr.io', {
      env,
      platform: 'win32',
      readFile: (path) => {
        paths.push(path);
        return `{\r\n  "auths": {\r\n    "ghcr.io": { "auth": "${auth}" }\r\n  }\r\n}\r\n`;
      },
      findProgram: () => undefined,
      ask: async () => undefined,
      log: { debug: () => {} },
    });
    return { paths, login };
  };

  test.each([
    [{ USERPROFILE: 'C:\\Users\\me' }, 'C:\\Users\\me\\.docker\\config.json'],
    [{ UserProfile: 'C:\\Users\\me', HOME: '/c/Users/me' }, 'C:\\Users\\me\\.docker\\config.json'],
    [{ USERPROFILE: 'C:\\Users\\me', docker_config: 'D:\\docker' }, 'D:\\docker\\config.json'],
  ])('with %j is %s', async (env, path) =>
    expect(await read(env)).toEqual({ paths: [path], login: { username: 'me', password: 'pass' } }),
  );

  test('is not read from the current folder', async () => {
    expect(await read({ HOME: '/c/Users/me' })).toEqual({ paths: [], login: undefined });
  });
});

describe('the end of a program', () => {
  const calls = join(folder, 'calls');
  /** A taskkill that notes its arguments, and ends with this status after it has ended the program. */
  const taskkill = (lines: string): string => {
    const file = join(folder, 'taskkill');
    writeFileSync(file, `#!/bin/sh\necho "$*" >> '${calls}'\n${lines}\n`, { mode: 0o755 });
    return file;
  };
  const noted = (): string[] => {
    try {
      return readFileSync(calls, 'utf8').trim().split('\n');
    } catch {
      return [];
    } finally {
      rmSync(calls, { force: true });
    }
  };
  const stubborn = "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log('asked'));";
  const run = (
    file: string,
    given: {
      cancel?: string;
      stop?: boolean;
      timeout?: number;
      script?: string;
      after?: string;
    },
  ) => {
    const [cancelled, stop] = [new AbortController(), new AbortController()];
    let begin = 0;
    const write = (chunk: Buffer) => {
      if (!String(chunk).includes('up')) return;
      begin = performance.now();
      if (given.cancel !== undefined) cancelled.abort(given.cancel);
      if (given.stop === true) stop.abort();
    };
    const script = given.script ?? `${stubborn} setInterval(() => {}, 1000); console.log('up');`;
    return makeRun(write, cancelled.signal, windowsTrees(file))(
      process.execPath,
      ['-e', script],
      {},
      given.timeout ?? 60_000,
      stop.signal,
    ).then((exit) => ({ exit, ms: performance.now() - begin }));
  };
  const posix = onPosix('/bin/sh stands in for taskkill');

  posix('is forced at once when its time is over, with everything that it started', async () => {
    const { exit } = await run(taskkill('kill -9 "$2"'), { timeout: 1500 });
    expect(exit).toMatchObject({ timedOut: true, stopped: false });
    expect(exit.stdout).not.toContain('asked');
    expect(noted()).toEqual([expect.stringMatching(/^\/PID \d+ \/T \/F$/)]);
  });

  posix('is forced at once when its result is not needed', async () => {
    const { exit, ms } = await run(taskkill('kill -9 "$2"'), { stop: true });
    expect(exit).toMatchObject({ timedOut: false, stopped: true });
    expect(ms).toBeLessThan(1500);
    expect(noted()).toHaveLength(1);
  });

  posix.each(['SIGINT', 'SIGBREAK'])('is forced two seconds after a cancel by %s', async (cancel) => {
    const { exit, ms } = await run(taskkill('kill -9 "$2"'), { cancel });
    expect(exit).toMatchObject({ stopped: true });
    expect(exit.stdout).not.toContain('asked');
    expect(ms).toBeGreaterThan(1900);
    expect(ms).toBeLessThan(4000);
    expect(noted()).toHaveLength(1);
  });

  posix('is not forced if it ends by itself after a cancel', async () => {
    const script = "console.log('up'); setTimeout(() => process.exit(3), 300);";
    const { exit } = await run(taskkill('kill -9 "$2"'), { cancel: 'SIGINT', script });
    expect(exit).toMatchObject({ status: 3, stopped: true });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(noted()).toEqual([]);
  });

  posix('does not need taskkill for the program itself', async () => {
    const files = [taskkill('exit 128'), join(folder, 'nowhere')];
    for (const file of files) {
      const { exit } = await run(file, { stop: true });
      expect(exit).toMatchObject({ status: undefined, signal: 'SIGKILL', stopped: true });
    }
  });

  posix('does not wait long for taskkill', async () => {
    const { exit, ms } = await run(taskkill('exec sleep 2'), { stop: true });
    expect(exit).toMatchObject({ signal: 'SIGKILL', stopped: true });
    expect(ms).toBeLessThan(3000);
  });

  test.each([
    [0, null, { status: 0, signal: undefined }],
    [1, null, { status: 1, signal: undefined }],
    [255, null, { status: 255, signal: undefined }],
    [null, 'SIGKILL', { status: undefined, signal: 'SIGKILL' }],
    // An access violation, no memory, Ctrl+C.
    [3221225477, null, { status: undefined, signal: '0xC0000005' }],
    [3221225495, null, { status: undefined, signal: '0xC0000017' }],
    [3221225786, null, { status: undefined, signal: '0xC000013A' }],
  ])('with status %j and signal %j', (status, signal, end) => expect(endOf(status, signal)).toEqual(end));

  test('shares the console of the step, where the runner’s Ctrl+C reaches it', () => {
    expect(processTrees('win32', {}).options).toEqual({ detached: false, windowsHide: false });
    expect(processTrees('linux', {}).options).toEqual({ detached: true });
  });
});
