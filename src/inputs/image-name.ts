import { capitalized, shortened, withoutTrailing } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference, isTag, namesImage, parseReference, type Reference } from '../registry/reference.ts';
import { cleanBranch } from '../registry/tag-template.ts';
import type { InputSource } from './read.ts';

type Parsed = ReturnType<typeof parseReference>;

/** How many parts of an external text an error shows, and how many characters of each. */
const [mostListed, mostCharacters] = [10, 200];

const shown = (text: string): string => JSON.stringify(shortened(text, mostCharacters));

const line = (image: string): string => `\`with: image: ${image}\``;

/** Why an output can be empty. GitHub drops outputs that may contain a secret (Workflow syntax, `jobs.<job_id>.outputs`). */
export const emptyOutput = 'an output is empty if GitHub found a secret in it, or if no step set it';

/** The repository's own image, the default for an empty input. @throws UserError outside a repository. */
function ownImage({ env }: InputSource): Parsed {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (/^[^/\s]+\/[^/\s]+$/.test(repository)) return parseReference(`ghcr.io/${repository}`);
  throw new UserError({
    code: 'image-missing',
    found: `The input \`image\` is empty and GITHUB_REPOSITORY is "${repository}".`,
    expected: 'An image, or a run on GitHub, where GITHUB_REPOSITORY names the repository.',
    fix: `Name the image: ${line('ghcr.io/owner/repo')}`,
  });
}

/** The reference; undefined if the text is not one. */
function parsed(text: string): Parsed | undefined {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Reads the input `image`. If it is not a reference, the error shows a corrected line: usually the text is built from outputs,
 * one of which is empty, or it is a list.
 *
 * @throws UserError when it does not name an image, or names several.
 */
export function readImage(source: InputSource): Parsed & { readonly isEmpty: boolean } {
  const given = source.input('image').trim();
  if (given === '') return { ...ownImage(source), isEmpty: true };
  const listed = given.includes('"') ? given.replace(/["'[\]]/g, ' ').trim() : given;
  const parts = listed.split(/[\s,]+/).filter((part) => part !== '');
  if (parts.length > 1) throw several(parts);
  const reference = parsed(given);
  if (reference !== undefined) return { ...reference, isEmpty: false };
  throw emptyPart(given, source) ?? wrongTag(given) ?? invalid(given, source);
}

/** The error for a list, such as the output `tags` of docker/metadata-action. */
function several(parts: readonly string[]): UserError {
  const references = parts.map(parsed).filter((each) => each !== undefined);
  const ofCommit = references.find(({ tag }) => /(?:^|-)[0-9a-f]{7,64}$/.test(tag ?? ''));
  const one = ofCommit ?? references.find(namesImage);
  const repositories = new Set(references.map(({ host, path }) => formatReference({ host, path })));
  const [repository] = repositories;
  const lines = [
    ...(one === undefined ? [] : [`to deploy one of them: ${line(formatReference(one))}.`]),
    ...(repositories.size === 1 && repository !== undefined
      ? [`to find the tag from the event: ${line(repository)}.`]
      : []),
  ];
  const list = parts.slice(0, mostListed).map((part) => `\n  ${shown(part)}`);
  const more = parts.length - list.length;
  return new UserError({
    code: 'image-several',
    found: `The input \`image\` contains ${parts.length} values:${list.join('')}${more > 0 ? `\n  and ${more} more` : ''}`,
    expected: 'One reference. The output `tags` of docker/metadata-action is a list of references.',
    fix:
      lines.length === 0 ? `Name one image: ${line('ghcr.io/owner/repo')}` : capitalized(lines.join(' Or, ')),
  });
}

/** The error for `:tag`, `/name`, `name:` and the like, where an expression was empty; undefined if no correction is found. */
function emptyPart(given: string, source: InputSource): UserError | undefined {
  const has = /^[:@/]|[^:/]\/\/|\/[:@]|:@|[:@/]$|:[.-][\w.-]*$/.exec(given);
  const fixed = has === null ? undefined : parsed(completed(given, ownOr(source)));
  if (has === null || fixed === undefined) return undefined;
  return new UserError({
    code: 'image-part-empty',
    found: `The input \`image\` is ${shown(given)}: a part is empty ${has.index === 0 ? 'before' : 'at'} "${has[0].slice(0, 40)}".`,
    expected: `A repository, with a tag or a digest to select one image. If an expression sets it, check that expression: ${emptyOutput}.`,
    fix: `Set ${line(formatReference(fixed))}${namesImage(fixed) ? '' : ', to find the tag from the event'}.`,
  });
}

/** The text completed from the repository’s own image, or without the separator of a missing tag or digest. */
function completed(given: string, own: Reference): string {
  const [owner = '', ...names] = own.path.split('/');
  if (/^[:@]/.test(given)) return `${formatReference(own)}${given}`;
  const rest = given.slice(1);
  if (given.startsWith('/')) return `ghcr.io/${rest.includes('/') ? '' : `${owner}/`}${rest}`;
  return withoutTrailing(given.replace(/:[.-][\w.-]*$/, ''), ':@')
    .replace(/:@/, '@')
    .replace(/\/([:@])/, `/${own.path}$1`)
    .replace(/\/\//, `/${owner}/`)
    .replace(/\/$/, `/${names.join('/')}`);
}

const ownOr = ({ env }: InputSource): Reference =>
  parsed(`ghcr.io/${env['GITHUB_REPOSITORY'] ?? ''}`) ?? { host: 'ghcr.io', path: 'owner/repo' };

/** The error for a tag with a character that is not allowed in tags, such as the slash of a branch name. */
function wrongTag(given: string): UserError | undefined {
  const [, name, tag = '', digest = ''] =
    /^([^@]*\/[^:@/]+|[^/:@]+):([^@]+?)(@sha256:[0-9a-f]{64})?$/.exec(given) ?? [];
  // `https://…` is an address, not a name with a tag.
  if (name === undefined || isTag(tag) || tag.startsWith('//')) return undefined;
  const cleaned = cleanBranch(tag)
    .replace(/^[.-]+/, '')
    .slice(0, 128);
  const fixed = parsed(`${name}:${cleaned}${digest}`);
  if (fixed === undefined) return undefined;
  return new UserError({
    code: 'image-tag-invalid',
    found: `The input \`image\` is ${shown(given)}, and ${shown(tag)} is not a valid tag.`,
    expected: 'At most 128 letters, digits, ".", "_" and "-". The first character cannot be "." or "-".',
    fix: `Set ${line(formatReference(fixed))}, as docker/metadata-action writes the tag.`,
  });
}

function invalid(given: string, source: InputSource): UserError {
  const own =
    parsed(`ghcr.io/${source.env['GITHUB_REPOSITORY'] ?? ''}`) ?? parseReference('ghcr.io/owner/repo');
  const plain = withoutTrailing(given.replace(/["'[\]]/g, '').replace(/^[a-z]+:\/\//i, ''), ',;');
  const bare: Reference = parsed(plain) ?? parsed(plain.replace(/@.*$/, '')) ?? own;
  try {
    parseReference(given);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, found, expected } = error;
    return new UserError({
      code,
      found,
      expected,
      fix: `Correct the input \`image\`, such as ${line(formatReference(bare))}.`,
    });
  }
  throw new Error(`${given} is a reference`);
}
