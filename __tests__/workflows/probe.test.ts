import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { read } from '../workflows.ts';

const workflow = parse(read('.github/workflows/probe.yml'));
const { probe } = workflow.jobs;
const steps: { id?: string; name?: string; if?: string; run?: string; uses?: string; env?: object }[] =
  probe.steps;
const step = (name: string) => steps.find((each) => each.name === name || each.id === name);

test('only a person starts it', () => {
  expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch']);
});

test('it can only read', () => {
  expect([workflow.permissions, probe.permissions]).toEqual([{}, { contents: 'read', packages: 'read' }]);
});

test('the token reaches only the step that probes, and only as a variable', () => {
  const holders = steps.filter((each) => JSON.stringify(each).includes('secrets.PROBE_FLY_API_TOKEN }}'));
  expect(holders).toEqual([step('Probe')]);
  for (const { run = '' } of steps) expect(run).not.toContain('${{');
});

test.each([
  ['true', 'there=true\n', ''],
  ['false', 'there=false\n', expect.stringMatching(/^::notice::.*PROBE_FLY_API_TOKEN/)],
])('is there a secret: %s', (THERE, output, log) => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  try {
    const GITHUB_OUTPUT = join(folder, 'output');
    const env = { PATH: process.env['PATH'], THERE, GITHUB_OUTPUT };
    const { status, stdout } = spawnSync('bash', ['-e', '-c', step('token')?.run ?? ''], {
      env,
      encoding: 'utf8',
    });
    expect([status, stdout, readFileSync(GITHUB_OUTPUT, 'utf8')]).toEqual([0, log, output]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // Every other step needs it.
  for (const each of steps.filter(({ id }) => id !== 'token'))
    expect(each.if).toMatch(/\bsteps\.token\.outputs\.there == 'true'$/);
});

test.each([
  [{}, ['--app', 'probe-7-2', '--org', 'personal']],
  [
    { APP: 'mine', ORG: 'acme', PRIVATE_IMAGE: 'ghcr.io/o/r:$(id) x' },
    ['--app', 'mine', '--org', 'acme', '--private-image=ghcr.io/o/r:$(id) x'],
  ],
])('the inputs %j become arguments', (given, argv) => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  try {
    writeFileSync(join(folder, 'node'), '#!/bin/sh\nfor each in "$@"; do echo "$each"; done\n', {
      mode: 0o755,
    });
    const env = {
      PATH: `${folder}:${process.env['PATH']}`,
      ...{ GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '2', RUNNER_TEMP: '/runner' },
      ...{ APP: '', ORG: 'personal', PRIVATE_IMAGE: '', ...given },
    };
    const { stdout } = spawnSync('bash', ['-e', '-c', step('Probe')?.run ?? ''], { env, encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toEqual([
      ...['scripts/probe.ts', '--yes'],
      ...argv,
      ...['--json', '/runner/probe.json'],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the result is stored even if an assumption does not hold', () => {
  const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
  expect(upload?.if).toMatch(/^always\(\)/);
});
