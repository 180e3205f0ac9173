import { availableParallelism } from 'node:os';

const forgetful = '@actions/(?:languageservice|workflow-parser)/';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  // The first need more than Node and npm: `npm run real`. The others need minutes: `npm run slow`.
  testPathIgnorePatterns: ['/node_modules/', '/__tests__/real/', '/__tests__/slow/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    [`${forgetful}.+\\.js$`]: '<rootDir>/scripts/jest/json-imports.js',
    '^.+\\.ts$': '<rootDir>/scripts/jest/strip-types.js',
  },
  setupFilesAfterEnv: process.env['NODE_V8_COVERAGE'] ? ['<rootDir>/scripts/jest/take-coverage.js'] : [],
  transformIgnorePatterns: [`/node_modules/(?!${forgetful})`],
  // Most of the time is spent in waiting for children, which wait themselves.
  maxWorkers: Math.max(4, availableParallelism()),
  testTimeout: 30_000,
};
