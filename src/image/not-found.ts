import pMap from 'p-map';
import type { BuildRef } from '../event/build-ref.ts';
import type { ImageInputs } from '../inputs/inputs.ts';
import type { Clock } from '../lib/clock.ts';
import { formatAge, formatDuration } from '../lib/format.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { getJsonBlob, getManifest, headDigest, isIndex, listTags } from '../registry/manifest.ts';
import { formatReference, isDigest, isTag, type Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { cleanBranch, madeByTemplate, metadataLines } from '../registry/tag-template.ts';
import type { Plan } from './types.ts';

/** Tags that could have been meant, the newest of those that were checked first. */
export interface SimilarTags {
  /** A sentence that introduces them, or says why there are none. */
  readonly words: string;
  /** Whether the repository has no tag at all: a name in `image` that is wrong looks so too. */
  readonly empty?: boolean;
  readonly newest: readonly { readonly tag: string; readonly created: string | undefined }[];
}

const [mostListed, mostLookedAt, mostShown] = [5000, 24, 5];

/**
 * The tags that the template made for this branch, for an error's sake: so nothing here fails. Registries
 * list tags without their age and in no order of time, so the images of a few are looked at.
 */
async function similarTags(session: Session, template: string, branch: string): Promise<SimilarTags> {
  let tags: string[] | undefined;
  try {
    tags = await listTags(session, mostListed);
  } catch (error) {
    return { words: `Its tags could not be listed (${messageOf(error).split('\n')[0]}).`, newest: [] };
  }
  if (tags === undefined)
    return { words: 'The registry does not know this repository.', empty: true, newest: [] };
  if (tags.length === 0) return { words: 'The repository has no tags.', empty: true, newest: [] };
  const like = tags.filter((tag) => madeByTemplate(tag, template, branch));
  if (like.length === 0) {
    return {
      words: `None of the repository’s ${tags.length} tags has this form; it has ${tags.slice(-mostShown).join(', ')}.`,
      newest: [],
    };
  }
  const newest = await newestOf(session, like);
  // Most registries list tags by name: the newest of the last are not the newest of all.
  const all =
    like.length > mostLookedAt ? `the last ${mostLookedAt} in the list of ${like.length}` : like.length;
  const some = like.length > newest.length ? `${newest.length} of ${all} tags` : 'The tags';
  return { words: `${some} of that branch that exist, newest first:`, newest };
}

/** The newest of some tags, as far as a few of their images tell: a registry lists tags without their age. */
export async function newestOf(session: Session, like: readonly string[]): Promise<SimilarTags['newest']> {
  // GHCR lists what was pushed last at the end; where the order is the alphabet's, any few are as good.
  const sample = like.slice(-mostLookedAt);
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
  const first =
    root && isIndex(root) ? root.json.get('manifests').items()[0]?.get('digest').maybeText() : undefined;
  const manifest = first === undefined || !isDigest(first) ? root : await getManifest(session, first);
  const config = manifest?.json.get('config').get('digest').maybeText();
  if (config === undefined || !isDigest(config)) return undefined;
  return (await getJsonBlob(session, config))?.get('created').maybeText();
}

/** What to say when there is no such image: what was looked for, what is there instead, and the lines that would make it. */
export async function notFound(
  plan: Plan,
  wanted: Reference,
  waited: number,
  context: Pick<ImageInputs, 'shaTag' | 'shortShaLength'> & { readonly buildRef: BuildRef },
  { session, clock }: { readonly session: Session; readonly clock: Clock },
): Promise<UserError> {
  const name = formatReference(wanted);
  const { shaTag, buildRef } = context;
  const after = waited > 0 ? ` after ${formatDuration(waited)} of waiting` : '';
  const found = `There is no image ${name}${after} (404).`;
  switch (plan.source) {
    case 'sha-tag': {
      const there = await similarTags(session, shaTag, plan.branch);
      const list = there.newest.map(({ tag, created }) => {
        const age = created === undefined ? undefined : formatAge(created, clock.now());
        return `\n  ${tag}${age === undefined ? '' : ` (${age})`}`;
      });
      return new UserError({
        code: 'image-not-found',
        found: `${found} ${there.words}${list.join('')}`,
        expected: `the tag ${wanted.tag}, made by the build of commit ${plan.commit}.`,
        fix: `${there.empty === true ? 'check the name in `image`. If it is right, ' : ''}${await ofTag(session, wanted, buildRef)}let the build of this commit write that tag, or wait longer for it (\`with: wait-for-image: 5m\`). These lines make it:\n${linesFor(plan.branch, context)}`,
      });
    }
    case 'digest':
    case 'pattern':
      return new UserError({
        code: 'image-not-found',
        found,
        expected: `the tag "${wanted.tag}", whose digest is to be deployed.`,
        fix: 'the build: `type=ref,event=branch` in docker/metadata-action makes it; or name another tag in the step: `with: tag:`.',
      });
    case 'release':
    case 'reference':
      if (plan.source === 'reference' && plan.published !== undefined)
        return new UserError({
          code: 'image-not-found',
          found,
          expected: `what was published with tag ${plan.published}: it has been deleted since.`,
          fix: 'publish it again, which is another event of this kind; or deploy the newest image, by a manual run of this workflow.',
        });
      return new UserError({
        code: 'image-not-found',
        found,
        expected: 'the image that the input `image` names.',
        fix: `\`with: image:\`. ${wanted.digest === undefined ? 'Check the tag.' : 'A digest must be a manifest’s or an index’s: the config’s (`.config.digest`) names no image.'}`,
        input: 'image',
      });
  }
}

/** The lines that make the tag, for what the build ran on. */
function linesFor(
  branch: string,
  {
    shaTag,
    shortShaLength,
    buildRef,
  }: Pick<ImageInputs, 'shaTag' | 'shortShaLength'> & {
    readonly buildRef: BuildRef;
  },
): string {
  const on = {
    branch: undefined,
    tag: { kind: 'tag', branch },
    'pull-request': { kind: 'pull-request' },
  } as const;
  return metadataLines(shaTag, shortShaLength, on[buildRef.kind]);
}

/** The image of the tag that a build ran on, where the registry has it: such a build writes that tag, as it has no branch. */
async function ofTag(session: Session, { host, path }: Reference, on: BuildRef): Promise<string> {
  if (on.kind !== 'tag') return '';
  const cleaned = cleanBranch(on.name);
  for (const tag of [cleaned, cleaned.replace(/^v(?=\d)/, '')]) {
    if (!isTag(tag)) continue;
    const there = await headDigest(session, tag).catch(() => undefined);
    if (there !== undefined)
      return `deploy the image of the tag that was built: \`with: image: ${formatReference({ host, path, tag })}\`; or `;
  }
  return '';
}
