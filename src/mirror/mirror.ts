import type { FoundImage } from '../image/find.ts';
import type { Plan, ResolvedImage } from '../image/types.ts';
import type { RegistryInputs, TargetInputs } from '../inputs/inputs.ts';
import { retryFly } from '../lib/advice.ts';
import { formatBytes, formatDuration } from '../lib/format.ts';
import { waiting } from '../lib/progress.ts';
import { UserError } from '../lib/user-error.ts';
import { flySession } from '../registry/connect.ts';
import { flyRepository } from '../registry/hosts.ts';
import { headDigest } from '../registry/manifest.ts';
import { formatReference, type Reference, type Repository } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import { type Copied, type CopyDeps, copyImage } from './copy-image.ts';

/** The image at Fly.io's own registry. */
export interface Mirror extends Copied {
  /** What flyctl is told to deploy in place of the source. */
  readonly reference: Reference;
  /** Tag and digest there; the digest is the index's or its linux/amd64 image's, as it was at the source. */
  readonly tag: string;
  readonly digest: string;
}

/** Must the image be copied before Fly.io can pull it? What is at Fly.io's registry already is not copied. */
export const needsMirror = (
  mode: RegistryInputs['mirror'],
  image: Pick<ResolvedImage, 'repository' | 'public'>,
  mirror: Repository,
): boolean =>
  image.repository.host !== mirror.host && (mode === 'always' || (mode === 'auto' && !image.public));

/** A copy that is to be made. */
export interface PlannedMirror {
  readonly repository: Repository;
  readonly copy: () => Promise<Mirror>;
}

/** The copy that Fly.io needs of an image; undefined where it can pull the image itself. */
export function mirrorFor(
  rt: Runtime,
  inputs: RegistryInputs & Pick<TargetInputs, 'app' | 'flyLogin'>,
  { plan, image, session }: Pick<FoundImage, 'plan' | 'image' | 'session'>,
): PlannedMirror | undefined {
  const repository = flyRepository(inputs.app, rt.env);
  if (!needsMirror(inputs.mirror, image, repository)) return undefined;
  const title = `Copy the image to ${formatReference(repository)}, where Fly.io can pull it`;
  const target = flySession(rt, inputs.flyLogin, repository);
  return {
    repository,
    copy: () => rt.log.group(title, () => mirrorImage(plan, image, { ...rt, source: session, target })),
  };
}

/** Fly.io's registry was seen to answer MANIFEST_UNKNOWN for some 15 s after a push; its docs say "about a minute". */
const [lag, between] = [60_000, 1000];

/**
 * Copies the linux/amd64 image, which is what a machine runs, to Fly.io's registry, where Fly.io can pull it, and sees it
 * there.
 *
 * It gets the source's SHA tag, or `deployment-<first digits of the digest>`: what has no tag may be cleaned away.
 *
 * @throws UserError when it cannot be copied, or is not there afterwards.
 */
async function mirrorImage(plan: Plan, image: ResolvedImage, deps: CopyDeps): Promise<Mirror> {
  const root = image.platform;
  const tag =
    plan.source === 'sha-tag'
      ? (image.tag ?? plan.tag)
      : `deployment-${root.digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
  const { repository } = deps.target;
  const begin = deps.clock.now();
  deps.log.line(
    `${formatReference(image.repository)}@${root.digest} → ${formatReference({ ...repository, tag })}`,
  );
  const copied = await copyImage(root, tag, deps);
  const took = formatDuration(deps.clock.now() - begin);
  deps.log.line(
    copied.there === copied.blobs
      ? `All ${copied.blobs} parts were there already`
      : `${formatBytes(copied.bytes)} copied in ${took}, ${copied.there} of ${copied.blobs} parts were there already`,
  );

  await appears(root.digest, tag, deps);
  const { digest } = root;
  return { ...copied, reference: { ...repository, ...(plan.pin ? { digest } : { tag }) }, tag, digest };
}

/** @throws UserError when the tag is not this digest's at the target, some time after it was pushed. */
async function appears(digest: string, tag: string, { target, clock, log }: CopyDeps): Promise<void> {
  const what = formatReference({ ...target.repository, tag });
  const until = clock.now() + lag;
  let found: string | undefined;
  const wait = { what, limit: () => lag, how: () => found ?? 'not there' };
  await waiting(wait, { clock, log }, async () => {
    for (;;) {
      found = await headDigest(target, tag);
      // A token of one app may push and not read: what it may not see is not missing.
      if (found === digest || found === 'unknown') return;
      if (clock.now() >= until) {
        throw new UserError({
          code: 'mirror-not-there',
          found: `${what} is ${found ?? 'not there'}, ${formatDuration(lag)} after it was pushed.`,
          expected: digest,
          fix:
            found === undefined
              ? retryFly
              : 'let one deploy end before the next begins: `concurrency:` in the workflow. Somebody else pushed this tag.',
        });
      }
      await clock.sleep(between);
    }
  });
}
