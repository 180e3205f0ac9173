import { describe, expect, test } from '@jest/globals';
import { makeImage } from '../../sandbox/registry/images.ts';
import {
  builtCommit,
  deployment,
  push as pushEvent,
  registryPackage,
  release,
  repositoryDispatch,
  type SandboxEvent,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { textWith } from '../errors.ts';
import { type AttestedWorld, claimsOf, inAttestedWorld } from './attested.ts';
import { app, codesOf, noRollbackOf, oldCommit, tag } from './world.ts';

/** The references that were passed to flyctl. */
const deployed = ({ flyctl }: ActionRun): (string | undefined)[] =>
  flyctl.map(({ argv }) => argv[argv.indexOf('--image') + 1]);

/** The index digest of the image that runs before a deploy. */
const oldIndex = makeImage({
  revision: oldCommit,
  source: 'https://github.com/owner/repo',
  created: '2026-11-20T00:00:00Z',
}).digest;

const v1 = 'refs/tags/v1.2.0';

describe('with an attestation, flyctl gets a digest', () => {
  test.each<[string, SandboxEvent, Record<string, string>]>([
    ['workflow_run', workflowRun(), {}],
    ['push', pushEvent(), {}],
    ['push of a tag', pushEvent({}, v1), {}],
    ['release', release(), {}],
    ['deployment', deployment(), {}],
    ['repository_dispatch', repositoryDispatch({ sha: builtCommit }), {}],
    ['workflow_dispatch', workflowDispatch(), {}],
    ['workflow_dispatch with a commit', workflowDispatch(), { commit: builtCommit }],
    ['schedule', schedule(), {}],
    ['a selected tag', workflowRun(), { select: `tag:${tag}` }],
    ['the newest tag', schedule(), { select: 'newest:main-*' }],
    ['a moving sha-tag', workflowRun(), { 'sha-tag': '{branch}' }],
    ['warn', workflowRun(), { attestation: 'warn' }],
    ['a copy', workflowRun(), { mirror: 'always' }],
    ['a copy of a tag’s image', workflowDispatch(), { mirror: 'always' }],
  ])('%s', (_name, event, given) =>
    inAttestedWorld(async (world) => {
      const { digest, platformDigest } = world.push(tag);
      for (const name of ['main', 'main-20261125-100000']) world.push(name);
      await world.attest(digest);
      await world.attest(digest, {
        ref: v1,
        job_workflow_ref: `owner/repo/.github/workflows/build.yml@${v1}`,
      });
      const [inputs, options] = world.required;
      const run = await world.deploy(event, { ...inputs, ...given }, options);
      expect(run.status).toBe(0);
      const copied = given['mirror'] === 'always';
      expect(deployed(run)).toEqual([
        copied ? `${world.mirror.host}/${app}@${platformDigest}` : `${world.image}@${digest}`,
      ]);
    }),
  );

  test('a package', () =>
    inAttestedWorld(async (world) => {
      const { digest } = world.push('main');
      await world.attest(digest);
      const run = await world.deploy(registryPackage('main', digest), ...world.required);
      expect(deployed(run)).toEqual([`${world.image}@${digest}`]);
    }));

  test('a bare image', () =>
    inAttestedWorld(async (world) => {
      const { digest } = world.push(tag);
      await world.attest(digest);
      const [inputs, options] = world.required;
      const image = `${world.image}:${tag}`;
      const run = await world.deploy(workflowRun(), { ...inputs, image }, options);
      expect(deployed(run)).toEqual([`${world.image}@${digest}`]);
    }));

  test('each app of deploy-image.yml, as its jobs pass it on', () =>
    inAttestedWorld(async (world) => {
      const { digest } = world.push(tag);
      await world.attest(digest);
      const [inputs, options] = world.required;
      const found = await world.deploy(
        workflowRun(),
        { ...inputs, mode: 'dry-run', 'deploy-by': 'digest' },
        options,
      );
      const { image = '', commit = '' } = found.outputs;
      const run = await world.deploy(workflowRun(), { ...inputs, image, commit }, options);
      expect([image, deployed(run)]).toEqual([`${world.image}@${digest}`, [image]]);
      // The job of an app finds a release itself, and does not deploy an image without an attestation.
      world.github.attestations.delete(digest);
      const again = await world.deploy(workflowDispatch(), { ...inputs, select: 'release:current' }, options);
      expect([codesOf(again), again.flyctl]).toEqual([['attestation-missing'], []]);
    }));

  test('even if its tag moves after the verification', () =>
    inAttestedWorld(async (world) => {
      const { digest, platformDigest } = world.push(tag);
      await world.attest(digest);
      // The first query is the action's own. The second one is flyctl's, which looks the image up later.
      const hook = () => void world.push(tag, { seed: 'evil' });
      world.fly.fault({ path: /graphql/, after: 1, times: 1, hook });
      const run = await world.deploy(workflowRun(), ...world.required);
      expect(deployed(run)).toEqual([`${world.image}@${digest}`]);
      for (const { image_ref } of world.fly.machines(app)) expect(image_ref.digest).toBe(platformDigest);
    }));
});

describe('a rollback', () => {
  const failing = async (world: AttestedWorld, given: Record<string, string> = {}) => {
    const { digest } = world.push(tag);
    await world.attest(digest);
    world.fly.behave(app, { failUpdate: { index: 1, status: 500 } });
    const [inputs, options] = world.required;
    return world.deploy(workflowRun(), { ...inputs, rollback: 'true', ...given }, mending(world, options));
  };
  /** The new version fails; the old one works. */
  const mending = ({ fly }: AttestedWorld, options: AttestedWorld['required'][1]) => ({
    ...options,
    onLine: (line: string) => {
      if (line.includes('Roll back: ')) fly.behave(app, {});
    },
  });
  const warningsOf = ({ log }: ActionRun) =>
    log.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
  const old = { sha: oldCommit };

  test('deploys what ran before by its digest if that is attested', () =>
    inAttestedWorld(async (world) => {
      await world.attest(oldIndex, old);
      const run = await failing(world);
      expect(run.outputs['rolled-back']).toBe('true');
      expect(deployed(run)[1]).toBe(`${world.image}@${world.oldDigest}`);
      expect(warningsOf(run)).toEqual([]);
    }));

  test('also finds the index of what ran before by the commit in its label', () =>
    inAttestedWorld(
      async (world) => {
        await world.attest(oldIndex, old);
        const image = `${world.image}@${world.oldDigest}`;
        await world.fly.createApp(app, [
          { region: 'fra', image },
          { region: 'sin', image },
        ]);
        const run = await failing(world);
        expect([run.outputs['rolled-back'], warningsOf(run)]).toEqual(['true', []]);
      },
      { machines: [] },
    ));

  test.each<[string, (world: AttestedWorld) => Promise<void>]>([
    ['has no attestation', async () => {}],
    ['was built on another branch', (world) => world.attest(oldIndex, { ...claimsOf('evil'), ...old })],
    [
      'is no longer in its registry, with its index',
      async (world) => {
        await world.attest(oldIndex, old);
        world.registry.fault({ path: /manifests\/main-0000000/, status: 404 });
      },
    ],
  ])('is not possible if what ran before %s, with a warning before the deploy', (_name, make) =>
    inAttestedWorld(async (world) => {
      await make(world);
      const command = textWith(`flyctl deploy --app ${app} --image ${world.image}@${world.oldDigest}`);
      const run = await failing(world);
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['flyctl-failed'], 'previous-not-attested']);
      expect(run.outputs['rolled-back']).toBe('false');
      expect(run.flyctl).toHaveLength(1);
      expect(warningsOf(run)).toEqual([command]);
      const [warned, began] = ['::warning', 'flyctl deploy --app'].map((text) =>
        run.stdout
          .split('\n')
          .findIndex((line) => line.startsWith(text) || line.startsWith(`::group::${text}`)),
      );
      expect(warned).toBeGreaterThan(0);
      expect(began).toBeGreaterThan(warned ?? 0);
      const error = run.log.annotations.find(({ level }) => level === 'error')?.message;
      expect(error).toEqual(command);
    }),
  );

  test('only warns with `warn`', () =>
    inAttestedWorld(async (world) => {
      const run = await failing(world, { attestation: 'warn' });
      expect(run.outputs['rolled-back']).toBe('true');
      expect(warningsOf(run)).toEqual([textWith(world.oldDigest)]);
    }));

  test('that is not enabled does not need an attestation', () =>
    inAttestedWorld(async (world) => {
      const none = await failing(world, { rollback: 'false' });
      expect(warningsOf(none)).toEqual([]);
    }));

  test('to another release’s tag', () =>
    inAttestedWorld(async (world) => {
      const ref = 'refs/tags/v1.1.0';
      const job_workflow_ref = `owner/repo/.github/workflows/build.yml@${ref}`;
      await world.attest(oldIndex, { ...old, ref, job_workflow_ref });
      const { digest } = world.push(tag);
      await world.attest(digest, { ref: v1, job_workflow_ref: job_workflow_ref.replace(ref, v1) });
      world.fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      const [inputs, options] = world.required;
      const run = await world.deploy(release(), { ...inputs, rollback: 'true' }, mending(world, options));
      expect(run.outputs['rolled-back']).toBe('true');
    }));
});
