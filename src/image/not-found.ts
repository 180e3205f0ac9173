import { messageOf } from '../lib/user-error.ts';
import { getJsonBlob, getManifest, isIndex, listTags } from '../registry/manifest.ts';
import { isDigest } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { madeByTemplate } from '../registry/tag-template.ts';

/** Tags that could have been meant, the newest first. */
export interface SimilarTags {
  /** A sentence that introduces them, or says why there are none. */
  readonly words: string;
  readonly newest: readonly { readonly tag: string; readonly created: string | undefined }[];
}

const [mostListed, mostLookedAt, mostShown, atOnce] = [5000, 24, 5, 6];

/**
 * The tags that the template made for this branch, for an error's sake: so nothing here fails. Registries
 * list tags without their age and in no order of time, so the images of a few are looked at.
 */
export async function similarTags(session: Session, template: string, branch: string): Promise<SimilarTags> {
  let tags: string[] | undefined;
  try {
    tags = await listTags(session, mostListed);
  } catch (error) {
    return { words: `Its tags could not be listed (${messageOf(error).split('\n')[0]}).`, newest: [] };
  }
  if (tags === undefined || tags.length === 0) return { words: 'The repository has no tags.', newest: [] };
  const like = tags.filter((tag) => madeByTemplate(tag, template, branch));
  if (like.length === 0) {
    return {
      words: `None of the repository’s ${tags.length} tags has this form; it has ${tags.slice(-mostShown).join(', ')}.`,
      newest: [],
    };
  }
  const newest = await newestOf(session, like);
  const some = like.length > newest.length ? `${newest.length} of ${like.length} tags` : 'The tags';
  return { words: `${some} of that branch that do exist, newest first:`, newest };
}

/** The newest of some tags, as far as a few of their images tell: a registry lists tags without their age. */
export async function newestOf(session: Session, like: readonly string[]): Promise<SimilarTags['newest']> {
  // GHCR lists what was pushed last at the end; where the order is the alphabet's, any few are as good.
  const sample = like.slice(-mostLookedAt);
  const dated: { tag: string; created: string | undefined }[] = [];
  for (let n = 0; n < sample.length; n += atOnce) {
    const some = sample.slice(n, n + atOnce);
    dated.push(
      ...(await Promise.all(
        some.map(async (tag) => ({ tag, created: await createdOf(session, tag).catch(() => undefined) })),
      )),
    );
  }
  return dated.sort((a, b) => time(b.created) - time(a.created)).slice(0, mostShown);
}

const time = (created: string | undefined): number => Date.parse(created ?? '') || 0;

async function createdOf(session: Session, tag: string): Promise<string | undefined> {
  const root = await getManifest(session, tag);
  const first =
    root && isIndex(root) ? root.json.get('manifests').items()[0]?.get('digest').maybeText() : undefined;
  const manifest = first === undefined || !isDigest(first) ? root : await getManifest(session, first);
  const config = manifest?.json.get('config').get('digest').maybeText();
  if (config === undefined || !isDigest(config)) return undefined;
  return (await getJsonBlob(session, config))?.get('created').maybeText();
}
