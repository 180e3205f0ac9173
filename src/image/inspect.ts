import type { Clock } from '../lib/clock.ts';
import type { Json } from '../lib/json.ts';
import type { Manifest } from '../registry/manifest.ts';
import { findPlatform, type PlatformImage } from '../registry/platform.ts';
import { builtFrom } from '../registry/provenance.ts';
import type { Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { findRevision, type Revision } from './revision.ts';
import type { Plan, ResolvedImage } from './types.ts';

/** How much later than its index a part of an image can appear in the registry, in milliseconds. */
const lag = 10_000;

/**
 * Reads the image of a manifest or index: the linux/amd64 image, its config, and the commit that it names.
 *
 * @param expected the commit that the image should name, if any; `repositoryUrl` is this repository's.
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
 * The commit that the image names; if that is not the expected one, the commit in its provenance: a label can be inherited from
 * a base image, provenance cannot.
 */
export async function revisionOf(
  session: Session,
  { index, manifest }: PlatformImage,
  said: Revision | undefined,
  expected: string | undefined,
): Promise<Revision | undefined> {
  if (expected === undefined || index === undefined || said?.commit.startsWith(expected)) return said;
  const built = await builtFrom(session, index, manifest.digest);
  return built === undefined ? said : { ...built, from: 'provenance', ...(said && { instead: said }) };
}

/** The sum of the config's and the layers' sizes in the manifest, in bytes. */
function sizeOf({ manifest }: PlatformImage): number {
  const size = (json: Json) => json.get('size').maybeNumber() ?? 0;
  return manifest.json
    .get('layers')
    .items()
    .reduce((sum, layer) => sum + size(layer), size(manifest.json.get('config')));
}
