import { describe, test } from '@jest/globals';
import { failures } from '../slow/failures.ts';
import { follow } from '../slow/follow.ts';
import { deployReally, flyctls, offline, withChecks } from './flyctl-world.ts';

// Makes every strategy fail with the real flyctl, then follows the printed advice to a verified deploy. The real flyctl runs
// the printed commands, too. slow/advice.test.ts does the same with the stand-in.

describe.each(flyctls)('with flyctl $version the advice leads to a verified deploy', ({ path, version }) => {
  // They run concurrently because they mostly wait: flyctl waits 20 s in every bluegreen deploy.
  test.concurrent.each(failures)(
    '$name',
    (failure) =>
      follow(failure, {
        flyctl: path,
        version,
        env: offline.env,
        deploy: (world, inputs, options) =>
          deployReally(world, inputs, {
            realFlyctl: path,
            files: { 'fly.toml': withChecks },
            ...options,
          }),
      }),
    300_000,
  );
});
