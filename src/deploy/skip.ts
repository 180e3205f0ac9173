import { makeGitHub } from '../github/client.ts';
import { type CommitOrder, orderOf } from '../image/age.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import type { Report } from '../report/report.ts';
import { linksOf, type World } from '../runtime.ts';
import { compare, type Expectation } from '../verify/compare.ts';

/** Why nothing is deployed, on purpose. */
export interface Skip {
  readonly reason: 'already-running' | 'outdated';
  readonly words: string;
}

/**
 * How the image's commit stands to what runs, asked once: an automatic run may be too old by it, and every run shows what
 * it brings. Where nothing depends on it, that it is not known is no matter for the log.
 */
export async function ageOfImage(
  world: World,
  inputs: Inputs,
  report: Report,
): Promise<CommitOrder | undefined> {
  const { trigger, before, commit } = report;
  if (before === undefined || commit === undefined || trigger === undefined) return undefined;
  const { repositoryUrl, repository } = linksOf(world);
  const github = makeGitHub(
    inputs.githubToken,
    world.env['GITHUB_API_URL'] || 'https://api.github.com',
    repository,
    world.fetch,
  );
  const { shaTag } = inputs;
  const age = await orderOf(commit, before, { shaTag, branch: trigger.branch, repositoryUrl }, github);
  report.order = age;
  const decides = trigger.kind === 'automatic' && inputs.ifOutdated !== 'deploy';
  if (!inputs.dryRun) (decides || age.order !== 'unknown' ? world.log.line : world.log.debug)(age.words);
  return age;
}

/**
 * A reason to deploy nothing. Runs that somebody started by hand, or that name a commit or an image, are never too old:
 * going back may be what is wanted. A digest beside the event's own commit is no such choice: that is what an earlier
 * job found, or built, for this very event.
 *
 * @throws UserError for an outdated run with `if-outdated: fail`.
 */
export function reasonToSkip(
  inputs: Inputs,
  { trigger, plan, before, commit }: Report,
  age: CommitOrder | undefined,
  expected: Expectation,
): Skip | undefined {
  const own = trigger?.kind === 'automatic' && inputs.commit === trigger.commit;
  const found = own && plan?.source === 'reference' && plan.reference.digest !== undefined;
  const named = plan?.source === 'reference' || plan?.source === 'release';
  const chosen = !found && (inputs.commit !== undefined || named);
  if (age?.order === 'older' && trigger?.kind === 'automatic' && !chosen && inputs.ifOutdated !== 'deploy') {
    const words = `commit ${commit} is outdated. ${age.words} Another build was done sooner.`;
    if (inputs.ifOutdated === 'skip') return { reason: 'outdated', words };
    throw new UserError({
      found: `This run is about an outdated commit, ${commit}. ${age.words}`,
      expected: 'a commit that is newer than what runs, because `if-outdated` is "fail".',
      fix: '`with: if-outdated: skip` or `deploy`; to go back on purpose, `with: commit:` in a run by hand.',
    });
  }
  if (!inputs.skipIfRunning) return undefined;
  const machines = compare(before ?? [], expected).filter(({ excluded }) => !excluded);
  if (machines.length === 0 || !machines.every(({ runsImage }) => runsImage)) return undefined;
  return {
    reason: 'already-running',
    words:
      'every machine runs this image already, and `skip-if-running` is true. Whether the config, the secrets or the number of machines would change was not looked at.',
  };
}
