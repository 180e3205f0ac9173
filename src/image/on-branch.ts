import type { BuildRef } from '../event/build-ref.ts';
import type { Trigger } from '../event/types.ts';
import { type CompareStatus, type GitHub, type GitHubDeps, githubOf } from '../github/client.ts';
import { linksOf } from '../github/links.ts';
import type { Log } from '../github/log.ts';
import type { ImageInputs, RegistryInputs, TrustInputs } from '../inputs/inputs.ts';
import { isCommit } from '../lib/commit.ts';
import { policies } from '../lib/http.ts';
import { UserError } from '../lib/user-error.ts';
import { isOtherRepository, type Revision } from './revision.ts';
import { isNamed, type Plan } from './types.ts';

type OnBranchDeps = GitHubDeps & { readonly log: Pick<Log, 'warning'> };
type OnBranchInputs = Pick<ImageInputs, 'image'> &
  Pick<RegistryInputs, 'githubToken'> &
  Pick<TrustInputs, 'attestation'>;

/** How long GitHub gets to show a push, in milliseconds, and how often it is asked. */
const [lag, between] = [10_000, 2500];

/** What is known of the image that a run is about to deploy. */
interface FoundCommit {
  readonly plan: Plan;
  readonly revision: Revision | undefined;
  readonly buildRef: BuildRef;
}

/**
 * Checks that the branch has the commit of a run that no person has started. An event names its branch, and that can be the
 * name of a tag too, or the branch may have been pushed anew since: only GitHub knows which commits it has.
 *
 * @throws UserError when the branch does not have it; and, with an attestation that is required, when that is not known.
 */
export async function checkBranch(
  rt: OnBranchDeps,
  inputs: OnBranchInputs,
  trigger: Trigger,
  image: FoundCommit,
): Promise<void> {
  const { buildRef, revision } = image;
  // A run says a name, which a branch and a tag can have at the same time.
  const isNamedRef =
    trigger.kind === 'automatic' && trigger.run !== undefined && buildRef.kind !== 'pull-request';
  if (buildRef.kind !== 'branch' && !isNamedRef) return;
  const commit = commitToCompare(trigger, image);
  if (commit === undefined) return;
  const { repositoryUrl } = linksOf(rt);
  const { branch } = trigger;
  // What an event of this repository is about is a commit of it; who sends one, or an input, can name any. A label that
  // says otherwise is written by whoever built the image.
  const isSent =
    trigger.event === 'repository_dispatch' || (trigger.kind === 'automatic' && commit !== trigger.commit);
  if (isSent && isOtherRepository(revision, { repositoryUrl, imagePath: inputs.image.path })) return;

  const { clock } = rt;
  const github = githubOf(rt, inputs.githubToken, policies.githubCheck);
  const end = clock.now() + lag;
  for (;;) {
    // The whole name of the ref, as a tag can be called the same.
    const compared = await github.compare(`refs/heads/${branch}`, commit);
    if ('unknown' in compared) {
      if (isNamedRef && compared.missing === true && (await isTag(github, branch, commit))) return;
      return notCompared(rt, inputs, commit, branch, compared.unknown);
    }
    const { status } = compared;
    if (status === 'identical' || status === 'behind') return;
    if (status === 'diverged' || clock.now() >= end) throw notOn(commit, branch, status);
    await clock.sleep(between);
  }
}

/**
 * The commit that the branch must have: of an image that is named the event's own, else the one that is meant. A short one is
 * compared whole, where the image says it.
 */
function commitToCompare(trigger: Trigger, { plan, revision }: FoundCommit): string | undefined {
  const isFree = isNamed(plan) && plan.by !== 'commit';
  const bySomeProgram = ['repository_dispatch', 'registry_package'].includes(trigger.event);
  const meant =
    trigger.kind === 'automatic'
      ? ((isFree ? undefined : plan.commit) ?? trigger.commit)
      : bySomeProgram
        ? plan.commit
        : undefined;
  const said = revision?.commit ?? '';
  return meant !== undefined && isCommit(said) && said.startsWith(meant) ? said : meant;
}

/** Where there is no branch of that name: does a tag have it, and is it this commit? */
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
    expected: `a commit of "${branch}", the branch whose builds are deployed.`,
    fix: `merge the commit, and deploy the build of the merge. If "${branch}" was force-pushed, deploy the build of its new head. If builds of another branch are meant: \`with: branch:\` with its name.`,
  });
}

function notCompared(
  { log }: OnBranchDeps,
  { attestation }: OnBranchInputs,
  commit: string,
  branch: string,
  why: string,
): void {
  const permission = 'permissions:\n    contents: read';
  const found = `Whether commit ${commit} is on branch "${branch}" is not known: ${why}.`;
  const expected = `GitHub’s comparison of the two, which shows that "${branch}" has the commit.`;
  const fix = `let the job read the repository:\n  ${permission}`;
  if (attestation.mode === 'require')
    throw new UserError({ code: 'commit-not-compared', found, expected, fix });
  log.warning(why.includes(permission) ? found : `${found} To have it checked, ${fix}`);
}
