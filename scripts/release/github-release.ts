// The release on GitHub: what must be true before it, its draft, its files, and its tags. Each act can be repeated after a
// failure: it continues where the last one stopped. Only Node's own modules, because the release job installs nothing.
import { type Api, ApiError, Refusal } from './api.ts';
import { type CheckRun, faultsOfChecks } from './ci.ts';
import { deleteFile, type Files, otherFiles, uploadFiles, type WithFiles } from './github-files.ts';
import {
  commitOfTag,
  isAboutTag,
  isAboutWorkflows,
  mustBeTagOf,
  tagLine,
  tagOf,
  type Wanted,
} from './tag.ts';
import { compareVersions, majorTag, versionsOf } from './version.ts';

/** A release of GitHub's API, as far as it is used here. */
interface Release extends WithFiles {
  readonly id: number;
  readonly tag_name: string;
  readonly draft: boolean;
  readonly immutable?: boolean;
  readonly html_url: string;
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
 * Whether the release is published already, with these files and no others.
 *
 * @throws Refusal if it is published with others.
 */
export async function isPublished(api: Api, wanted: Wanted, files: Files): Promise<boolean> {
  const release = await publishedRelease(api, tagOf(wanted));
  if (release === undefined) return false;
  const others = otherFiles(release, files);
  if (others !== undefined)
    throw new Refusal(
      `${release.html_url} is published, ${others}. A release cannot be changed: release the next version.`,
    );
  return true;
}

/**
 * Creates the draft, or updates the one of an earlier try: uploads the files that it lacks, and deletes those that are not of
 * this release. Returns its ID.
 *
 * @param files undefined for one that is uploaded later.
 */
export async function draftRelease(
  api: Api,
  wanted: Wanted,
  { notes, files }: { notes: string; files: Files },
): Promise<number> {
  const tag = tagOf(wanted);
  const all = await api.list<Release>('/releases');
  const drafts = all.filter(({ draft, tag_name }) => draft && tag_name === tag);
  if (drafts.length > 1)
    throw new Refusal(`There are ${drafts.length} drafts of ${tag}. Delete them, and run this again.`);
  const [found] = drafts;
  const text = { name: tag, body: notes };
  const release =
    found === undefined
      ? await write(api, wanted, 'POST', '/releases', { ...targetOf(wanted), ...text, draft: true })
      : await corrected(api, wanted, found, text);
  for (const asset of release.assets) if (!(asset.name in files)) await deleteFile(api, asset);
  await uploadFiles(api, release, files);
  return release.id;
}

type Content = Readonly<Record<string, string | boolean>>;

const targetOf = (wanted: Wanted) => ({ tag_name: tagOf(wanted), target_commitish: wanted.commit });

/** Changes what differs in a draft. Who is not allowed to create a draft can continue one that a maintainer created. */
async function corrected(api: Api, wanted: Wanted, draft: Release, text: Content): Promise<Release> {
  const changed = Object.entries({ ...targetOf(wanted), ...text }).filter(
    ([key, value]) => draft[key as keyof Release] !== value,
  );
  if (changed.length === 0) return draft;
  return write(api, wanted, 'PATCH', `/releases/${draft.id}`, Object.fromEntries(changed));
}

/** Creates or changes a draft. @throws Refusal if the token is not allowed to. */
async function write(
  api: Api,
  wanted: Wanted,
  method: 'POST' | 'PATCH',
  path: string,
  content: Content,
): Promise<Release> {
  const answer = await api.request(method, path, content);
  const { commit } = wanted;
  const tag = tagOf(wanted);
  if (isAboutWorkflows(answer))
    throw new Refusal(
      `GitHub does not let this token write a draft of ${commit} (${answer.status}). Most likely, its workflows differ from those of main by now. Set up the app of docs/releasing.md, or create the draft, and run this again:
gh release create ${tag} --draft --target ${commit} --title ${tag} --notes ""`,
    );
  if (answer.status !== (method === 'POST' ? 201 : 200)) throw new ApiError(method, path, answer);
  return answer.body as Release;
}

/** Adds files to the draft of a version. @throws Refusal if there is no draft. */
export async function addFiles(api: Api, wanted: Wanted, files: Files): Promise<void> {
  await uploadFiles(api, await draftOf(api, wanted), files);
}

async function draftOf(api: Api, wanted: Wanted): Promise<Release> {
  const all = await api.list<Release>('/releases');
  const draft = all.find((each) => each.draft && each.tag_name === tagOf(wanted));
  if (draft === undefined) throw new Refusal(`There is no draft of ${tagOf(wanted)}. Run all jobs again.`);
  return draft;
}

/** Whether the release is published, or a draft that a maintainer publishes. */
export interface Standing {
  readonly isPublished: boolean;
  /** Whether its tag exists, so that publishing the draft does not create it. */
  readonly isTagged: boolean;
  readonly url: string;
}

export interface Publishing {
  readonly api: Api;
  /** The API with the token that creates the tag. */
  readonly publisher: Api;
  readonly files: Files;
  /** Whether a maintainer publishes the draft. */
  readonly leavesDraft: boolean;
}

/**
 * Publishes the draft, which creates its tag, or leaves it for a maintainer.
 *
 * @throws Refusal if it has other files, GitHub refuses the tag, or the published release can be changed.
 */
export async function publishRelease(
  wanted: Wanted,
  { api, publisher, files, leavesDraft }: Publishing,
): Promise<Standing> {
  const tag = tagOf(wanted);
  if (!(await isPublished(api, wanted, files))) {
    const draft = await draftOf(api, wanted);
    const others = otherFiles(draft, files);
    if (others !== undefined)
      throw new Refusal(`The draft of ${tag} was found ${others}. Run all jobs again, which corrects it.`);
    // GitHub would publish the draft with a tag that exists, and that could not be undone.
    const tagged = await commitOfTag(api, tag);
    mustBeTagOf(wanted, tagged ?? wanted.commit);
    if (leavesDraft) return { isPublished: false, isTagged: tagged !== undefined, url: draft.html_url };
    const path = `/releases/${draft.id}`;
    const latest = (await newest(api, wanted.version, undefined)) === wanted.version;
    const answer = await publisher.request('PATCH', path, { draft: false, make_latest: String(latest) });
    if (isAboutTag(answer) && (await commitOfTag(api, tag)) === undefined)
      throw new Refusal(
        `GitHub does not let this token create the tag. Publish the draft in its form: ${draft.html_url}\nOr create the tag, which runs this again:\n${tagLine(tag, wanted)}`,
      );
    if (answer.status !== 200) throw new ApiError('PATCH', path, answer);
  }
  const release = await publishedRelease(api, tag);
  mustBeTagOf(wanted, await commitOfTag(api, tag));
  if (release?.immutable !== true)
    throw new Refusal(
      `${release?.html_url ?? tag} can still be changed. In Settings, General, Releases, turn on "Enable release immutability". Then delete this release and its tag, and run the workflow with the version again.`,
    );
  return { isPublished: true, isTagged: true, url: release.html_url };
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
