import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { app } from '../e2e/world.ts';
import { failures } from './failures.ts';
import { follow, type Player } from './follow.ts';

// Every strategy, driven to its failures, and the printed advice followed to a verified deploy. real/flyctl-advice.test.ts
// plays the same with the real flyctl.

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

// By digest flyctl sees one image where there are two, so that it does not refuse; what is advised is the same.
const some = failures.filter(({ name }) => !/by digest/.test(name) || /destroyed$/.test(name));

describe('the advice leads to a verified deploy', () => {
  test.each(some)('$name', (failure) => follow(failure, standIn));
});
