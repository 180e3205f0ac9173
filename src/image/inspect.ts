import type { Clock } from '../lib/clock.ts';
import type { Json } from '../lib/json.ts';
import type { Manifest } from '../registry/manifest.ts';
import { findPlatform, type PlatformImage } from '../registry/platform.ts';
import { builtFrom } from '../registry/provenance.ts';
import type { Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { findRevision, type Revision } from './revision.ts';
import type { Plan, ResolvedImage } from './types.ts';

/** Parts of an image that its index lists may appear a little after the index, in milliseconds. */
const lag = 10_000;

/**
 * Reads an image behind its manifest or index: its linux/amd64 image, that one's config, and the commit that it names.
 *
 * @param expected the commit that it should name, where there is one; `repositoryUrl` of this repository.
 */
export async function inspectImage(
  root: Manifest,
  plan: Plan,
  wanted: Reference,
  { expected, repositoryUrl }: { readonly expected: string | undefined; readonly repositoryUrl: string },
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
  const context = { repositoryUrl, imagePath: path, wanted: expected };
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
    revision: await revisionOf(
      session,
      platform,
      findRevision(platform.annotations, labels, context),
      expected,
    ),
    created: platform.config.get('created').maybeText(),
    size: sizeOf(platform),
    public: session.identity === 'anonymous',
  };
}

/**
 * What the image says of its commit, and where that is not the expected one, what its provenance says: a label can be inherited
 * from a base image, provenance cannot.
 */
async function revisionOf(
  session: Session,
  { index, manifest }: PlatformImage,
  said: Revision | undefined,
  expected: string | undefined,
): Promise<Revision | undefined> {
  if (expected === undefined || index === undefined || said?.commit.startsWith(expected)) return said;
  const built = await builtFrom(session, index, manifest.digest);
  return built === undefined ? said : { ...built, from: 'provenance', ...(said && { instead: said }) };
}

/** Sum of the manifest's config and layers, as it states them. */
function sizeOf({ manifest }: PlatformImage): number {
  const size = (json: Json) => json.get('size').maybeNumber() ?? 0;
  return manifest.json
    .get('layers')
    .items()
    .reduce((sum, layer) => sum + size(layer), size(manifest.json.get('config')));
}
