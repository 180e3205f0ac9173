// The release on GitHub: what must be true before it, its draft, its files, and its tags. Each act can be repeated after a
// failure: it continues where the last one stopped. Only Node's own modules, because the release job installs nothing.
import { type Api, ApiError } from './api.ts';
import { sha256 } from './checksums.ts';
import { type CheckRun, faultsOfChecks } from './ci.ts';
import { compareVersions, majorTag, versionsOf } from './version.ts';

/** A release of GitHub's API, as far as it is used here. */
interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly draft: boolean;
  readonly immutable?: boolean;
  readonly upload_url: string;
  readonly html_url: string;
  readonly assets: readonly Asset[];
}

interface Asset {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  /** `sha256:…` */
  readonly digest?: string | null;
}

export interface Wanted {
  readonly version: string;
  readonly commit: string;
}

/** Something that a maintainer must do, which the message names. */
export class Refusal extends Error {}

const tagOf = ({ version }: Wanted): string => `v${version}`;

/** The commit of a tag, also of an annotated one; undefined if there is no such tag. */
async function commitOfTag(api: Api, tag: string): Promise<string | undefined> {
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

/** Why GitHub's facts do not allow this release: its commit is not on main, CI did not pass, or the tag is another commit's. */
export async function faultsOnGitHub(api: Api, wanted: Wanted, branch: string): Promise<string[]> {
  const { commit } = wanted;
  const compare = `/compare/${encodeURIComponent(branch)}...${commit}?per_page=1`;
  const compared = await api.request('GET', compare);
  if (compared.status !== 200 && compared.status !== 404) throw new ApiError('GET', compare, compared);
  const { status = 'unknown' } = (compared.body ?? {}) as { status?: string };
  const isOnBranch = compared.status === 200 && ['identical', 'behind'].includes(status);
  const runs = await api.list<CheckRun>(`/commits/${commit}/check-runs?filter=latest`, 'check_runs');
  const tag = tagOf(wanted);
  const tagged = await commitOfTag(api, tag);
  return [
    ...(isOnBranch ? [] : [`${commit} is not on ${branch}. Expected a commit that has been merged.`]),
    ...faultsOfChecks(runs).map((fault) => `CI did not pass for ${commit}: ${fault}.`),
    ...(tagged === undefined || tagged === commit
      ? []
      : [`The tag ${tag} exists, for ${tagged}. Expected it for ${commit}, or not to exist.`]),
  ];
}

/** The published release of a tag; undefined if there is none. */
async function publishedRelease(api: Api, tag: string): Promise<Release | undefined> {
  const path = `/releases/tags/${tag}`;
  const answer = await api.request('GET', path);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new ApiError('GET', path, answer);
  return answer.body as Release;
}

/**
 * Whether the release is published already, with these files.
 *
 * @throws Refusal if it is published with others.
 */
export async function isPublished(
  api: Api,
  wanted: Wanted,
  files: Readonly<Record<string, Buffer>>,
): Promise<boolean> {
  const release = await publishedRelease(api, tagOf(wanted));
  if (release === undefined) return false;
  const others = Object.entries(files)
    .filter(([name, bytes]) => !release.assets.some((asset) => hasBytes(asset, name, bytes)))
    .map(([name]) => name);
  if (others.length > 0)
    throw new Refusal(
      `${release.html_url} is published, with other contents of ${others.join(', ')}. A release cannot be changed: release the next version.`,
    );
  return true;
}

const hasBytes = (asset: Asset, name: string, bytes: Buffer): boolean =>
  asset.name === name && asset.state === 'uploaded' && asset.digest === `sha256:${sha256(bytes)}`;

/** Creates the draft, or updates the one of an earlier try, and uploads the files that it lacks. Returns its ID. */
export async function draftRelease(
  api: Api,
  wanted: Wanted,
  { notes, files }: { notes: string; files: Readonly<Record<string, Buffer>> },
): Promise<number> {
  const tag = tagOf(wanted);
  const all = await api.list<Release>('/releases');
  const drafts = all.filter(({ draft, tag_name }) => draft && tag_name === tag);
  if (drafts.length > 1)
    throw new Refusal(`There are ${drafts.length} drafts of ${tag}. Delete them, and run this again.`);
  const [found] = drafts;
  const content = { tag_name: tag, target_commitish: wanted.commit, name: tag, body: notes, draft: true };
  const [method, path, status] =
    found === undefined
      ? (['POST', '/releases', 201] as const)
      : (['PATCH', `/releases/${found.id}`, 200] as const);
  const answer = await api.request(method, path, content);
  if (answer.status !== status) throw new ApiError(method, path, answer);
  const release = answer.body as Release;
  await uploadFiles(api, release, files);
  return release.id;
}

/** Adds files to the draft of a version. @throws Refusal if there is no draft. */
export async function addFiles(
  api: Api,
  wanted: Wanted,
  files: Readonly<Record<string, Buffer>>,
): Promise<void> {
  await uploadFiles(api, await draftOf(api, wanted), files);
}

async function draftOf(api: Api, wanted: Wanted): Promise<Release> {
  const all = await api.list<Release>('/releases');
  const draft = all.find((each) => each.draft && each.tag_name === tagOf(wanted));
  if (draft === undefined) throw new Refusal(`There is no draft of ${tagOf(wanted)}. Run all jobs again.`);
  return draft;
}

async function uploadFiles(
  api: Api,
  release: Release,
  files: Readonly<Record<string, Buffer>>,
): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    const same = release.assets.filter((asset) => asset.name === name);
    if (same.some((asset) => hasBytes(asset, name, bytes))) continue;
    // An upload that broke off leaves a file without its contents.
    for (const { id } of same) {
      const path = `/releases/assets/${id}`;
      const answer = await api.request('DELETE', path);
      if (answer.status !== 204) throw new ApiError('DELETE', path, answer);
    }
    const target = `${release.upload_url.replace(/\{.*\}$/, '')}?name=${encodeURIComponent(name)}`;
    const answer = await api.upload(target, bytes);
    if (answer.status !== 201) throw new ApiError('POST', `the file ${name}`, answer);
    if (!hasBytes(answer.body as Asset, name, bytes))
      throw new Error(`GitHub received other bytes of ${name} than were sent.`);
  }
}

/** Publishes the draft, which creates its tag. @throws Refusal if GitHub refuses the tag, or the release can be changed. */
export async function publishRelease(api: Api, wanted: Wanted): Promise<string> {
  const tag = tagOf(wanted);
  if ((await publishedRelease(api, tag)) === undefined) {
    const { id } = await draftOf(api, wanted);
    // GitHub would publish the draft with a tag that exists, and that could not be undone.
    mustBeTagOf(wanted, (await commitOfTag(api, tag)) ?? wanted.commit);
    const path = `/releases/${id}`;
    const latest = (await newest(api, wanted.version, undefined)) === wanted.version;
    const answer = await api.request('PATCH', path, { draft: false, make_latest: String(latest) });
    // The token of a run cannot create a tag for a commit whose workflows are not those of a branch's head.
    if (answer.status === 403 && (await commitOfTag(api, tag)) === undefined)
      throw new Refusal(
        `GitHub does not let this token create the tag. Create it, which runs this again:\n${tagLine(tag, wanted)}`,
      );
    if (answer.status !== 200) throw new ApiError('PATCH', path, answer);
  }
  const release = await publishedRelease(api, tag);
  mustBeTagOf(wanted, await commitOfTag(api, tag));
  if (release?.immutable !== true)
    throw new Refusal(
      `${release?.html_url ?? tag} can still be changed. In Settings, General, Releases, turn on "Enable release immutability". Then delete this release and its tag, and run this again.`,
    );
  return release.html_url;
}

function mustBeTagOf(wanted: Wanted, tagged: string | undefined): void {
  if (tagged !== wanted.commit)
    throw new Refusal(`${tagOf(wanted)} is ${tagged ?? 'not there'}. Expected ${wanted.commit}.`);
}

/** The greatest version that is published, or that this one would be. @param major only of this number. */
async function newest(api: Api, version: string, major: string | undefined): Promise<string> {
  const all = await api.list<Release>('/releases');
  const published = versionsOf(all.filter(({ draft }) => !draft).map(({ tag_name }) => tag_name));
  return [...published, version]
    .filter((each) => major === undefined || majorTag(each) === major)
    .sort(compareVersions)
    .at(-1) as string;
}

const tagLine = (tag: string, { commit }: Wanted, force = ''): string =>
  `git push ${force}origin ${commit}:refs/tags/${tag}`;

/** How the tag of the major version ended: it is at this release, or a maintainer must move it. */
export type Moved =
  | { readonly kind: 'moved' | 'there' }
  | { readonly kind: 'newer'; readonly version: string }
  | { readonly kind: 'manual'; readonly line: string };

/**
 * Moves `v1` to the release, unless a newer one is published. @param mover the API with a token that can move tags across
 * changes of workflows; undefined if there is none.
 */
export async function moveMajorTag(api: Api, mover: Api | undefined, wanted: Wanted): Promise<Moved> {
  const tag = majorTag(wanted.version);
  if ((await publishedRelease(api, tagOf(wanted))) === undefined)
    throw new Refusal(`${tagOf(wanted)} is not published.`);
  const greatest = await newest(api, wanted.version, tag);
  if (greatest !== wanted.version) return { kind: 'newer', version: greatest };
  const current = await commitOfTag(api, tag);
  if (current === wanted.commit) return { kind: 'there' };
  const line = tagLine(tag, wanted, '--force ');
  if (mover === undefined) return { kind: 'manual', line };
  const [method, path, body, status] =
    current === undefined
      ? (['POST', '/git/refs', { ref: `refs/tags/${tag}`, sha: wanted.commit }, 201] as const)
      : (['PATCH', `/git/refs/tags/${tag}`, { sha: wanted.commit, force: true }, 200] as const);
  const answer = await mover.request(method, path, body);
  if (answer.status === 403 || answer.status === 422) return { kind: 'manual', line };
  if (answer.status !== status) throw new ApiError(method, path, answer);
  return { kind: 'moved' };
}
