import { commitPlaceholder, lengthsIn } from './tag-template.ts';

/** What a build runs on. */
export type BuildEvent = 'branch' | 'tag' | 'pr';

interface LineOptions {
  /** Whether the step's `flavor` puts a prefix or suffix around tags, which these lines must then refuse. */
  readonly flavored?: boolean;
  readonly event?: BuildEvent;
}

/**
 * The lines of a docker/metadata-action step that would make this template's tag (README of docker/metadata-action, "tags input",
 * "short sha length" and "Environment variables"). A template for a tag or a pull request must not contain the branch, which
 * is empty there.
 */
export function metadataLines(
  template: string,
  { flavored = false, event = 'branch' }: LineOptions = {},
): string {
  const [longest, ...shorter] = lengthsIn(template);
  const env = [
    ...(longest === undefined || longest === 7 ? [] : [`DOCKER_METADATA_SHORT_SHA_LENGTH: ${longest}`]),
    // Else it is the commit that GitHub merged for the check, which is on no branch.
    ...(event === 'pr' ? ['DOCKER_METADATA_PR_HEAD_SHA: true'] : []),
  ];
  return [
    // The action cuts all commits to one length.
    ...shorter.map((length) => `- run: echo "SHA_${length}=\${GITHUB_SHA:0:${length}}" >> "$GITHUB_ENV"`),
    '- uses: docker/metadata-action@v6',
    ...(env.length === 0 ? [] : ['  env:']),
    ...env.map((line) => `    ${line}`),
    '  with:',
    '    tags: |',
    ...new Set([`      type=ref,event=${event}`, `      ${lineOf(template, flavored, longest)}`]),
  ].join('\n');
}

function lineOf(template: string, flavored: boolean, longest: number | undefined): string {
  const commits = template.split(new RegExp(commitPlaceholder, 'g'));
  const branches = template.split('{branch}');
  const around = ([before = '', after = '']: readonly string[], isSha: boolean) => [
    ...(before !== '' || flavored || isSha ? [`prefix=${before}`] : []),
    ...(after !== '' || flavored ? [`suffix=${after}`] : []),
  ];
  if (commits.length === 2) {
    const parts = commits.map((part) => part.replaceAll('{branch}', '{{branch}}'));
    const long = template.includes('{full-sha}') ? ['format=long'] : [];
    return ['type=sha', ...around(parts, true), ...long].join(',');
  }
  if (commits.length === 1 && branches.length === 2)
    return ['type=ref', 'event=branch', ...around(branches, false)].join(',');
  const value = template
    .replaceAll('{branch}', '{{branch}}')
    .replaceAll('{full-sha}', '${{ github.sha }}')
    .replace(/\{sha(?::(\d+))?\}/g, (_, length: string | undefined) =>
      Number(length ?? 7) === longest ? '{{sha}}' : `\${{ env.SHA_${length ?? 7} }}`,
    );
  return ['type=raw', `value=${value}`, ...around([], false)].join(',');
}
