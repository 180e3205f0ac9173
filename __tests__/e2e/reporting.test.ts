import { describe, expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, errorOf, inWorld, tag } from './world.ts';

// A folder cannot be written to like a file, not even by root.
describe.each(['GITHUB_STEP_SUMMARY', 'GITHUB_OUTPUT'])('%s that cannot be written to', (variable) => {
  test('causes a warning, but does not fail a verified deploy', () =>
    inWorld(async ({ push, deploy, fly }) => {
      const { platformDigest } = push(tag);
      const run = await deploy(workflowRun(), {}, { env: { [variable]: '/' } });
      expect(run.status).toBe(0);
      expect(run.log.annotations.map(({ level }) => level)).toEqual(['warning']);
      for (const machine of fly.machines(app)) expect(machine.image_ref.digest).toBe(platformDigest);
      // The other files are written.
      if (variable === 'GITHUB_STEP_SUMMARY') expect(run.outputs['verified']).toBe('true');
      else expect(run.summary).toContain('2 machines run');
    }));

  test('does not add to the error of a failure', () =>
    inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), {}, { env: { [variable]: '/' } });
      expect(codesOf(run)).toEqual(['image-not-found']);
      expect(errorOf(run)).toContain(tag);
      expect(run.log.annotations.map(({ level }) => level)).toEqual(['error', 'warning']);
    }));
});

test('the log ends with the image that every machine runs, by each digest that names it', () =>
  inWorld(async ({ push, deploy }) => {
    const { digest, platformDigest } = push(tag);
    const run = await deploy(workflowRun());
    expect(digest).not.toBe(platformDigest);
    expect(run.log.text).toMatch(
      new RegExp(`^Verified: all 2 machines of ${app} run ${tag} \\(${platformDigest}, .*${digest}\\)$`, 'm'),
    );
  }));
