// `npm run messages`: runs the tests, which record the messages that they see, and writes a sample of each wording to
// docs/messages.json and the page made of it. `--from FOLDER` reads records of an earlier run instead of running the tests;
// with `--check` it writes nothing, and fails if the page has a wording that no test recorded, or lacks one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Message } from './docs/message.ts';
import { messagesPage, samplesFile } from './docs/messages-page.ts';
import { readRecords, samplesOf, wordingOf } from './docs/samples.ts';

const { values } = parseArgs({ options: { from: { type: 'string' }, check: { type: 'boolean' } } });
const root = join(import.meta.dirname, '..');
const folder = values.from ?? record();
const samples = samplesOf(readRecords(folder));
if (values.check) {
  const known: Message[] = JSON.parse(readFileSync(join(root, samplesFile), 'utf8'));
  const [page, tests] = [new Set(known.map(wordingOf)), new Set(samples.map(wordingOf))];
  const faults = [
    ...known.filter((each) => !tests.has(wordingOf(each))).map((each) => ['is not recorded by a test', each]),
    ...samples.filter((each) => !page.has(wordingOf(each))).map((each) => ['is not in the page', each]),
  ] as const;
  for (const [fault, { kind, code = '', text }] of faults as [string, Message][])
    console.log(`${kind} ${code} ${fault}: ${text.split('\n')[0]}`);
  console.log(
    faults.length === 0
      ? `docs/messages.md has all ${known.length} wordings.`
      : `${faults.length} wordings differ. Run: npm run messages`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  writeFileSync(join(root, samplesFile), `${JSON.stringify(samples, null, 1)}\n`);
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
