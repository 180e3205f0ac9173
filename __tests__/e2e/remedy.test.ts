import { expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/events.ts';
import { errorOf, inWorld, tag } from './world.ts';

// flyctl's last lines, as the real one writes them, and what the step says is to be changed.
const lease =
  'failed to get lease on VM 148e: failed to acquire lease: lease currently held by somebody else';
const notAuthorized = 'Warn: not authorized to retrieve app logs (this can happen when using deploy tokens).';
test.each<[name: string, said: string[], words: RegExp]>([
  ['another’s lease', [`Error: ${lease}`], /two deploys ran at once/],
  [
    'a release command that failed',
    [
      'Running test-battle release_command: bin/migrate',
      notAuthorized,
      'Error: release command failed - aborting deployment. machine 148e exited with non-zero status of 3',
    ],
    /To fix: the release command, `\[deploy\] release_command` in fly\.toml/,
  ],
  [
    'a release that is only called so',
    ['Error: failed to update release: 500'],
    /To fix: what flyctl says above/,
  ],
  ['a token that is refused', ['Error: unauthorized'], /To fix: the secret behind `fly-api-token`/],
  [
    'a warning about logs, and then something else',
    [notAuthorized, 'Error: failed to update VM 148e: insufficient memory'],
    /To fix: what flyctl says above/,
  ],
  [
    'checks that do not pass',
    ['Error: timeout reached waiting for health checks to pass for machine 148e'],
    /To fix: the app, or its checks in fly\.toml/,
  ],
  ['an image that is not there', ['Error: could not find image "x"'], /run the job again/],
])('%s', (_name, said, words) =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const flyctl = `console.error(${JSON.stringify(said.join('\n'))});\nprocess.exitCode = 1;`;
    expect(errorOf(await deploy(workflowRun(), {}, { flyctl }))).toMatch(words);
  }),
);
