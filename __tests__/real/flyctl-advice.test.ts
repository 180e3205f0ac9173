import { describe, test } from '@jest/globals';
import { failures } from '../slow/failures.ts';
import { follow } from '../slow/follow.ts';
import { deployReally, flyctls, offline, withChecks } from './flyctl-world.ts';

// Every strategy, driven to its failures with the real flyctl, and the printed advice followed to a verified deploy, each
// printed command run by the real one too. slow/advice.test.ts plays the same with the stand-in.

describe.each(flyctls)('with flyctl $version the advice leads to a verified deploy', ({ path, version }) => {
  // They wait for most of their time: flyctl does for 20 s in every bluegreen deploy.
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
