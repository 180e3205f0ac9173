import { expect, test } from '@jest/globals';
import { startFly } from '../../sandbox/fly/fly.ts';
import { startGitHub } from '../../sandbox/github/github.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import { startRegistry } from '../../sandbox/registry/registry.ts';
import { builtCommit, workflowRun } from '../../sandbox/runner/events.ts';
import { runAction } from '../../sandbox/runner/runner.ts';

test('fails when Fly.io reverts a machine after flyctl has succeeded', async () => {
  const oldCommit = '0'.repeat(40);
  const registry = await startRegistry();
  const fly = await startFly();
  const github = await startGitHub([oldCommit, builtCommit]);
  try {
    const image = `${registry.host}/owner/repo`;
    registry.push('owner/repo', 'main-0000000', makeImage({ revision: oldCommit }));
    registry.push('owner/repo', 'main-abc1234', makeImage({ revision: builtCommit }));
    await fly.createApp('my-app', [{ region: 'fra', image: `${image}:main-0000000` }]);
    fly.behave('my-app', { revertMachine: { index: 0, afterLists: 1 } });

    const run = await runAction({
      code: 'src',
      event: workflowRun(),
      inputs: { app: 'my-app', 'fly-api-token': fly.token, image, 'settle-time': '20ms' },
      env: { ...fly.env, GITHUB_API_URL: github.origin },
    });

    expect(run.status).toBe(1);
    expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false' });
    expect(run.flyctl[0]).toMatchObject({
      argv: expect.arrayContaining([`${image}:main-abc1234`]),
      status: 0,
    });
    expect(fly.machines('my-app')[0]?.events[0]?.type).toBe('revert');
  } finally {
    await Promise.all([registry.close(), fly.close(), github.close()]);
  }
});
