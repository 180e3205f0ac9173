import { cleanBranch, commitPlaceholder, lengthsIn } from './tag-template.ts';

/** A ref that is not a branch: for a build on it, `{{branch}}` of docker/metadata-action is empty. */
export type NoBranch = { readonly kind: 'tag'; readonly branch: string } | { readonly kind: 'pull-request' };

interface LineOptions {
  /** Whether the step's `flavor` adds a prefix or suffix to tags, which these lines must then override. */
  readonly flavored?: boolean;
  /** The ref of the build, if it is not a branch. */
  readonly on?: NoBranch | undefined;
}

/**
 * The lines of a docker/metadata-action step that create this template's tag when the branch is pushed (README of
 * docker/metadata-action, "tags input" and "short sha length"). It cleans a prefix as it cleans a branch.
 */
export function metadataLines(template: string, { flavored = false, on }: LineOptions = {}): string {
  const [longest, ...shorter] = lengthsIn(template);
  const env = [
    ...(longest === undefined || longest === 7 ? [] : [`DOCKER_METADATA_SHORT_SHA_LENGTH: ${longest}`]),
    // By default, the commit of a pull request's build is the merge commit.
    ...(on?.kind === 'pull-request' ? ['DOCKER_METADATA_PR_HEAD_SHA: true'] : []),
  ];
  const event = { branch: 'branch', tag: 'tag', 'pull-request': 'pr' }[on?.kind ?? 'branch'];
  const branch =
    on === undefined ? '{{branch}}' : on.kind === 'tag' ? cleanBranch(on.branch) : '${{ github.head_ref }}';
  return [
    // docker/metadata-action cuts all commits to one length.
    ...shorter.map((length) => `- run: echo "SHA_${length}=\${GITHUB_SHA:0:${length}}" >> "$GITHUB_ENV"`),
    '- uses: docker/metadata-action@v6',
    ...(env.length === 0 ? [] : ['  env:', ...env.map((line) => `    ${line}`)]),
    '  with:',
    '    tags: |',
    ...new Set([`      type=ref,event=${event}`, `      ${lineOf(template, flavored, longest, branch)}`]),
  ].join('\n');
}

function lineOf(template: string, flavored: boolean, longest: number | undefined, branch: string): string {
  const commits = template.split(new RegExp(commitPlaceholder, 'g'));
  const branches = template.split('{branch}');
  const around = ([before = '', after = '']: readonly string[], isSha: boolean) => [
    ...(before !== '' || flavored || isSha ? [`prefix=${before}`] : []),
    ...(after !== '' || flavored ? [`suffix=${after}`] : []),
  ];
  if (commits.length === 2) {
    const parts = commits.map((part) => part.replaceAll('{branch}', branch));
    const long = template.includes('{full-sha}') ? ['format=long'] : [];
    return ['type=sha', ...around(parts, true), ...long].join(',');
  }
  if (commits.length === 1 && branches.length === 2 && branch === '{{branch}}')
    return ['type=ref', 'event=branch', ...around(branches, false)].join(',');
  const value = template
    .replaceAll('{branch}', branch)
    .replaceAll('{full-sha}', '${{ github.sha }}')
    .replace(/\{sha(?::(\d+))?\}/g, (_, length: string | undefined) =>
      Number(length ?? 7) === longest ? '{{sha}}' : `\${{ env.SHA_${length ?? 7} }}`,
    );
  return ['type=raw', `value=${value}`, ...around([], false)].join(',');
}
