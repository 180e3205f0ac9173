// The name contains that of Jest's own runner, because Stryker refuses any other.

import { createEmptyTestResult } from '@jest/test-result';
import circus from 'jest-circus/runner';
import { run } from './run.js';

/** Jest reports a file without tests as an error. */
const skipped = {
  ancestorTitles: [],
  title: 'skipped',
  fullName: 'skipped',
  status: 'pending',
  failureMessages: [],
  failureDetails: [],
  numPassingAsserts: 0,
};

/** Skips the files after the first that fails: the mutant is noticed. Stryker turns Jest's own `bail` off. */
export default async (globalConfig, config, environment, runtime, testFilePath, ...rest) => {
  if (run.failed)
    return { ...createEmptyTestResult(), testFilePath, numPendingTests: 1, testResults: [skipped] };
  const result = await circus.default(globalConfig, config, environment, runtime, testFilePath, ...rest);
  if (result.numFailingTests > 0 || result.testExecError) run.failed = true;
  return result;
};
