// The tag of a release on GitHub. Only Node's own modules, because the release job installs nothing.
import { type Answer, type Api, ApiError, Refusal } from './api.ts';

/** The release to make. */
export interface Wanted {
  readonly version: string;
  readonly commit: string;
}

export const tagOf = ({ version }: Wanted): string => `v${version}`;

/** The commit of a tag, also of an annotated one; undefined if there is no such tag. */
export async function commitOfTag(api: Api, tag: string): Promise<string | undefined> {
  const path = `/git/ref/tags/${tag}`;
  const answer = await api.request('GET', path);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new ApiError('GET', path, answer);
  const { object } = answer.body as { object: { type: string; sha: string } };
  if (object.type !== 'tag') return object.sha;
  const annotated = `/git/tags/${object.sha}`;
  const inner = await api.request('GET', annotated);
  if (inner.status !== 200) throw new ApiError('GET', annotated, inner);
  return (inner.body as { object: { sha: string } }).object.sha;
}

/** @throws Refusal if the tag of the release is another commit's, or does not exist. */
export function mustBeTagOf(wanted: Wanted, tagged: string | undefined): void {
  if (tagged !== wanted.commit)
    throw new Refusal(`${tagOf(wanted)} is ${tagged ?? 'not there'}. Expected ${wanted.commit}.`);
}

/** The command with which a maintainer sets a tag. */
export const tagLine = (tag: string, { commit }: Wanted, force = ''): string =>
  `git push ${force}origin ${commit}:refs/tags/${tag}`;

/**
 * Whether GitHub refused the token of a run, because the commit's workflows are not those of the default branch: 404, or 403
 * (GitHub's docs, "Create a release" and "Update a release").
 */
export const isAboutWorkflows = ({ status }: Answer): boolean => status === 403 || status === 404;

/** Whether GitHub refused to create the tag: for the same reason, or 422 because of a ruleset. */
export const isAboutTag = ({ status, body }: Answer): boolean =>
  isAboutWorkflows({ status, body }) ||
  (status === 422 && /cannot create ref|valid tag/i.test(JSON.stringify(body)));
