/** The kind of runner on which a build was signed, for a sentence; '' if the certificate does not name it. */
export function runnerWords(runner: string, before: string): string {
  if (runner === 'github-hosted') return `${before}a GitHub-hosted runner`;
  return runner === 'self-hosted' ? `${before}a self-hosted runner` : '';
}
