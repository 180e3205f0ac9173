import { type Answer, beginningOf, type HttpQuirks, isRateLimit403, isTemporary } from '../lib/http.ts';
import { isLoopback } from '../lib/url-policy.ts';

/**
 * What one container registry does in its own way. Everything else in this folder is the distribution spec, and no other
 * file asks which registry it talks to.
 */
interface RegistryRow {
  readonly name: string;
  /** Its host, or the form of its hosts. */
  readonly host: string | RegExp;
  /** Host of its API, where that is not the host of its references. */
  readonly apiHost?: string;
  /** Other hosts that mean the same registry in a reference or in Docker's config. */
  readonly aliases?: readonly string[];
  /** Its key in Docker's config.json, where that is not its host. */
  readonly configKey?: string;
  /** Where a name of one part lives. */
  readonly defaultNamespace?: string;
  /** The lines that let a job read a private package. */
  readonly access?: readonly string[];
}

const rows: readonly RegistryRow[] = [
  {
    // distribution/reference, normalize.go; docker/cli, cli/config: the key dates from before there was another registry.
    name: 'Docker Hub',
    host: 'docker.io',
    apiHost: 'registry-1.docker.io',
    // `docker-hub-mirror.fly.io` is how Fly.io's machines report it.
    aliases: ['index.docker.io', 'registry-1.docker.io', 'docker-hub-mirror.fly.io'],
    configKey: 'https://index.docker.io/v1/',
    defaultNamespace: 'library',
  },
  {
    // `containers.HOST` is the one of GitHub Enterprise (GitHub's docs, "Working with the Container registry").
    name: 'GitHub Container Registry',
    host: /^(?:ghcr\.io|containers\..+)$/,
    access: [
      '  permissions:',
      '    packages: read',
      'and, where another repository or a person pushed the package first: Package settings → Manage Actions access → add this repository.',
    ],
  },
  {
    // Each app has one repository of its name; its tags cannot be listed.
    name: 'Fly.io',
    host: 'registry.fly.io',
    access: ['`with: fly-api-token:` with a token that may read that app.'],
  },
  {
    // Quay's docs, "Robot accounts".
    name: 'Quay',
    host: 'quay.io',
    access: ['`with: registry-username:` and `registry-password:` of a robot account that may read it.'],
  },
  {
    // GitLab's docs, "Deploy tokens": the predefined job token is of no use outside GitLab.
    name: 'GitLab',
    host: 'registry.gitlab.com',
    access: ['`with: registry-username:` and `registry-password:` of a deploy token with `read_registry`.'],
  },
  {
    // AWS's docs, "Private registry authentication in Amazon ECR": a password is good for twelve hours.
    name: 'Amazon ECR',
    host: /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
    access: [
      '`with: registry-username: AWS` and the answer of `aws ecr get-login-password` as `registry-password:`, or `aws-actions/amazon-ecr-login` in a step before this one.',
    ],
  },
];

const rowOf = (host: string): RegistryRow | undefined =>
  rows.find((row) => (typeof row.host === 'string' ? row.host === host : row.host.test(host)));

/** The host by which a registry is known: lower-case, and without its old names (`index.docker.io` is `docker.io`). */
export function canonicalHost(text: string): string {
  const host = text.toLowerCase();
  const known = rows.find(({ aliases }) => aliases?.includes(host))?.host;
  return typeof known === 'string' ? known : host;
}

/** Every host that means this registry. */
export const namesOf = (host: string): readonly string[] => [host, ...(rowOf(host)?.aliases ?? [])];

/** The key of a registry in Docker's config.json. */
export const configKeyOf = (host: string): string => rowOf(host)?.configKey ?? host;

/** A repository's path as the registry has it: `alpine` is `library/alpine` on Docker Hub. */
export function fullPath(host: string, path: string): string {
  const namespace = rowOf(host)?.defaultNamespace;
  return namespace === undefined || path.includes('/') ? path : `${namespace}/${path}`;
}

/** The origin of a registry's API, e.g. `https://ghcr.io`. */
export const apiOrigin = (host: string): string =>
  isLoopback(host) ? `http://${host}` : `https://${rowOf(host)?.apiHost ?? host}`;

/** Can this host be a registry's token service? GitHub's and Fly.io's own have theirs at the registry's host. */
export const isTokenHost = (tokenHost: string, host: string): boolean =>
  !['ghcr.io', 'registry.fly.io'].includes(host) || tokenHost === host;

/** The lines that let a job read a private package of this registry. */
export const accessLines = (host: string): readonly string[] =>
  rowOf(host)?.access ?? ['`with: registry-username:` and `registry-password:`'];

/** The container registry that belongs to a GitHub server: `ghcr.io`, or `containers.HOST` of GitHub Enterprise. */
export function githubRegistry(serverUrl: string): string {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : 'github.com';
  return host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * May the job's GitHub token be shown to this registry? Only to GitHub's own.
 *
 * The sandbox has one on loopback, and names it in SANDBOX_GITHUB_REGISTRY. That counts where GitHub's API is on loopback
 * too, by a variable that the runner sets and no workflow can: so it has no effect on GitHub's runners.
 */
export function takesGithubToken(host: string, env: Env): boolean {
  const { GITHUB_API_URL: api = '', SANDBOX_GITHUB_REGISTRY: sandbox } = env;
  const isSandbox =
    sandbox === host && isLoopback(host) && URL.canParse(api) && isLoopback(new URL(api).host);
  return isSandbox || host === githubRegistry(env['GITHUB_SERVER_URL'] ?? '');
}

const flyHost = (env: Env): string => env['FLY_REGISTRY_HOST'] || 'registry.fly.io';

/** Where an app's images live: `registry.fly.io/<app>`, or at the host of FLY_REGISTRY_HOST (flyctl, internal/config/config.go). */
export const flyRepository = (app: string, env: Env) => ({ host: flyHost(env), path: app });

/**
 * GHCR limits with a 429 that has no `Retry-After` and says the wait in its message (`retry-after: 880.092µs`), or with a
 * 403 about a rate limit. Others that do the same are treated the same.
 */
export const registryQuirks: Required<HttpQuirks> = {
  isTemporary: isRateLimit403,
  retryAfter: ({ status, body }) => {
    if (status !== 429 && status !== 403) return undefined;
    const [, amount, unit = ''] =
      /retry-after:\s*(\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m)\b/i.exec(beginningOf(body)) ?? [];
    if (amount === undefined) return undefined;
    const milliseconds = { µs: 0.001, us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit.toLowerCase()] ?? 1;
    // Microseconds are what its own counter needs, among thousands of others who were told the same.
    return Math.max(1000, Number(amount) * milliseconds);
  },
};

/** Does an answer of a registry pass by itself? */
export const passesByItself = (answer: Answer): boolean =>
  isTemporary(answer) || registryQuirks.isTemporary(answer);
