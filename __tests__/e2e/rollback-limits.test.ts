import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { isAction, serve } from '../../sandbox/lib/http.ts';
import { workflowRun } from '../../sandbox/runner/events.ts';
import { lineWith } from '../errors.ts';
import { app, codesOf, inWorld, noRollbackOf, productionOf, type TestWorld, tag } from './world.ts';

// `rollback: true` does not change what could be fine, what another deploy did, and what did not change.

const standIn = pathToFileURL(join(import.meta.dirname, '../../sandbox/flyctl/main.ts')).href;
/** A flyctl that deploys successfully, then fails for another reason. */
const failingAtTheEnd = `
  process.on('exit', () => {
    console.error('Error: failed to update release: request returned non-2xx status: 504');
    process.exitCode = 1;
  });
  import(${JSON.stringify(standIn)});`;
const inputs = { rollback: 'true', 'settle-time': '20ms' };

/** Machines in the API's form. */
type List = readonly object[];

/**
 * Puts a server between the action and Fly.io's Machines API that changes lists. flyctl gets the original ones.
 *
 * @param change gets a list and its number, from 0, and returns another list or a status.
 */
async function changed(
  fly: TestWorld['fly'],
  change: (list: List, nth: number) => List | number,
  play: (env: Record<string, string>) => Promise<void>,
): Promise<void> {
  let lists = 0;
  const proxy = await serve(async ({ method, url, headers, body }, response) => {
    const passed = ['authorization', 'user-agent', 'fly-machine-lease-nonce'];
    const answer = await fetch(new URL(`${url.pathname}${url.search}`, fly.origin), {
      method,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => passed.includes(name))),
      ...(body.length === 0 ? {} : { body: body.toString('utf8') }),
    });
    const text = await answer.text();
    const isList = method === 'GET' && url.pathname.endsWith('/machines') && isAction({ headers });
    const given = isList ? change(JSON.parse(text), lists++) : undefined;
    response.writeHead(typeof given === 'number' ? given : answer.status);
    response.end(typeof given === 'object' ? JSON.stringify(given) : text);
  });
  try {
    await play({ FLY_FLAPS_BASE_URL: proxy.origin });
  } finally {
    await proxy.close();
  }
}

/** Changes the list immediately after flyctl exits. */
const once = (change: (list: List) => List | number) => (list: List, nth: number) =>
  nth === 1 ? change(list) : list;

describe('does not roll back', () => {
  test('if another deploy made a later release', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.behave(app, { laterRelease: { afterLists: 1 } });
      const run = await deploy(workflowRun(), inputs);
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['machines-superseded'], 'superseded']);
      expect(run.flyctl).toHaveLength(1);
    }));

  test('if another client holds a machine', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      const body = 'failed to acquire lease: lease currently held by somebody else';
      fly.behave(app, { failUpdate: { index: 1, status: 409, body } });
      const run = await deploy(workflowRun(), inputs);
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['machines-leased'], 'superseded']);
      expect(run.flyctl).toHaveLength(1);
    }));

  test('if flyctl succeeds without changing anything', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(workflowRun(), inputs, { flyctl: 'process.exitCode = 0' });
      expect([codesOf(run), productionOf(run), noRollbackOf(run)]).toEqual([
        ['deploy-changed-nothing'],
        'unchanged',
        'untouched',
      ]);
      expect(run.summary).toEqual(lineWith('## ❌ ', 'nothing changed', '`main-0000000`'));
    }));

  test('after a failed release command, even if the list briefly lacks a machine', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      const flyctl = `console.error('Error: release_command failed running on machine 1'); process.exitCode = 1;`;
      await changed(
        fly,
        once((list) => list.slice(1)),
        async (env) => {
          const run = await deploy(workflowRun(), inputs, { env, flyctl });
          expect([codesOf(run), productionOf(run), noRollbackOf(run)]).toEqual([
            ['release-command-failed'],
            'unknown',
            'not-determined',
          ]);
        },
      );
    }));

  test.each([
    ['an entry in the list has no ID', (list: List) => [...list, {}], 'machines-list-invalid'],
    [
      'the list contains null instead of a machine',
      () => [null as unknown as object],
      'machines-list-invalid',
    ],
    ['Fly.io refuses to list the machines', () => 403, 'fly-unauthorized'],
    ['Fly.io no longer has the app', () => 404, 'fly-app-not-found'],
  ])('if %s', (_name, change, code) =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      await changed(fly, once(change), async (env) => {
        const run = await deploy(workflowRun(), inputs, { env });
        expect([codesOf(run), noRollbackOf(run)]).toEqual([[code], 'not-determined']);
        expect(run.flyctl).toHaveLength(1);
      });
    }),
  );

  test('if the app has no hostname to request', () =>
    inWorld(async ({ deploy, push, fly }) => {
      push(tag);
      fly.setHostname(app, '');
      const run = await deploy(workflowRun(), { ...inputs, 'health-url': '/healthz' });
      expect([codesOf(run), noRollbackOf(run)]).toEqual([['app-without-hostname'], 'not-determined']);
    }));

  test('if flyctl fails at its end and the app cannot be reached from the runner', () =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const run = await deploy(
        workflowRun(),
        { ...inputs, 'health-url': 'http://127.0.0.1:1/', 'health-timeout': '1s' },
        { flyctl: failingAtTheEnd },
      );
      expect([codesOf(run), productionOf(run), noRollbackOf(run)]).toEqual([
        ['flyctl-failed'],
        'unknown',
        'not-determined',
      ]);
      expect(run.flyctl).toHaveLength(1);
    }));
});

test('rolls back after a rate limit stops flyctl between two machines', () =>
  inWorld(async ({ deploy, push, fly, oldDigest }) => {
    push(tag);
    fly.behave(app, { failUpdate: { index: 1, status: 429, body: 'rate limit exceeded' } });
    const run = await deploy(workflowRun(), inputs, {
      onLine: (line) => {
        if (line.includes('Roll back')) fly.behave(app, {});
      },
    });
    expect([codesOf(run), run.outputs['rolled-back']]).toEqual([['fly-rate-limited'], 'true']);
    expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([oldDigest, oldDigest]);
  }));

test('rolls each process group back to its own image after a deploy of several groups', () =>
  inWorld(
    async ({ deploy, push, fly, image, oldDigest }) => {
      const worker = push('main-1111111', { seed: 'other', revision: '1'.repeat(40) });
      push(tag);
      await fly.createApp(app, [
        { region: 'fra', image: `${image}:main-0000000` },
        { region: 'fra', image: `${image}:main-1111111`, group: 'worker' },
      ]);
      fly.behave(app, { trouble: { index: 0, afterLists: 1, kind: 'oom' } });
      const run = await deploy(workflowRun(), { ...inputs, flags: '--process-groups=app,worker' });
      expect(run.outputs['rolled-back']).toBe('true');
      expect(fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
        oldDigest,
        worker.platformDigest,
      ]);
    },
    { machines: [] },
  ));

test('keeps a machine that is missing in the list before a second deploy', () =>
  inWorld(async ({ deploy, push, fly, image }) => {
    push(tag);
    fly.behave(app, { staleTag: { image: `${image}:${tag}`, as: `${image}:main-0000000` } });
    const onLine = (line: string) => {
      // The second deploy does not change one machine, which is no longer listed.
      if (line.includes('deployed once more')) fly.behave(app, { keepOldImage: 1 });
    };
    const short = (list: List, nth: number) => (nth >= 2 ? list.slice(0, 1) : list);
    await changed(fly, short, async (env) => {
      const given = { 'settle-time': '20ms', 'health-timeout': '2s' };
      const run = await deploy(workflowRun(), given, { env, onLine });
      expect([codesOf(run), run.flyctl.length]).toEqual([['machines-lost'], 2]);
    });
  }));

test('does not skip a deploy if machines are missing in the list, as they can run another image', () =>
  inWorld(
    async ({ deploy, push, fly, image }) => {
      const { platformDigest } = push(tag);
      await fly.createApp(app, [
        { region: 'fra', image: `${image}:${tag}` },
        { region: 'sin', image: `${image}:main-0000000` },
      ]);
      const short = (list: List, nth: number) => (nth === 0 ? list.slice(0, 1) : list);
      await changed(fly, short, async (env) => {
        const run = await deploy(workflowRun(), { 'on-unchanged': 'skip' }, { env });
        expect([run.status, run.outputs['skipped'], run.outputs['verified']]).toEqual([0, '', 'true']);
      });
      for (const { image_ref } of fly.machines(app)) expect(image_ref.digest).toBe(platformDigest);
    },
    { machines: [] },
  ));
