import { githubOf } from '../github/client.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { retryGitHub } from '../lib/advice.ts';
import { policies } from '../lib/http.ts';
import { namesImage } from '../registry/reference.ts';
import { namesCommit, renderTags, shortSha } from '../registry/tag-template.ts';
import { type Finding, type FindingCode, type Mark, named } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';
import { commitTags, tagCause } from './tags.ts';

const removeToken = 'Remove the input `github-token`: it defaults to the job’s token.';

/**
 * Asks GitHub for the branch's head with the job's token, which needs `contents: read`, and checks whether that commit has
 * an image.
 */
export async function checkGitHub(
  rt: Runtime,
  inputs: Inputs,
  branch: string,
  tags: readonly string[],
): Promise<Finding[]> {
  const finding = (mark: Mark, code: FindingCode, words: string, fix?: string): Finding => ({
    area: 'GitHub token',
    mark,
    code,
    words,
    ...(fix === undefined ? {} : { fix }),
  });
  if (inputs.githubToken === '')
    return [
      finding(
        'skipped',
        'github-token-missing',
        'There is no `github-token`, so no run can detect an outdated build.',
        removeToken,
      ),
    ];
  const github = githubOf(rt, inputs.githubToken, policies.githubCheck);
  const head = await github.branchHead(branch);
  const status = typeof head === 'string' ? 200 : head.status;
  if (status === 401)
    return [
      finding(
        'warning',
        'github-token-unknown',
        'GitHub does not accept the `github-token` (401).',
        removeToken,
      ),
    ];
  if (status === 403 || status === 404)
    return [
      {
        ...finding(
          'warning',
          'github-token-without-contents',
          `The job’s token cannot read this repository’s commits (${status}), so no run can detect an outdated build.`,
          'Give the job this permission:\npermissions:\n  contents: read',
        ),
        cause: 'contents: read',
      },
    ];
  if (status === 422)
    return [
      finding(
        'bad',
        'branch-missing',
        `The repository has no branch ${named(branch)}, whose builds are deployed.`,
        'Correct the input `branch`, or remove it: it defaults to the default branch of the repository.',
      ),
    ];
  if (typeof head !== 'string')
    return [
      finding(
        'skipped',
        'github-not-checked',
        `GitHub answered ${status} for the newest commit of branch ${named(branch)}, so it was not checked.`,
        retryGitHub,
      ),
    ];
  const accepted = finding(
    'ok',
    'github-token-accepted',
    `The job’s token can read this repository’s commits. The newest commit of branch ${named(branch)} is ${named(head)}.`,
  );
  const whole = namesImage(inputs.image);
  if (whole || !namesCommit(inputs.shaTag) || commitTags(tags, inputs, branch).length === 0)
    return [accepted];
  const possible = renderTags(inputs.shaTag, { branch, commit: head });
  const tag = possible.find((each) => tags.includes(each));
  if (tag !== undefined)
    return [
      accepted,
      {
        area: 'Image',
        mark: 'ok',
        code: 'head-with-image',
        words: `The newest commit of branch ${named(branch)} has its image, ${named(tag)}.`,
      },
    ];
  const [wanted = ''] = possible;
  const words = `The newest commit of branch ${named(branch)} has no image ${named(wanted)}. It is not built yet, its build failed, or a \`paths:\` filter skipped it.`;
  return [
    accepted,
    {
      area: 'Image',
      mark: 'warning',
      code: 'head-without-image',
      words,
      fix: `Check the build of commit ${named(shortSha(head))}.`,
      cause: tagCause(wanted),
    },
  ];
}
