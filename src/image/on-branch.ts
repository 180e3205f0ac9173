import type { BuildRef } from '../event/build-ref.ts';
import type { Trigger } from '../event/types.ts';
import {
  type CompareStatus,
  type GitHub,
  type GitHubDeps,
  githubOf,
  type NotCompared,
} from '../github/client.ts';
import { linksOf } from '../github/links.ts';
import type { Log } from '../github/log.ts';
import type { ImageInputs, RegistryInputs, TrustInputs } from '../inputs/inputs.ts';
import { retryGitHub } from '../lib/advice.ts';
import { isCommit } from '../lib/commit.ts';
import { policies } from '../lib/http.ts';
import { UserError } from '../lib/user-error.ts';
import { isOtherRepository, type Revision } from './revision.ts';
import { isNamed, type Plan } from './types.ts';

type OnBranchDeps = GitHubDeps & { readonly log: Pick<Log, 'warning'> };
type OnBranchInputs = Pick<ImageInputs, 'image'> &
  Pick<RegistryInputs, 'githubToken'> &
  Pick<TrustInputs, 'attestation'>;

/** How long GitHub gets to show a push, and the time between two requests, in milliseconds. */
const [lag, between] = [10_000, 2500];

/** What is known about the image that a run is about to deploy. */
interface FoundCommit {
  readonly plan: Plan;
  readonly revision: Revision | undefined;
  readonly buildRef: BuildRef;
}

/** Whether the comparison depends on what the image names, and so has to wait for it. */
export function dependsOnImage(
  deps: GitHubDeps,
  { image }: OnBranchInputs,
  trigger: Trigger,
  plan: Plan,
): boolean {
  const commit = commitToCompare(trigger, { plan, revision: undefined });
  if (commit === undefined) return false;
  const { repositoryUrl } = linksOf(deps);
  return (
    !isCommit(commit) ||
    (isSent(trigger, commit) && isOtherRepository(undefined, { repositoryUrl, imagePath: image.path }))
  );
}

/** An event of this repository is about one of its commits; a sender or an input can name any commit. */
const isSent = (trigger: Trigger, commit: string): boolean =>
  trigger.event === 'repository_dispatch' || (trigger.kind === 'automatic' && commit !== trigger.commit);

/**
 * Checks that the branch contains the commit of a run that was not started by a person. The branch name in an event can also be
 * a tag's, and the branch can have been force-pushed since, so GitHub is asked which commits are on it.
 *
 * @throws UserError when the branch does not contain it, and, if an attestation is required, when that is unknown.
 */
export async function checkBranch(
  rt: OnBranchDeps,
  inputs: OnBranchInputs,
  trigger: Trigger,
  image: FoundCommit,
): Promise<void> {
  const { buildRef, revision } = image;
  // A run's event has only a name, which a branch and a tag can share.
  const isNamedRef =
    trigger.kind === 'automatic' && trigger.run !== undefined && buildRef.kind !== 'pull-request';
  if (buildRef.kind !== 'branch' && !isNamedRef) return;
  const commit = commitToCompare(trigger, image);
  if (commit === undefined) return;
  const { repositoryUrl } = linksOf(rt);
  const { branch } = trigger;
  // A label that names another repository comes from whoever built the image.
  if (isSent(trigger, commit) && isOtherRepository(revision, { repositoryUrl, imagePath: inputs.image.path }))
    return;

  const { clock } = rt;
  const github = githubOf(rt, inputs.githubToken, policies.githubCheck);
  const end = clock.now() + lag;
  for (;;) {
    // The full name of the ref, because a tag can have the same name.
    const compared = await github.compare(`refs/heads/${branch}`, commit);
    if ('unknown' in compared) {
      if (isNamedRef && compared.missing === true && (await isTag(github, branch, commit))) return;
      return notCompared(rt, inputs, commit, branch, compared);
    }
    const { status } = compared;
    if (status === 'identical' || status === 'behind') return;
    if (status === 'diverged' || clock.now() >= end) throw notOn(commit, branch, status);
    await clock.sleep(between);
  }
}

/**
 * The commit that the branch must contain: the event's own if an image is named, else the selected one. A short commit is
 * completed if the image names the full one.
 */
function commitToCompare(
  trigger: Trigger,
  { plan, revision }: Pick<FoundCommit, 'plan' | 'revision'>,
): string | undefined {
  const isFree = isNamed(plan) && plan.by !== 'commit';
  const bySomeProgram = ['repository_dispatch', 'registry_package'].includes(trigger.event);
  const selected =
    trigger.kind === 'automatic'
      ? ((isFree ? undefined : plan.commit) ?? trigger.commit)
      : bySomeProgram
        ? plan.commit
        : undefined;
  const said = revision?.commit ?? '';
  return selected !== undefined && isCommit(said) && said.startsWith(selected) ? said : selected;
}

/** Whether there is a tag of that name, and it points to this commit. For a name that is not a branch's. */
async function isTag(github: Pick<GitHub, 'compare'>, name: string, commit: string): Promise<boolean> {
  const compared = await github.compare(`refs/tags/${name}`, commit);
  return 'status' in compared && compared.status === 'identical';
}

function notOn(commit: string, branch: string, status: CompareStatus): UserError {
  const how =
    status === 'diverged'
      ? 'each has commits that the other does not have'
      : 'the commit is ahead of the branch';
  return new UserError({
    code: 'commit-not-on-branch',
    found: `Commit ${commit} is not on branch "${branch}" on GitHub: ${how}.`,
    expected: `A commit of "${branch}", the branch whose builds are deployed.`,
    fix: `Merge the commit, and deploy the build of the merge. If "${branch}" was force-pushed, deploy the build of its new head. To deploy the builds of another branch, set \`with: branch:\` to its name.`,
  });
}

function notCompared(
  { log }: OnBranchDeps,
  { attestation }: OnBranchInputs,
  commit: string,
  branch: string,
  { unknown: why, because }: NotCompared,
): void {
  const found = `Whether commit ${commit} is on branch "${branch}" is unknown: ${why}.`;
  const expected = `A comparison by GitHub that shows that "${branch}" contains the commit.`;
  const fix = fixes[because];
  if (attestation.mode === 'require')
    throw new UserError({ code: 'commit-not-compared', found, expected, fix });
  // The reason of a refusal names the permission already.
  log.warning(because === 'denied' ? found : `${found} ${fix}`);
}

const fixes: Readonly<Record<NotCompared['because'], string>> = {
  denied: 'Let the job read the repository:\n  permissions:\n    contents: read',
  'no-token': 'Remove the empty input `github-token`: it defaults to the job’s token.',
  'no-answer': retryGitHub,
};
