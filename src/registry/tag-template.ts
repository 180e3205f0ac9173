import { isCommit } from '../lib/commit.ts';

/** The values for the placeholders of the input `sha-tag`. */
export interface TagParts {
  readonly branch: string;
  /** The full commit id, or a shorter one as typed. */
  readonly commit: string;
}

/** The placeholders that a `sha-tag` template can contain, as shown in errors. */
export const placeholders = ['branch', 'sha', 'sha:12', 'full-sha'] as const;

/** The number of digits of a short commit id, the default of docker/metadata-action. */
const shortLength = 7;

/** A placeholder of a commit, in braces. */
export const commitPlaceholder = /\{(?:full-sha|sha(?::\d+)?)\}/;

/**
 * A branch's name as docker/metadata-action writes it into a tag: each run of characters that are not allowed in a
 * tag becomes one `-` (src/meta.ts, `sanitizeTag`). `feature/x` → `feature-x`, `release/v1.0+b` → `release-v1.0-b`.
 */
export const cleanBranch = (branch: string): string => branch.replace(/[^a-zA-Z0-9._-]+/g, '-');

/** How Handlebars, with which docker/metadata-action fills `{{branch}}`, escapes these characters. */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '`': '&#x60;',
  '=': '&#x3D;',
};

/**
 * The forms of a branch in a tag: first that of docker/metadata-action's `{{branch}}`, which is escaped as HTML before it is
 * cleaned (`a&b` → `a-amp-b`), then that of `type=ref,event=branch` (`a-b`). For most branches both are the same.
 */
export function branchForms(branch: string): readonly [string, ...string[]] {
  const escaped = cleanBranch(branch.replace(/[&<>"'`=]/g, (character) => escapes[character] ?? character));
  const plain = cleanBranch(branch);
  return escaped === plain ? [plain] : [escaped, plain];
}

/** The first seven digits of a commit id. */
export const shortSha = (commit: string): string => commit.slice(0, shortLength);

/** The number of digits of a placeholder such as `sha` or `sha:12` (without braces); undefined for any other name. */
function digitsOf(name: string): number | undefined {
  if (name === 'sha') return shortLength;
  const length = Number(/^sha:([1-9]\d?)$/.exec(name)?.[1]);
  return length >= 4 && length <= 64 ? length : undefined;
}

/** The placeholder of a commit id with this many digits. */
export const placeholderOf = (length: number): string =>
  length === shortLength ? '{sha}' : length >= 40 ? '{full-sha}' : `{sha:${length}}`;

/**
 * Fills a template, once for each form of the branch if it contains the branch. The results are not always valid tags: the
 * caller checks them, and shows them in its error.
 */
export function renderTags(template: string, { branch, commit }: TagParts): readonly [string, ...string[]] {
  const [first, ...others] = branchForms(branch).map((form) =>
    template.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
      if (name === 'branch') return form;
      if (name === 'full-sha') return commit;
      const digits = digitsOf(name);
      return digits === undefined ? whole : commit.slice(0, digits);
    }),
  );
  return [first ?? template, ...others.filter((tag) => tag !== first)];
}

/** The tag that the lines of `metadataLines` create for a commit of this branch. */
export const renderTag = (template: string, parts: TagParts): string => renderTags(template, parts)[0];

const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);

/** Names in braces that are not placeholders, e.g. `{tag}` or `{sha:3}`. */
export const unknownPlaceholders = (template: string): string[] =>
  namesIn(template).filter(
    (name) => name !== 'branch' && name !== 'full-sha' && digitsOf(name) === undefined,
  );

/** The lengths of a template's short commit ids, each once, the longest first. */
export const lengthsIn = (template: string): number[] =>
  [...new Set(namesIn(template).flatMap((name) => digitsOf(name) ?? []))].sort((a, b) => b - a);

/** How many digits a commit id must have to fill every placeholder of the template; 7 if there is none. */
export function digitsFor(template: string): number {
  return template.includes('{full-sha}')
    ? Math.max(40, ...lengthsIn(template))
    : (lengthsIn(template)[0] ?? shortLength);
}

/** The template in its normal spelling: `{sha:7}` becomes `{sha}`. */
export const plainTemplate = (template: string): string => template.replaceAll('{sha:7}', '{sha}');

/** Whether a template contains a commit. One that does not is a moving tag. */
export const namesCommit = (template: string): boolean => commitPlaceholder.test(template);

/**
 * Whether the template can render this tag for this branch. Used to list the tags that exist when the wanted one does
 * not. Compares piece by piece, without a regular expression built from input.
 */
export const madeByTemplate = (tag: string, template: string, branch: string): boolean =>
  commitInTag(tag, template, branch) !== undefined;

/**
 * The commit id, or its beginning, in a tag that the template can render for this branch; undefined for any other tag, '' if
 * the template has no commit. Its length is not compared: the running image can have been tagged with another length.
 */
export function commitInTag(tag: string, template: string, branch: string): string | undefined {
  for (const form of branchForms(branch)) {
    const commit = commitBetween(tag, template.replaceAll('{branch}', form));
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/**
 * `commitInTag`, but only with the number of digits that the build writes: a different number is a date or another number, for
 * which the result is ''. A full commit id always counts, whatever the template is.
 */
export function buildsCommitIn(tag: string, template: string, branch: string): string | undefined {
  const digits = commitInTag(tag, template, branch);
  return digits === undefined || isCommit(digits) || digits.length === digitsFor(template) ? digits : '';
}

function commitBetween(tag: string, template: string): string | undefined {
  let rest = tag;
  let commit = '';
  const pieces = template.split(/(\{(?:full-sha|sha(?::\d+)?)\})/);
  for (const [n, piece] of pieces.entries()) {
    // `split` with a group puts the placeholders at the odd indexes.
    if (n % 2 === 1) {
      const hex = /^[0-9a-f]{4,64}/.exec(rest)?.[0];
      if (hex === undefined) return undefined;
      commit = hex;
      rest = rest.slice(hex.length);
    } else {
      if (!rest.startsWith(piece)) return undefined;
      rest = rest.slice(piece.length);
    }
  }
  return rest === '' ? commit : undefined;
}
