import config from './jest.config.js';

/** The checks with real parts: they need docker-registry, skopeo, flyctl, act and actionlint. */
/** @type {import('jest').Config} */
export default {
  ...config,
  testPathIgnorePatterns: [],
  roots: ['<rootDir>/__tests__/real'],
  testTimeout: 60_000,
};
