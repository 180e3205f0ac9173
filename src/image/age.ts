import type { Trigger } from '../event/types.ts';
import type { Machine } from '../fly/machine.ts';
import {
  type CompareStatus,
  type Comparison,
  type GitHub,
  type GitHubDeps,
  githubOf,
} from '../github/client.ts';
import { linksOf } from '../github/links.ts';
import type { ImageInputs, RegistryInputs } from '../inputs/inputs.ts';
import { policies } from '../lib/http.ts';
import { tagIn } from '../registry/reference.ts';
import { commitInTag, shortSha } from '../registry/tag-template.ts';
import { findRevision } from './revision.ts';

/** How the commit to deploy compares with the one that is running. */
export interface CommitOrder {
  /** `older`: the running commit already contains it. */
  readonly relation: 'same' | 'newer' | 'older' | 'diverged' | 'unknown';
  /** The running commit: the full id from a label, or its first digits from a tag. */
  readonly running: string | undefined;
  /** The result as a sentence. */
  readonly words: string;
  /** The commits between the two, if GitHub could compare them. */
  readonly between?: Comparison;
}

const orders: Record<CompareStatus, CommitOrder['relation']> = {
  identical: 'same',
  ahead: 'newer',
  behind: 'older',
  diverged: 'diverged',
};

/**
 * Finds whether a commit is older than the running one: two builds can finish out of order, and the older one must not replace
 * the newer. The running commit is the one in the image labels of all machines, or in their SHA tags.
 */
async function orderOf(
  candidate: string,
  machines: readonly Machine[],
  { shaTag, branch, repositoryUrl }: { shaTag: string; branch: string; repositoryUrl: string },
  github: GitHub,
): Promise<CommitOrder> {
  const commits = new Set(
    machines.map(
      ({ labels, image, configuredImage }) =>
        findRevision([], labels, { repositoryUrl, imagePath: '', wanted: undefined })?.commit ??
        [configuredImage, image]
          .map((name) => commitInTag(tagIn(name), shaTag, branch))
          .find((found) => found),
    ),
  );
  const [running] = commits;
  if (machines.length === 0)
    return { relation: 'unknown', running: undefined, words: 'Nothing is running yet.' };
  if (commits.size > 1)
    return { relation: 'unknown', running: undefined, words: 'The machines run images of several commits.' };
  if (running === undefined || !/^[0-9a-f]{7,64}$/.test(running)) {
    return {
      relation: 'unknown',
      running: undefined,
      words: 'The running image does not name the commit it was built from.',
    };
  }
  const short = shortSha(running);
  if (candidate.startsWith(running) || running.startsWith(candidate))
    return { relation: 'same', running, words: `Commit ${short} is already running.` };
  const compared = await github.compare(running, candidate);
  if ('unknown' in compared) {
    return {
      relation: 'unknown',
      running,
      words: `Whether it is newer than the running commit, ${short}, is unknown: ${compared.unknown}.`,
    };
  }
  const words = {
    same: `Commit ${short} is already running.`,
    newer: `It is newer than the running commit, ${short}.`,
    older: `It is older than the running commit: ${short} already contains it.`,
    diverged: `It has diverged from the running commit, ${short}: neither contains the other.`,
    unknown: '',
  };
  const order = orders[compared.status];
  return { relation: order, running: compared.base ?? running, words: words[order], between: compared };
}

/**
 * Compares the image's commit with the running one, once per run: an automatic run can be outdated, and every run lists what it
 * changes.
 *
 * @returns undefined if there is nothing to compare.
 */
export async function orderOfImage(
  rt: GitHubDeps,
  { shaTag, githubToken }: Pick<ImageInputs, 'shaTag'> & Pick<RegistryInputs, 'githubToken'>,
  { branch }: Pick<Trigger, 'branch'>,
  commit: string | undefined,
  machines: readonly Machine[] | undefined,
): Promise<CommitOrder | undefined> {
  if (machines === undefined || commit === undefined) return undefined;
  const { repositoryUrl } = linksOf(rt);
  const github = githubOf(rt, githubToken, policies.githubCheck);
  return orderOf(commit, machines, { shaTag, branch, repositoryUrl }, github);
}
