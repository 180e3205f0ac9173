import type { Machine } from '../../fly/machine.ts';
import type { Plan } from '../../image/types.ts';
import { formatReference, type Reference, shortDigest, tagIn } from '../../registry/reference.ts';
import { shortSha } from '../../registry/tag-template.ts';
import type { View } from '../view.ts';
import { code } from './markdown.ts';

/** A reference without its host and owner: those are below, in full. */
export const nameOf = (reference: Reference): string => {
  const { digest, ...named } = reference;
  return shortName(formatReference(named)) + (digest === undefined ? '' : `@${shortDigest(digest)}`);
};

/** The last part of a reference, its middle cut where it is long. */
export function shortName(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  return name.length <= 40 ? name : `${name.slice(0, 20)}…${name.slice(-19)}`;
}

/** The digest that machines report of the image: the linux/amd64 image's, unless one was seen to report the index's. */
export const digestOf = ({
  known: { image },
  machines,
}: Pick<View, 'known' | 'machines'>): string | undefined =>
  image?.digests.find((each) => machines?.some(({ digest }) => digest === each)) ?? image?.platformDigest;

/**
 * The image of this run, as Markdown. A tag that moves names another image tomorrow: where the digest was deployed in its
 * place, that is the name, and the tag is where it was found.
 */
export function imageName(view: Pick<View, 'known' | 'machines'>): string {
  const { image, plan } = view.known;
  if (image === undefined) {
    const tag = tagOf(plan);
    return tag === undefined ? 'the image' : code(tag);
  }
  const digest = code(shortDigest(digestOf(view) ?? image.digest));
  if (image.tag === undefined) return digest;
  return isMoving(plan) ? `${digest} (resolved from ${code(image.tag)})` : code(image.tag);
}

/** Was a tag's digest deployed in its place, because the tag moves? */
export const isMoving = (plan: Plan | undefined): boolean => plan?.pin === true && plan.source !== 'sha-tag';

/** The tag that is looked for; undefined where none is. */
export const tagOf = (plan: Plan | undefined): string | undefined =>
  plan === undefined || plan.source === 'pattern'
    ? undefined
    : 'reference' in plan
      ? plan.reference.tag
      : plan.tag;

/**
 * Another image than this run's, as Markdown: the tag by which it was known before the deploy, unless that is this run's own,
 * which has moved since; or else its digest, with the commit where that is known.
 */
export function otherName({ image, digest }: Pick<Machine, 'image' | 'digest'>, { known }: View): string {
  const { before = [], order } = known;
  const old = before.find((each) => digest !== undefined && each.digest === digest);
  const tag = tagIn(old?.image || image);
  if (tag !== '' && tag !== known.image?.tag) return code(tag);
  if (digest === undefined) return 'an image that Fly.io does not report';
  // It is the commit of all that ran before, where that was one image.
  const commit = before.every((each) => each.digest === digest) && old && order?.running;
  const of = commit && /^[0-9a-f]{7,64}$/.test(commit) ? ` of commit ${code(shortSha(commit))}` : '';
  return `${code(shortDigest(digest))}${of}`;
}

/** What runs again after a rollback, as Markdown. */
export function previousName(view: View): string {
  const [only, ...more] = view.rolledBack ?? [];
  return only === undefined || more.length > 0
    ? 'their previous images'
    : otherName({ image: '', digest: only.digest }, view);
}
