import { isCommit } from '../lib/commit.ts';
import type { Json } from '../lib/json.ts';
import { shortened } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import {
  formatReference,
  isDigest,
  isTag,
  namesImage,
  parseReference,
  type Repository,
} from '../registry/reference.ts';
import { cleanBranch, shortSha } from '../registry/tag-template.ts';
import type { Unread, UnreadField } from './types.ts';

/** Words in a field's name that mark a commit, an image or a ref. */
const words = {
  commit: ['sha', 'commit', 'revision', 'rev', 'hash'],
  image: ['image', 'tag', 'version', 'digest', 'release'],
  ref: ['ref', 'branch'],
} as const;

/** Words in a field's name that mark a secret, which must not be logged. */
const secretWords = [
  'token',
  'secret',
  'password',
  'passwd',
  'key',
  'auth',
  'credential',
  'credentials',
  'signature',
];

/** Senders control the payload, so these limit how many levels and values are read, and how many fields and characters are shown. */
const [mostLevels, mostValues, mostShown, mostCharacters] = [4, 200, 4, 80];

interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
}

interface UnreadContext {
  readonly from: Unread['from'];
  readonly branch: string;
  readonly image: Repository;
  /** The tag or the pattern that is looked up. */
  readonly tag: string;
  /** Whether the step names that tag, possibly built from the payload. */
  readonly isNamed: boolean;
}

/** The texts and numbers in an object, under names that an expression can contain. */
function* leavesOf(json: Json, path: readonly string[] = []): Generator<Leaf> {
  const { value } = json;
  if (typeof value === 'string' || typeof value === 'number') {
    if (value !== '') yield { path, value: String(value) };
  } else if (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    path.length < mostLevels
  ) {
    for (const name of Object.keys(value).slice(0, mostValues))
      if (/^[A-Za-z_][\w-]{0,59}$/.test(name)) yield* leavesOf(json.get(name), [...path, name]);
  }
}

/** The line that reads a value, by the value's name and form; undefined if no input can, `none` if it does not name an image, a commit or a ref. */
function lineOf({ path, value }: Leaf, expression: string, image: Repository): UnreadField['line'] | 'none' {
  const named = path
    .join(' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => [word, word.replace(/^(?:git|head)(?=sha|commit)/, '')]);
  if (secretWords.some((word) => named.includes(word))) return 'none';
  const has = (kind: keyof typeof words) => words[kind].some((word) => named.includes(word));
  const with_ = (input: string, text: string) => `\`with: ${input}: ${text}\``;
  const name = formatReference(image);

  if (isDigest(value)) return with_('image', `${name}@${expression}`);
  if (named.includes('digest') && isDigest(`sha256:${value}`))
    return with_('image', `${name}@sha256:${expression}`);
  if (isCommit(value) || (has('commit') && /^[0-9a-f]{7,64}$/.test(value)))
    return with_('commit', expression);
  if (has('image') && isWholeImage(value)) return with_('image', expression);
  if (has('image') && isTag(value)) return with_('image', `${name}:${expression}`);
  if (has('ref') && !value.startsWith('refs/') && !isCommit(value)) return with_('branch', expression);
  return has('commit') || has('image') || has('ref') ? undefined : 'none';
}

function isWholeImage(text: string): boolean {
  try {
    return text.includes('/') && namesImage(parseReference(text));
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Whether the step's tag contains a value: as it is, cleaned like a branch, or shortened like a commit. */
const isIn = (tag: string, value: string): boolean =>
  [value, cleanBranch(value), ...(isCommit(value) ? [shortSha(value)] : [])].some((each) =>
    tag.includes(each),
  );

/**
 * The fields that name a commit, an image or a ref, if no input reads them: the run then deploys the newest image, which the
 * sender might not expect.
 *
 * @param expression the object's path in an expression, e.g. `github.event.client_payload`.
 */
export function unreadFields(
  json: Json,
  expression: string,
  { from, branch, image, tag, isNamed }: UnreadContext,
): Unread | undefined {
  const found: UnreadField[] = [];
  let seen = 0;
  for (const leaf of leavesOf(json)) {
    if (++seen > mostValues) break;
    // The value matches what is deployed anyway.
    if ([branch, `refs/heads/${branch}`, tag].includes(leaf.value)) continue;
    const line = lineOf(leaf, `\${{ ${expression}.${leaf.path.join('.')} }}`, image);
    if (line === 'none') continue;
    // The step built its tag from this value, so the payload is used.
    if (isNamed && isIn(tag, leaf.value)) return undefined;
    const value = shortened(leaf.value, mostCharacters);
    found.push({ name: leaf.path.join('.'), value: JSON.stringify(value.toWellFormed()), line });
  }
  if (found.length === 0) return undefined;
  // Most likely intended: a field that an input can read, and among those a commit.
  const order = ({ line }: UnreadField) =>
    line === undefined ? 2 : line.startsWith('`with: commit') ? 0 : 1;
  const fields = found.sort((a, b) => order(a) - order(b)).slice(0, mostShown);
  return { from, fields, more: found.length - fields.length, instead: formatReference({ ...image, tag }) };
}

/** The notice for the sender: which image is deployed instead of the one that was named, and which line would change that. */
export function unreadText({ from, fields, more, instead }: Unread): { words: string; fix: string } {
  const list = fields.map(({ name, value }) => `\`${name}\` is ${value}`).join(', ');
  const lines = fields.flatMap(({ line }) => line ?? []);
  const where =
    from === 'client_payload'
      ? '`client_payload` has no `sha`, and no input of this step reads its other fields'
      : 'The run was started with values that no input of this step reads';
  return {
    words: `${where}: ${list}${more === 0 ? '' : `, and ${more} more`}. The digest of ${instead} is deployed instead.`,
    fix:
      lines.length === 0
        ? 'No input accepts such values.'
        : `To deploy what they name, add to this step: ${lines.join(' or ')}.`,
  };
}
