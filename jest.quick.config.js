import config from './jest.config.js';

// The end-to-end tests of `npm test`: each way through the action, in less than a minute. `npm run e2e` runs all of them.
const quick = [
  'agent',
  'annotations',
  'cancel',
  'changes',
  'chunks',
  'credentials',
  'doctor',
  'fleet-action',
  'hostile',
  'inputs',
  'install',
  'package-and-deployment',
  'proof',
  'registry',
  'remedy',
  'reporting',
  'requests',
  'sandbox-example',
  'select',
  'verify-command',
];

/** @type {import('jest').Config} */
export default {
  ...config,
  testPathIgnorePatterns: [...config.testPathIgnorePatterns, `/e2e/(?!(?:${quick.join('|')})\\.test\\.ts$)`],
};
