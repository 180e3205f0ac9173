import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { read } from '../workflows.ts';

const { jobs } = parse(read('.github/workflows/newest.yml'));
const { run } = jobs.issue.steps.find(({ run }: { run?: string }) => run !== undefined);

/** Runs the step that reports, with a `gh` that notes its calls, and these open issues by their title. */
function report(files: Record<string, string>, open: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'newest-'));
  try {
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'reports'));
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, 'reports', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    writeFileSync(join(folder, 'open.json'), JSON.stringify(open));
    const gh = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const argv = process.argv.slice(2);
if (argv[1] === 'list') console.log(JSON.parse(readFileSync('open.json', 'utf8'))[process.env.TITLE] ?? '');
else appendFileSync('calls.jsonl', JSON.stringify([...argv, readFileSync('body.md', 'utf8')]) + '\\n');
`;
    writeFileSync(join(folder, 'bin', 'gh'), gh, { mode: 0o755 });
    writeFileSync(join(folder, 'calls.jsonl'), '');
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, RUN: 'https://github.test/run/1' },
    });
    const calls = readFileSync(join(folder, 'calls.jsonl'), 'utf8').split('\n').filter(Boolean);
    return { status, stderr, calls: calls.map((line): string[] => JSON.parse(line)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const titles = {
  'newest-flyctl/title.txt': 'flyctl 0.4.95 differs from the pinned version\n',
  'newest-flyctl/log.txt': 'expected 1, got 2\n',
  'newest-registry/title.txt': 'registry v3.2.0 differs from the pinned version\n',
  'newest-registry/log.txt': 'expected 404, got 500\n',
};

test('each part that differs gets an issue, or a comment on the open one', () => {
  const { status, stderr, calls } = report(titles, {
    'registry v3.2.0 differs from the pinned version': '12',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(calls.map((call) => call.slice(0, -1))).toEqual([
    [
      ...['issue', 'create', '--title', 'flyctl 0.4.95 differs from the pinned version'],
      ...['--body-file', 'body.md'],
    ],
    ['issue', 'comment', '12', '--body-file', 'body.md'],
  ]);
  expect(calls[0]?.at(-1)).toContain('https://github.test/run/1');
  expect(calls[0]?.at(-1)).toContain('expected 1, got 2');
});

test('nothing is reported if nothing differs', () => {
  expect(report({})).toEqual({ status: 0, stderr: '', calls: [] });
});

test('a log cannot end its fence', () => {
  const log = `\`\`\`\`\`\`\`\`\`\`\n# A heading\n${'`'.repeat(40)}\n`;
  const body = report({ ...titles, 'newest-flyctl/log.txt': log }).calls[0]?.at(-1) ?? '';
  expect(body.match(/^`{10,}/gm)).toHaveLength(2);
});
