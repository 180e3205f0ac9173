/** What stands for what in the input `sha-tag`. */
export interface TagParts {
  readonly branch: string;
  /** Full commit id, or a shorter one that somebody typed. */
  readonly commit: string;
  readonly shortLength: number;
}

/** The placeholders that a `sha-tag` template may use. */
export const placeholders = ['branch', 'sha', 'full-sha'] as const;

/**
 * A branch's name as docker/metadata-action writes it into a tag: each run of characters that a tag cannot
 * have becomes one `-` (src/meta.ts, `sanitizeTag`). `feature/x` → `feature-x`, `release/v1.0+b` → `release-v1.0-b`.
 */
export const cleanBranch = (branch: string): string => branch.replace(/[^a-zA-Z0-9._-]+/g, '-');

/** The first characters of a commit id, cut as docker/metadata-action cuts them: never asked of git. */
export const shortSha = (commit: string, length: number): string => commit.slice(0, length);

/** Fills a template. The result need not be a valid tag: the caller checks it and shows it. */
export function renderTag(template: string, parts: TagParts): string {
  return template.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    switch (name) {
      case 'branch':
        return cleanBranch(parts.branch);
      case 'sha':
        return shortSha(parts.commit, parts.shortLength);
      case 'full-sha':
        return parts.commit;
      default:
        return whole;
    }
  });
}

/** Names in braces that mean nothing here, e.g. `{tag}`. */
export function unknownPlaceholders(template: string): string[] {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  return names.filter((name) => !placeholders.some((known) => known === name));
}

/** Does the template name a commit at all? One that does not is a moving tag. */
export const namesCommit = (template: string): boolean => /\{(?:full-)?sha\}/.test(template);

/**
 * Does this tag look like one that the template makes for this branch? Used to show what exists when the
 * wanted one does not. Split and compared piece by piece, without a regular expression made from input.
 */
export const madeByTemplate = (tag: string, template: string, branch: string): boolean =>
  commitInTag(tag, template, branch) !== undefined;

/** The commit id, or its beginning, in a tag that a template made for this branch; undefined for another tag, '' where the template has none. */
export function commitInTag(tag: string, template: string, branch: string): string | undefined {
  let rest = tag;
  let commit = '';
  for (const piece of template.replaceAll('{branch}', cleanBranch(branch)).split(/(\{(?:full-)?sha\})/)) {
    if (piece === '{sha}' || piece === '{full-sha}') {
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

/** What a build runs on that is no branch, so that docker/metadata-action has none for `{{branch}}`. */
export type NoBranch = { readonly kind: 'tag'; readonly branch: string } | { readonly kind: 'pull-request' };

/**
 * The lines of a docker/metadata-action step that would make this template's tag
 * (README of docker/metadata-action, "type=sha" and "short sha length"). It cleans a prefix as it cleans a branch.
 *
 * @param on what the build runs on, where that is no branch.
 */
export function metadataLines(template: string, shortLength: number, on?: NoBranch): string {
  const long = template.includes('{full-sha}');
  const branch =
    on === undefined ? '{{branch}}' : on.kind === 'tag' ? cleanBranch(on.branch) : '${{ github.head_ref }}';
  const [prefix = '', suffix = ''] = template.replaceAll('{branch}', branch).split(/\{(?:full-)?sha\}/);
  const attributes = [
    'type=sha',
    `prefix=${prefix}`,
    ...(suffix === '' ? [] : [`suffix=${suffix}`]),
    ...(long ? ['format=long'] : []),
  ];
  const variables = [
    ...(long || shortLength === 7 ? [] : [`DOCKER_METADATA_SHORT_SHA_LENGTH: ${shortLength}`]),
    ...(on?.kind === 'pull-request' ? ['DOCKER_METADATA_PR_HEAD_SHA: true'] : []),
  ];
  const env = variables.length === 0 ? [] : ['env:', ...variables.map((each) => `  ${each}`)];
  const event = { tag: 'tag', 'pull-request': 'pr', branch: 'branch' }[on?.kind ?? 'branch'];
  return ['- uses: docker/metadata-action@v6', ...env.map((line) => `  ${line}`)]
    .concat(['  with:', '    tags: |', `      type=ref,event=${event}`, `      ${attributes.join(',')}`])
    .join('\n');
}
