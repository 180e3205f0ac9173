import type { FlyApi } from '../fly/api.ts';
import type { Machine } from '../fly/machine.ts';
import { listMachines } from '../fly/machines.ts';
import { type AppRelease, listReleases } from '../fly/releases.ts';
import { linksOf } from '../github/links.ts';
import type { Log } from '../github/log.ts';
import type { ImageInputs, RegistryInputs, TargetInputs } from '../inputs/inputs.ts';
import type { ErrorCode } from '../lib/error-codes.ts';
import { counted } from '../lib/format.ts';
import { UserError } from '../lib/user-error.ts';
import { type RegistryDeps, sourceSession } from '../registry/connect.ts';
import { flyRepository } from '../registry/hosts.ts';
import { getManifest } from '../registry/manifest.ts';
import { findPlatform } from '../registry/platform.ts';
import { formatReference, parseReference, type Reference, type Repository } from '../registry/reference.ts';
import { commitInTag } from '../registry/tag-template.ts';
import { revisionOf } from './inspect.ts';
import { checkReleaseTag, type ReleasedImage } from './release-tag.ts';
import { findRevision } from './revision.ts';
import type { ChosenBy, Plan } from './types.ts';

/** The release to deploy, from `select` or `manual-select`. */
export interface ChosenRelease {
  readonly by: ChosenBy;
  /** `previous`, `current`, or a version without `v`. */
  readonly release: string;
  /** The commit that its image must have been built from; undefined if there is none. */
  readonly commit: string | undefined;
}

export interface ReleaseDeps {
  readonly app: string;
  /** Newest first. */
  readonly releases: readonly AppRelease[];
  readonly machines: () => Promise<readonly Machine[]>;
  /** The repositories that images can come from: that of the input `image`, and the app's own on Fly.io. */
  readonly repositories: readonly Repository[];
  /** The digits of a commit in a tag; undefined if it has none. */
  readonly commitIn: (tag: string) => string | undefined;
  /** Undefined when there is no such image. @param commit that it should name. */
  readonly find: (reference: Reference, commit: string | undefined) => Promise<ReleasedImage | undefined>;
  readonly log: Pick<Log, 'line'>;
}

/**
 * What to deploy for `release:…`: the image of the release with that version; for `current`, of the newest completed release;
 * for `previous`, of the newest completed release before the current one that had a different image. It is deployed by digest.
 *
 * The action never guesses. A release contains the reference that flyctl was given (fly-go, types.go, Release.ImageRef), so
 * after its tag has moved to another image it no longer identifies what was deployed.
 *
 * @throws UserError when there is no such release, or its image is unknown, no longer exists, or is of another repository.
 */
export async function planOfRelease(chosen: ChosenRelease, deps: ReleaseDeps): Promise<Plan> {
  const { app, releases, log } = deps;
  const { by, release: wanted } = chosen;
  const planOf = ({ version }: AppRelease, { host, path }: Repository, digest: string): Plan => ({
    source: 'release',
    by,
    repository: { host, path },
    reference: { host, path, digest },
    version,
    commit: chosen.commit,
    pin: true,
  });
  if (wanted !== 'previous') {
    const release = releases.find(({ version, status }) =>
      wanted === 'current' ? status === 'complete' : String(version) === wanted,
    );
    if (release === undefined) {
      throw new UserError({
        code: 'release-not-found',
        found: `There is no ${wanted === 'current' ? 'completed release' : `release v${wanted}`} among the last ${releases.length} of app "${app}"${releases.length === 0 ? '' : `: ${versions(releases)}`}.`,
        expected: 'The version of a release that `flyctl releases` lists.',
        fix: nameRelease(releases, by),
      });
    }
    const { reference, image } = await imageOf(release, by, deps);
    return planOf(release, reference, image.digest);
  }

  const { present, digests } = running(await deps.machines(), by);
  for (const release of releases) {
    if (release.status !== 'complete' || release.version >= present) continue;
    const { reference, image } = await imageOf(release, by, deps);
    if (image.digests.some((digest) => digests.has(digest))) {
      log.line(`Release v${release.version} had the image that is running now`);
      continue;
    }
    log.line(`Release v${release.version} is the newest one with a different image`);
    return planOf(release, reference, image.digest);
  }
  throw new UserError({
    code: 'release-none-earlier',
    found: `App "${app}" has no completed release before the current one with a different image (${counted(releases.length, 'release')} checked).`,
    expected: `An earlier release with a different image, because \`${by}\` is "release:previous".`,
    fix: `Name what to deploy: \`with: ${by}: commit:…\`, \`tag:…\` or \`digest:…\`.`,
  });
}

/**
 * `planOfRelease` with real data: asks Fly.io for the releases and machines, and the registry for the image.
 *
 * @throws UserError as `planOfRelease` does.
 */
export async function planByRelease(
  rt: RegistryDeps & { readonly log: Log },
  inputs: ImageInputs & RegistryInputs & TargetInputs,
  chosen: ChosenRelease & { readonly branch: string },
  api: FlyApi,
): Promise<Plan> {
  const { app, image, shaTag } = inputs;
  const { repositoryUrl } = linksOf(rt);
  const find: ReleaseDeps['find'] = async (reference, commit) => {
    const session = sourceSession(rt, inputs, reference, inputs.waitForImage);
    const root = await getManifest(session, reference.digest ?? reference.tag ?? 'latest');
    if (root === undefined) return undefined;
    const platform = await findPlatform(session, root, async () => false);
    const { digests, config, annotations } = platform;
    const created = config.get('created').maybeTime();
    const labels = config.get('config').get('Labels').strings();
    const context = { repositoryUrl, imagePath: image.path, wanted: commit };
    const said = findRevision(annotations, labels, context);
    const revision = await revisionOf(session, platform, said, commit);
    return { digest: root.digest, digests, created, commit: revision?.commit };
  };
  let listed: Promise<readonly Machine[]> | undefined;
  return planOfRelease(chosen, {
    app,
    releases: await listReleases(api),
    machines: () => {
      listed ??= listMachines(api);
      return listed;
    },
    commitIn: (tag) => commitInTag(tag, shaTag, chosen.branch) || undefined,
    repositories: [{ host: image.host, path: image.path }, flyRepository(app, rt.env)],
    find,
    log: rt.log,
  });
}

/** The current release, and what its machines run: after a deploy that failed half-way, machines belong to two releases. */
function running(
  machines: readonly Machine[],
  by: ChosenBy,
): { present: number; digests: Set<string | undefined> } {
  const versionOf = ({ releaseVersion }: Machine) => Number(releaseVersion ?? Number.NaN);
  const present = Math.max(...machines.map(versionOf).filter((version) => !Number.isNaN(version)));
  if (!Number.isFinite(present)) {
    throw new UserError({
      code: 'release-unknown',
      found: 'No machine of the app names the release that it belongs to.',
      expected: `Machines that a deploy created, because \`${by}\` is "release:previous".`,
      fix: `Name what to deploy: \`with: ${by}: release:41\` (with its version), \`commit:…\` or \`digest:…\`.`,
    });
  }
  const own = machines.filter((machine) => versionOf(machine) === present);
  return { present, digests: new Set(own.map(({ digest }) => digest)) };
}

async function imageOf(
  release: AppRelease,
  by: ChosenBy,
  { repositories, commitIn, find, machines }: ReleaseDeps,
): Promise<{ reference: Reference; image: ReleasedImage }> {
  const { version, image: text } = release;
  const wrong = (code: ErrorCode, what: string, expected: string, fix: string) =>
    new UserError({
      code,
      found:
        text === ''
          ? `Release v${version} does not name an image.`
          : `Release v${version} deployed ${text}${what}`,
      expected,
      fix,
    });
  const instead = `Name what to deploy: \`with: ${by}: release:…\` (with another version), \`commit:…\` or \`digest:…\`.`;
  let reference: Reference;
  try {
    reference = parseReference(text);
  } catch {
    throw wrong(
      'release-without-image',
      ', which is not an image reference.',
      'A release that deployed an image.',
      instead,
    );
  }
  const known = repositories.some(({ host, path }) => host === reference.host && path === reference.path);
  if (!known) {
    throw wrong(
      'release-of-another-repository',
      `, which is in another repository.`,
      `An image in ${repositories.map((each) => formatReference(each)).join(' or ')}. Credentials are never sent to a registry that only a release names.`,
      `To deploy it, name its repository: \`with: image: ${formatReference({ host: reference.host, path: reference.path })}\``,
    );
  }
  const commit = reference.tag === undefined ? undefined : commitIn(reference.tag);
  const image = await find(reference, commit);
  if (image === undefined)
    throw wrong(
      'release-image-gone',
      ', which no longer exists in its registry (404).',
      'An image that still exists.',
      instead,
    );
  if (reference.digest === undefined) await checkReleaseTag({ release, image, commit, machines, instead });
  return { reference, image };
}

/** The line that selects the newest completed release, or another image if there is none. */
function nameRelease(releases: readonly AppRelease[], by: ChosenBy): string {
  const complete = releases.find(({ status }) => status === 'complete');
  return complete === undefined
    ? `Name what to deploy: \`with: ${by}: commit:…\`, \`tag:…\` or \`digest:…\`.`
    : `Name a release that exists, such as \`with: ${by}: release:${complete.version}\`.`;
}

const versions = (releases: readonly AppRelease[]): string =>
  `v${releases[0]?.version} to v${releases.at(-1)?.version}`;
