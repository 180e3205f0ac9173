import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  // Those need more than Node and npm: `npm run real`.
  testPathIgnorePatterns: ['/node_modules/', '/__tests__/real/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  // Most of the time is spent in waiting for children, which wait themselves.
  maxWorkers: Math.max(3, availableParallelism()),
  testTimeout: 30_000,
};
