/** On which kind of runner a build was signed, by GitHub's word for it; '' where the certificate does not say. */
export function runnerWords(runner: string, before: string): string {
  if (runner === 'github-hosted') return `${before}a GitHub-hosted runner`;
  return runner === 'self-hosted' ? `${before}a self-hosted runner` : '';
}
