import { isLoopback } from '../lib/url-policy.ts';

/**
 * The origin of a registry's API, e.g. `https://ghcr.io`. Docker Hub's API has a name of its own
 * (distribution/reference and docker/cli call it `registry-1.docker.io`).
 */
export function apiOrigin(host: string): string {
  if (isLoopback(host)) return `http://${host}`;
  return `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}`;
}

/**
 * The container registry that belongs to a GitHub server: `ghcr.io`, or `containers.HOST` at GitHub
 * Enterprise (GitHub's docs, "Working with the Container registry").
 */
export function githubRegistry(serverUrl: string): string {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : 'github.com';
  return host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
}

/** May the job's GitHub token be shown to this registry? Only to GitHub's own, or on this machine. */
export const takesGithubToken = (host: string, serverUrl: string): boolean =>
  host === githubRegistry(serverUrl) || isLoopback(host);
