// Stryker, as `npm run mutation` starts it: with the files to mutate in `--mutate`.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  // Stryker reads a tsconfig with the API of TypeScript 6, which 7 does not have. There is no such file.
  tsconfigFile: 'none.json',
  checkers: [],
  packageManager: 'npm',
  plugins: ['@stryker-mutator/jest-runner', './mutation/wording.js'],
  ignorers: ['wording'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'mutation/jest.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // Each run of Jest leaves memory behind.
  maxTestRunnerReuse: 100,
  concurrency: 2,
  // A busy machine must not look like an endless loop.
  timeoutMS: 10_000,
  tempDirName: 'mutation/tmp',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'mutation/report.json' },
  ignorePatterns: ['dist', 'build', 'bench', 'demo', 'coverage', 'mutation/report.json'],
};
