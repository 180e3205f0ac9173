import { releaseOf } from '../../src/deploy/deploy.ts';
import { listReleases } from '../../src/fly/releases.ts';
import type { Exit } from '../../src/lib/child.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { headDigest } from '../../src/registry/manifest.ts';
import { formatReference } from '../../src/registry/reference.ts';
import { type Assumption, finding, Undetermined } from './assumption.ts';
import type { World } from './world.ts';

const ended = ({ status, signal, errorTail }: Exit): string =>
  `flyctl ended with ${status ?? signal ?? 'nothing'}${errorTail === '' ? '' : `: ${errorTail.slice(-300)}`}`;

/** Whether flyctl failed because of the image. Any other failure shows nothing about it. */
function refusedImage(exit: Exit): boolean {
  if (exit.status === 0) return false;
  if (!/^Error: .*\b(?:image|manifest|reference)\b/im.test(exit.errorTail))
    throw new Undetermined(ended(exit));
  return true;
}

/** A deploy by digest. If it fails, another one shows nothing about its image. */
const deployed = (world: World) =>
  world.shared('deploy', async () => {
    const machine = await world.machine();
    const { digest } = await world.index();
    const exit = await world.deploy(world.reference({ digest }));
    if (exit.status !== 0) throw new Undetermined(`a deploy by digest failed: ${ended(exit)}`);
    return { exit, machine: await world.read(machine.id) };
  });

export const deployChecks: readonly Assumption[] = [
  {
    id: 'release-line',
    assumes: 'flyctl prints the release of a deploy, and the machines name the same.',
    reliesOn: 'src/deploy/deploy.ts',
    how: 'Deploys by digest with FLY_EMIT_RELEASE_JSON, and reads the metadata of the machine.',
    check: async (world) => {
      const { exit, machine } = await deployed(world);
      const release = releaseOf(exit.stdout);
      const isSame = release?.id === machine.releaseId && release?.version === machine.releaseVersion;
      return finding(
        release !== undefined && isSame,
        `flyctl: ${release === undefined ? 'no release' : `${release.id} v${release.version}`}; machine: ${machine.releaseId ?? 'none'} v${machine.releaseVersion ?? '?'}`,
      );
    },
  },
  {
    id: 'releases-readable',
    assumes: 'This token can read the releases of the app, and the newest is the last deploy.',
    reliesOn: 'src/fly/releases.ts',
    how: 'Requests the releases by GraphQL after a deploy.',
    check: async (world) => {
      const { machine } = await deployed(world);
      const releases = await listReleases(world.api).catch((error: unknown) => {
        const isRefusal =
          error instanceof UserError && ['fly-unauthorized', 'releases-unreadable'].includes(error.code);
        if (isRefusal) return error;
        throw error;
      });
      if (releases instanceof UserError) return finding(false, releases.found);
      const [newest] = releases;
      return finding(
        newest !== undefined && String(newest.version) === machine.releaseVersion,
        newest === undefined ? 'none' : `v${newest.version} is ${newest.status}: ${newest.image}`,
      );
    },
  },
  {
    id: 'tag-and-digest',
    assumes: 'flyctl deploys `repository:tag@digest`.',
    reliesOn: 'src/registry/reference.ts (the action passes a tag or a digest, because this is not known)',
    how: 'Deploys the index by its tag and its digest together, and reads the machine.',
    check: async (world) => {
      const { id } = (await deployed(world)).machine;
      const [index, image] = [await world.index(), await world.image()];
      const exit = await world.deploy(world.reference({ tag: 'probe-index', digest: index.digest }));
      if (refusedImage(exit)) return finding(false, ended(exit));
      const machine = await world.read(id);
      const isRight = [index.digest, image.digest].includes(machine.digest ?? '');
      return finding(
        isRight,
        `config ${machine.configuredImage}, reported ${machine.image}@${machine.digest}`,
      );
    },
  },
  {
    id: 'private-image',
    assumes: 'Fly.io cannot pull a private image of another registry.',
    reliesOn: 'src/mirror/mirror.ts',
    how: 'Deploys the image in `--private-image`, which the probe can read only with a login.',
    check: async (world) => {
      const { privateImage: image } = world.options;
      if (image === undefined) throw new Undetermined('no `--private-image` was given');
      const session = world.reader(image);
      const digest = await headDigest(session, image.digest ?? image.tag ?? 'latest').catch(() => undefined);
      if (digest === undefined || session.identity === 'anonymous')
        throw new Undetermined(
          `${formatReference(image)} ${digest === undefined ? 'cannot be read, and perhaps does not exist' : 'is public'}`,
        );
      const { id } = (await deployed(world)).machine;
      const exit = await world.deploy(formatReference(image));
      if (refusedImage(exit)) return finding(true, ended(exit));
      return finding(false, `deployed: the machine reports ${(await world.read(id)).digest}`);
    },
  },
];
