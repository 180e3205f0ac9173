import { UserError } from '../lib/user-error.ts';
import { isTag, type Reference } from '../registry/reference.ts';
import { digitsFor, placeholders, renderTag, unknownPlaceholders } from '../registry/tag-template.ts';
import { readImage } from './image-name.ts';
import type { InputReader } from './read.ts';
import { readSelectInputs, type SelectInputs } from './select.ts';

/** Which image to deploy. */
export interface ImageInputs extends SelectInputs {
  readonly image: Reference;
  /** The image as it was given, if its repository had upper-case letters. */
  readonly loweredFrom: string | undefined;
  /** Whether the input `image` was given but is empty. Without the input, action.yml sets its default. */
  readonly imageIsEmpty: boolean;
  /** Undefined for the repository's default branch, which the event names. */
  readonly branch: string | undefined;
  readonly shaTag: string;
  readonly commit: string | undefined;
  readonly deployBy: 'auto' | 'digest' | 'tag';
  readonly waitForImage: number;
}

export function readImageInputs(reader: InputReader): ImageInputs {
  const none: ReturnType<typeof readImage> = { host: '', path: '', isEmpty: false };
  const { loweredFrom, isEmpty, ...image } = reader.check('image', () => readImage(reader.source), none);
  const branch = reader.text('branch');
  const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
  reader.check('sha-tag', () => checkTemplate(shaTag, branch), undefined);
  const leastDigits = digitsFor(shaTag);
  const commit = readCommit(reader, leastDigits);
  return {
    image,
    loweredFrom,
    imageIsEmpty: isEmpty,
    branch,
    shaTag,
    commit,
    ...readSelectInputs(reader, image, commit, { leastDigits, branch }),
    deployBy: reader.choice('deploy-by', ['auto', 'digest', 'tag']),
    waitForImage: reader.duration('wait-for-image', '2m'),
  };
}

function readCommit(reader: InputReader, least: number): string | undefined {
  const commit = reader.text('commit')?.toLowerCase();
  if (commit !== undefined && (!/^[0-9a-f]{4,64}$/.test(commit) || commit.length < least))
    reader.wrong('commit', {
      expected: `A commit id of at least ${least} hexadecimal digits.`,
      fix: `Give the commit id, such as \`with: commit: ${'0123456789abcdef'.repeat(3).slice(0, 40)}\`.`,
    });
  return commit;
}

function checkTemplate(template: string, branch: string | undefined): void {
  const rendered = renderTag(template, {
    branch: branch ?? 'main',
    commit: '0123456789abcdef'.repeat(4),
  });
  const unknown = unknownPlaceholders(template);
  const found =
    unknown.length > 0
      ? `The input \`sha-tag\` is "${template}": {${unknown.join('}, {')}} is not a valid placeholder.`
      : !isTag(rendered)
        ? `The input \`sha-tag\` is "${template}", which renders "${rendered}". That is not a valid tag.`
        : undefined;
  if (found === undefined) return;
  throw new UserError({
    code: 'tag-invalid',
    found,
    expected: `A template of a tag. Its placeholders are {${placeholders.join('}, {')}}, and a length is from 4 to 64. A tag has at most 128 letters, digits, ".", "_" and "-", and its first character cannot be "." or "-".`,
    fix: 'Correct `with: sha-tag:`. For the tags of `type=sha,prefix={{branch}}-`, remove it to use the default.',
  });
}
