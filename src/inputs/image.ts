import { UserError } from '../lib/user-error.ts';
import { isTag, namesImage, parseReference, type Reference } from '../registry/reference.ts';
import {
  cleanBranch,
  digitsFor,
  placeholders,
  renderTag,
  unknownPlaceholders,
} from '../registry/tag-template.ts';
import type { InputReader, InputSource } from './read.ts';

/** Which image is meant. */
export interface ImageInputs {
  readonly image: Reference;
  /** The image as it was spelled, when its repository had upper-case letters. */
  readonly loweredFrom: string | undefined;
  /** undefined: the repository's default branch, which the event names. */
  readonly branch: string | undefined;
  readonly shaTag: string;
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
  const { loweredFrom, ...image } = reader.check('image', () => readImage(reader.source), {
    host: '',
    path: '',
  } as ReturnType<typeof parseReference>);
  const branch = reader.text('branch');
  const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
  reader.check('sha-tag', () => checkTemplate(shaTag, branch), undefined);
  return {
    image,
    loweredFrom,
    branch,
    shaTag,
    commit: readCommit(reader, digitsFor(shaTag)),
    tag: readTag(reader, branch),
    tagPattern: readTagPattern(reader),
    release: readRelease(reader, image),
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
