import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { app } from '../e2e/world.ts';
import { failures } from './failures.ts';
import { follow, type Player } from './follow.ts';

// Makes every strategy fail, then follows the printed advice to a verified deploy. real/flyctl-advice.test.ts does the same
// with the real flyctl.

const checks = '[http_service]\n  internal_port = 8080\n  [[http_service.checks]]\n    path = "/"\n';

const standIn: Player = {
  flyctl: join(import.meta.dirname, '../../sandbox/flyctl/bin/flyctl'),
  version: '0.4.80',
  deploy: ({ deploy }, inputs, options) =>
    deploy(
      workflowRun(),
      { 'settle-time': '20ms', ...inputs, flags: (inputs['flags'] ?? '').replace('=5s', '=1s') },
      {
        files: { 'fly.toml': `app = "${app}"\n${checks}` },
        ...options,
      },
    ),
};

// By digest, flyctl sees one image instead of two, so it does not refuse. The advice is the same.
const some = failures.filter(({ name }) => !/by digest/.test(name) || /destroyed$/.test(name));

describe('the advice leads to a verified deploy', () => {
  test.each(some)('$name', (failure) => follow(failure, standIn));
});
