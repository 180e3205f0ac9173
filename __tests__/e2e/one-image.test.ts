import { describe, expect, test } from '@jest/globals';
import { makeImage } from '../../sandbox/registry/images.ts';
import { workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { codesOf, findingsOf, inWorld, type TestWorld, tag } from './world.ts';

// The deploy, the dry run and the doctor find the image with the same code, so none promises what another refuses.

type Play = Parameters<TestWorld['deploy']>;

/** The same run as a deploy, a dry run and a doctor. */
async function allThree({ deploy }: TestWorld, event: Play[0], inputs: Play[1]) {
  const dryRun = await deploy(event, { ...inputs, mode: 'dry-run' });
  const doctor = await deploy(event, { ...inputs, mode: 'doctor' });
  return { doctor, dryRun, deployed: await deploy(event, inputs) };
}

const wouldDeploy = (run: ActionRun) => findingsOf(run).some(({ code }) => code === 'image-found');

describe.each([
  [
    'a moving sha-tag whose image does not name a commit',
    workflowRun(),
    { 'sha-tag': '{branch}' },
    ({ registry }: TestWorld) => registry.push('owner/repo', 'main', makeImage({})),
    'revision-missing',
  ],
  [
    'a release that does not exist',
    workflowDispatch(),
    { select: 'release:1' },
    ({ push }: TestWorld) => push('main'),
    'release-not-found',
  ],
  [
    'an image of another commit',
    workflowRun(),
    {},
    ({ push }: TestWorld) => push(tag, { revision: 'd'.repeat(40) }),
    'revision-mismatch',
  ],
  [
    'an image without an attestation, if that is required',
    workflowRun(),
    { attestation: 'require' },
    ({ push }: TestWorld) => push(tag),
    'attestation-missing',
  ],
  ['an image that does not exist', workflowRun(), {}, () => undefined, 'image-not-found'],
] as const)('%s', (_name, event, inputs, prepare, code) => {
  test('is refused by the deploy, the dry run and the doctor', () =>
    inWorld(async (world) => {
      prepare(world);
      const { doctor, dryRun, deployed } = await allThree(world, event, inputs);
      for (const run of [doctor, dryRun, deployed]) {
        expect(codesOf(run)).toContain(code);
        expect(run.status).toBe(1);
        expect(run.flyctl).toEqual([]);
      }
      expect(wouldDeploy(doctor)).toBe(false);
    }));
});

test('the deploy uses the image that the doctor reports', () =>
  inWorld(async (world) => {
    const { digest } = world.push(tag);
    world.push('main');
    const { doctor, dryRun, deployed } = await allThree(world, workflowRun(), {});
    expect(wouldDeploy(doctor)).toBe(true);
    expect([doctor, dryRun, deployed].map(({ outputs }) => [outputs['image'], outputs['digest']])).toEqual(
      Array.from({ length: 3 }, () => [`${world.image}:${tag}`, digest]),
    );
    expect(deployed.status).toBe(0);
  }));
