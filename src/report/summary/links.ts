import type { Links } from '../../github/links.ts';
import { shortSha } from '../../registry/tag-template.ts';
import { code, link } from './markdown.ts';

/** Percent-encoded, as the variable of the runner is a text from outside. */
const repositoryUrl = ({ server, repository }: Links): string =>
  `${server}/${repository.split('/').map(encodeURIComponent).join('/')}`;

const isId = (commit: string): boolean => /^[0-9a-f]{7,64}$/.test(commit);

/** A commit as code, linked where it is a commit's id: a label can hold anything. */
export const commitLink = (commit: string, links: Links): string =>
  isId(commit)
    ? link(code(shortSha(commit)), `${repositoryUrl(links)}/commit/${commit}`)
    : code(commit.slice(0, 80));

/** GitHub's page of what `head` has and `base` has not; undefined unless both are commits' ids. */
export const compareUrl = (base: string, head: string, links: Links): string | undefined =>
  isId(base) && isId(head) ? `${repositoryUrl(links)}/compare/${base}...${head}` : undefined;

/** This run's page, where the job can be started again. */
export const runUrl = (links: Links): string | undefined =>
  links.runId !== undefined && /^\d+$/.test(links.runId)
    ? `${repositoryUrl(links)}/actions/runs/${links.runId}`
    : undefined;

/** An app's pages on Fly.io. */
export const flyUrl = (app: string, page = ''): string =>
  `https://fly.io/apps/${encodeURIComponent(app)}${page}`;

/** The image's package on GitHub, if this repository's owner owns it. */
export function packageUrl(image: { readonly host: string; readonly path: string }, links: Links) {
  const [owner, ...rest] = image.path.split('/');
  return image.host === 'ghcr.io' && owner === links.repository.split('/')[0]?.toLowerCase()
    ? `${repositoryUrl(links)}/pkgs/container/${encodeURIComponent(rest.join('/'))}`
    : undefined;
}
