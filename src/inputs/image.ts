import { UserError } from '../lib/user-error.ts';
import { isTag, namesImage, type Reference } from '../registry/reference.ts';
import { cleanBranch, placeholders, renderTag, unknownPlaceholders } from '../registry/tag-template.ts';
import { readImage } from './image-name.ts';
import type { InputReader } from './read.ts';

/** Which image is meant. */
export interface ImageInputs {
  readonly image: Reference;
  /** The image as it was spelled, when its repository had upper-case letters. */
  readonly loweredFrom: string | undefined;
  /** Whether the input `image` was given, and is empty: left out, it is the default of action.yml. */
  readonly imageIsEmpty: boolean;
  /** undefined: the repository's default branch, which the event names. */
  readonly branch: string | undefined;
  readonly shaTag: string;
  readonly shortShaLength: number;
  readonly commit: string | undefined;
  /** `previous`, or a version without `v`. */
  readonly release: string | undefined;
  readonly tag: string;
  /** A glob in which `{branch}` may stand. */
  readonly tagPattern: string | undefined;
  readonly deployBy: 'auto' | 'digest' | 'tag';
  readonly waitForImage: number;
}

export function readImageInputs(reader: InputReader): ImageInputs {
  const none: ReturnType<typeof readImage> = { host: '', path: '', isEmpty: false };
  const { loweredFrom, isEmpty, ...image } = reader.check('image', () => readImage(reader.source), none);
  const branch = reader.text('branch');
  const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
  const shortShaLength = readShortShaLength(reader);
  reader.check('sha-tag', () => checkTemplate(shaTag, branch, shortShaLength), undefined);
  return {
    image,
    loweredFrom,
    imageIsEmpty: isEmpty,
    branch,
    shaTag,
    shortShaLength,
    commit: readCommit(reader, shaTag.includes('{full-sha}') ? 40 : shortShaLength),
    tag: readTag(reader, branch),
    tagPattern: readTagPattern(reader),
    release: readRelease(reader, image),
    deployBy: reader.choice('deploy-by', ['auto', 'digest', 'tag']),
    waitForImage: reader.duration('wait-for-image', '2m'),
  };
}

function readShortShaLength(reader: InputReader): number {
  const name = 'short-sha-length';
  const text = reader.text(name) ?? '7';
  if (!/^\d{1,2}$/.test(text) || Number(text) < 4 || Number(text) > 64)
    reader.wrong(name, 'a whole number from 4 to 64; docker/metadata-action cuts to 7.');
  return Number(text) || 7;
}

function readCommit(reader: InputReader, least: number): string | undefined {
  const commit = reader.text('commit')?.toLowerCase();
  if (commit !== undefined && (!/^[0-9a-f]{4,64}$/.test(commit) || commit.length < least))
    reader.wrong('commit', `a commit id of ${least} or more hexadecimal digits.`);
  return commit;
}

function readTag(reader: InputReader, branch: string | undefined): string {
  const tag = reader.text('tag') ?? '{branch}';
  if (!isTag(tag.replaceAll('{branch}', cleanBranch(branch ?? 'main'))))
    reader.wrong('tag', 'a tag, in which {branch} may stand: letters, digits, ".", "_", "-", at most 128.');
  return tag;
}

function readTagPattern(reader: InputReader): string | undefined {
  const pattern = reader.text('tag-pattern');
  if (pattern === undefined) return undefined;
  if (!isTag(pattern.replaceAll('{branch}', 'main').replace(/[*?]/g, 'x')) || !/[*?]/.test(pattern))
    reader.wrong(
      'tag-pattern',
      'a tag in which * stands for any characters, ? for one, and {branch} for the branch.',
    );
  if ((reader.text('tag') ?? '{branch}') !== '{branch}')
    reader.wrong(
      'tag',
      'nothing beside `tag-pattern`, which names the tag of manual runs too.',
      'input-conflict',
    );
  return pattern;
}

function readRelease(reader: InputReader, image: Reference): string | undefined {
  const release = reader.text('release')?.replace(/^v(?=\d)/, '');
  if (release === undefined) return undefined;
  if (!/^(?:previous|[1-9]\d{0,8})$/.test(release))
    reader.wrong('release', '"previous", or the version of a release, e.g. 41.');
  const others = ['commit', 'tag-pattern'].filter((name) => reader.text(name) !== undefined);
  if (namesImage(image)) others.push('image');
  for (const name of others)
    reader.wrong(
      name,
      'nothing that names another image beside `release`, which names one too.',
      'input-conflict',
    );
  return release;
}

function checkTemplate(template: string, branch: string | undefined, shortLength: number): void {
  const rendered = renderTag(template, {
    branch: branch ?? 'main',
    commit: '0123456789abcdef'.repeat(4),
    shortLength,
  });
  const unknown = unknownPlaceholders(template);
  const found =
    unknown.length > 0
      ? `The input \`sha-tag\` is "${template}": {${unknown.join('}, {')}} is no placeholder.`
      : !isTag(rendered)
        ? `The input \`sha-tag\` is "${template}", which renders "${rendered}": no valid tag.`
        : undefined;
  if (found === undefined) return;
  throw new UserError({
    code: 'tag-invalid',
    found,
    expected: `a template of a tag; placeholders are {${placeholders.join('}, {')}}. A tag has letters, digits, ".", "_", "-", begins with none of "." and "-", and is at most 128 long.`,
    fix: '`with: sha-tag:`; for the tags of `type=sha,prefix={{branch}}-` leave it out.',
  });
}
