import type { FoundImage } from '../image/find.ts';
import type { Plan, ResolvedImage } from '../image/types.ts';
import type { RegistryInputs, TargetInputs } from '../inputs/inputs.ts';
import { concurrencyLines, retryFly } from '../lib/advice.ts';
import { formatDuration } from '../lib/format.ts';
import { waiting } from '../lib/progress.ts';
import { UserError } from '../lib/user-error.ts';
import { flySession } from '../registry/connect.ts';
import { flyRepository } from '../registry/hosts.ts';
import { headDigest } from '../registry/manifest.ts';
import { formatReference, type Reference, type Repository } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import { type Copied, type CopyDeps, copyImage } from './copy-image.ts';

/** The copy of the image in Fly.io's registry. */
export interface Mirror extends Copied {
  /** The reference that flyctl deploys instead of the source. */
  readonly reference: Reference;
  /** The tag and digest of the copy; the digest is that of the linux/amd64 image in the source. */
  readonly tag: string;
  readonly digest: string;
}

/** Whether the image must be copied before Fly.io can pull it. An image in Fly.io's registry is never copied. */
export const needsMirror = (
  mode: RegistryInputs['mirror'],
  image: Pick<ResolvedImage, 'repository' | 'public'>,
  mirror: Repository,
): boolean =>
  image.repository.host !== mirror.host && (mode === 'always' || (mode === 'auto' && !image.public));

/** A copy to make before the deploy. */
export interface PlannedMirror {
  readonly repository: Repository;
  readonly copy: () => Promise<Mirror>;
}

/** The copy of the image that Fly.io needs; undefined if it can pull the image itself. */
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

/** After a push, Fly.io's registry has been observed to answer MANIFEST_UNKNOWN for about 15 s; the limit in its docs is "about a minute". */
const [lag, between] = [60_000, 1000];

/**
 * Copies the linux/amd64 image, which is what a machine runs, to Fly.io's registry, where Fly.io can pull it, and waits until
 * it is there.
 *
 * It gets the source's SHA tag, or `deployment-<first digits of the digest>`: an image without a tag can be cleaned up.
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
  deps.log.line(
    `${formatReference(image.repository)}@${root.digest} → ${formatReference({ ...repository, tag })}`,
  );
  const copied = await copyImage(root, tag, deps);
  if (copied.there > 0) {
    const parts =
      copied.there === copied.blobs ? `All ${copied.blobs}` : `${copied.there} of ${copied.blobs}`;
    deps.log.line(`${parts} parts were already there`);
  }

  await appears(root.digest, tag, deps);
  const { digest } = root;
  return { ...copied, reference: { ...repository, ...(plan.pin ? { digest } : { tag }) }, tag, digest };
}

/** Waits until the pushed tag has this digest. @throws UserError when it does not within `lag`. */
async function appears(digest: string, tag: string, { target, clock, log }: CopyDeps): Promise<void> {
  const what = formatReference({ ...target.repository, tag });
  const until = clock.now() + lag;
  let found: string | undefined;
  const wait = { what, limit: () => lag, how: () => found ?? 'not found' };
  await waiting(wait, { clock, log }, async () => {
    for (;;) {
      found = await headDigest(target, tag);
      // The token of one app can be allowed to push but not to read: an image that it cannot read is not missing.
      if (found === digest || found === 'unknown') return;
      if (clock.now() >= until) {
        throw new UserError({
          code: 'mirror-not-there',
          found: `${what} ${found === undefined ? 'does not exist' : `is ${found}`} ${formatDuration(lag)} after it was pushed.`,
          expected: `The digest ${digest}.`,
          fix:
            found === undefined
              ? retryFly
              : `Keep deploys of this app from overlapping, because another one pushed this tag:\n${concurrencyLines(target.repository.path)}`,
        });
      }
      await clock.sleep(between);
    }
  });
}
