import config from '../jest.config.js';

/** The tests of the files to mutate, which scripts/mutation.ts chooses. */
/** @type {import('jest').Config} */
export default {
  ...config,
  rootDir: '..',
  testSequencer: '<rootDir>/mutation/sequencer.js',
  testRunner: '<rootDir>/mutation/jest-circus.js',
  testMatch: (process.env['MUTATION_TESTS'] ?? '').split(' ').map((name) => `**/__tests__/${name}`),
};
