import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { root } from '../../scripts/docs/workflows.ts';

// .ci/run, with stand-ins for the checks: its exit status, and what it leaves behind.

const counts = JSON.stringify({ numPassedTests: 2, numFailedTests: 0, numPendingTests: 1 });

/** Fails where $FAILING is one of its arguments, and writes the results of a run of tests. */
const npm = `#!/usr/bin/env bash
[ "$1" = ci ] || until [ -s waiting ]; do sleep 0.05; done
for each in "$@"; do
  case "$each" in
    "$FAILING") exit 3 ;;
    --outputFile=*) echo '${counts}' > "\${each#*=}" ;;
  esac
done`;

/** Waits in another process, whose id it writes down. */
const real = `#!/usr/bin/env bash
bash -c 'echo $$ > waiting; exec sleep '"$WAIT"
echo '${counts}' > "$2"
[ "$FAILING" != real ] || exit 4`;

/** @param wait how many seconds the checks with real parts take. */
const run = (failing: string, wait: string) =>
  inFolder('ci', async (folder) => {
    const script = (path: string, text: string) => writeFileSync(join(folder, path), text, { mode: 0o755 });
    for (const each of ['.ci', 'bin', 'tmp']) mkdirSync(join(folder, each));
    cpSync(join(root, '.ci/run'), join(folder, '.ci/run'));
    script('.ci/real', real);
    script('bin/npm', npm);
    script('bin/git', '#!/bin/sh\n');
    const env = {
      ...process.env,
      ...{ PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`, TMPDIR: join(folder, 'tmp') },
      ...{ FAILING: failing, WAIT: wait },
    };
    const [status, log] = await new Promise<[unknown, string]>((resolve) =>
      execFile(join(folder, '.ci/run'), { env }, (error, stdout) => resolve([error?.code ?? 0, stdout])),
    );
    const id = readFileSync(join(folder, 'waiting'), 'utf8').trim();
    return { status, log, isWaiting: isRunning(id), left: readdirSync(join(folder, 'tmp')) };
  });

/** Whether a process runs: one that has ended can stay in the list until somebody asks for its status. */
const isRunning = (id: string): boolean => {
  const status = `/proc/${id}/status`;
  return existsSync(status) && !/^State:\tZ/m.test(readFileSync(status, 'utf8'));
};

test('succeeds with the number of all tests', async () => {
  const { status, log, left } = await run('nothing', '0.2');
  expect([status, log.trim().split('\n').at(-1), left]).toEqual([0, '4 passed, 0 failed, 2 skipped', []]);
});

test.each([
  ['the tests', 'jest', '20', 3],
  ['a check beside them', 'audit', '20', 3],
  ['the trial of a release', 'release', '20', 3],
  ['a check after them', 'messages', '20', 3],
  ['the checks with real parts', 'real', '0.2', 4],
])('fails if %s fail, and leaves nothing behind', async (_name, failing, wait, expected) => {
  const { status, isWaiting, left } = await run(failing, wait);
  expect([status, isWaiting, left]).toEqual([expected, false, []]);
});
