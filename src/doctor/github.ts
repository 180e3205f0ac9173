import type { Inputs } from '../inputs/inputs.ts';
import { makeHttp } from '../lib/http.ts';
import { isCommit, namesImage } from '../registry/reference.ts';
import { namesCommit, renderTag } from '../registry/tag-template.ts';
import type { Finding } from '../report/finding.ts';
import { linksOf, type World } from '../runtime.ts';
import { commitTags } from './tags.ts';

/**
 * Asks GitHub for the branch's head with the job's token, which needs `contents: read` (REST API, "Get a commit", with the
 * media type that gives the id alone), and looks whether that commit has an image.
 */
export async function lookAtGitHub(
  world: World,
  inputs: Inputs,
  branch: string,
  tags: readonly string[],
): Promise<Finding[]> {
  const finding = (mark: Finding['mark'], words: string, fix?: string): Finding => ({
    area: 'GitHub token',
    mark,
    words,
    ...(fix === undefined ? {} : { fix }),
  });
  if (inputs.githubToken === '')
    return [
      finding(
        'skipped',
        'Not looked at: there is no `github-token`, so that no run can tell an outdated build.',
        'leave the input `github-token` out: the job’s own is its default.',
      ),
    ];
  const http = makeHttp(
    { ...world, debug: world.log.debug },
    { tries: 2, timeout: 15_000, longestWait: 5000 },
  );
  const api = world.env['GITHUB_API_URL'] || 'https://api.github.com';
  const repository = linksOf(world).repository.split('/').map(encodeURIComponent).join('/');
  const answer = await http(`${api}/repos/${repository}/commits/${encodeURIComponent(`heads/${branch}`)}`, {
    headers: { authorization: `Bearer ${inputs.githubToken}`, accept: 'application/vnd.github.sha' },
    limit: 64 * 1024,
  });
  const { status } = answer;
  const lines = 'permissions:\n  contents: read';
  if (status === 401)
    return [
      finding(
        'warning',
        'GitHub does not know the `github-token` (401).',
        'leave the input `github-token` out: the job’s own is its default.',
      ),
    ];
  if (status === 403 || status === 404)
    return [
      finding(
        'warning',
        `The job’s token may not read this repository’s commits (${status}), so that no run can tell an outdated build.`,
        lines,
      ),
    ];
  if (status === 422)
    return [
      finding(
        'bad',
        `The repository has no branch "${branch}", whose builds are to be deployed.`,
        '`with: branch:`; left out, it is the repository’s default branch.',
      ),
    ];
  const commit = answer.body.toString('utf8').trim();
  if (status !== 200 || !isCommit(commit))
    return [
      finding('skipped', `Not looked at: GitHub answered ${status} for the head of branch "${branch}".`),
    ];
  const well = finding(
    'ok',
    `The job’s token reads this repository’s commits; the head of branch "${branch}" is ${commit}.`,
  );
  const whole = namesImage(inputs.image);
  if (whole || !namesCommit(inputs.shaTag) || commitTags(tags, inputs, branch).length === 0) return [well];
  const tag = renderTag(inputs.shaTag, { branch, commit, shortLength: inputs.shortShaLength });
  if (tags.includes(tag))
    return [
      well,
      { area: 'Image', mark: 'ok', words: `The head of branch "${branch}" has its image, ${tag}.` },
    ];
  const words = `The head of branch "${branch}" has no image ${tag}: it is not built yet, its build failed, or a \`paths:\` filter left it out.`;
  return [
    well,
    {
      area: 'Image',
      mark: 'warning',
      words,
      fix: 'look at the build of that commit; a run by hand deploys the moving tag meanwhile.',
    },
  ];
}
