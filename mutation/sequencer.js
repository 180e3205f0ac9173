import { readFileSync, writeFileSync } from 'node:fs';
import Base from '@jest/test-sequencer';
import { run } from './run.js';

/** In the copy of the project that Stryker tests: the titles of each file's tests, and how long the file takes. */
const first = 'mutation/first-run.json';

/**
 * Loads only the files that contain a test of the mutant, the fastest first. Stryker names the tests, but Jest loads each file
 * to find them, which takes longer than the tests.
 */
export default class Sequencer extends Base {
  #pattern;

  constructor({ globalConfig, ...rest }) {
    super({ globalConfig, ...rest });
    this.#pattern = globalConfig.testNamePattern;
  }

  sort(tests) {
    run.failed = false;
    const known = this.#known();
    if (known === undefined) return tests;
    const pattern = this.#pattern ? new RegExp(this.#pattern, 'i') : /^/;
    const takes = ({ path }) => known[path]?.ms ?? 0;
    return tests
      .filter(({ path }) => known[path]?.titles.some((title) => pattern.test(title)) ?? true)
      .sort((a, b) => takes(a) - takes(b));
  }

  /** Called with the results of each run. The first has no pattern. */
  cacheResults(_tests, { testResults: files }) {
    if (this.#known() !== undefined) return;
    const known = files.map(({ testFilePath, testResults, perfStats }) => [
      testFilePath,
      { titles: testResults.map(({ fullName }) => fullName), ms: perfStats.runtime },
    ]);
    writeFileSync(first, JSON.stringify(Object.fromEntries(known)));
  }

  /** What the first run found; undefined in the first run. */
  #known() {
    try {
      return JSON.parse(readFileSync(first, 'utf8'));
    } catch {
      return undefined;
    }
  }
}
