// What CI says about a commit. Only Node's own modules, because the release job installs nothing.

/** A check run of GitHub's API, as far as it is used here. */
export interface CheckRun {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly app: { readonly slug?: string } | null;
}

/** The names of the check runs of ci.yml: each job, and each part of a matrix. A test compares them with the file. */
export const requiredChecks: readonly string[] = [
  'npm test (ubuntu-latest, 20)',
  'npm test (ubuntu-latest, 24)',
  'npm test (macos-latest, 20)',
  'npm test (macos-latest, 24)',
  'End-to-end tests on Windows',
  'Fuzz the parsers of external text',
  'Known vulnerabilities of what is bundled',
  'Everything, from a clean clone',
];

/** Why CI has not passed, one line for each required check. The newest run of a name counts, if GitHub Actions made it. */
export function faultsOfChecks(runs: readonly CheckRun[], required = requiredChecks): string[] {
  return required.flatMap((name) => {
    const [newest] = runs
      .filter((run) => run.name === name && run.app?.slug === 'github-actions')
      .sort((a, b) => (b.started_at ?? '').localeCompare(a.started_at ?? ''));
    if (newest === undefined) return [`"${name}" has not run`];
    if (newest.status !== 'completed') return [`"${name}" is ${newest.status.replaceAll('_', ' ')}`];
    return newest.conclusion === 'success' ? [] : [`"${name}" ended with ${newest.conclusion}`];
  });
}
