import { requireAttestation } from './attestation/attestation.ts';
import { Fault } from './fault.ts';
import { flyctlEnvironment } from './fly/flyctl.ts';
import { installFlyctl, pinnedVersion } from './fly/install.ts';
import { bareToken, type MachinesApi } from './fly/machines.ts';
import { checkVersion, versionIn } from './fly/version.ts';
import { makeHttp } from './http.ts';
import type { Inputs } from './inputs.ts';
import type { Plan } from './plan.ts';
import type { CopyWorld } from './publish/copy-image.ts';
import type { Repository } from './reference.ts';
import { dockerLogin } from './registry/docker-config.ts';
import { type Login, Session } from './registry/session.ts';
import type { Report } from './report/report.ts';
import { linksOf, type World } from './world.ts';

// With whom this action speaks, as whom, and how patiently.

/** Reads the image's repository: as nobody, then with the inputs' login, else Docker's, else the job's own token. */
export function sourceSession(world: World, inputs: Inputs, { repository }: Plan): Session {
  const { registryLogin, githubLogin, waitForImage } = inputs;
  return new Session({
    repository,
    login: async () => {
      const login =
        registryLogin ?? (await dockerLogin(repository.host, { ...world, debug: world.log.debug }));
      for (const secret of login === undefined ? [] : secretsIn(login)) world.log.mask(secret);
      return login ?? githubLogin;
    },
    http: registryHttp(world, waitForImage + 3 * 60_000),
    mask: world.log.mask,
  });
}

const secretsIn = (login: Login): string[] => [
  'identityToken' in login ? login.identityToken : login.password,
];

const registryHttp = (world: World, allTime: number) =>
  makeHttp({ ...world, debug: world.log.debug }, { tries: 4, timeout: 30_000, longestWait: 60_000, allTime });

/** Both ends of a copy to Fly.io's registry. Any user name goes with the token there; flyctl's is `x`. */
export function copyWorld(
  world: World,
  { flyToken }: Inputs,
  source: Session,
  repository: Repository,
): CopyWorld {
  const target = new Session({
    repository,
    login: async () => ({ username: 'x', password: bareToken(flyToken) }),
    http: registryHttp(world, 60 * 60_000),
    mask: world.log.mask,
    actions: 'pull,push',
    as: ['login'],
  });
  return { ...world, source, target, log: world.log.line };
}

/** The app's machines. A dry run asks once: it is to say what would be deployed, also where Fly.io is away. */
export function machinesApi(world: World, { app, flyToken, dryRun }: Inputs): MachinesApi {
  const base = world.env['FLY_FLAPS_BASE_URL'] || 'https://api.machines.dev';
  if (!URL.canParse(base)) {
    throw new Fault({
      seen: `FLY_FLAPS_BASE_URL is "${base}".`,
      expected: 'a URL, or nothing.',
      change: 'the `env:` of the workflow.',
    });
  }
  const options = { tries: dryRun ? 1 : 5, timeout: 15_000, longestWait: 30_000 };
  return { base, app, token: flyToken, http: makeHttp({ ...world, debug: world.log.debug }, options) };
}

/**
 * The flyctl that deploys: the version that the inputs name, else the one on PATH, else a pinned one that is installed.
 *
 * @throws Fault when it cannot be had, or is too old.
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

/** @throws Fault when no attestation proves that this repository built the image from its commit. */
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
