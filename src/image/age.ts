import type { Machine } from '../fly/machines.ts';
import type { CompareStatus, Comparison, GitHub } from '../github/client.ts';
import { tagIn } from '../registry/reference.ts';
import { commitInTag } from '../registry/tag-template.ts';
import { findRevision } from './revision.ts';

/** How the commit that is to be deployed stands to the one that runs. */
export interface CommitOrder {
  /** `older`: what runs holds it already. */
  readonly order: 'same' | 'newer' | 'older' | 'diverged' | 'unknown';
  /** The commit that runs: whole from a label, shorter from a tag. */
  readonly running: string | undefined;
  /** A sentence of it. */
  readonly words: string;
  /** What lies between the two, where GitHub could be asked. */
  readonly between?: Comparison;
}

const orders: Record<CompareStatus, CommitOrder['order']> = {
  identical: 'same',
  ahead: 'newer',
  behind: 'older',
  diverged: 'diverged',
};

/**
 * Tells whether a commit is older than what runs: two builds that end in the wrong order must not leave the older
 * one running. The running commit is what all machines say by their image's label, or by its SHA tag.
 */
export async function orderOf(
  candidate: string,
  machines: readonly Machine[],
  { shaTag, branch, repositoryUrl }: { shaTag: string; branch: string; repositoryUrl: string },
  github: GitHub,
): Promise<CommitOrder> {
  const commits = new Set(
    machines.map(
      ({ labels, image, configuredImage }) =>
        findRevision([], labels, repositoryUrl)?.commit ??
        [configuredImage, image]
          .map((name) => commitInTag(tagIn(name), shaTag, branch))
          .find((found) => found),
    ),
  );
  const [running] = commits;
  if (machines.length === 0) return { order: 'unknown', running: undefined, words: 'Nothing runs yet.' };
  if (commits.size > 1)
    return { order: 'unknown', running: undefined, words: 'The machines run images of several commits.' };
  if (running === undefined || !/^[0-9a-f]{7,64}$/.test(running)) {
    return {
      order: 'unknown',
      running: undefined,
      words: 'What runs does not say which commit it was built from.',
    };
  }
  const short = running.slice(0, 7);
  if (candidate.startsWith(running) || running.startsWith(candidate))
    return { order: 'same', running, words: `Commit ${short} runs already.` };
  const compared = await github.compare(running, candidate);
  if ('unknown' in compared) {
    return {
      order: 'unknown',
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
  return { order, running: compared.base ?? running, words: words[order], between: compared };
}
