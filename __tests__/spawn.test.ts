import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { findProgram } from '../src/lib/program.ts';
import { askProgram } from '../src/lib/spawn.ts';

const folder = mkdtempSync(join(tmpdir(), 'spawn-'));
// A space in the path must not split it.
const bin = join(folder, 'a folder');
mkdirSync(bin);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A program made of these shell lines. */
function program(lines: string): string {
  const file = join(bin, `program-${++count}`);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return file;
}

describe.each([
  ['without input on stdin', ''],
  ['with input on stdin', 'ghcr.io'],
])('a program %s', (_name, stdin) => {
  const ask = (lines: string, env?: Record<string, string>, limit?: number) =>
    askProgram(program(lines), ['get', 'a b', '"$HOME"'], stdin, env, limit);

  test('gets its arguments unchanged, and returns its status', async () => {
    expect(await ask('printf "%s|" "$@"; exit 3')).toEqual({ status: 3, stdout: 'get|a b|"$HOME"|' });
  });

  test('prints nothing, and its stderr is dropped', async () => {
    const written = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockReturnValue(true),
    );
    const answer = await ask('echo answer; echo secret >&2');
    const calls = written.flatMap((spy) => spy.mock.calls);
    for (const spy of written) spy.mockRestore();
    expect([answer, calls]).toEqual([{ status: 0, stdout: 'answer\n' }, []]);
  });

  test('has the environment of the step, or exactly the given one', async () => {
    expect((await ask('echo "$HOME:$GIVEN"'))?.stdout).toBe(`${process.env['HOME']}:\n`);
    expect((await ask('echo "$HOME:$GIVEN"', { GIVEN: 'given' }))?.stdout).toBe(':given\n');
  });

  test('is read up to 64 KiB', async () => {
    expect((await ask('head -c 100000 /dev/zero | tr "\\0" x'))?.stdout).toBe('x'.repeat(65_536));
  });

  test('does not have a status if a signal ended it', async () => {
    expect(await ask('echo some; kill -9 $$')).toEqual({ status: undefined, stdout: 'some\n' });
  });

  test('does not keep the step waiting', async () => {
    // If the step waited for it, it would have a status.
    expect((await ask('exec sleep 0.3', undefined, 50))?.status).toBeUndefined();
  });

  test('that exits immediately does not stop the step', async () => {
    const file = program('exit 1');
    for (let n = 0; n < 50; n++) {
      expect(await askProgram(file, [], stdin, undefined)).toEqual({ status: 1, stdout: '' });
    }
  });

  test('that cannot be started does not have an answer', async () => {
    expect(await askProgram(join(bin, 'nothing'), [], stdin, undefined, 100)).toBeUndefined();
    writeFileSync(join(bin, 'data'), 'x', { mode: 0o644 });
    expect(await askProgram(join(bin, 'data'), [], stdin, undefined, 100)).toBeUndefined();
  });
});

test('a program gets all of its input', async () => {
  const question = 'https://index.docker.io/v1/'.repeat(1000);
  expect(await askProgram(program('cat'), [], question, undefined)).toEqual({ status: 0, stdout: question });
});

test('a program is found only in absolute folders of PATH', () => {
  const file = program('exit 0');
  const name = file.slice(bin.length + 1);
  expect(findProgram(name, { PATH: `/nowhere:${bin}` }, 'linux')).toBe(file);
  expect(findProgram(name, { PATH: '.:bin:' }, 'linux')).toBeUndefined();
  expect(findProgram(name, {}, 'linux')).toBeUndefined();
});
