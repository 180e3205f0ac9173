import pMap from 'p-map';
import { counted, formatAge } from '../lib/format.ts';
import { messageOf } from '../lib/user-error.ts';
import { imageTags } from '../registry/commit-tags.ts';
import { getJsonBlob, getManifest, listTags } from '../registry/manifest.ts';
import { isDigest } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { madeByTemplate } from '../registry/tag-template.ts';

/** The tags of a repository, for the text of an error. Failures are results here, so that they cannot replace that error. */
export type TagList =
  | { readonly kind: 'unlisted'; readonly why: string }
  | { readonly kind: 'no-repository' }
  | {
      readonly kind: 'listed';
      /** Tags of images, in the registry's order. */
      readonly tags: readonly string[];
      /** Their number as text, and whether there are more. */
      readonly count: string;
      /** A sentence about tags that are not listed; '' if all are. */
      readonly left: string;
    };

const [mostListed, mostRead, mostShown] = [10_000, 24, 5];

export async function listOf(session: Session): Promise<TagList> {
  let listed: string[] | undefined;
  try {
    listed = await listTags(session, mostListed);
  } catch (error) {
    return { kind: 'unlisted', why: messageOf(error).split('\n')[0] ?? '' };
  }
  if (listed === undefined) return { kind: 'no-repository' };
  const { tags, signatures } = imageTags(listed);
  const first = listed.length >= mostListed ? 'first ' : '';
  const left = signatures === 0 ? '' : `\nNot listed: ${counted(signatures, 'tag')} of signatures.`;
  return { kind: 'listed', tags, count: `${first}${counted(tags.length, 'tag')}`, left };
}

/** A few tags in a sentence. */
export const some = (tags: readonly string[]): string =>
  `${tags.slice(0, mostShown).join(', ')}${tags.length > mostShown ? ` and ${tags.length - mostShown} more` : ''}`;

/** The tags sorted by how similar they are to one that does not exist. */
export function closest(tags: readonly string[], wanted: string): string[] {
  const end = reversed(wanted);
  return tags
    .map((tag) => ({ tag, likeness: shared(tag, wanted) + shared(reversed(tag), end) }))
    .reverse()
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ tag }) => tag);
}

const reversed = (text: string): string => [...text].reverse().join('');

function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** A sentence about the tags that match the template for this branch, with their age if that could be read. */
export async function similarTags(
  { tags, count }: Extract<TagList, { kind: 'listed' }>,
  session: Session,
  { template, branch, now }: { readonly template: string; readonly branch: string; readonly now: number },
): Promise<string> {
  const like = tags.filter((tag) => madeByTemplate(tag, template, branch));
  if (like.length === 0)
    return tags.length === 1
      ? `The repository’s only tag, ${tags[0]}, has another form.`
      : `None of the repository’s ${count} has this form. It has ${some(tags.slice(-mostShown))}.`;
  const shown = await newestOf(session, like);
  const isDated = shown.every(({ created }) => created !== undefined);
  // Most registries list tags by name, so the newest of the last few are not the newest of all.
  const all = like.length > mostRead ? `the last ${mostRead} in the list of ${like.length}` : like.length;
  const part = like.length > shown.length ? `${shown.length} of ${all} tags` : 'The tags';
  const list = shown.map(({ tag, created }) => {
    const age = created === undefined ? undefined : formatAge(created, now);
    return `\n  ${tag}${age === undefined ? '' : ` (${age})`}`;
  });
  return `${part} of that branch that exist${isDated ? ', newest first' : ''}:${list.join('')}`;
}

/** The newest of some tags, by the build time in a few of their images: registries list tags without their age. */
export async function newestOf(
  session: Session,
  like: readonly string[],
): Promise<readonly { readonly tag: string; readonly created: string | undefined }[]> {
  // GHCR lists the newest tags last; if the order is alphabetical, any few are as good.
  const sample = like.slice(-mostRead);
  const dated = await pMap(
    sample,
    async (tag) => ({ tag, created: await createdOf(session, tag).catch(() => undefined) }),
    { concurrency: 6 },
  );
  return dated.sort((a, b) => time(b.created) - time(a.created)).slice(0, mostShown);
}

const time = (created: string | undefined): number => Date.parse(created ?? '') || 0;

async function createdOf(session: Session, tag: string): Promise<string | undefined> {
  const root = await getManifest(session, tag);
  const first = root?.json.get('manifests').items()[0]?.get('digest').maybeText();
  const manifest = first === undefined || !isDigest(first) ? root : await getManifest(session, first);
  const config = manifest?.json.get('config').get('digest').maybeText();
  if (config === undefined || !isDigest(config)) return undefined;
  return (await getJsonBlob(session, config))?.get('created').maybeText();
}
