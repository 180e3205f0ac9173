// `npm run messages`: runs the tests, which record the messages that they see, and writes a sample of each wording to
// docs/messages.json and the page made of it. `--from FOLDER` reads records of an earlier run instead of running the tests;
// with `--check` it writes nothing, and fails if the page is not of these tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Message } from './docs/message.ts';
import { messagesPage, samplesFile } from './docs/messages-page.ts';
import { differencesOf, readRecords, samplesOf } from './docs/samples.ts';

const { values } = parseArgs({ options: { from: { type: 'string' }, check: { type: 'boolean' } } });
const root = join(import.meta.dirname, '..');
const folder = values.from ?? record();
const samples = samplesOf(readRecords(folder));
if (values.check) {
  const known: Message[] = JSON.parse(readFileSync(join(root, samplesFile), 'utf8'));
  const faults = differencesOf(known, samples);
  for (const fault of faults) console.log(fault);
  console.log(
    faults.length === 0
      ? `docs/messages.md has the messages of the tests: ${known.length} wordings.`
      : 'docs/messages.md does not have the messages of the tests. Run: npm run messages',
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  writeFileSync(join(root, samplesFile), `${JSON.stringify(samples, null, 2)}\n`);
  writeFileSync(join(root, 'docs', 'messages.md'), messagesPage(samples));
  console.log(`${samples.length} wordings written to docs/messages.md.`);
}

function record(): string {
  const records = mkdtempSync(join(tmpdir(), 'messages-'));
  const { status } = spawnSync('npm', ['run', 'jest'], {
    cwd: root,
    env: { ...process.env, RECORD_MESSAGES: records, ACTION_UNDER_TEST: 'dist' },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('a test failed');
  return records;
}
