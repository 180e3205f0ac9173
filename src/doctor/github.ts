import { githubOf } from '../github/client.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { policies } from '../lib/http.ts';
import { namesImage } from '../registry/reference.ts';
import { namesCommit, renderTags } from '../registry/tag-template.ts';
import type { Finding, FindingCode, Mark } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';
import { commitTags } from './tags.ts';

/**
 * Asks GitHub for the branch's head with the job's token, which needs `contents: read`, and looks whether that commit has
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
        'Not looked at: there is no `github-token`, so that no run can tell an outdated build.',
        'leave the input `github-token` out: the job’s own is its default.',
      ),
    ];
  const github = githubOf(rt, inputs.githubToken, policies.githubCheck);
  const head = await github.branchHead(branch);
  const status = typeof head === 'string' ? 200 : head.status;
  const lines = 'permissions:\n  contents: read';
  if (status === 401)
    return [
      finding(
        'warning',
        'github-token-unknown',
        'GitHub does not know the `github-token` (401).',
        'leave the input `github-token` out: the job’s own is its default.',
      ),
    ];
  if (status === 403 || status === 404)
    return [
      finding(
        'warning',
        'github-token-without-contents',
        `The job’s token may not read this repository’s commits (${status}), so that no run can tell an outdated build.`,
        lines,
      ),
    ];
  if (status === 422)
    return [
      finding(
        'bad',
        'branch-missing',
        `The repository has no branch "${branch}", whose builds are to be deployed.`,
        '`with: branch:`; left out, it is the repository’s default branch.',
      ),
    ];
  if (typeof head !== 'string')
    return [
      finding(
        'skipped',
        'github-not-checked',
        `Not looked at: GitHub answered ${status} for the head of branch "${branch}".`,
      ),
    ];
  const well = finding(
    'ok',
    'github-token-accepted',
    `The job’s token reads this repository’s commits; the head of branch "${branch}" is ${head}.`,
  );
  const whole = namesImage(inputs.image);
  if (whole || !namesCommit(inputs.shaTag) || commitTags(tags, inputs, branch).length === 0) return [well];
  const possible = renderTags(inputs.shaTag, { branch, commit: head });
  const tag = possible.find((each) => tags.includes(each));
  if (tag !== undefined)
    return [
      well,
      {
        area: 'Image',
        mark: 'ok',
        code: 'head-with-image',
        words: `The head of branch "${branch}" has its image, ${tag}.`,
      },
    ];
  const words = `The head of branch "${branch}" has no image ${possible[0]}: it is not built yet, its build failed, or a \`paths:\` filter left it out.`;
  return [
    well,
    {
      area: 'Image',
      mark: 'warning',
      code: 'head-without-image',
      words,
      fix: 'look at the build of that commit; a run by hand deploys the moving tag meanwhile.',
    },
  ];
}
