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

/** A release that is to be deployed, as `select` or `manual-select` says it. */
export interface ChosenRelease {
  readonly by: ChosenBy;
  /** `previous`, `current`, or a version without `v`. */
  readonly release: string;
  /** What its image must have been built from; undefined where nothing names it. */
  readonly commit: string | undefined;
}

export interface ReleaseDeps {
  readonly app: string;
  /** Newest first. */
  readonly releases: readonly AppRelease[];
  readonly machines: () => Promise<readonly Machine[]>;
  /** Where images may come from: the repository of the input `image`, and the app's own at Fly.io. */
  readonly repositories: readonly Repository[];
  /** The digits of a commit in a tag; undefined where it has none. */
  readonly commitIn: (tag: string) => string | undefined;
  /** Undefined when there is no such image. @param commit that it should say. */
  readonly find: (reference: Reference, commit: string | undefined) => Promise<ReleasedImage | undefined>;
  readonly log: Pick<Log, 'line'>;
}

/**
 * What to deploy for `release:…`: the image of a release by its version; with `current` of the newest one that was done; or
 * with `previous` of the newest one before the present that was done and had another image than what runs. It is deployed
 * by digest.
 *
 * Nothing is guessed. A release holds the reference that flyctl was told (fly-go, types.go, Release.ImageRef), so a tag
 * that has been given to another image since does not say any more what was deployed.
 *
 * @throws UserError when there is no such release, or its image cannot be told, is gone, or is of another repository.
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
        found: `There is no ${wanted === 'current' ? 'release that was done' : `release v${wanted}`} among the last ${releases.length} of app "${app}"${releases.length === 0 ? '' : `: ${versions(releases)}`}.`,
        expected: 'the version of a release, as `flyctl releases` lists them.',
        fix: `\`with: ${by}: release:…\``,
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
      log.line(`Release v${release.version} had the image that runs now`);
      continue;
    }
    log.line(`Release v${release.version} is the newest that had another image than what runs now`);
    return planOf(release, reference, image.digest);
  }
  throw new UserError({
    code: 'release-none-earlier',
    found: `None of the last ${counted(releases.length, 'release')} of app "${app}" that were done before the present one had another image than what runs.`,
    expected: 'an earlier release to go back to, because the release is "previous".',
    fix: `name what to deploy: \`with: ${by}: commit:…\`, \`tag:…\` or \`digest:…\`.`,
  });
}

/**
 * The same with everything asked where it is: Fly.io for the releases and machines, the registry for the image.
 *
 * @throws UserError when no release is meant, or its image is gone.
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

/** The present release, and what its machines run: a deploy that failed half-way leaves machines of two. */
function running(
  machines: readonly Machine[],
  by: ChosenBy,
): { present: number; digests: Set<string | undefined> } {
  const versionOf = ({ releaseVersion }: Machine) => Number(releaseVersion ?? Number.NaN);
  const present = Math.max(...machines.map(versionOf).filter((version) => !Number.isNaN(version)));
  if (!Number.isFinite(present)) {
    throw new UserError({
      code: 'release-unknown',
      found: 'No machine of the app says which release it is of.',
      expected: 'machines that a deploy made, because the release is "previous".',
      fix: `name what to deploy: \`with: ${by}: release:41\` with its version, \`commit:…\` or \`digest:…\`.`,
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
      found: `Release v${version} deployed ${text || 'no image'}${what}`,
      expected,
      fix,
    });
  const instead = `name what to deploy: \`with: ${by}: release:…\` with another version, \`commit:…\` or \`digest:…\`.`;
  let reference: Reference;
  try {
    reference = parseReference(text);
  } catch {
    throw wrong(
      'release-without-image',
      ', which is no reference.',
      'a release that deployed an image.',
      instead,
    );
  }
  const known = repositories.some(({ host, path }) => host === reference.host && path === reference.path);
  if (!known) {
    throw wrong(
      'release-of-another-repository',
      `, of another repository.`,
      `an image of ${repositories.map((each) => formatReference(each)).join(' or ')}: credentials are not shown to a registry that only a release names.`,
      `if it is to be deployed: \`with: image: ${formatReference({ host: reference.host, path: reference.path })}\``,
    );
  }
  const commit = reference.tag === undefined ? undefined : commitIn(reference.tag);
  const image = await find(reference, commit);
  if (image === undefined)
    throw wrong(
      'release-image-gone',
      ', which is gone from its registry (404).',
      'an image that is there.',
      instead,
    );
  if (reference.digest === undefined) await checkReleaseTag({ release, image, commit, machines, instead });
  return { reference, image };
}

const versions = (releases: readonly AppRelease[]): string =>
  `v${releases[0]?.version} to v${releases.at(-1)?.version}`;
