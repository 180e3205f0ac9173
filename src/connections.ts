import { requireAttestation } from './attestation/attestation.ts';
import { appUrl } from './fly/app.ts';
import { checkVersion, versionIn } from './fly/flyctl/find.ts';
import { installFlyctl, pinnedVersion } from './fly/flyctl/install.ts';
import { flyctlEnvironment } from './fly/flyctl/run.ts';
import { bareToken, listMachines, type MachinesApi } from './fly/machines.ts';
import { listReleases } from './fly/releases.ts';
import type { Plan } from './image/plan.ts';
import { type FoundImage, planOfRelease } from './image/release.ts';
import type { Inputs } from './inputs/inputs.ts';
import { makeHttp } from './lib/http.ts';
import { UserError } from './lib/user-error.ts';
import type { CopyWorld } from './mirror/copy-image.ts';
import { mirrorRepository } from './mirror/mirror.ts';
import { dockerLogin } from './registry/docker-config.ts';
import { getManifest } from './registry/manifest.ts';
import { findPlatform } from './registry/platform.ts';
import type { Reference, Repository } from './registry/reference.ts';
import { type Login, Session } from './registry/session.ts';
import type { Report } from './report/report.ts';
import { linksOf, type World } from './runtime.ts';

// With whom this action speaks, as whom, and how patiently.

/** Reads the image's repository: as nobody, then with the inputs' login, else Docker's, else the job's own token. */
export function sourceSession(
  world: World,
  inputs: Inputs,
  { repository }: Pick<Plan, 'repository'>,
): Session {
  const { registryLogin, githubLogin, waitForImage } = inputs;
  const own = mirrorRepository(inputs.app, world.env['FLY_REGISTRY_HOST']);
  return new Session({
    repository,
    login: async () => {
      // The inputs' logins are for the input `image`. What is at Fly.io's registry, an earlier copy for example, is
      // read with the token that wrote it.
      const isInputs = repository.host === inputs.image.host;
      const login =
        (isInputs ? registryLogin : undefined) ??
        (repository.host === own.host
          ? flyLogin(inputs.flyToken)
          : await dockerLogin(repository.host, { ...world, debug: world.log.debug }));
      for (const secret of login === undefined ? [] : secretsIn(login)) world.log.mask(secret);
      return login ?? (isInputs ? githubLogin : undefined);
    },
    http: registryHttp(world, waitForImage + 3 * 60_000),
    mask: world.log.mask,
  });
}

/** Any user name goes with the token; flyctl's is `x` (flyctl, internal/command/auth/docker.go). */
const flyLogin = (token: string): Login => ({ username: 'x', password: bareToken(token) });

const secretsIn = (login: Login): string[] => [
  'identityToken' in login ? login.identityToken : login.password,
];

const registryHttp = (world: World, allTime: number) =>
  makeHttp({ ...world, debug: world.log.debug }, { tries: 4, timeout: 30_000, longestWait: 60_000, allTime });

/** Both ends of a copy to Fly.io's registry. */
export function copyWorld(world: World, inputs: Inputs, source: Session, repository: Repository): CopyWorld {
  return { ...world, source, target: flySession(world, inputs, repository), log: world.log.line };
}

/** Writes to Fly.io's registry. */
export function flySession(world: World, { flyToken }: Inputs, repository: Repository): Session {
  return new Session({
    repository,
    login: async () => flyLogin(flyToken),
    http: registryHttp(world, 60 * 60_000),
    mask: world.log.mask,
    actions: 'pull,push',
    as: ['login'],
  });
}

/** The app's machines. A dry run asks once: it is to say what would be deployed, also where Fly.io is away. */
export function machinesApi(world: World, { app, flyToken, dryRun }: Inputs): MachinesApi {
  const base = world.env['FLY_FLAPS_BASE_URL'] || 'https://api.machines.dev';
  if (!URL.canParse(base)) {
    throw new UserError({
      found: `FLY_FLAPS_BASE_URL is "${base}".`,
      expected: 'a URL, or nothing.',
      fix: 'the `env:` of the workflow.',
    });
  }
  const options = { tries: dryRun ? 1 : 5, timeout: 15_000, longestWait: 30_000 };
  return {
    base,
    graphqlBase: world.env['FLY_API_BASE_URL'] || 'https://api.fly.io',
    app,
    token: flyToken,
    http: makeHttp({ ...world, debug: world.log.debug }, options),
  };
}

/** The app's own URL, asked beside something else and without much patience: a deploy does not depend on it. */
export function askAppUrl(world: World, api: MachinesApi): Promise<string | undefined> {
  const http = makeHttp(
    { ...world, debug: world.log.debug },
    { tries: 2, timeout: 10_000, longestWait: 5000 },
  );
  return appUrl({ ...api, http }).catch(() => undefined);
}

/**
 * The flyctl that deploys: the version that the inputs name, else the one on PATH, else a pinned one that is installed.
 *
 * @throws UserError when it cannot be had, or is too old.
 */
export async function getFlyctl(world: World, { flyctlVersion }: Inputs): Promise<string> {
  const { env, log } = world;
  const found = flyctlVersion === undefined ? world.findProgram('flyctl') : undefined;
  const http = makeHttp(
    { ...world, debug: log.debug },
    { tries: 4, timeout: 5 * 60_000, longestWait: 60_000 },
  );
  const path =
    found ?? (await installFlyctl(flyctlVersion ?? pinnedVersion, { ...world, http, log: log.line }));
  const { FLY_API_TOKEN: _, ...withoutToken } = flyctlEnvironment(env, '');
  const answer = await world.ask(path, ['version', '--json'], '', withoutToken);
  const version = versionIn(answer?.stdout ?? '');
  log.line(`flyctl ${version ?? 'of an unknown version'} at ${path}`);
  checkVersion(version, path);
  return path;
}

/** @throws UserError when there is no release that the input `release` means, or its image is not to be had. */
export async function planByRelease(world: World, inputs: Inputs, api: MachinesApi): Promise<Plan> {
  const { app, image, release = 'previous' } = inputs;
  const find = async (reference: Reference): Promise<FoundImage | undefined> => {
    const session = sourceSession(world, inputs, { repository: reference });
    const root = await getManifest(session, reference.digest ?? reference.tag ?? 'latest');
    if (root === undefined) return undefined;
    const { manifest, config } = await findPlatform(session, root, async () => false);
    return {
      digest: root.digest,
      platformDigest: manifest.digest,
      created: config.get('created').maybeTime(),
    };
  };
  return planOfRelease(release, {
    app,
    releases: await listReleases(api),
    machines: () => listMachines(api),
    repositories: [
      { host: image.host, path: image.path },
      mirrorRepository(app, world.env['FLY_REGISTRY_HOST']),
    ],
    find,
    log: world.log.line,
  });
}

/** @throws UserError when no attestation proves that this repository built the image from its commit. */
export async function proveAttestation(world: World, inputs: Inputs, report: Report): Promise<void> {
  const { env, log } = world;
  const { server, repository } = linksOf(world);
  const { image, commit } = report;
  const http = makeHttp({ ...world, debug: log.debug }, { tries: 4, timeout: 30_000, longestWait: 60_000 });
  const attested = await requireAttestation(
    { digest: image?.digest ?? '', server, repository, commit, signerWorkflow: inputs.attestationWorkflow },
    {
      http,
      apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
      token: inputs.githubToken,
      trustedRoot: inputs.trustedRoot,
    },
  );
  report.attested = attested;
  log.line(`Attested: built from commit ${attested.commit} by ${attested.signer}`);
}
