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

/** How the commit that is to be deployed stands to the one that runs. */
export interface CommitOrder {
  /** `older`: what runs holds it already. */
  readonly relation: 'same' | 'newer' | 'older' | 'diverged' | 'unknown';
  /** The commit that runs: whole from a label, shorter from a tag. */
  readonly running: string | undefined;
  /** A sentence of it. */
  readonly words: string;
  /** What lies between the two, where GitHub could be asked. */
  readonly between?: Comparison;
}

const orders: Record<CompareStatus, CommitOrder['relation']> = {
  identical: 'same',
  ahead: 'newer',
  behind: 'older',
  diverged: 'diverged',
};

/**
 * Tells whether a commit is older than what runs: two builds that end in the wrong order must not leave the older
 * one running. The running commit is what all machines say by their image's label, or by its SHA tag.
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
  if (machines.length === 0) return { relation: 'unknown', running: undefined, words: 'Nothing runs yet.' };
  if (commits.size > 1)
    return { relation: 'unknown', running: undefined, words: 'The machines run images of several commits.' };
  if (running === undefined || !/^[0-9a-f]{7,64}$/.test(running)) {
    return {
      relation: 'unknown',
      running: undefined,
      words: 'What runs does not say which commit it was built from.',
    };
  }
  const short = shortSha(running);
  if (candidate.startsWith(running) || running.startsWith(candidate))
    return { relation: 'same', running, words: `Commit ${short} runs already.` };
  const compared = await github.compare(running, candidate);
  if ('unknown' in compared) {
    return {
      relation: 'unknown',
      running,
      words: `Whether it is newer than what runs, ${short}, is not known: ${compared.unknown}.`,
    };
  }
  const words = {
    same: `Commit ${short} runs already.`,
    newer: `It is newer than what runs, ${short}.`,
    older: `It is older than what runs: ${short} holds it already.`,
    diverged: `It has diverged from what runs, ${short}: neither holds the other.`,
    unknown: '',
  };
  const order = orders[compared.status];
  return { relation: order, running: compared.base ?? running, words: words[order], between: compared };
}

/**
 * How the image's commit stands to what runs, asked once: an automatic run may be too old by it, and every run shows what
 * it brings.
 *
 * @returns undefined where there is nothing to compare.
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
