import { readFileSync, writeFileSync } from 'node:fs';
import Base from '@jest/test-sequencer';

/** In the copy of the project that Stryker tests: the titles of each file's tests. */
const titles = 'mutation/titles.json';

/**
 * Loads only the files that contain a test of the mutant. Stryker names the tests, but Jest loads each file to find them, which
 * takes longer than the tests.
 */
export default class Sequencer extends Base {
  #pattern;

  constructor({ globalConfig, ...rest }) {
    super({ globalConfig, ...rest });
    this.#pattern = globalConfig.testNamePattern;
  }

  sort(tests) {
    if (!this.#pattern) return tests;
    const pattern = new RegExp(this.#pattern, 'i');
    const known = JSON.parse(readFileSync(titles, 'utf8'));
    return tests.filter(({ path }) => known[path]?.some((title) => pattern.test(title)) ?? true);
  }

  /** Called with the results of the first run, which has no pattern. */
  cacheResults(_tests, { testResults: files }) {
    if (this.#pattern) return;
    const known = files.map(({ testFilePath, testResults }) => [
      testFilePath,
      testResults.map(({ fullName }) => fullName),
    ]);
    writeFileSync(titles, JSON.stringify(Object.fromEntries(known)));
  }
}
