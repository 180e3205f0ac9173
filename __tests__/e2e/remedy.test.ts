import { expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { codesOf, errorOf, inWorld, tag } from './world.ts';

// Last lines of the real flyctl, and how the step reports them.
const lease =
  'failed to get lease on VM 148e: failed to acquire lease: lease currently held by somebody else';
const notAuthorized = 'Warn: not authorized to retrieve app logs (this can happen when using deploy tokens).';
test.each<[name: string, said: string[], code: string, facts: string[]]>([
  ['another’s lease', [`Error: ${lease}`], 'machines-leased', ['lease currently held']],
  [
    'a failed release command',
    [
      'Running test-battle release_command: bin/migrate',
      notAuthorized,
      'Error: release command failed - aborting deployment. machine 148e exited with non-zero status of 3',
    ],
    'release-command-failed',
    ['status of 3', '[deploy] release_command', 'fly.toml'],
  ],
  [
    'text that only looks like a release',
    ['Error: failed to update release: 500'],
    'flyctl-failed',
    ['failed to update release: 500'],
  ],
  [
    'a refused token',
    ['Error: unauthorized'],
    'fly-unauthorized',
    ['fly-api-token', 'fly tokens create deploy'],
  ],
  [
    'a warning about logs, and then something else',
    [notAuthorized, 'Error: failed to update VM 148e: insufficient memory'],
    'flyctl-failed',
    ['insufficient memory'],
  ],
  [
    'checks that do not pass',
    ['Error: timeout reached waiting for health checks to pass for machine 148e'],
    'checks-failed',
    ['machine 148e', 'fly.toml', '--wait-timeout'],
  ],
  ['an image that does not exist', ['Error: could not find image "x"'], 'image-not-found-by-fly', ['"x"']],
])('%s', (_name, said, code, facts) =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const flyctl = `console.error(${JSON.stringify(said.join('\n'))});\nprocess.exitCode = 1;`;
    const run = await deploy(workflowRun(), {}, { flyctl });
    expect(codesOf(run)).toEqual([code]);
    for (const fact of ['status 1', ...facts]) expect(errorOf(run)).toContain(fact);
  }),
);

test('reports that another process interrupted flyctl', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(workflowRun(), {}, { flyctl: 'process.exitCode = 127;' });
    expect(codesOf(run)).toEqual(['flyctl-interrupted']);
    expect(errorOf(run)).toContain('status 127');
  }));
