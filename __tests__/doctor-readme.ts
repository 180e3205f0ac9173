import { codeOf } from '../scripts/docs/pages.ts';
import { read } from '../scripts/docs/workflows.ts';

const workflowsOf = (page: string): string[] =>
  codeOf(read(page)).flatMap(({ lang, text }) => (lang === 'yaml' ? [`${text}\n`] : []));

/** The workflow in README.md that calls this project's workflows to build and to deploy. */
export function readmeOneFile(): string {
  const found = workflowsOf('README.md').find(
    (each) => each.includes('/build-image.yml@') && each.includes('/deploy-image.yml@'),
  );
  if (found === undefined) throw new Error('README.md has no such workflow');
  return found;
}

/** The two workflows in docs/two-workflows.md that a user pastes, by their paths in the repository. */
export function readmeWorkflows(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const source of workflowsOf('docs/two-workflows.md')) {
    const path = /^# (\.github\/workflows\/\S+)\n/.exec(source)?.[1];
    if (path !== undefined) found[path] = source;
  }
  return found;
}
