import { isTag } from './reference.ts';
import { branchForms, commitPlaceholder, placeholderOf, renderTags } from './tag-template.ts';

/** A tag that contains a commit. */
export interface CommitTag {
  readonly tag: string;
  /** The commit: as requested, or longer if the tag has more digits. */
  readonly commit: string;
  /** The `sha-tag` that renders this tag; undefined if no template can. */
  readonly template: string | undefined;
  /** The words of the tag that differ from build to build, which is why no template can; none if there is a template. */
  readonly varying: readonly string[];
}

/** The form of a repository's tags, as inputs of this step. */
export interface Shape {
  /** A template for `sha-tag`. */
  readonly template: string;
  /** The branch of these tags, if it is not the requested one. */
  readonly branch: string | undefined;
  readonly tags: readonly string[];
}

/** The tags of images. Signatures and bills of materials also have tags (cosign, and the fallback of OCI referrers), which are counted. */
export function imageTags(listed: readonly string[]): { tags: string[]; signatures: number } {
  const valid = listed.filter(isTag);
  const tags = valid.filter((tag) => !/^sha256-[0-9a-f]{64}|\.(?:sig|att|sbom)$/.test(tag));
  return { tags, signatures: valid.length - tags.length };
}

/** A complete run of hexadecimal digits in a tag: `1abc1234` does not contain the commit abc1234. */
interface Held {
  readonly tag: string;
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

const heldIn = (tag: string): Held[] =>
  [...tag.matchAll(/[0-9A-Fa-f]+/g)]
    // No commit has 41 to 63 digits.
    .filter(([digits]) => /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/.test(digits))
    .map(({ 0: digits, index }) => ({
      tag,
      before: tag.slice(0, index),
      digits,
      after: tag.slice(index + digits.length),
    }));

/** The possible commits in a tag: runs of at least seven hexadecimal digits, at least one of them a letter. */
export const commitsIn = (tag: string): string[] =>
  heldIn(tag)
    .map(({ digits }) => digits)
    .filter((digits) => /[a-f]/.test(digits));

const familyOf = ({ before, digits, after }: Held): string => `${before} ${digits.length} ${after}`;

/** The commits in the tags of each form. */
function familiesOf(tags: readonly string[]): Map<string, Set<string>> {
  const families = new Map<string, Set<string>>();
  for (const held of tags.flatMap(heldIn)) {
    const family = families.get(familyOf(held)) ?? new Set();
    families.set(familyOf(held), family.add(held.digits));
  }
  return families;
}

/**
 * The tags that contain at least the first seven digits of a commit, the most likely first. A shorter commit matches no tag:
 * with fewer digits, matches by chance would be common.
 *
 * @param commit the full id, or its beginning as typed: a longer one in a tag counts if no other commit begins the same.
 */
export function tagsOfCommit(tags: readonly string[], commit: string, branch: string): CommitTag[] {
  if (commit.length < 7) return [];
  const all = tags.flatMap(heldIn);
  const longer = all.filter(({ digits }) => digits.length > commit.length && digits.startsWith(commit));
  const longest = longer.reduce((most, { digits }) => (digits.length > most.length ? digits : most), commit);
  const isOne = longer.every(({ digits }) => longest.startsWith(digits));
  const families = familiesOf(tags);
  const found = all
    .filter(({ digits }) => commit.startsWith(digits) || (isOne && longest.startsWith(digits)))
    .map((held) => {
      const whole = held.digits.length > commit.length ? held.digits : commit;
      return { tag: held.tag, commit: whole, ...templateOf(held, branch, families, whole) };
    });
  found.sort((a, b) => rank(b) - rank(a) || a.tag.length - b.tag.length);
  // A tag can contain it twice.
  const seen = new Set<string>();
  return found.filter(({ tag }) => !seen.has(tag) && seen.add(tag));
}

/** Sorts tags that a template can render, and images that Fly.io can run, first. */
function rank({ tag, template }: CommitTag): number {
  const odd = /(?:arm|s390x|ppc64|riscv|windows|cache|debug|test)/i.test(tag);
  return (
    (template === undefined ? 0 : 8) + (odd ? 0 : 4) + (template === undefined ? 0 : usualness(template))
  );
}

/** Sorts templates with the branch first, then those without any branch, then others. */
const usualness = (template: string): number =>
  template.includes('{branch}') ? 2 : /^(?:sha-)?\{/.test(template) ? 1 : 0;

/** The template that renders a tag of this commit, checked by rendering it. */
function templateOf(
  held: Held,
  branch: string,
  families: ReadonlyMap<string, ReadonlySet<string>>,
  commit = held.digits,
): Pick<CommitTag, 'template' | 'varying'> {
  const { tag, digits } = held;
  const isWhole = digits === commit && (digits.length === 40 || digits.length === 64);
  const placeholder = isWhole
    ? '{full-sha}'
    : digits.length === 40
      ? '{sha:40}'
      : placeholderOf(digits.length);
  // Last without the placeholder, for a tag that does not contain the branch.
  for (const form of [...branchForms(branch), undefined]) {
    const before = withBranch(held.before, form);
    const after = withBranch(held.after, form);
    const template = `${before}${placeholder}${after}`;
    if (form !== undefined && !template.includes('{branch}')) continue;
    if (!renderTags(template, { branch, commit }).includes(tag)) continue;
    const varying = varyingIn(before, after, (families.get(familyOf(held))?.size ?? 0) > 1);
    return { template: varying.length === 0 ? template : undefined, varying };
  }
  return { template: undefined, varying: [] };
}

/** Replaces the branch with its placeholder if it is a separate word in the text. */
function withBranch(text: string, form: string | undefined): string {
  if (form === undefined) return text;
  const isEnd = (at: number) => at < 0 || at >= text.length || /[._-]/.test(text.charAt(at));
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
    if (isEnd(at - 1) && isEnd(at + form.length))
      return `${text.slice(0, at)}{branch}${text.slice(at + form.length)}`;
  return text;
}

/**
 * The words, besides the commit and the branch, that another build would not repeat: dates, times, the count of `git describe`.
 * Other numbers count as part of the form only if the tags of several commits have them.
 */
function varyingIn(before: string, after: string, isRepeated: boolean): string[] {
  const text = `${before} ${after}`.replaceAll('{branch}', ' ');
  const words = text.split(/[^0-9A-Za-z]+/).filter((word) => word !== '');
  const numbers = words.filter((word) => /^[vVrR]?\d+$/.test(word));
  const isDate = /(?:19|20)\d\d[._-]?[01]\d/.test(text) || words.some((word) => /\d{6}/.test(word));
  if (isDate) return words.filter((word) => /\d{6}/.test(word) || numbers.includes(word));
  const isDescribed = /(?:^|-)\d+-g$/.test(before);
  return isDescribed || !isRepeated ? numbers : [];
}

/**
 * The most common form of tags that contain a commit. Digits alone could be a date, so at least one tag must have a letter in
 * them. A prefix counts as a branch's if it is this branch's, or if there is also a moving tag of that name.
 */
export function shapeOf(tags: readonly string[], branch: string): Shape | undefined {
  const families = familiesOf(tags);
  const groups = new Map<string, Held[]>();
  for (const held of tags.flatMap(heldIn)) {
    const { template } = templateOf(held, branch, families);
    if (template === undefined) continue;
    const group = groups.get(template) ?? [];
    group.push(held);
    groups.set(template, group);
  }
  const known = [...groups].filter(([, some]) => some.some(({ digits }) => /[a-f]/.test(digits)));
  // Among equally usual forms, the one with the most tags.
  const [best] = known.sort(
    ([a, some], [b, more]) => usualness(b) - usualness(a) || more.length - some.length,
  );
  if (best === undefined) return undefined;
  const [template, some] = best;
  const lead = template.slice(0, template.search(commitPlaceholder));
  const other = lead.slice(0, -1);
  const isForeign = lead.endsWith('-') && tags.includes(other);
  return {
    template: isForeign ? `{branch}-${template.slice(lead.length)}` : template,
    branch: isForeign ? other : undefined,
    tags: some.map(({ tag }) => tag),
  };
}
