import { withoutTrailing } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference, isTag, namesImage, parseReference, type Reference } from '../registry/reference.ts';
import { cleanBranch } from '../registry/tag-template.ts';
import type { InputSource } from './read.ts';

type Parsed = ReturnType<typeof parseReference>;

/** What an error shows of a text from outside. */
const [mostListed, mostCharacters] = [10, 200];

const shown = (text: string): string =>
  JSON.stringify(text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text);

const line = (image: string): string => `\`with: image: ${image}\``;

/** An output is empty where its step did not set it, and where GitHub thinks it holds a secret (Workflow syntax, `jobs.<job_id>.outputs`). */
export const emptyOutput = 'an output is empty where GitHub took it for a secret, or where no step set it';

/** The repository's own image, which is meant where the input is empty. @throws UserError outside of a repository. */
function ownImage({ env }: InputSource): Parsed {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (/^[^/\s]+\/[^/\s]+$/.test(repository)) return parseReference(`ghcr.io/${repository}`);
  throw new UserError({
    code: 'image-missing',
    found: `The input \`image\` is empty and GITHUB_REPOSITORY is "${repository}".`,
    expected: 'an image, or a run on GitHub that says whose repository it is.',
    fix: line('ghcr.io/owner/repo'),
  });
}

/** The reference, or undefined where the text is none. */
function parsed(text: string): Parsed | undefined {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Reads the input `image`. Where it is given, and no reference, the error holds the line that is one: most often the text is
 * made of outputs, of which one is empty, or is a list.
 *
 * @throws UserError when it names no image, or several.
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

/** A list, as the output `tags` of docker/metadata-action is. */
function several(parts: readonly string[]): UserError {
  const references = parts.map(parsed).filter((each) => each !== undefined);
  const ofCommit = references.find(({ tag }) => /(?:^|-)[0-9a-f]{7,64}$/.test(tag ?? ''));
  const one = ofCommit ?? references.find(namesImage);
  const repositories = new Set(references.map(({ host, path }) => formatReference({ host, path })));
  const [repository] = repositories;
  const lines = [
    ...(one === undefined ? [] : [`${line(formatReference(one))} takes one of them`]),
    ...(repositories.size === 1 && repository !== undefined
      ? [`${line(repository)} finds the tag from the event`]
      : []),
  ];
  const list = parts.slice(0, mostListed).map((part) => `\n  ${shown(part)}`);
  const more = parts.length - list.length;
  return new UserError({
    code: 'image-several',
    found: `The input \`image\` holds ${parts.length} texts:${list.join('')}${more > 0 ? `\n  and ${more} more` : ''}`,
    expected: 'one reference. The output `tags` of docker/metadata-action is a list of them.',
    fix: lines.length === 0 ? line('ghcr.io/owner/repo') : `${lines.join('; ')}.`,
  });
}

/** `:tag`, `/name`, `name:` and the like, where an expression was empty; undefined where the whole cannot be told. */
function emptyPart(given: string, source: InputSource): UserError | undefined {
  const has = /^[:@/]|[^:/]\/\/|\/[:@]|:@|[:@/]$|:[.-][\w.-]*$/.exec(given);
  const fixed = has === null ? undefined : parsed(completed(given, ownOr(source)));
  if (has === null || fixed === undefined) return undefined;
  return new UserError({
    code: 'image-part-empty',
    found: `The input \`image\` is ${shown(given)}: a part is empty ${has.index === 0 ? 'before' : 'at'} "${has[0].slice(0, 40)}".`,
    expected: `a repository, and after it a tag or a digest where one image is meant. If an expression makes it, check that expression: ${emptyOutput}.`,
    fix: `${line(formatReference(fixed))}${namesImage(fixed) ? '' : ', whose tag is found from the event'}.`,
  });
}

/** The text with what is missing taken from the repository’s own image, or without the tag or digest that is missing. */
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

/** A tag with a slash or another character that no tag has, such as a branch’s name. */
function wrongTag(given: string): UserError | undefined {
  const [, name, tag = '', digest = ''] =
    /^([^@]*\/[^:@/]+|[^/:@]+):([^@]+?)(@sha256:[0-9a-f]{64})?$/.exec(given) ?? [];
  // `https://…` is an address, and no name with a tag.
  if (name === undefined || isTag(tag) || tag.startsWith('//')) return undefined;
  const cleaned = cleanBranch(tag)
    .replace(/^[.-]+/, '')
    .slice(0, 128);
  const fixed = parsed(`${name}:${cleaned}${digest}`);
  if (fixed === undefined) return undefined;
  return new UserError({
    code: 'image-tag-invalid',
    found: `The input \`image\` is ${shown(given)}, and ${shown(tag)} is not a valid tag.`,
    expected: 'letters, digits, ".", "_", "-"; the first is none of "." and "-"; at most 128.',
    fix: `${line(formatReference(fixed))}, which is how docker/metadata-action writes it.`,
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
      fix: `the input \`image\`: ${line(formatReference(bare))}.`,
    });
  }
  throw new Error(`${given} is a reference`);
}
