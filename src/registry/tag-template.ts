import { isCommit } from '../lib/commit.ts';

/** What stands for what in the input `sha-tag`. */
export interface TagParts {
  readonly branch: string;
  /** Full commit id, or a shorter one that somebody typed. */
  readonly commit: string;
}

/** The placeholders that a `sha-tag` template can contain, as errors show them. */
export const placeholders = ['branch', 'sha', 'sha:12', 'full-sha'] as const;

/** Digits of a short commit id, as docker/metadata-action cuts it by default. */
const shortLength = 7;

/** A placeholder of a commit, in braces. */
export const commitPlaceholder = /\{(?:full-sha|sha(?::\d+)?)\}/;

/**
 * A branch's name as docker/metadata-action writes it into a tag: each run of characters that a tag cannot
 * have becomes one `-` (src/meta.ts, `sanitizeTag`). `feature/x` → `feature-x`, `release/v1.0+b` → `release-v1.0-b`.
 */
export const cleanBranch = (branch: string): string => branch.replace(/[^a-zA-Z0-9._-]+/g, '-');

/** What Handlebars, which docker/metadata-action fills `{{branch}}` in with, writes for these characters. */
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
 * What a tag can have for a branch: first what `{{branch}}` of docker/metadata-action makes of it, which is escaped as HTML
 * before it is cleaned (`a&b` → `a-amp-b`), then what `type=ref,event=branch` makes (`a-b`). Most branches have one form.
 */
export function branchForms(branch: string): readonly [string, ...string[]] {
  const escaped = cleanBranch(branch.replace(/[&<>"'`=]/g, (character) => escapes[character] ?? character));
  const plain = cleanBranch(branch);
  return escaped === plain ? [plain] : [escaped, plain];
}

/** The first seven digits of a commit id. */
export const shortSha = (commit: string): string => commit.slice(0, shortLength);

/** Digits that `{sha}` or `{sha:12}` stands for, given without braces; undefined for any other name. */
function digitsOf(name: string): number | undefined {
  if (name === 'sha') return shortLength;
  const length = Number(/^sha:([1-9]\d?)$/.exec(name)?.[1]);
  return length >= 4 && length <= 64 ? length : undefined;
}

/** The placeholder of a commit id that was cut to so many digits. */
export const placeholderOf = (length: number): string =>
  length === shortLength ? '{sha}' : length >= 40 ? '{full-sha}' : `{sha:${length}}`;

/**
 * Fills a template, once for each form of the branch where it contains the branch. The results need not be valid tags: the
 * caller checks them and shows them.
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

/** The tag that the lines of `metadataLines` make of a commit of this branch. */
export const renderTag = (template: string, parts: TagParts): string => renderTags(template, parts)[0];

const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);

/** Names in braces that mean nothing here, e.g. `{tag}` or `{sha:3}`. */
export const unknownPlaceholders = (template: string): string[] =>
  namesIn(template).filter(
    (name) => name !== 'branch' && name !== 'full-sha' && digitsOf(name) === undefined,
  );

/** The lengths of its short commit ids, each once, the longest first. */
export const lengthsIn = (template: string): number[] =>
  [...new Set(namesIn(template).flatMap((name) => digitsOf(name) ?? []))].sort((a, b) => b - a);

/** How many digits a commit id must have for every placeholder of the template; 7 where there is none. */
export function digitsFor(template: string): number {
  return template.includes('{full-sha}')
    ? Math.max(40, ...lengthsIn(template))
    : (lengthsIn(template)[0] ?? shortLength);
}

/** The same template in one spelling: `{sha:7}` is `{sha}`. */
export const plainTemplate = (template: string): string => template.replaceAll('{sha:7}', '{sha}');

/** Does the template name a commit at all? One that does not is a moving tag. */
export const namesCommit = (template: string): boolean => commitPlaceholder.test(template);

/**
 * Does this tag look like one that the template makes for this branch? Used to show what exists when the
 * wanted one does not. Split and compared piece by piece, without a regular expression made from input.
 */
export const madeByTemplate = (tag: string, template: string, branch: string): boolean =>
  commitInTag(tag, template, branch) !== undefined;

/**
 * The commit id, or its beginning, in a tag that a template made for this branch; undefined for another tag, '' where the
 * template has none. Its length is not compared: what runs may have been tagged with another one.
 */
export function commitInTag(tag: string, template: string, branch: string): string | undefined {
  for (const form of branchForms(branch)) {
    const commit = commitBetween(tag, template.replaceAll('{branch}', form));
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/**
 * The same, of as many digits as the build writes: more, or fewer, are a date or a number, for which it is ''. A whole commit
 * id counts whatever the template says.
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
    // What was split at is at the odd places.
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
