import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { shortDigest } from '../../src/registry/reference.ts';
import { textWith } from '../errors.ts';
import { onPosix } from '../platforms.ts';
import { app, changesOf, codesOf, errorOf, inWorld, noRollbackOf, tag } from './world.ts';

describe('trouble after "good state" fails the step, quoting the event', () => {
  test.each([
    ['exit', /exit code 1\b/],
    ['oom', /\bmemory\b/],
    ['loop', /\b3 exits\b.*exit code 1\b/],
    ['critical', /servicecheck-00-http-8080.*critical.*connection refused/],
  ] as const)('%s', (kind, fact) =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { trouble: { index: 1, afterLists: 1, kind } });
      // A check can pass again, so the step waits for it. It does not wait for a failed process.
      const clock = kind === 'critical' ? { clockRate: 20 } : {};
      const run = await deploy(workflowRun(), { 'settle-time': '20ms' }, clock);
      expect(run.flyctl[0]?.status).toBe(0);
      expect(codesOf(run)).toEqual(['machines-unhealthy']);
      expect(errorOf(run)).toMatch(new RegExp(`${fly.machines(app)[1]?.id}.*${fact.source}`));
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false' });
      const [right, wrong] = JSON.parse(run.outputs['machines'] ?? '');
      expect([right['runs-image'], wrong['runs-image']]).toEqual([true, true]);
      if (kind !== 'critical') expect(wrong['problem']).toMatch(fact);
    }),
  );

  test('reports a release of another deploy as a race', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { laterRelease: { afterLists: 1 } });
      const run = await deploy(workflowRun(), { 'settle-time': '20ms' });
      expect(codesOf(run)).toEqual(['machines-superseded']);
      expect(errorOf(run)).toMatch(/\bv3\b[\s\S]*\bv2\b[\s\S]*concurrency:/);
    }));
});

describe('the app’s response', () => {
  let server: Server;
  let host: string;
  let answer = { status: 200, body: '', headers: {} as Record<string, string> };
  let asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['authorization'] ?? ''}`.trim());
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('is requested from the hostname that Fly.io reports, and contains the commit', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.setHostname(app, host);
      asked = [];
      answer = { status: 200, body: `{"commit":"${builtCommit}"}`, headers: {} };
      const run = await deploy(workflowRun(), {
        'health-url': '/healthz',
        'health-body': '"commit":"{sha}"',
      });
      expect([run.status, run.outputs['url']]).toEqual([0, `http://${host}`]);
      // The app gets no token.
      expect(asked).toEqual(['GET /healthz']);
      expect(run.log.text).toContain(`http://${host}/healthz`);
    }));

  test.each([
    ['an error', { status: 503, body: 'starting' }, {}, /\b503\b/],
    [
      'another commit',
      { status: 200, body: 'fffffff' },
      { 'health-body': '{short-sha}' },
      /\b200\b.*abc1234.*fffffff/,
    ],
    ['another status', { status: 200, body: '' }, { 'health-status': '204' }, /\b200\b[\s\S]*\b204\b/],
  ])('%s fails the step', (_name, given, inputs, fact) =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      answer = { headers: {}, ...given };
      const run = await deploy(workflowRun(), {
        'health-url': `http://${host}/`,
        'health-timeout': '1s',
        ...inputs,
      });
      expect(codesOf(run)).toEqual(['health-failed']);
      expect(errorOf(run)).toMatch(fact);
      expect(errorOf(run)).toContain(`http://${host}/`);
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false' });
    }),
  );

  test('can be a redirect, which is not followed', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      asked = [];
      answer = { status: 302, body: '', headers: { location: '/login' } };
      expect((await deploy(workflowRun(), { 'health-url': `http://${host}/` })).status).toBe(0);
      expect(asked).toEqual(['GET / '.trim()]);
    }));

  test('is unknown if nothing listens at the address', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(workflowRun(), {
        'health-url': 'http://127.0.0.1:1/',
        'health-timeout': '1s',
      });
      expect(codesOf(run)).toEqual(['health-unreachable']);
      expect(errorOf(run)).toMatch(/127\.0\.0\.1:1\/.*(?:ECONNREFUSED|bad port)/);
    }));

  test('is requested from the default hostname while GraphQL is down, and the machines are verified anyway', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      // Fails the action's two requests before the deploy. flyctl's three requests pass.
      fly.fault({ path: /^\/graphql/, status: 503, times: 2 });
      fly.fault({ path: /^\/graphql/, status: 503, after: 3 });
      const run = await deploy(workflowRun(), { 'health-url': '/healthz', 'health-timeout': '1s' });
      expect(run.log.text).toContain('https://test-battle.fly.dev');
      // No name resolves in the sandbox, so the app's state is unknown, but the machines were verified.
      expect(codesOf(run)).toEqual(['health-unreachable']);
      expect(run.log.text).toContain('First check: 2 of 2');
    }));

  test('of an app without a hostname needs a full URL', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.setHostname(app, '');
      const run = await deploy(workflowRun(), { 'health-url': '/healthz' });
      expect(codesOf(run)).toEqual(['app-without-hostname']);
      for (const fact of ['/healthz', 'health-url: https://']) expect(errorOf(run)).toContain(fact);
    }));

  test('that must contain the commit needs an image that names one', () =>
    inWorld(async ({ deploy, push }) => {
      push('main', { revision: '', source: '', attestations: false });
      const run = await deploy(workflowDispatch(), {
        'health-url': `http://${host}/`,
        'health-body': '{sha}',
      });
      expect(codesOf(run)).toEqual(['health-body-without-commit']);
      for (const fact of ['`health-body`', '{sha}', '{digest}']) expect(errorOf(run)).toContain(fact);
    }));
});

describe('rollback', () => {
  const inputs = { rollback: 'true', 'settle-time': '20ms' };

  test('deploys what ran before, verifies it, and still fails', () =>
    inWorld(async ({ deploy, push, fly, image, oldDigest }) => {
      push(tag);
      fly.behave(app, { trouble: { index: 1, afterLists: 1, kind: 'exit' } });
      const run = await deploy(workflowRun(), inputs);
      expect(run.flyctl.map(({ argv }) => argv.slice(3).join(' '))).toEqual([
        `--image ${image}:${tag} --remote-only`,
        `--image ${image}@${oldDigest} --remote-only --strategy=rolling --skip-release-command`,
      ]);
      const error = errorOf(run);
      expect(codesOf(run)).toEqual(['machines-unhealthy']);
      expect(error).toContain('exit code 1');
      expect(error).toMatch(new RegExp(`\\b2 machines.*${image}@${oldDigest}`));
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false', 'rolled-back': 'true' });
      expect(
        JSON.parse(run.outputs['machines'] ?? '').map((each: { digest: string }) => each.digest),
      ).toEqual([oldDigest, oldDigest]);
      expect(run.summary).toMatch(/^## ⏪ `test-battle`/);
    }));

  test('works after a deploy that failed part-way', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      push(tag);
      fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      const run = await deploy(
        workflowRun(),
        { ...inputs, rollback: 'with-release-command' },
        {
          onLine: (line) => {
            if (line.includes('Roll back')) fly.behave(app, {});
          },
        },
      );
      expect(run.flyctl[1]?.argv).not.toContain('--skip-release-command');
      expect(codesOf(run)).toEqual(['flyctl-failed']);
      expect(errorOf(run)).toMatch(new RegExp(`status 1\\b[\\s\\S]*\\b2 machines.*${oldDigest}`));
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([oldDigest, oldDigest]);
      expect(run.outputs).toMatchObject({ deployed: 'false', 'rolled-back': 'true' });
    }));

  test('is not needed after a deploy that changed nothing', () =>
    inWorld(async ({ deploy, push, fly, oldDigest }) => {
      push(tag);
      fly.behave(app, { failUpdate: { index: 0, status: 500 } });
      const run = await deploy(workflowRun(), inputs);
      expect(codesOf(run)).toEqual(['flyctl-failed']);
      expect(errorOf(run)).toContain('status 1');
      expect(noRollbackOf(run)).toBe('untouched');
      expect([run.outputs['rolled-back'], run.flyctl.length]).toEqual(['false', 1]);
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([oldDigest, oldDigest]);
    }));

  test('does not guess the image of a mixed fleet', () =>
    inWorld(
      async ({ deploy, push, fly, registry, image }) => {
        push('main-1111111', { seed: 'other', revision: '1'.repeat(40) });
        push(tag);
        await fly.createApp(app, [
          { region: 'fra', image: `${image}:main-0000000` },
          { region: 'sin', image: `${registry.host}/owner/repo:main-1111111` },
        ]);
        fly.behave(app, { keepOldImage: 0 });
        const run = await deploy(workflowRun(), { ...inputs, 'settle-time': '0' });
        expect(codesOf(run)).toEqual(['machines-other-image']);
        expect(noRollbackOf(run)).toBe('images-before-differ');
        expect(errorOf(run)).toMatch(/"app".*\b2\b/);
        expect(run.flyctl).toHaveLength(1);
        expect(run.outputs['rolled-back']).toBe('false');
      },
      { machines: [] },
    ));

  test('rolls each process group back to its own image', () =>
    inWorld(
      async ({ deploy, push, fly, image, oldDigest }) => {
        const worker = push('main-1111111', { seed: 'other', revision: '1'.repeat(40) });
        push(tag);
        await fly.createApp(app, [
          { region: 'fra', image: `${image}:main-0000000` },
          { region: 'fra', image: `${image}:main-1111111`, group: 'worker' },
        ]);
        fly.behave(app, { trouble: { index: 0, afterLists: 1, kind: 'oom' } });
        const run = await deploy(workflowRun(), inputs);
        expect(run.flyctl.slice(1).map(({ argv }) => argv.slice(-2))).toEqual([
          ['--process-groups', 'app'],
          ['--process-groups', 'worker'],
        ]);
        expect(codesOf(run)).toEqual(['machines-unhealthy']);
        expect(errorOf(run)).toMatch(new RegExp(`\\b2 machines.*${oldDigest}.*${worker.platformDigest}`));
        expect(run.outputs['rolled-back']).toBe('true');
        expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
          oldDigest,
          worker.platformDigest,
        ]);
      },
      { machines: [] },
    ));

  test('reports that the image no longer exists', () =>
    inWorld(async ({ deploy, push, fly, registry, image, oldDigest }) => {
      push(tag);
      registry.remove('owner/repo', oldDigest);
      fly.behave(app, { keepOldImage: 0 });
      const run = await deploy(workflowRun(), { ...inputs, 'settle-time': '0' });
      expect(codesOf(run)).toEqual(['machines-other-image']);
      expect(errorOf(run)).toContain(shortDigest(oldDigest));
      expect(noRollbackOf(run)).toBe('image-before-gone');
      expect(run.outputs['rolled-back']).toBe('false');
      // The rollback was tried, but Fly.io did not find the image.
      expect(run.flyctl.map(({ status }) => status)).toEqual([0, 1]);
      expect(run.flyctl[1]?.argv).toContain(`${image}@${oldDigest}`);
      expect(run.log.text).toContain('could not find image');
    }));

  test('reports that it failed, too', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { failUpdate: { index: 1, status: 500 } });
      const run = await deploy(workflowRun(), inputs);
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['flyctl-failed'], 'rollback-failed']);
      expect([run.outputs['rolled-back'], run.flyctl.map(({ status }) => status)]).toEqual(['false', [1, 1]]);
    }));

  test('is not possible after a first deploy', () =>
    inWorld(
      async ({ deploy, push }) => {
        push(tag);
        const run = await deploy(workflowRun(), { ...inputs, 'settle-time': '0' });
        expect([codesOf(run), noRollbackOf(run)]).toEqual([['machines-none'], 'nothing-before']);
        expect([run.outputs['rolled-back'], run.flyctl.length]).toEqual(['false', 1]);
      },
      { machines: [] },
    ));
});

describe('outdated runs', () => {
  const newer = 'fedcba9876543210fedcba9876543210fedcba98';

  /** Makes the app run the default branch's head, which contains the built commit. */
  const ahead = (play: Parameters<typeof inWorld>[0]) =>
    inWorld(
      async (world) => {
        world.push('main-fedcba9', { revision: newer, seed: 'newer' });
        world.push(tag);
        await world.fly.createApp(app, [{ region: 'fra', image: `${world.image}:main-fedcba9` }]);
        await play(world);
      },
      { machines: [] },
    );

  test('are skipped with a notice', () =>
    ahead(async ({ deploy }) => {
      const run = await deploy(workflowRun());
      expect(run.status).toBe(0);
      expect(run.outputs).toMatchObject({ deployed: 'false', skipped: 'outdated', verified: 'false' });
      expect(run.log.annotations).toEqual([
        expect.objectContaining({
          level: 'notice',
          message: expect.stringContaining(builtCommit),
        }),
      ]);
      expect(run.flyctl).toEqual([]);
      expect(run.summary).toMatch(/^## .*`main-abc1234`/);
    }));

  test('that a user reruns print a line that deploys the older commit', () =>
    ahead(async ({ deploy, fly, push }) => {
      const { platformDigest } = push(tag);
      const again = { env: { GITHUB_RUN_ATTEMPT: '2' } };
      const run = await deploy(workflowRun(), {}, again);
      expect(run.outputs).toMatchObject({ deployed: 'false', skipped: 'outdated' });
      const [notice] = run.log.annotations;
      expect(notice?.message).not.toContain('sooner');
      expect(notice?.message).toContain('on-outdated: deploy');
      const [, select = ''] = /`with: select: (\S+)`/.exec(notice?.message ?? '') ?? [];
      expect(select).toBe(`commit:${builtCommit}`);
      expect((await deploy(workflowDispatch(), { select })).outputs['deployed']).toBe('true');
      expect(fly.machines(app)[0]?.image_ref.digest).toBe(platformDigest);
    }));

  test('fail or are deployed, depending on `on-outdated`', () =>
    ahead(async ({ deploy, github }) => {
      const outdated = await deploy(workflowRun(), { 'on-outdated': 'fail' });
      expect(codesOf(outdated)).toEqual(['commit-outdated']);
      for (const fact of [
        builtCommit,
        newer.slice(0, 7),
        'on-outdated: skip',
        `select: commit:${builtCommit}`,
      ])
        expect(errorOf(outdated)).toContain(fact);
      const before = github.requests.length;
      const run = await deploy(workflowRun(), { 'on-outdated': 'deploy' });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      // One request for the branch, and one for the list of commits.
      expect(github.requests.length).toBe(before + 2);
      expect(run.summary).toContain('[1 commit]');
    }));

  test.each([
    ['a manual run', () => workflowDispatch(), { image: `:${tag}` }],
    ['a given commit', () => workflowRun(), { commit: builtCommit }],
    ['a given image', () => workflowRun(), { image: `:${tag}` }],
  ])('%s is never outdated', (_name, event, inputs) =>
    ahead(async ({ deploy, image }) => {
      const given = { ...inputs, ...('image' in inputs ? { image: `${image}${inputs.image}` } : {}) };
      expect((await deploy(event(), given as Record<string, string>)).outputs['deployed']).toBe('true');
    }),
  );

  test('a digest that an earlier job found for the event’s commit is outdated like the commit', () =>
    ahead(async ({ deploy, push, image }) => {
      const { digest } = push(tag);
      const given = { image: `${image}@${digest}` };
      expect((await deploy(workflowRun(), { ...given, commit: builtCommit })).outputs['skipped']).toBe(
        'outdated',
      );
      expect((await deploy(workflowDispatch(), { ...given, commit: builtCommit })).outputs['deployed']).toBe(
        'true',
      );
    }));

  test('a diverged or unknown commit is deployed with a message', () =>
    ahead(async ({ deploy, github }) => {
      // The running commit was never on the branch.
      github.history = [builtCommit];
      const diverged = await deploy(workflowRun());
      expect([diverged.status, diverged.outputs['deployed']]).toEqual([0, 'true']);
      expect(diverged.log.text).toMatch(/\bdiverged\b/);
    }));

  test('a token that cannot compare commits causes a message with the line to add, not a failure', () =>
    ahead(async ({ deploy, github }) => {
      github.token = 'another';
      const run = await deploy(workflowRun());
      expect([run.status, run.outputs['deployed']]).toEqual([0, 'true']);
      expect(run.log.text).toEqual(textWith('GitHub', 403, 'contents: read'));
    }));

  test('the running commit is read from the SHA tag if the image has no label', () =>
    inWorld(
      async ({ deploy, push, fly, image }) => {
        push('main-fedcba9', { revision: '', source: '', seed: 'newer' });
        push(tag);
        await fly.createApp(app, [{ region: 'fra', image: `${image}:main-fedcba9` }]);
        expect((await deploy(workflowRun())).outputs['skipped']).toBe('outdated');
      },
      { machines: [] },
    ));

  test('a dry run reports which commit is newer', () =>
    ahead(async ({ deploy }) => {
      const run = await deploy(workflowRun(), { mode: 'dry-run' });
      expect(run.log.text).toMatch(/:main-abc1234\n.*\bolder\b.*\bfedcba9\b/);
      expect(run.outputs['skipped']).toBe('dry-run');
    }));
});

describe('on-unchanged', () => {
  test('deploys nothing when every machine runs it', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      expect((await deploy(workflowRun(), { 'on-unchanged': 'skip' })).outputs['deployed']).toBe('true');
      const run = await deploy(workflowRun(), { 'on-unchanged': 'skip' });
      expect(run.outputs).toMatchObject({ deployed: 'false', skipped: 'unchanged' });
      expect([run.status, run.flyctl]).toEqual([0, []]);
      // The log lists what was not compared.
      for (const part of ['config', 'secrets', 'machines']) expect(run.log.text).toContain(part);
    }));
});

describe('cancel', () => {
  const test = onPosix('Node cannot send Ctrl+C to the console of another program');

  const stubborn = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', "process.on('SIGINT',()=>{});process.on('SIGTERM',()=>{});setInterval(()=>{},1000)"], { stdio: 'inherit' });
    for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.error('no'));
    console.log('child', child.pid);
    setInterval(() => {}, 1000);`;

  test('a flyctl that ignores signals is killed with all its processes, within the runner’s limit', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(
        workflowRun(),
        {},
        { flyctl: stubborn, signalAfter: { line: 'child ', signal: 'SIGINT' } },
      );
      expect(codesOf(run)).toEqual(['deploy-cancelled']);
      expect(errorOf(run)).toMatch(/SIGINT.*SIGKILL[\s\S]*fly machine list -a test-battle/);
      expect(run.ms).toBeLessThan(8500);
      expect(run.outputs['deployed']).toBe('false');
      expect(JSON.parse(run.outputs['machines'] ?? '')).toHaveLength(2);
      const pid = Number(/child (\d+)/.exec(run.log.text)?.[1]);
      // The process is gone, or a zombie.
      const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
      expect(stdout.trim()).toMatch(/^(?:Z.*)?$/);
    }));

  test('before the deploy changes nothing, and the report is written immediately', () =>
    inWorld(async ({ deploy, fly }) => {
      const run = await deploy(
        workflowRun(),
        { 'wait-for-image': '60s' },
        { signalAfter: { line: 'Waiting for', signal: 'SIGINT' } },
      );
      expect(codesOf(run)).toEqual(['run-cancelled']);
      expect(errorOf(run)).toContain('SIGINT');
      expect(run.ms).toBeLessThan(4000);
      expect(run.outputs['commit']).toBe(builtCommit);
      expect(changesOf(fly)).toEqual([]);
    }));

  test('during `settle-time` shows the machines, and does not roll back', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(
        workflowRun(),
        { 'settle-time': '60s', rollback: 'true' },
        { signalAfter: { line: 'Settling: ', signal: 'SIGTERM' } },
      );
      expect(codesOf(run)).toEqual(['deploy-cancelled']);
      expect(errorOf(run)).toContain('SIGTERM');
      // flyctl had exited, so no machine is part-way updated.
      expect(errorOf(run)).not.toContain('mixed');
      expect(run.flyctl).toHaveLength(1);
      expect(run.outputs).toMatchObject({ deployed: 'true', verified: 'false', 'rolled-back': 'false' });
      expect(run.summary).toContain('### Machines');
    }));

  test('a flyctl that exceeds its time limit is killed the same way', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const flyctl = "process.on('SIGINT', () => process.exit(127)); setInterval(() => {}, 1000);";
      const run = await deploy(workflowRun(), { 'deploy-timeout': '1s' }, { flyctl });
      expect(codesOf(run)).toEqual(['deploy-timed-out']);
      expect(errorOf(run)).toMatch(/\b1\.0 s\b.*status 127\b[\s\S]*`with: deploy-timeout: 2s`/);
    }));
});
