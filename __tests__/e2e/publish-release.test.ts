import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type SandboxReleasing, startReleasing } from '../../sandbox/github/releasing.ts';
import { compileCache } from '../../sandbox/lib/compile-cache.ts';
import { parseOutputFile } from '../../sandbox/runner/output-file.ts';
import { sha256 } from '../../scripts/release/checksums.ts';
import { requiredChecks } from '../../scripts/release/ci.ts';
import type { Commits } from '../../scripts/release/commits.ts';
import { type Reference, withReferences } from '../../scripts/release/references.ts';
import { type Clone, inRelease, releasedAssets } from '../releasing/world.ts';
import { root } from '../workflows.ts';

// The steps of release.yml as processes, with GitHub's API and a clone.

let github: SandboxReleasing;
beforeEach(async () => {
  github = await startReleasing();
});
afterEach(() => github.close());

interface Result {
  readonly status: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly stdout: string;
  readonly stderr: string;
}
type Step = (name: string, env?: Readonly<Record<string, string>>) => Promise<Result>;
interface World extends Clone {
  readonly commits: Commits;
  readonly step: Step;
  readonly tagged: string;
  /** Folder of the release's files. */
  readonly assets: string;
  /** All steps of the job that publishes. */
  readonly release: () => Promise<Result>;
}

/** Runs with the commits of 1.0.0 on main, for which CI passed. */
const inWorld = (work: (world: World) => Promise<void>): Promise<void> =>
  inRelease(async (clone) => {
    const { folder, commits } = clone;
    const { tagged } = commits;
    github.comparisons.set(tagged, 'behind');
    github.checks.set(
      tagged,
      requiredChecks.map((name) => ({
        ...{ name, status: 'completed', conclusion: 'success', started_at: '2026-11-26T08:00:00Z' },
        app: { slug: 'github-actions' },
      })),
    );
    const apart = join(folder, '.git', 'apart');
    mkdirSync(apart);
    const assets = join(apart, 'assets');
    cpSync(releasedAssets, assets, { recursive: true });
    const [output, summary, bundle] = ['output', 'summary', 'bundle.json'].map((name) =>
      join(apart, name),
    ) as [string, string, string];
    writeFileSync(bundle, '{"attestation":1}');
    const step: Step = (name, env = {}) =>
      new Promise((resolve) => {
        for (const file of [output, summary]) rmSync(file, { force: true });
        execFile(
          process.execPath,
          [join(root, 'scripts/publish.ts'), name],
          {
            cwd: folder,
            env: {
              ...{
                PATH: process.env['PATH'],
                HOME: apart,
                RETRY_AFTER: '1',
                NODE_COMPILE_CACHE: compileCache,
              },
              ...{
                GITHUB_API_URL: github.origin,
                GITHUB_REPOSITORY: 'owner/repo',
                GITHUB_TOKEN: github.token,
              },
              ...{ GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, BRANCH: 'main' },
              ...{ VERSION: '1.0.0', COMMIT: tagged, ASSETS: assets },
              // The attestation is made after the draft.
              ...(['bundle', 'publish'].includes(name) ? { BUNDLE: bundle } : {}),
              ...env,
            },
          },
          (error, stdout, stderr) => {
            const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
            resolve({
              status: Number(error?.code ?? 0),
              outputs: Object.fromEntries(parseOutputFile(read(output))),
              summary: read(summary),
              stdout,
              stderr,
            });
          },
        );
      });
    const release = async () => {
      let result = await step('draft');
      const isPublished = result.outputs['published'] === 'true';
      for (const name of isPublished ? ['publish'] : ['bundle', 'publish'])
        if (result.status === 0) result = await step(name);
      return result;
    };
    await work({ ...clone, step, tagged, assets, release });
  });

const refused = (words: RegExp) => ({ status: 1, stderr: expect.stringMatching(words) });
const files = ['SHA256SUMS', 'deploy-fly-image-1.0.0.sigstore.json', 'deploy-fly-image-1.0.0.tar.gz'];
const names = () => github.releases[0]?.assets.map(({ name }) => name).sort();

describe('the check', () => {
  test('finds the commit of a manual run from the head of main', () =>
    inWorld(async ({ step, tagged, git }) => {
      expect(git('rev-parse', 'HEAD')).not.toBe(tagged);
      expect(await step('check')).toMatchObject({ status: 0, outputs: { version: '1.0.0', commit: tagged } });
    }));

  test('takes the commit of a tag that was pushed', () =>
    inWorld(async ({ step, tagged, git }) => {
      git('checkout', '--quiet', tagged);
      github.tags.set('v1.0.0', tagged);
      const pushed = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0', VERSION: '' };
      expect(await step('check', pushed)).toMatchObject({ status: 0, outputs: { commit: tagged } });
    }));

  test('refuses a tag that was pushed for another commit of main', () =>
    inWorld(async ({ step, git }) => {
      const head = git('rev-parse', 'HEAD~2');
      git('checkout', '--quiet', head);
      github.tags.set('v1.0.0', head);
      const pushed = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0', VERSION: '' };
      expect(await step('check', pushed)).toMatchObject(refused(/which is not a commit/));
    }));

  test.each(['1.0', 'v1.0.0', '1.0.0; echo', '1.0.0\nb=c', '../1.0.0'])('refuses the version %j', (version) =>
    inWorld(async ({ step }) => {
      expect(await step('check', { VERSION: version })).toMatchObject({
        ...refused(/is not a version/),
        outputs: {},
      });
      expect(github.requests).toEqual([]);
    }),
  );

  test('refuses a version that main does not have', () =>
    inWorld(async ({ step }) =>
      expect(await step('check', { VERSION: '1.1.0' })).toMatchObject(
        refused(/package\.json has the version 1\.0\.0/),
      ),
    ));

  test.each(['ahead', 'diverged', undefined] as const)('refuses a commit that is not on main: %s', (status) =>
    inWorld(async ({ step, tagged }) => {
      if (status === undefined) github.comparisons.delete(tagged);
      else github.comparisons.set(tagged, status);
      expect(await step('check')).toMatchObject(refused(new RegExp(`^${tagged} is not on main`)));
    }),
  );

  test.each<[string, Record<string, unknown> | undefined, RegExp]>([
    ['failed', { conclusion: 'failure' }, /ended with failure/],
    ['is running', { status: 'in_progress', conclusion: null }, /is in progress/],
    ['is absent', undefined, /has not run/],
  ])('refuses a commit for which CI %s', (_, change, words) =>
    inWorld(async ({ step, tagged }) => {
      const [first, ...others] = github.checks.get(tagged) ?? [];
      github.checks.set(tagged, [...(change === undefined ? [] : [{ ...first, ...change }]), ...others]);
      const result = await step('check');
      expect(result).toMatchObject(refused(words));
      expect(result.stderr.trim().split('\n')).toHaveLength(1);
    }),
  );

  test('reads all check runs, however many there are', () =>
    inWorld(async ({ step, tagged }) => {
      const other = { name: 'Other', status: 'queued', conclusion: null, started_at: null, app: null };
      github.checks.set(tagged, [
        ...Array.from({ length: 250 }, () => other),
        ...(github.checks.get(tagged) ?? []),
      ]);
      expect((await step('check')).status).toBe(0);
    }));

  test.each([false, true])('refuses a tag that is another commit’s (annotated: %s)', (annotated) =>
    inWorld(async ({ step }) => {
      github.tags.set('v1.0.0', 'b'.repeat(40));
      if (annotated) github.annotated.set('b'.repeat(40), 'c'.repeat(40));
      expect(await step('check')).toMatchObject(refused(/The tag v1\.0\.0 exists/));
    }),
  );

  test('accepts an annotated tag of the commit', () =>
    inWorld(async ({ step, tagged }) => {
      github.tags.set('v1.0.0', 'b'.repeat(40));
      github.annotated.set('b'.repeat(40), tagged);
      expect((await step('check')).status).toBe(0);
    }));

  test('refuses a commit whose changelog has no entries for the version', () =>
    inWorld(async ({ step, folder, git, commit, commits }) => {
      const read = (path: string) => readFileSync(join(folder, path), 'utf8');
      const pinned = (path: string, to: (reference: Reference) => string) =>
        commit({ [path]: withReferences(read(path), (reference) => ({ ref: to(reference) })) });
      // The same release without the changelog.
      git('checkout', '--quiet', commits.release);
      const first = commit({ 'CHANGELOG.md': '# Changelog\n\n## [1.0.0]\n\n- No date.\n' });
      const second = pinned('.github/workflows/deploy-app.yml', () => first);
      pinned('.github/workflows/deploy-image.yml', ({ path }) => (path.endsWith('.yml') ? second : first));
      expect(await step('check')).toMatchObject(refused(/no dated entries for 1\.0\.0/));
    }));

  test('refuses a release whose entries on main are not those of its commit', () =>
    inWorld(async ({ step, commit, folder, git, tagged }) => {
      // What git makes of an entry that was merged under “Unreleased” while the release was reviewed.
      const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
      commit({
        'CHANGELOG.md': changelog.replace(
          /^(## \[1\.0\.0\].*\n)/m,
          '$1\n- An entry that the release does not have.\n',
        ),
      });
      const refusal = refused(/CHANGELOG\.md on main has other entries for 1\.0\.0/);
      expect(await step('check')).toMatchObject(refusal);
      // The checkout of a tag has main, too.
      git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      git('checkout', '--quiet', '--detach', tagged);
      const tag = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0' };
      expect(await step('check', tag)).toMatchObject(refusal);
      git('update-ref', '-d', 'refs/remotes/origin/main');
      expect(await step('check', tag)).toMatchObject({ status: 0 });
    }));

  test('does not change anything on GitHub', () =>
    inWorld(async ({ step }) => {
      await step('check');
      expect(new Set(github.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    }));
});

describe('the files', () => {
  test('are an archive, the checksums of what runs, and the notes', () =>
    inWorld(async ({ step, assets, folder, tagged }) => {
      rmSync(assets, { recursive: true });
      expect((await step('assets')).status).toBe(0);
      const read = (name: string) => readFileSync(join(assets, name));
      const sums = read('SHA256SUMS').toString('utf8');
      expect(sums).toContain(
        `${sha256(read('deploy-fly-image-1.0.0.tar.gz'))}  deploy-fly-image-1.0.0.tar.gz\n`,
      );
      for (const name of ['action.yml', 'fleet/action.yml', 'dist/index.js', 'dist/fleet/index.js'])
        expect(sums).toContain(`${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
      expect(read('notes.md').toString('utf8')).toMatch(
        new RegExp(`^### Added\\n\\n- Deploys an image\\.\\n[^]*@${tagged} # v1\\.0\\.0\\n`),
      );
    }));

  test('are the same bytes when they are written again', () =>
    inWorld(async ({ step, assets }) => {
      const before = readFileSync(join(assets, 'deploy-fly-image-1.0.0.tar.gz'));
      rmSync(assets, { recursive: true });
      await step('assets');
      expect(readFileSync(join(assets, 'deploy-fly-image-1.0.0.tar.gz')).equals(before)).toBe(true);
    }));
});

describe('the release', () => {
  test('is a draft with its files, and then published and immutable', () =>
    inWorld(async ({ step, release, tagged }) => {
      expect(await step('draft')).toMatchObject({ status: 0, outputs: { published: 'false' } });
      expect(github.releases).toMatchObject([{ draft: true, tag_name: 'v1.0.0', target_commitish: tagged }]);
      expect(github.tags.size).toBe(0);
      expect(await release()).toMatchObject({ status: 0, summary: expect.stringContaining('v1.0.0') });
      expect(github.releases).toMatchObject([{ draft: false, immutable: true, make_latest: 'true' }]);
      expect(names()).toEqual(files);
      expect(github.tags.get('v1.0.0')).toBe(tagged);
    }));

  test.each([...Array(14).keys()])(
    'is complete when it is run again after %d requests and a failure',
    (after) =>
      inWorld(async ({ release, tagged }) => {
        github.fault({ after, times: 1, status: 422, body: '{"message":"Validation Failed"}' });
        expect(await release()).toMatchObject(refused(/ was answered with 422|GitHub/));
        github.clearFaults();
        expect(await release()).toMatchObject({ status: 0 });
        expect(github.releases.filter(({ draft }) => !draft)).toHaveLength(1);
        expect(github.releases).toHaveLength(1);
        expect(names()).toEqual(files);
        expect(github.tags.get('v1.0.0')).toBe(tagged);
      }),
  );

  test('replaces a file of the draft whose upload broke off', () =>
    inWorld(async ({ step, release }) => {
      await step('draft');
      const [asset] = github.releases[0]?.assets ?? [];
      if (asset === undefined) throw new Error('there is no file');
      Object.assign(asset, { state: 'starter', digest: null });
      expect((await release()).status).toBe(0);
      expect(github.releases[0]?.assets.every(({ state }) => state === 'uploaded')).toBe(true);
    }));

  test('is not changed if it is published with the same files', () =>
    inWorld(async ({ step, release }) => {
      await release();
      const before = github.requests.length;
      expect(await step('draft')).toMatchObject({ status: 0, outputs: { published: 'true' } });
      expect((await step('publish')).status).toBe(0);
      expect(github.requests.slice(before).every(({ method }) => method === 'GET')).toBe(true);
    }));

  test('is refused if one is published with other files', () =>
    inWorld(async ({ step, release, assets }) => {
      await release();
      writeFileSync(join(assets, 'SHA256SUMS'), 'other');
      expect(await step('draft')).toMatchObject(refused(/is published, with other contents of SHA256SUMS/));
    }));

  test('fails if it can still be changed, and says which setting to turn on', () =>
    inWorld(async ({ release }) => {
      github.immutable = false;
      expect(await release()).toMatchObject(refused(/release immutability/));
    }));

  test('names the line that creates the tag if the token cannot, and goes on once it is there', () =>
    inWorld(async ({ release, tagged }) => {
      github.differs = true;
      const line = `git push origin ${tagged}:refs/tags/v1.0.0`;
      expect(await release()).toMatchObject(refused(new RegExp(`\n${line}\n`)));
      github.tags.set('v1.0.0', tagged);
      expect((await release()).status).toBe(0);
    }));

  test('names the line that creates the tag if the ruleset of docs/releasing.md keeps the token from it', () =>
    inWorld(async ({ release, tagged }) => {
      github.restricted = true;
      expect(await release()).toMatchObject(
        refused(new RegExp(`git push origin ${tagged}:refs/tags/v1\\.0\\.0`)),
      );
    }));

  test('has no other files than its own, also if somebody added one to the draft', () =>
    inWorld(async ({ step, release }) => {
      await step('draft');
      github.releases[0]?.assets.push({
        ...{ id: 1000, name: 'install.sh', state: 'uploaded', digest: `sha256:${'0'.repeat(64)}` },
      });
      await release();
      const [found] = github.releases;
      if (found?.draft === false) expect(names()).toEqual(files);
    }));

  test('is published with the app’s token where a ruleset keeps the run’s own from creating the tag', () =>
    inWorld(async ({ step, tagged }) => {
      github.restricted = true;
      for (const name of ['draft', 'bundle']) await step(name);
      expect(await step('publish', { APP_TOKEN: github.appToken })).toMatchObject({ status: 0 });
      expect(github.tags.get('v1.0.0')).toBe(tagged);
    }));

  test('is left as a complete draft for a maintainer, whose publication is continued', () =>
    inWorld(async ({ step, release, tagged }) => {
      for (const name of ['draft', 'bundle']) await step(name);
      const left = await step('publish', { LEAVE_DRAFT: 'true' });
      expect(left).toMatchObject({ status: 0, outputs: { published: 'false' } });
      expect(left.summary).toMatch(/https:\/\/github\.com\/owner\/repo\/releases\/[\s\S]*Marketplace/);
      expect(github.releases).toMatchObject([{ draft: true }]);
      expect([names(), github.tags.size]).toEqual([files, 0]);
      // As the maintainer publishes it in GitHub's form.
      Object.assign(github.releases[0] ?? {}, { draft: false, immutable: true });
      github.tags.set('v1.0.0', tagged);
      expect(await release()).toMatchObject({ status: 0, outputs: { published: 'true' } });
      expect(await step('move', { APP_TOKEN: github.appToken })).toMatchObject({ status: 0 });
      expect(github.tags.get('v1')).toBe(tagged);
    }));

  // "Create a release" and "Update a release" of GitHub's docs: the answer to a token that must not modify workflows, if those of
  // the target differ from those of the default branch.
  test.each([
    ['POST', 403],
    ['POST', 404],
    ['PATCH', 403],
    ['PATCH', 404],
  ])('says what to do if the workflows of main changed since (%s of the draft: %d)', (method, status) =>
    inWorld(async ({ step }) => {
      if (method === 'PATCH') await step('draft');
      Object.assign(github.releases[0] ?? {}, { body: 'edited' });
      github.fault({ method, path: /\/releases(?:\/\d+)?$/, status, body: '{"message":"Not Found"}' });
      expect(await step('draft')).toMatchObject(refused(/workflows/));
    }),
  );

  test('continues the draft that the printed line creates', () =>
    inWorld(async ({ step, release, tagged }) => {
      github.fault({ method: 'POST', path: /\/releases$/, status: 404, body: '{"message":"Not Found"}' });
      const [, , target] = /gh release create (\S+) --draft --target (\S+)/.exec(
        (await step('draft')).stderr,
      ) ?? [''];
      expect(target).toBe(tagged);
      // What `gh` makes with the maintainer's own token.
      const draft = { tag_name: 'v1.0.0', name: 'v1.0.0', target_commitish: tagged, body: '' };
      github.releases.push({ ...draft, id: 900, draft: true, immutable: false, assets: [] });
      expect(await release()).toMatchObject({ status: 0 });
      expect(names()).toEqual(files);
    }));

  test('names the line that creates the tag if GitHub answers the publication with 404', () =>
    inWorld(async ({ step, tagged }) => {
      for (const name of ['draft', 'bundle']) await step(name);
      github.fault({
        method: 'PATCH',
        path: /\/releases\/\d+$/,
        status: 404,
        body: '{"message":"Not Found"}',
      });
      expect(await step('publish')).toMatchObject(
        refused(new RegExp(`git push origin ${tagged}:refs/tags/v1`)),
      );
    }));

  test('is not left with the promise of another run if its tag is there already', () =>
    inWorld(async ({ step, tagged }) => {
      // A tag that was pushed, whose run was rejected or failed.
      github.tags.set('v1.0.0', tagged);
      for (const name of ['draft', 'bundle']) await step(name);
      const left = await step('publish', { LEAVE_DRAFT: 'true' });
      expect(left.summary).not.toContain('creates the tag, which runs this workflow again');
    }));

  test('that could be changed is not published past GitHub’s form by the same run', () =>
    inWorld(async ({ step, release, tagged }) => {
      for (const name of ['draft', 'bundle']) await step(name);
      await step('publish', { LEAVE_DRAFT: 'true' });
      // Published in the form, with the setting off.
      Object.assign(github.releases[0] ?? {}, { draft: false });
      github.tags.set('v1.0.0', tagged);
      expect(await release()).toMatchObject(refused(/release immutability/));
      // As the message advises: the setting, then without the release and its tag, and the same run again.
      github.immutable = true;
      github.releases.length = 0;
      github.tags.clear();
      for (const name of ['draft', 'bundle', 'publish'])
        await step(name, { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0' });
      expect(github.releases).toMatchObject([{ draft: true }]);
    }));

  test('is not left as a draft that lacks a file', () =>
    inWorld(async ({ step }) => {
      await step('draft');
      expect(await step('publish', { LEAVE_DRAFT: 'true' })).toMatchObject(
        refused(/without deploy-fly-image-1\.0\.0\.sigstore\.json/),
      );
    }));

  test('is not published with a file that was replaced after it was uploaded', () =>
    inWorld(async ({ step }) => {
      await step('draft');
      await step('bundle');
      const archive = github.releases[0]?.assets.find(({ name }) => name.endsWith('.tar.gz'));
      Object.assign(archive ?? {}, { digest: `sha256:${'0'.repeat(64)}` });
      expect((await step('publish')).status).toBe(1);
      expect(github.releases).toMatchObject([{ draft: true }]);
    }));

  test('is not taken for complete if somebody published the draft before its attestation', () =>
    inWorld(async ({ step, release, tagged }) => {
      await step('draft');
      Object.assign(github.releases[0] ?? {}, { draft: false, immutable: true });
      github.tags.set('v1.0.0', tagged);
      expect(await release()).toMatchObject({ status: 1 });
    }));

  test('stays a draft if its tag was meanwhile created for another commit', () =>
    inWorld(async ({ step, release }) => {
      await step('draft');
      github.tags.set('v1.0.0', 'b'.repeat(40));
      expect(await release()).toMatchObject(refused(/^v1\.0\.0 is b{40}/));
      expect(github.releases).toMatchObject([{ draft: true }]);
    }));

  test('is not the latest if a greater one is', () =>
    inWorld(async ({ release, tagged }) => {
      const other = { tag_name: 'v2.0.0', target_commitish: tagged, body: '', immutable: true, assets: [] };
      github.releases.push({ id: 1000, draft: false, ...other });
      await release();
      expect(github.releases.find(({ tag_name }) => tag_name === 'v1.0.0')?.make_latest).toBe('false');
    }));

  test('is refused if there are two drafts', () =>
    inWorld(async ({ step, tagged }) => {
      const draft = { tag_name: 'v1.0.0', target_commitish: tagged, body: '', immutable: false, assets: [] };
      github.releases.push({ id: 1000, draft: true, ...draft }, { id: 1001, draft: true, ...draft });
      expect(await step('draft')).toMatchObject(refused(/2 drafts/));
    }));

  test('no request of the workflow makes a commit or a branch', () =>
    inWorld(async ({ step, release }) => {
      await release();
      await step('move', { APP_TOKEN: github.appToken });
      for (const { method, path, body } of github.requests.filter((request) => request.method !== 'GET')) {
        expect([method, path]).toEqual([method, expect.stringMatching(/\/(?:releases|uploads|git\/refs)/)]);
        if (path.includes('/git/refs')) expect(body).toContain('refs/tags/v1"');
      }
    }));

  test('a token is never in the log, and no answer is a command', () =>
    inWorld(async ({ step, release }) => {
      github.fault({ status: 403, body: '{"message":"::error::x"}' });
      const results = [
        await step('check'),
        await release(),
        await step('move', { APP_TOKEN: github.appToken }),
      ];
      expect(JSON.stringify(results)).not.toMatch(/ghs_/);
      // An answer is not a workflow command either.
      for (const { stdout, stderr } of results) expect(`${stdout}${stderr}`).not.toMatch(/^\s*::error/m);
    }));
});

describe('the tag v1', () => {
  const published = (work: (world: World) => Promise<void>) =>
    inWorld(async (world) => {
      await world.release();
      await work(world);
    });
  const app = () => ({ APP_TOKEN: github.appToken });

  test('is created with the token of the app', () =>
    published(async ({ step, tagged }) => {
      expect(await step('move', app())).toMatchObject({
        status: 0,
        summary: expect.stringMatching(/^Moved v1 /),
      });
      expect(github.tags.get('v1')).toBe(tagged);
    }));

  test('is moved from an older release, even if workflows changed', () =>
    published(async ({ step, tagged }) => {
      github.tags.set('v1', 'b'.repeat(40));
      github.differs = true;
      await step('move', app());
      expect(github.tags.get('v1')).toBe(tagged);
      expect(await step('move', app())).toMatchObject({ summary: expect.stringContaining('already') });
    }));

  test('is left to the maintainer without an app, with the line to run', () =>
    published(async ({ step, tagged }) => {
      const result = await step('move');
      expect(result).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('::warning title=v1 is not moved::'),
      });
      expect(result.summary).toContain(`git push --force origin ${tagged}:refs/tags/v1\n`);
      expect(github.tags.has('v1')).toBe(false);
    }));

  test('is left to the maintainer if the app cannot change workflows', () =>
    published(async ({ step }) => {
      github.differs = true;
      expect(await step('move', { APP_TOKEN: github.token })).toMatchObject({
        status: 0,
        summary: expect.stringContaining('git push --force'),
      });
    }));

  test('stays at a newer release of the same major version', () =>
    published(async ({ step, tagged }) => {
      const other = { target_commitish: tagged, body: '', immutable: true, assets: [] };
      github.releases.push({ id: 1000, draft: false, tag_name: 'v1.1.0', ...other });
      github.tags.set('v1', 'b'.repeat(40));
      expect(await step('move', app())).toMatchObject({
        status: 0,
        summary: expect.stringContaining('1.1.0'),
      });
      expect(github.tags.get('v1')).toBe('b'.repeat(40));
    }));

  test('is moved whatever the newest release of another major version is', () =>
    published(async ({ step, tagged }) => {
      const other = { target_commitish: tagged, body: '', immutable: true, assets: [] };
      github.releases.push({ id: 1000, draft: false, tag_name: 'v2.0.0', ...other });
      await step('move', app());
      expect(github.tags.get('v1')).toBe(tagged);
    }));

  test('is not moved to a release that is not published', () =>
    inWorld(async ({ step }) => {
      expect(await step('move', app())).toMatchObject(refused(/not published/));
      expect(github.tags.size).toBe(0);
    }));
});

test('an unknown step is an error', () =>
  inWorld(async ({ step }) => {
    for (const name of ['', 'constructor', 'push'])
      expect(await step(name)).toMatchObject(refused(/Expected one of/));
  }));
