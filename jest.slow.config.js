import config from './jest.config.js';

/** What takes minutes: each advice followed to a verified deploy, and histories of the law replayed as processes. */
/** @type {import('jest').Config} */
export default {
  ...config,
  testPathIgnorePatterns: [],
  roots: ['<rootDir>/__tests__/slow'],
  testTimeout: 120_000,
};
