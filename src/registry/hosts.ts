import { type Answer, beginningOf, type HttpQuirks, isRateLimit403, isTemporary } from '../lib/http.ts';
import { isLoopback } from '../lib/url-policy.ts';

/**
 * The differences of one container registry. Everything else in this folder follows the distribution spec. No other file
 * depends on which registry it is.
 */
interface RegistryRow {
  readonly name: string;
  /** Its host, or a pattern of its hosts. */
  readonly host: string | RegExp;
  /** The host of its API, if that is not the host in references. */
  readonly apiHost?: string;
  /** Other hosts that name the same registry in a reference or in Docker's config. */
  readonly aliases?: readonly string[];
  /** Its key in Docker's config.json, if that is not its host. */
  readonly configKey?: string;
  /** The namespace of a name with only one part. */
  readonly defaultNamespace?: string;
  /** The lines that let a job read a private package. */
  readonly access?: readonly string[];
}

const rows: readonly RegistryRow[] = [
  {
    // distribution/reference, normalize.go; docker/cli, cli/config: a legacy key.
    name: 'Docker Hub',
    host: 'docker.io',
    apiHost: 'registry-1.docker.io',
    // Fly.io's machines report it as `docker-hub-mirror.fly.io`.
    aliases: ['index.docker.io', 'registry-1.docker.io', 'docker-hub-mirror.fly.io'],
    configKey: 'https://index.docker.io/v1/',
    defaultNamespace: 'library',
  },
  {
    // `containers.HOST` is GitHub Enterprise's registry (GitHub's docs, "Working with the Container registry").
    name: 'GitHub Container Registry',
    host: /^(?:ghcr\.io|containers\..+)$/,
    access: [
      '  permissions:',
      '    packages: read',
      'If another repository or a person pushed the package first, also add this repository in Package settings → Manage Actions access.',
    ],
  },
  {
    // Each app has one repository, named after the app; its tags cannot be listed.
    name: 'Fly.io',
    host: 'registry.fly.io',
    access: ['`with: fly-api-token:` with a token that can read that app.'],
  },
  {
    // Quay's docs, "Robot accounts".
    name: 'Quay',
    host: 'quay.io',
    access: ['`with: registry-username:` and `registry-password:` of a robot account that can read it.'],
  },
  {
    // GitLab's docs, "Deploy tokens": the predefined job token works only in GitLab.
    name: 'GitLab',
    host: 'registry.gitlab.com',
    access: ['`with: registry-username:` and `registry-password:` of a deploy token with `read_registry`.'],
  },
  {
    // AWS's docs, "Private registry authentication in Amazon ECR": a password is valid for twelve hours.
    name: 'Amazon ECR',
    host: /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
    access: [
      '`with: registry-username: AWS` and the output of `aws ecr get-login-password` as `registry-password:`, or `aws-actions/amazon-ecr-login` in a step before this one.',
    ],
  },
];

const rowOf = (host: string): RegistryRow | undefined =>
  rows.find((row) => (typeof row.host === 'string' ? row.host === host : row.host.test(host)));

/** The canonical host of a registry: in lower case, with aliases replaced (`index.docker.io` is `docker.io`). */
export function canonicalHost(text: string): string {
  const host = text.toLowerCase();
  const known = rows.find(({ aliases }) => aliases?.includes(host))?.host;
  return typeof known === 'string' ? known : host;
}

/** Every host that names this registry. */
export const namesOf = (host: string): readonly string[] => [host, ...(rowOf(host)?.aliases ?? [])];

/** The key of a registry in Docker's config.json. */
export const configKeyOf = (host: string): string => rowOf(host)?.configKey ?? host;

/** A repository's path in its registry: `alpine` is `library/alpine` on Docker Hub. */
export function fullPath(host: string, path: string): string {
  const namespace = rowOf(host)?.defaultNamespace;
  return namespace === undefined || path.includes('/') ? path : `${namespace}/${path}`;
}

/** The origin of a registry's API, e.g. `https://ghcr.io`. */
export const apiOrigin = (host: string): string =>
  isLoopback(host) ? `http://${host}` : `https://${rowOf(host)?.apiHost ?? host}`;

/** Whether this host can be a registry's token service. For GitHub's and Fly.io's registries, it must be the registry's host. */
export const isTokenHost = (tokenHost: string, host: string): boolean =>
  !['ghcr.io', 'registry.fly.io'].includes(host) || tokenHost === host;

/** The lines that let a job read a private package of this registry. */
export const accessLines = (host: string): readonly string[] =>
  rowOf(host)?.access ?? [
    '`with: registry-username:` and `registry-password:` of an account that can read it.',
  ];

/** The container registry that belongs to a GitHub server: `ghcr.io`, or `containers.HOST` of GitHub Enterprise. */
export function githubRegistry(serverUrl: string): string {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : 'github.com';
  return host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether the job's GitHub token can be sent to this registry: only to GitHub's own.
 *
 * The sandbox has a registry on loopback, named by SANDBOX_GITHUB_REGISTRY. That counts only if GitHub's API is on loopback
 * too, by a variable that the runner sets and no workflow can change, so it has no effect on GitHub's runners.
 */
export function takesGithubToken(host: string, env: Env): boolean {
  const { GITHUB_API_URL: api = '', SANDBOX_GITHUB_REGISTRY: sandbox } = env;
  const isSandbox =
    sandbox === host && isLoopback(host) && URL.canParse(api) && isLoopback(new URL(api).host);
  return isSandbox || host === githubRegistry(env['GITHUB_SERVER_URL'] ?? '');
}

const flyHost = (env: Env): string => env['FLY_REGISTRY_HOST'] || 'registry.fly.io';

/** The repository of an app's images: `registry.fly.io/<app>`, or on the host in FLY_REGISTRY_HOST (flyctl, internal/config/config.go). */
export const flyRepository = (app: string, env: Env) => ({ host: flyHost(env), path: app });

/**
 * GHCR limits requests with a 429 without `Retry-After` but with the wait in its message (`retry-after: 880.092µs`), or with a
 * 403 about a rate limit. Other registries that do the same are treated the same.
 */
export const registryQuirks: Required<HttpQuirks> = {
  isTemporary: isRateLimit403,
  retryAfter: ({ status, body }) => {
    if (status !== 429 && status !== 403) return undefined;
    const [, amount, unit = ''] =
      /retry-after:\s*(\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m)\b/i.exec(beginningOf(body)) ?? [];
    if (amount === undefined) return undefined;
    const milliseconds = { µs: 0.001, us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit.toLowerCase()] ?? 1;
    // A wait of microseconds is too short: thousands of other clients get the same value.
    return Math.max(1000, Number(amount) * milliseconds);
  },
};

/** Whether an answer of a registry is temporary, so that a retry can help. */
export const passesByItself = (answer: Answer): boolean =>
  isTemporary(answer) || registryQuirks.isTemporary(answer);
