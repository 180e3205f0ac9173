import { UserError } from '../lib/user-error.ts';
import { isTag, parseReference, type Reference } from '../registry/reference.ts';
import { digitsFor, placeholders, renderTag, unknownPlaceholders } from '../registry/tag-template.ts';
import type { InputReader, InputSource } from './read.ts';
import { readSelectInputs, type SelectInputs } from './select.ts';

/** Which image is meant. */
export interface ImageInputs extends SelectInputs {
  readonly image: Reference;
  /** The image as it was spelled, when its repository had upper-case letters. */
  readonly loweredFrom: string | undefined;
  /** undefined: the repository's default branch, which the event names. */
  readonly branch: string | undefined;
  readonly shaTag: string;
  readonly commit: string | undefined;
  readonly deployBy: 'auto' | 'digest' | 'tag';
  readonly waitForImage: number;
}

export function readImageInputs(reader: InputReader): ImageInputs {
  const { loweredFrom, ...image } = reader.check('image', () => readImage(reader.source), {
    host: '',
    path: '',
  } as ReturnType<typeof parseReference>);
  const branch = reader.text('branch');
  const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
  reader.check('sha-tag', () => checkTemplate(shaTag, branch), undefined);
  const leastDigits = digitsFor(shaTag);
  const commit = readCommit(reader, leastDigits);
  return {
    image,
    loweredFrom,
    branch,
    shaTag,
    commit,
    ...readSelectInputs(reader, image, commit, { leastDigits, branch }),
    deployBy: reader.choice('deploy-by', ['auto', 'digest', 'tag']),
    waitForImage: reader.duration('wait-for-image', '2m'),
  };
}

function readImage({ input, env }: InputSource): ReturnType<typeof parseReference> {
  const given = input('image');
  if (given !== '') return parseReference(given);
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[^/\s]+\/[^/\s]+$/.test(repository)) {
    throw new UserError({
      code: 'image-missing',
      found: `The input \`image\` is empty and GITHUB_REPOSITORY is "${repository}".`,
      expected: 'an image, or a run on GitHub that says whose repository it is.',
      fix: '`with: image: ghcr.io/owner/repo`',
    });
  }
  return parseReference(`ghcr.io/${repository}`);
}

function readCommit(reader: InputReader, least: number): string | undefined {
  const commit = reader.text('commit')?.toLowerCase();
  if (commit !== undefined && (!/^[0-9a-f]{4,64}$/.test(commit) || commit.length < least))
    reader.wrong('commit', `a commit id of ${least} or more hexadecimal digits.`);
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
        ? `The input \`sha-tag\` is "${template}", which renders "${rendered}": no valid tag.`
        : undefined;
  if (found === undefined) return;
  throw new UserError({
    code: 'tag-invalid',
    found,
    expected: `a template of a tag; placeholders are {${placeholders.join('}, {')}}; a length is from 4 to 64. A tag has letters, digits, ".", "_", "-", begins with none of "." and "-", and is at most 128 long.`,
    fix: '`with: sha-tag:`; for the tags of `type=sha,prefix={{branch}}-` leave it out.',
  });
}
