import config from '../jest.config.js';

// Few histories of the law, because each survivor plays all of them, and no shorter one for what it finds.
process.env['LAW_RUNS'] ??= '150';
process.env['LAW_SHRINK'] ??= 'off';

/** The tests of the files to mutate, which scripts/mutation.ts chooses. */
/** @type {import('jest').Config} */
export default {
  ...config,
  rootDir: '..',
  testSequencer: '<rootDir>/mutation/sequencer.js',
  testRunner: '<rootDir>/mutation/jest-circus.js',
  testMatch: (process.env['MUTATION_TESTS'] ?? '').split(' ').map((name) => `**/__tests__/${name}`),
};
