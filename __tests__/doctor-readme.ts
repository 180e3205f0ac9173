import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The one workflow of README.md that calls this project's own to build and to deploy. */
export function readmeOneFile(): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const sources = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, source = '']) => source);
  const found = sources.find(
    (each) => each.includes('/build-image.yml@') && each.includes('/deploy-image.yml@'),
  );
  if (found === undefined) throw new Error('README.md has no such workflow');
  return found;
}

/** The two workflows of README.md that a user pastes, by their paths in the repository. */
export function readmeWorkflows(): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const found: Record<string, string> = {};
  for (const [, source = ''] of text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) {
    const path = /^# (\.github\/workflows\/\S+)\n/.exec(source)?.[1];
    if (path !== undefined) found[path] = source;
  }
  return found;
}
