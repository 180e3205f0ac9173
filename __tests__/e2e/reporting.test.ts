import { describe, expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, errorOf, inWorld, tag } from './world.ts';

// A folder in place of a file cannot be written to, not even by root.
describe.each(['GITHUB_STEP_SUMMARY', 'GITHUB_OUTPUT'])('%s that cannot be written to', (variable) => {
  test('is a warning of a verified deploy, and no failure', () =>
    inWorld(async ({ push, deploy, fly }) => {
      const { platformDigest } = push(tag);
      const run = await deploy(workflowRun(), {}, { env: { [variable]: '/' } });
      expect(run.status).toBe(0);
      expect(run.log.annotations.map(({ level }) => level)).toEqual(['warning']);
      for (const machine of fly.machines(app)) expect(machine.image_ref.digest).toBe(platformDigest);
      // What can be written is.
      if (variable === 'GITHUB_STEP_SUMMARY') expect(run.outputs['verified']).toBe('true');
      else expect(run.summary).toContain('2 machines run');
    }));

  test('leaves a failure its one error', () =>
    inWorld(async ({ deploy }) => {
      const run = await deploy(workflowRun(), {}, { env: { [variable]: '/' } });
      expect(codesOf(run)).toEqual(['image-not-found']);
      expect(errorOf(run)).toContain(tag);
      expect(run.log.annotations.map(({ level }) => level)).toEqual(['error', 'warning']);
    }));
});
