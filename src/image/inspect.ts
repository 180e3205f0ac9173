import type { Clock } from '../lib/clock.ts';
import type { Json } from '../lib/json.ts';
import type { Manifest } from '../registry/manifest.ts';
import { findPlatform, type PlatformImage } from '../registry/platform.ts';
import { provenanceCommit } from '../registry/provenance.ts';
import type { Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { findRevision, type Revision } from './revision.ts';
import type { Plan, ResolvedImage } from './types.ts';

/** Parts of an image that its index lists may appear a little after the index, in milliseconds. */
const lag = 10_000;

/** Reads an image behind its manifest or index: its linux/amd64 image, that one's config, and the commit that it names. */
export async function inspectImage(
  root: Manifest,
  plan: Plan,
  wanted: Reference,
  repositoryUrl: string,
  { session, clock }: { readonly session: Session; readonly clock: Clock },
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
    digests: platform.digests,
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

/** Sum of the manifest's config and layers, as it states them. */
function sizeOf({ manifest }: PlatformImage): number {
  const size = (json: Json) => json.get('size').maybeNumber() ?? 0;
  return manifest.json
    .get('layers')
    .items()
    .reduce((sum, layer) => sum + size(layer), size(manifest.json.get('config')));
}
