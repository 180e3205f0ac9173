import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { isAction } from '../../sandbox/lib/http.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { shortDigest } from '../../src/registry/reference.ts';
import { onPosix } from '../platforms.ts';
import { app, codesOf, errorOf, inWorld, noRollbackOf, tag } from './world.ts';

const machinesPath = /^\/v1\/apps\/test-battle\/machines$/;

describe('flyctl succeeds, but not every machine runs the image', () => {
  test('fails and names a machine that Fly.io reverts to its old image', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      const { digest, platformDigest } = push(tag);
      fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
      const run = await deploy(workflowRun(), { 'settle-time': '20ms' });
      const [first, second] = fly.machines(app);

      expect(run.flyctl[0]?.status).toBe(0);
      const error = errorOf(run);
      expect(codesOf(run)).toEqual(['machines-reverted']);
      expect(error).toMatch(
        new RegExp(
          `${second?.id}.*sin.*started.*${shortDigest(oldDigest)}.*flyd.*failed to launch the new version`,
        ),
      );
      for (const fact of [digest, platformDigest]) expect(error).toContain(shortDigest(fact));
      expect(error).not.toContain(first?.id);
      expect(run.log.text).toMatch(/First check: 2 of 2[\s\S]*Last check: 1 of 2/);
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false', digest });
      expect(JSON.parse(run.outputs['machines'] ?? '')).toEqual([
        expect.objectContaining({ id: first?.id, digest: platformDigest, 'runs-image': true }),
        expect.objectContaining({ id: second?.id, digest: oldDigest, 'runs-image': false }),
      ]);
      expect(run.summary).toMatch(/^## ❌ `test-battle`.*\b1 of 2\b/);
      expect(run.summary).toMatch(/^\| ✗ .*flyd \(failed to launch the new version\) \|/m);
    }));

  test('does not notice a revert after the last check, which is why there is a settle time', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      push(tag);
      fly.behave(app, { revertMachine: { index: 1, afterLists: 2 } });
      expect((await deploy(workflowRun())).status).toBe(0);
      expect(fly.machines(app)[1]?.image_ref.digest).toBe(oldDigest);
    }));

  test('fails for a machine that stays on its old image', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      push(tag);
      fly.behave(app, { keepOldImage: 0 });
      const run = await deploy(workflowRun());
      expect(run.flyctl[0]?.status).toBe(0);
      expect(codesOf(run)).toEqual(['machines-other-image']);
      expect(errorOf(run)).toMatch(
        new RegExp(`${fly.machines(app)[0]?.id}.*fra.*started.*${shortDigest(oldDigest)}`),
      );
    }));

  test('fails for an app without a machine', () =>
    inWorld(
      async ({ deploy, push }) => {
        push(tag);
        const run = await deploy(workflowRun());
        expect(codesOf(run)).toEqual(['machines-none']);
        expect(errorOf(run)).toContain('fly machine list');
        expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false', 'previous-image': '' });
      },
      { machines: [] },
    ));
});

describe('the verification', () => {
  test('accepts the digest of the index, if Fly.io reports that', () =>
    inWorld(async ({ deploy, push, fly }) => {
      const { digest } = push(tag);
      fly.behave(app, { reportIndexDigest: true });
      const run = await deploy(workflowRun());
      expect([run.status, fly.machines(app)[0]?.image_ref.digest]).toEqual([0, digest]);
    }));

  test.each(['manifest', 'docker-list', 'docker-manifest'] as const)(
    'accepts the digest of an image that is a %s',
    (kind) =>
      inWorld(async ({ deploy, push }) => {
        const { digest } = push(tag, { kind });
        const run = await deploy(workflowRun());
        expect([run.status, run.outputs['verified'], run.outputs['digest']]).toEqual([0, 'true', digest]);
      }),
  );

  test('includes stopped machines, but not those that deploys do not manage', () =>
    inWorld(
      async ({ deploy, push, fly, registry }) => {
        const { platformDigest } = push(tag);
        const image = `${registry.host}/owner/repo:main-0000000`;
        await fly.createApp(app, [
          { region: 'fra', image },
          { region: 'sin', image, state: 'stopped' },
          { region: 'iad', image, group: 'fly_app_release_command', state: 'destroyed' },
          { region: 'iad', image, group: 'fly_app_console' },
          { region: 'iad', image, metadata: {} },
        ]);
        const run = await deploy(workflowRun());
        expect(run.status).toBe(0);
        const machines = JSON.parse(run.outputs['machines'] ?? '');
        expect(machines.map(({ region, state }: Record<string, string>) => [region, state])).toEqual([
          ['fra', 'started'],
          ['sin', 'stopped'],
        ]);
        expect(fly.machines(app).filter(({ image_ref }) => image_ref.digest === platformDigest)).toHaveLength(
          2,
        );
      },
      { machines: [] },
    ));

  test('reports that the host of a machine is unreachable', () =>
    inWorld(
      async ({ deploy, push, fly, image }) => {
        push(tag);
        await fly.createApp(app, [
          { region: 'fra', image: `${image}:main-0000000`, hostStatus: 'unreachable' },
        ]);
        fly.behave(app, { keepOldImage: 0 });
        const run = await deploy(workflowRun());
        expect(codesOf(run)).toEqual(['machines-other-image']);
        expect(errorOf(run)).toMatch(new RegExp(`${fly.machines(app)[0]?.id}.*unreachable`));
      },
      { machines: [] },
    ));
});

describe('flyctl fails', () => {
  test('part-way: the error contains its last lines, and machines run both images', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      const { platformDigest } = push(tag);
      fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      const run = await deploy(workflowRun());
      expect(run.flyctl[0]?.status).toBe(1);
      expect(codesOf(run)).toEqual(['flyctl-failed']);
      expect(errorOf(run)).toMatch(
        /status 1\b.*\n.*insufficient memory available[\s\S]*Expected: Exit status 0[\s\S]*Fix: /,
      );
      expect(run.outputs).toMatchObject({
        deployed: 'false',
        verified: 'false',
        'previous-digest': oldDigest,
      });
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([platformDigest, oldDigest]);
      expect(fly.releases(app)[0]?.status).toBe('failed');
    }));

  test('because another client holds a lease', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.holdLease(app, fly.machines(app)[0]?.id ?? '', 60_000);
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['machines-leased']);
      expect(errorOf(run)).toMatch(/lease currently held/);
      // Without a later release, it is unknown whether two deploys of this workflow overlapped.
      expect(errorOf(run)).not.toContain('concurrency:');
    }));

  test('because Fly.io cannot pull the image', () =>
    inWorld(async ({ deploy, push, registry }) => {
      registry.addRepository('owner/repo', 'private');
      registry.addUser('octocat', 'ghs_token-of-the-job');
      push(tag);
      const run = await deploy(workflowRun(), { mirror: 'never' });
      expect(codesOf(run)).toEqual(['image-not-public']);
      expect(errorOf(run)).toContain('could not find image');
    }));

  const failing = (flyctl: string, fact: string) =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(workflowRun(), {}, { flyctl });
      expect(codesOf(run)).toEqual(['flyctl-failed']);
      expect(errorOf(run)).toContain(fact);
    });

  test('without output', () => failing('process.exit(3)', 'status 3'));

  onPosix('a program has no signals')('by a signal', () =>
    failing("process.kill(process.pid, 'SIGKILL')", 'SIGKILL'),
  );

  onPosix('flyctl is a script')('because it is not a program', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const folder = mkdtempSync(join(tmpdir(), 'no-program-'));
      const realFlyctl = join(folder, 'flyctl');
      writeFileSync(realFlyctl, '#!/nowhere/interpreter\n', { mode: 0o755 });
      try {
        const run = await deploy(workflowRun(), { rollback: 'true' }, { realFlyctl });
        expect([codesOf(run), noRollbackOf(run)]).toEqual([['flyctl-not-started'], 'untouched']);
        expect(errorOf(run)).toContain('/flyctl');
      } finally {
        rmSync(folder, { recursive: true });
      }
    }),
  );

  test('with a long stderr: the error contains its last lines, and the log all of them', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const flyctl = "for (let n = 1; n <= 500; n++) console.error('line', n); process.exitCode = 1;";
      const run = await deploy(workflowRun(), {}, { flyctl });
      expect(codesOf(run)).toEqual(['flyctl-failed']);
      expect(errorOf(run)).toMatch(/status 1\b.*\nline 489\n/);
      expect(run.log.text).toContain('\nline 1\n');
    }));
});

describe('the Machines API', () => {
  test.each<[string, Fault, code: string, facts: (string | RegExp)[]]>([
    [
      '401',
      { status: 401, body: '{"error":"unauthorized"}' },
      'fly-unauthorized',
      ['401', 'fly-api-token', `fly tokens create deploy --app ${app}`],
    ],
    [
      '404',
      { status: 404, body: '{"error":"app not found"}' },
      'fly-app-not-found',
      ['404', `fly apps create ${app}`],
    ],
    ['429', { status: 429 }, 'fly-rate-limited', ['429']],
    ['500', { status: 500, body: 'boom' }, 'fly-unavailable', ['500', 'boom', 'https://status.flyio.net']],
    ['HTML', { status: 200, body: '<html>' }, 'machines-list-invalid', ['200', '<html>']],
    ['no list', { status: 200, body: '{"machines":[]}' }, 'machines-list-invalid', ['200']],
    [
      'one page of a list',
      { status: 200, body: '{"machines":[],"next_cursor":"x"}' },
      'machines-list-paged',
      ['200', 'next_cursor'],
    ],
    [
      'in a redirect loop',
      { path: /\/machines/, status: 307, headers: { location: '?again' } },
      'fly-unexpected-answer',
      [/\b5 redirects\b/],
    ],
    ['nothing', { close: true }, 'fly-unreachable', [app]],
  ])('that answers %s before the deploy stops it', (_name, fault, code, facts) =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.fault({ path: machinesPath, ...fault });
      const run = await deploy(workflowRun(), {}, { clockRate: 20 });
      expect(codesOf(run)).toEqual([code]);
      for (const fact of facts) expect(errorOf(run)).toMatch(fact);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test('that fails after the deploy leaves it deployed but not verified', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      // The action requests the first list, flyctl the second. The checks follow.
      fly.fault({ path: machinesPath, after: 2, status: 400, body: '{"error":"no"}' });
      const run = await deploy(workflowRun());
      expect(codesOf(run)).toEqual(['fly-unexpected-answer']);
      expect(errorOf(run)).toContain('400');
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false' });
      expect(run.summary).toMatch(/^## ❌ `test-battle`/);
    }));

  test('that fails briefly is asked again', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.fault({ path: machinesPath, times: 1, status: 500 });
      fly.fault({ path: machinesPath, times: 1, after: 2, status: 429, headers: { 'retry-after': '1' } });
      expect((await deploy(workflowRun())).outputs['verified']).toBe('true');
    }));

  test('that stops reporting the number of machines leaves it unknown whether the list is complete', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.inject(app, { name: 'no-count', since: 'end' });
      const run = await deploy(workflowRun(), { 'health-timeout': '1s' });
      expect(codesOf(run)).toEqual(['machines-count-unknown']);
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false' });
    }));

  test('that never reports the number of machines causes a warning, not a failure', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.inject(app, { name: 'no-count' });
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.annotations).toEqual([
        expect.objectContaining({ level: 'warning', message: expect.stringContaining('machine_count') }),
      ]);
      expect(run.summary).toContain('machine_count');
    }));

  onPosix('flyctl is a script')(
    'without machines or releases before the deploy, and with an old flyctl, leaves its effect unknown',
    () =>
      inWorld(async ({ deploy, push, fly }) => {
        push(tag);
        const folder = mkdtempSync(join(tmpdir(), 'old-flyctl-'));
        const realFlyctl = join(folder, 'flyctl');
        const standIn = join(import.meta.dirname, '../../sandbox/flyctl/bin/flyctl');
        writeFileSync(realFlyctl, `#!/bin/sh\nunset FLY_EMIT_RELEASE_JSON\nexec '${standIn}' "$@"\n`, {
          mode: 0o755,
        });
        try {
          // Only the two lists before the deploy are empty.
          fly.fault({ path: machinesPath, times: 2, status: 200, body: '[]' });
          fly.inject(app, { name: 'no-releases' });
          const run = await deploy(workflowRun(), { rollback: 'true' }, { realFlyctl });
          expect(codesOf(run)).toEqual(['deploy-release-unknown']);
          expect(errorOf(run)).toContain('flyctl-version');
          expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false', 'rolled-back': 'false' });
          expect(noRollbackOf(run)).toBe('not-determined');

          const again = await deploy(workflowRun(), {}, { realFlyctl });
          expect([again.status, again.outputs['verified']]).toEqual([0, 'true']);
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
  );

  test('gets the token with the scheme that flyctl uses', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      await deploy(workflowRun());
      const ours = fly.requests.filter(isAction);
      // The machines and their number before the deploy and in each of two checks after it, and the app's hostname.
      expect(ours.length).toBe(7);
      for (const { headers } of ours) expect(headers['authorization']).toBe(`Bearer ${fly.token}`);
    }));
});
