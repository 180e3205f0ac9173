import type { Clock } from './clock.ts';
import { formatAge, formatDuration } from './duration.ts';
import { Fault } from './fault.ts';
import type { Inputs } from './inputs.ts';
import type { Json } from './payload.ts';
import type { Plan } from './plan.ts';
import { formatReference, type Reference, type Repository } from './reference.ts';
import { getManifest, type Manifest } from './registry/manifest.ts';
import { findPlatform, type PlatformImage } from './registry/platform.ts';
import type { Session } from './registry/session.ts';
import { findRevision, type Revision } from './revision.ts';
import { metadataLines } from './tag.ts';
import { tagsLike } from './tags-like.ts';

/** An image that was seen at its registry. */
export interface ResolvedImage {
  /** What flyctl is told to deploy. */
  readonly reference: Reference;
  readonly repository: Repository;
  /** The tag that was looked at; undefined when a digest was given. */
  readonly tag: string | undefined;
  /** Digest of the manifest, or of the index where there is one. */
  readonly digest: string;
  /** Digest of the linux/amd64 manifest, which Fly.io reports of an index; the same as `digest` where there is no index. */
  readonly platformDigest: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly revision: Revision | undefined;
  /** When the image was built, ISO 8601 as its config says it. */
  readonly created: string | undefined;
  /** Compressed size of what a machine pulls, in bytes. */
  readonly size: number;
  /** Whether an anonymous pull works, as Fly.io pulls. */
  readonly public: boolean;
}

export interface ResolveWorld {
  readonly session: Session;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** Parts of an image that its index lists may appear a little after the index. */
const lag = 10_000;

/**
 * Finds the image that the plan means, and looks at it: the manifest or index, its linux/amd64 image, that
 * one's config. A SHA tag is waited for; a moving tag, being there or not, is not.
 *
 * @throws Fault when there is no such image, or when the registry gives no sound answer.
 */
export async function resolveImage(
  plan: Plan,
  inputs: Pick<Inputs, 'waitForImage' | 'shaTag' | 'shortShaLength'>,
  repositoryUrl: string,
  world: ResolveWorld,
): Promise<ResolvedImage> {
  const wanted = wantedOf(plan);
  const patient = plan.source !== 'digest' && wanted.digest === undefined ? inputs.waitForImage : 0;
  const root = await waitFor(wanted, patient, world);
  if (root === undefined) throw await missing(plan, wanted, patient, inputs, world);

  const until = world.clock.now() + lag;
  const platform = await findPlatform(world.session, root, async () => {
    if (world.clock.now() >= until) return false;
    await world.clock.sleep(1000);
    return true;
  });
  const { digest } = root;
  const labels = platform.config.get('config').get('Labels').strings();
  const { host, path } = plan.repository;
  return {
    reference: { host, path, ...(plan.pin || wanted.tag === undefined ? { digest } : { tag: wanted.tag }) },
    repository: plan.repository,
    tag: wanted.tag,
    digest,
    platformDigest: platform.manifest.digest,
    labels,
    revision: findRevision(platform.annotations, labels, repositoryUrl),
    created: platform.config.get('created').maybeText(),
    size: sizeOf(platform),
    public: world.session.identity === 'anonymous',
  };
}

function wantedOf(plan: Plan): Reference {
  return plan.source === 'reference' ? plan.reference : { ...plan.repository, tag: plan.tag };
}

/** Looks until the manifest is there or the time is up, with growing intervals: 2 s to 15 s, and jitter. */
async function waitFor(
  wanted: Reference,
  patience: number,
  { session, clock, random, log }: ResolveWorld,
): Promise<Manifest | undefined> {
  const begin = clock.now();
  for (let interval = 2000; ; interval = Math.min(interval * 1.5, 15_000)) {
    const manifest = await getManifest(session, wanted.digest ?? wanted.tag ?? 'latest');
    const left = begin + patience - clock.now();
    if (manifest !== undefined || left <= 0) return manifest;
    log(
      `Waiting for ${formatReference(wanted)}: not there after ${formatDuration(clock.now() - begin)} of ${formatDuration(patience)}`,
    );
    await clock.sleep(Math.min(left, interval * (0.8 + 0.4 * random())));
  }
}

/** Sum of the manifest's config and layers, as it states them. */
function sizeOf({ manifest }: PlatformImage): number {
  const size = (json: Json) => json.get('size').maybeNumber() ?? 0;
  return manifest.json
    .get('layers')
    .items()
    .reduce((sum, layer) => sum + size(layer), size(manifest.json.get('config')));
}

/** What to say when there is no such image: what was looked for, what is there instead, and the lines that would make it. */
async function missing(
  plan: Plan,
  wanted: Reference,
  waited: number,
  inputs: Pick<Inputs, 'shaTag' | 'shortShaLength'>,
  { session, clock }: ResolveWorld,
): Promise<Fault> {
  const name = formatReference(wanted);
  const after = waited > 0 ? ` after ${formatDuration(waited)} of waiting` : '';
  const seen = `There is no image ${name}${after} (404).`;
  switch (plan.source) {
    case 'sha-tag': {
      const there = await tagsLike(session, inputs.shaTag, plan.branch);
      const list = there.newest.map(({ tag, created }) => {
        const age = created === undefined ? undefined : formatAge(created, clock.now());
        return `\n  ${tag}${age === undefined ? '' : ` (${age})`}`;
      });
      return new Fault({
        seen: `${seen} ${there.words}${list.join('')}`,
        expected: `the tag ${wanted.tag}, made by the build of commit ${plan.commit}.`,
        change: `let the build of this commit write that tag, or wait longer for it (\`with: wait-for-image: 5m\`). These lines make it:\n${metadataLines(inputs.shaTag, inputs.shortShaLength)}`,
      });
    }
    case 'digest':
      return new Fault({
        seen,
        expected: `the moving tag "${wanted.tag}", whose digest is to be deployed.`,
        change:
          'the build: `type=ref,event=branch` in docker/metadata-action makes it; or name another tag in the step: `with: tag:`.',
      });
    case 'reference':
      return new Fault({
        seen,
        expected: 'the image that the input `image` names.',
        change: `\`with: image:\`. ${wanted.digest === undefined ? 'Check the tag.' : 'A digest must be a manifest’s or an index’s: the config’s (`.config.digest`) names no image.'}`,
      });
  }
}
