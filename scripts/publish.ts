// The steps of .github/workflows/release.yml, by name. Only Node's own modules, because the job that can write installs
// nothing. Variables: VERSION (of a manual run), GITHUB_REF_TYPE and GITHUB_REF_NAME (of a tag), COMMIT, ASSETS, BUNDLE,
// GITHUB_TOKEN, APP_TOKEN, which can create and move tags, and LEAVE_DRAFT.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, makeApi, Refusal } from './release/api.ts';
import { bundleName, entriesIn, notesFor, notesName, writeAssets } from './release/assets.ts';
import { faultsOfRelease, releaseCommit, versionIn } from './release/contents.ts';
import { type Git, gitIn } from './release/git.ts';
import type { Files } from './release/github-files.ts';
import {
  addFiles,
  draftRelease,
  faultsOnGitHub,
  isPublished,
  moveMajorTag,
  publishRelease,
} from './release/github-release.ts';
import { commitOfTag, type Wanted } from './release/tag.ts';
import { majorTag, parseVersion } from './release/version.ts';

const folder = process.cwd();
const git: Git = gitIn(folder);
const env = (name: string): string => {
  const value = process.env[name] ?? '';
  if (value === '') throw new Refusal(`The variable ${name} is not set.`);
  return value;
};
const apiWith = (token: string) =>
  makeApi({
    url: env('GITHUB_API_URL'),
    repository: env('GITHUB_REPOSITORY'),
    token,
    sleep: (milliseconds) => sleep(Number(process.env['RETRY_AFTER'] ?? milliseconds)),
  });
const api = () => apiWith(env('GITHUB_TOKEN'));
/** With the token of the app, which can create tags where a ruleset or changed workflows keep the run's own token from it. */
const appApi = () => {
  const token = process.env['APP_TOKEN'] ?? '';
  return token === '' ? undefined : apiWith(token);
};
const output = (name: string, value: string) => {
  appendFileSync(env('GITHUB_OUTPUT'), `${name}=${value}\n`);
  console.log(`${name}: ${value}`);
};
const summarize = (text: string) => {
  console.log(text);
  const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') appendFileSync(file, `${text}\n`);
};

/** With the token that writes drafts: the app's, if there is one. */
const writer = () => appApi() ?? api();

/** The version and the commit that a job before found. */
const wanted = (): Wanted => ({ version: checked(env('VERSION')), commit: env('COMMIT') });

function checked(version: string): string {
  if (parseVersion(version) === undefined)
    throw new Refusal(`${JSON.stringify(version)} is not a version. Expected three numbers, such as 1.2.3.`);
  return version;
}

/** The head of a branch, as the checkout of a tag has it; undefined if it has none. */
function headOf(branch: string): string | undefined {
  try {
    return git('rev-parse', '--verify', '--quiet', `refs/remotes/origin/${branch}`);
  } catch {
    return undefined;
  }
}

/** The files of the release, without the notes: those of the build, and the attestation, if this run made it. */
function filesOf({ version }: Wanted): Files {
  const bundle = process.env['BUNDLE'] ?? '';
  return {
    ...Object.fromEntries(
      readdirSync(env('ASSETS'))
        .filter((name) => name !== notesName)
        .sort()
        .map((name) => [name, readFileSync(join(env('ASSETS'), name))]),
    ),
    [bundleName(version)]: bundle === '' ? undefined : readFileSync(bundle),
  };
}

const steps: Readonly<Record<string, () => void | Promise<void>>> = {
  /** Finds the commit of the version, and checks it. */
  async check() {
    const isTag = process.env['GITHUB_REF_TYPE'] === 'tag';
    const version = checked(isTag ? env('GITHUB_REF_NAME').replace(/^v/, '') : env('VERSION'));
    const head = git('rev-parse', 'HEAD');
    const commit = isTag ? head : releaseCommit(folder, git, head, version);
    if (commit === undefined)
      throw new Refusal(
        `No commit of this branch is the release ${version}: package.json has the version ${versionIn(folder, head)}. Run npm run release -- ${version}, and merge its commits without squashing or rebasing.`,
      );
    const faults = faultsOfRelease(folder, git, commit, version);
    if (faults.length > 0) throw new Refusal(faults.join('\n'));
    notesFor(folder, commit, version);
    // Git can merge an entry of “Unreleased” into the section that the release made of it.
    const main = isTag ? headOf(env('BRANCH')) : head;
    if (main !== undefined && entriesIn(folder, main, version) !== entriesIn(folder, commit, version))
      throw new Refusal(
        `CHANGELOG.md on ${env('BRANCH')} has other entries for ${version} than its commit ${commit}. Move the entries that were merged later to "Unreleased" there.`,
      );
    const onGitHub = await faultsOnGitHub(api(), { version, commit }, env('BRANCH'));
    if (onGitHub.length > 0) throw new Refusal(onGitHub.join('\n'));
    output('version', version);
    output('commit', commit);
  },

  /** Writes the files of the release. */
  assets() {
    const { version, commit } = wanted();
    const sizes = writeAssets(folder, git, { version, commit, to: env('ASSETS') });
    for (const [name, size] of Object.entries(sizes)) console.log(`${name}: ${size} bytes`);
  },

  /** Creates the draft with its files, unless an earlier try has published it. */
  async draft() {
    const files = filesOf(wanted());
    const published = await isPublished(api(), wanted(), files);
    const notes = readFileSync(join(env('ASSETS'), notesName), 'utf8');
    if (!published)
      console.log(`The draft has the ID ${await draftRelease(writer(), wanted(), { notes, files })}.`);
    output('published', String(published));
  },

  /** Adds the attestation to the draft. */
  async bundle() {
    await addFiles(writer(), wanted(), { [bundleName(wanted().version)]: readFileSync(env('BUNDLE')) });
  },

  /** Publishes the draft, or leaves it for a maintainer. */
  async publish() {
    // The run of a tag that was deleted must not publish without GitHub's form.
    const isGone =
      process.env['GITHUB_REF_TYPE'] === 'tag' &&
      (await commitOfTag(api(), env('GITHUB_REF_NAME'))) === undefined;
    const { isPublished, isTagged, url } = await publishRelease(wanted(), {
      api: api(),
      publisher: writer(),
      files: filesOf(wanted()),
      leavesDraft: isGone || process.env['LEAVE_DRAFT'] === 'true',
    });
    output('published', String(isPublished));
    if (isPublished) return summarize(`Published: ${url}`);
    const next = isTagged
      ? `The tag exists already, so run this workflow again afterwards, which moves the major tag:\n\n\`\`\`sh\ngh workflow run release.yml --field version=${wanted().version}\n\`\`\``
      : 'That creates the tag, which runs this workflow again and moves the major tag.';
    summarize(
      `The draft is complete: ${url}\n\nOpen it, select "Publish this Action to the GitHub Marketplace", and publish it. ${next}`,
    );
  },

  /** Moves the tag of the major version. */
  async move() {
    const major = majorTag(wanted().version);
    const moved = await moveMajorTag(api(), appApi(), wanted());
    if (moved.kind === 'moved') summarize(`Moved ${major} to ${wanted().commit}.`);
    if (moved.kind === 'there') summarize(`${major} is at ${wanted().commit} already.`);
    if (moved.kind === 'newer') summarize(`${major} stays at the newer release ${moved.version}.`);
    if (moved.kind !== 'manual') return;
    console.log(`::warning title=${major} is not moved::Run: ${moved.line}`);
    summarize(`${major} is not moved. Move it:\n\n\`\`\`sh\n${moved.line}\n\`\`\``);
  },
};

const name = process.argv[2] ?? '';
try {
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  if (step === undefined) throw new Refusal(`Expected one of: ${Object.keys(steps).join(', ')}`);
  await step();
} catch (error) {
  if (!(error instanceof Refusal || error instanceof ApiError)) throw error;
  // No text of an answer is a workflow command.
  console.error(error.message.replaceAll(/^(\s*):(?=:)/gm, '$1: '));
  process.exitCode = 1;
}
