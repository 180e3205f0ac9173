import type { Inputs } from '../inputs/inputs.ts';
import type { TickingClock } from '../lib/clock.ts';
import { counted, formatAge, formatDuration } from '../lib/duration.ts';
import type { Json } from '../lib/json.ts';
import { waiting } from '../lib/progress.ts';
import { UserError } from '../lib/user-error.ts';
import { getManifest, headDigest, listTags, type Manifest } from '../registry/manifest.ts';
import { findPlatform, type PlatformImage } from '../registry/platform.ts';
import { provenanceCommit } from '../registry/provenance.ts';
import { formatReference, type Reference, type Repository } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { metadataLines } from '../registry/tag-template.ts';
import { matchesGlob, newestTag } from './newest-tag.ts';
import { similarTags } from './not-found.ts';
import type { Plan } from './plan.ts';
import { findRevision, type Revision } from './revision.ts';

/** An image that was seen at its registry. */
export interface ResolvedImage {
  /** What flyctl is told to deploy. */
  readonly reference: Reference;
  readonly repository: Repository;
  /** The tag that was looked at; undefined when a digest was given. */
  readonly tag: string | undefined;
  /** Digest of the manifest, or of the index where there is one. */
  readonly digest: string;
  /** That manifest or index. */
  readonly root: Manifest;
  /** The linux/amd64 manifest; the same as `root` where there is no index. */
  readonly platform: Manifest;
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
  readonly clock: TickingClock;
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** Parts of an image that its index lists may appear a little after the index. */
const lag = 10_000;

/** Tags that are looked through for a pattern; GHCR's pages hold 1000. */
const mostTags = 100_000;

/**
 * Finds the image that the plan means, and looks at it: the manifest or index, its linux/amd64 image, that
 * one's config. What is looked up by a commit is waited for: a SHA tag until it is there, a moving tag until the
 * image behind it says that it was built from that commit. A moving tag alone is taken as it is.
 *
 * @throws UserError when there is no such image, or when the registry gives no sound answer.
 */
export async function resolveImage(
  plan: Plan,
  inputs: Pick<Inputs, 'waitForImage' | 'shaTag' | 'shortShaLength' | 'checkRevision'>,
  repositoryUrl: string,
  world: ResolveWorld,
): Promise<ResolvedImage> {
  const { clock, session } = world;
  const wanted = plan.source === 'pattern' ? await newestOf(plan, world) : wantedOf(plan);
  const patience =
    wanted.digest !== undefined || (plan.commit === undefined && plan.source !== 'reference')
      ? 0
      : inputs.waitForImage;
  const look = (root: Manifest) => lookAt(root, plan, wanted, repositoryUrl, world);
  // Only a tag that moves can come to be another image's.
  const awaited = inputs.checkRevision === 'off' || plan.source === 'sha-tag' ? undefined : plan.commit;

  const end = clock.now() + patience;
  let seen: ResolvedImage | undefined;
  const wait = {
    what: formatReference(wanted),
    limit: () => patience,
    how: () => (seen === undefined ? 'not there' : `of commit ${seen.revision?.commit}, not ${awaited}`),
  };
  await waiting(wait, world, async (say) => {
    let first = true;
    for await (const root of polls(wanted, end, session, world)) {
      if (root !== undefined && root.digest !== seen?.digest) seen = await look(root);
      const revision = seen?.revision?.commit;
      if (seen !== undefined && (awaited === undefined || revision?.startsWith(awaited) !== false)) return;
      if (clock.now() >= end) return;
      if (first) say();
      first = false;
    }
  });
  if (seen === undefined) throw await missing(plan, wanted, patience, inputs, world);
  // Its revision may be another one: the check that follows says so, with both.
  return seen;
}

/**
 * Looks again and again, at growing intervals from 2 s to some 12 s with jitter, and once more at the end: gives
 * undefined while there is nothing, or nothing new. The first look is a GET, as it mostly is the only one.
 */
async function* polls(
  wanted: Reference,
  end: number,
  session: Session,
  { clock, random }: ResolveWorld,
): AsyncGenerator<Manifest | undefined> {
  const name = wanted.digest ?? wanted.tag ?? 'latest';
  let last = await getManifest(session, name);
  yield last;
  for (let interval = 2000; ; interval = Math.min(interval * 1.5, 12_500)) {
    const left = end - clock.now();
    if (left <= 0) return;
    await clock.sleep(Math.min(left, interval * (0.8 + 0.4 * random())));
    const digest = await headDigest(session, name);
    const changed = digest !== undefined && digest !== last?.digest;
    if (changed) last = await getManifest(session, name);
    yield changed ? last : undefined;
  }
}

async function lookAt(
  root: Manifest,
  plan: Plan,
  wanted: Reference,
  repositoryUrl: string,
  { session, clock }: ResolveWorld,
): Promise<ResolvedImage> {
  const until = clock.now() + lag;
  const platform = await findPlatform(session, root, async () => {
    if (clock.now() >= until) return false;
    await clock.sleep(1000);
    return true;
  });
  const { digest } = root;
  const labels = platform.config.get('config').get('Labels').strings();
  const { host, path } = plan.repository;
  return {
    reference: { host, path, ...(plan.pin || wanted.tag === undefined ? { digest } : { tag: wanted.tag }) },
    repository: plan.repository,
    tag: wanted.tag,
    root,
    digest,
    platform: platform.manifest,
    platformDigest: platform.manifest.digest,
    labels,
    revision:
      findRevision(platform.annotations, labels, repositoryUrl) ??
      (plan.commit === undefined ? undefined : await provenanceOf(session, platform)),
    created: platform.config.get('created').maybeText(),
    size: sizeOf(platform),
    public: session.identity === 'anonymous',
  };
}

async function provenanceOf(
  session: Session,
  { index, manifest }: PlatformImage,
): Promise<Revision | undefined> {
  const commit = index && (await provenanceCommit(session, index, manifest.digest));
  return commit === undefined ? undefined : { commit, from: 'provenance' };
}

function wantedOf(plan: Exclude<Plan, { source: 'pattern' }>): Reference {
  return 'reference' in plan ? plan.reference : { ...plan.repository, tag: plan.tag };
}

/** @throws UserError when the pattern has no tag that can be told to be the newest. */
async function newestOf(
  { repository, pattern }: Extract<Plan, { source: 'pattern' }>,
  { session, log }: ResolveWorld,
): Promise<Reference> {
  const tags = (await listTags(session, mostTags)) ?? [];
  const { tag, matching, ordered } = newestTag(tags, pattern);
  const all = counted(tags.length, 'tag');
  if (tag !== undefined && tags.length < mostTags) {
    log(`Newest of ${counted(ordered, 'tag')} like ${pattern}, of ${all} in all: ${tag}`);
    return { ...repository, tag };
  }
  const name = formatReference(repository);
  const some = tags.filter((each) => matchesGlob(pattern, each)).slice(-5);
  throw new UserError({
    found:
      tag !== undefined
        ? `${name} has ${mostTags} tags or more: which one is the newest like "${pattern}" cannot be told from a part of them.`
        : `None of the ${all} of ${name} ${matching === 0 ? 'is' : 'can be ordered by a time or a version in its name, though some are'} like "${pattern}"${some.length === 0 ? '' : ` (${some.join(', ')})`}.`,
    expected: 'tags such as main-20261124-093000 or v1.2.3, of which one is the newest.',
    fix: "`with: tag-pattern:`, or the tags of the build: `type=raw,value={{branch}}-{{date 'YYYYMMDD-HHmmss'}}` or `type=semver,pattern=v{{version}}` in docker/metadata-action.",
  });
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
): Promise<UserError> {
  const name = formatReference(wanted);
  const after = waited > 0 ? ` after ${formatDuration(waited)} of waiting` : '';
  const found = `There is no image ${name}${after} (404).`;
  switch (plan.source) {
    case 'sha-tag': {
      const there = await similarTags(session, inputs.shaTag, plan.branch);
      const list = there.newest.map(({ tag, created }) => {
        const age = created === undefined ? undefined : formatAge(created, clock.now());
        return `\n  ${tag}${age === undefined ? '' : ` (${age})`}`;
      });
      return new UserError({
        found: `${found} ${there.words}${list.join('')}`,
        expected: `the tag ${wanted.tag}, made by the build of commit ${plan.commit}.`,
        fix: `let the build of this commit write that tag, or wait longer for it (\`with: wait-for-image: 5m\`). These lines make it:\n${metadataLines(inputs.shaTag, inputs.shortShaLength)}`,
      });
    }
    case 'digest':
    case 'pattern':
      return new UserError({
        found,
        expected: `the tag "${wanted.tag}", whose digest is to be deployed.`,
        fix: 'the build: `type=ref,event=branch` in docker/metadata-action makes it; or name another tag in the step: `with: tag:`.',
      });
    case 'release':
    case 'reference':
      return new UserError({
        found,
        expected: 'the image that the input `image` names.',
        fix: `\`with: image:\`. ${wanted.digest === undefined ? 'Check the tag.' : 'A digest must be a manifest’s or an index’s: the config’s (`.config.digest`) names no image.'}`,
        input: 'image',
      });
  }
}
