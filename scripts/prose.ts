// `npm run prose` finds phrases that this project's style avoids (scripts/prose-rules.json) in Markdown, YAML, the program's
// texts, comments, and the titles of tests. Fails if there are any.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsOfFile } from './prose/lint.ts';

const root = join(import.meta.dirname, '..');
const files = globSync(
  [
    '*.md',
    '{bench,docs,examples,sandbox}/**/*.md',
    '*.yml',
    '{docs,examples,fleet,.github}/**/*.yml',
    '.github/**/*.md',
    '{src,sandbox,scripts,__tests__}/**/*.ts',
  ],
  { cwd: root, exclude: (name) => /node_modules/.test(name) },
).sort();
const findings = files.flatMap((file) => findingsOfFile(file, readFileSync(join(root, file), 'utf8')));
for (const { file, line, message } of findings) process.stdout.write(`${file}:${line}: ${message}\n`);
if (findings.length > 0) {
  const s = findings.length === 1 ? '' : 's';
  process.stdout.write(`${findings.length} phrase${s} in ${files.length} files to reword.\n`);
  process.exitCode = 1;
}
