import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { lookUpProgram } from '../src/lib/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'program-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
function file(name: string, content: string | Buffer, mode = 0o755): string {
  writeFileSync(at(name), content);
  chmodSync(at(name), mode);
  return at(name);
}

describe('a program', () => {
  test('with a slash is a path', () => {
    const path = file('script', '#!/bin/sh\nexit 0\n');
    expect(lookUpProgram(path, { PATH: '' }, 'linux')).toEqual({ kind: 'found', path });
    expect(lookUpProgram('./no/such/program', {}, 'linux')).toEqual({ kind: 'missing' });
  });

  test('without a slash is in an absolute folder of PATH, and never in the current one', () => {
    const path = file('tool', '#!/bin/sh\n');
    expect(lookUpProgram('tool', { PATH: `/nowhere:${folder}` }, 'linux')).toEqual({ kind: 'found', path });
    expect(lookUpProgram('package.json', { PATH: '.:' }, 'linux')).toEqual({ kind: 'missing' });
    expect(lookUpProgram('', { PATH: folder }, 'linux')).toEqual({ kind: 'missing' });
  });

  test('can be a link, and a link to nothing is missing', () => {
    symlinkSync(file('target', '#!/bin/sh\n'), at('link'));
    symlinkSync(at('gone'), at('dangling'));
    expect(lookUpProgram(at('link'), {}, 'linux').kind).toBe('found');
    expect(lookUpProgram(at('dangling'), {}, 'linux').kind).toBe('missing');
  });

  test('that is not a script is found, whatever its first bytes are', () => {
    for (const [name, head] of [
      ['elf', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1')],
      ['mach', Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1])],
    ] as const)
      expect(lookUpProgram(file(name, head), {}, 'linux').kind).toBe('found');
    expect(lookUpProgram(process.execPath, {}, 'linux').kind).toBe('found');
  });
});

describe('a file that cannot be started', () => {
  mkdirSync(at('folder'));
  test.each([
    ['is a folder', () => at('folder'), { kind: 'folder' }],
    ['is not executable', () => file('plain', '#!/bin/sh\n', 0o644), { kind: 'permission' }],
    ['has no first line for the kernel', () => file('bare', 'echo hello\n'), { kind: 'no-interpreter' }],
    ['is empty', () => file('empty', ''), { kind: 'no-interpreter' }],
    ['begins with a mark', () => file('bom', '\ufeff#!/bin/sh\n'), { kind: 'no-interpreter' }],
    [
      'names a program that is not there',
      () => file('other', '#! /nowhere/python3 -u\n'),
      { kind: 'other-interpreter', interpreter: '/nowhere/python3' },
    ],
    [
      'has the line ends of Windows',
      () => file('windows', '#!/bin/sh\r\nexit 0\r\n'),
      { kind: 'other-interpreter', interpreter: '/bin/sh\r' },
    ],
  ])('%s', (_name, make, why) => {
    const path = make();
    expect(lookUpProgram(path, {}, 'linux')).toEqual({ kind: 'not-executable', path, why });
  });
});
