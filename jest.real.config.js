import config from './jest.config.js';

// What users get; the tests in e2e/ are those of the sources.
process.env['ACTION_UNDER_TEST'] ??= 'dist';

/** The checks with real parts: they need docker-registry, skopeo, flyctl, act, actionlint and zizmor. */
/** @type {import('jest').Config} */
export default {
  ...config,
  testPathIgnorePatterns: [],
  roots: ['<rootDir>/__tests__/real'],
  globalSetup: '<rootDir>/scripts/jest/real-versions.js',
  testTimeout: 60_000,
};
