import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findImage } from '../../sandbox/fly/find-image.ts';
import type { Behavior, FlyOptions } from '../../sandbox/fly/fly.ts';
import type { SandboxRegistry } from '../../sandbox/registry/registry.ts';
import { assumptions } from '../../scripts/probe/assumptions.ts';
import { app, inSandbox, privateImage, type World } from '../probe-world.ts';

/** Requests that change something, by method and path. */
const changes = ({ fly }: World): string[] =>
  [...fly.requests, ...fly.registry.requests]
    .filter(({ method, path }) => !['GET', 'HEAD'].includes(method) && path !== '/graphql')
    .map(({ method, path }) => `${method} ${path}`);

type Setup = (world: World) => void;
const behave =
  (behavior: Behavior): Setup =>
  ({ fly }) =>
    fly.behave(app, behavior);
/** Machines that are reported with other fields. */
const reported = (report: NonNullable<Behavior['report']>): Setup => behave({ report });
const fault =
  (about: Parameters<SandboxRegistry['fault']>[0]): Setup =>
  ({ fly }) =>
    fly.registry.fault(about);
let reports = 0;

/** Another Fly.io, which pulls other images. */
const pulling =
  (pull: (reference: string) => string | undefined) =>
  (hosts: () => World): FlyOptions => ({
    find: async (reference) => {
      const { fly } = hosts();
      const other = pull(reference);
      const authorization = `Basic ${Buffer.from(`x:${fly.token}`).toString('base64')}`;
      return other === undefined ? undefined : findImage(other, { host: fly.registry.host, authorization });
    },
  });

interface Variant {
  readonly holds: 'no' | 'unknown';
  readonly setup?: Setup;
  readonly options?: (hosts: () => World) => FlyOptions;
  readonly argv?: (world: World) => readonly string[];
  readonly rate?: number;
  /** Other apps that stay. */
  readonly stays?: readonly string[];
}

/** For each assumption, a sandbox in which it does not hold or cannot be determined. */
const variants: Readonly<Record<string, readonly Variant[]>> = {
  'registry-index': [
    { holds: 'no', setup: fault({ method: 'PUT', path: /manifests\/probe-index/, status: 400 }) },
    { holds: 'unknown', setup: fault({ method: 'PUT', path: /manifests\/probe-index/, status: 503 }) },
    { holds: 'unknown', setup: fault({ method: 'PUT', path: /manifests\/probe-image/, status: 400 }) },
  ],
  'registry-patch': [
    { holds: 'no', setup: fault({ method: 'PATCH', status: 405 }) },
    { holds: 'unknown', setup: fault({ method: 'PATCH', status: 503 }) },
    { holds: 'unknown', setup: fault({ method: 'POST', path: /uploads/, status: 401 }) },
  ],
  'registry-upload-status': [
    { holds: 'no', setup: fault({ method: 'GET', path: /uploads/, headers: { range: '0-0' } }) },
    { holds: 'no', setup: fault({ method: 'GET', path: /uploads/, status: 404 }) },
    { holds: 'unknown', setup: fault({ method: 'PATCH', status: 405 }) },
  ],
  'registry-mount': [
    { holds: 'no', setup: fault({ path: /mount=/, status: 202, headers: { location: '/x' } }) },
    { holds: 'unknown', setup: fault({ path: /mount=/, status: 503 }) },
    {
      holds: 'unknown',
      setup: ({ fly }) => fly.fault({ method: 'POST', path: /^\/v1\/apps$/, status: 403 }),
    },
    // An app that is not the probe's.
    {
      holds: 'unknown',
      setup: ({ fly }) => void fly.createApp(`${app}-mount`, [{ region: 'fra' }]),
      stays: [`${app}-mount`],
    },
  ],
  'registry-lag': [
    { holds: 'no', rate: 100, setup: fault({ method: 'HEAD', path: /manifests\/probe-lag/, status: 404 }) },
    { holds: 'unknown', setup: fault({ method: 'HEAD', path: /manifests\/probe-lag/, status: 405 }) },
  ],
  'digest-of-index': [{ holds: 'no', setup: behave({ reportIndexDigest: true }) }],
  'digest-of-nested-index': [
    {
      holds: 'no',
      setup: reported(({ image_ref }) => ({
        image_ref: { ...image_ref, digest: `sha256:${'0'.repeat(64)}` },
      })),
    },
  ],
  'tag-of-digest': [
    { holds: 'no', setup: reported(({ image_ref }) => ({ image_ref: { ...image_ref, tag: 'latest' } })) },
  ],
  'container-image': [
    {
      holds: 'no',
      setup: reported(({ config }) => ({
        config: { ...config, containers: [{ name: 'app', image: 'resolved' }] },
      })),
    },
  ],
  'machine-count': [
    {
      holds: 'no',
      // Those of the beginning and of the first reading pass.
      setup: ({ fly }) =>
        fly.fault({
          ...{ method: 'GET', path: /^\/v1\/apps\/probe-app$/, after: 2, status: 200 },
          body: JSON.stringify({ machine_count: 1 }),
        }),
    },
    { holds: 'unknown', setup: ({ fly }) => fly.inject(app, { name: 'no-count' }) },
  ],
  'lists-identical': [{ holds: 'no', setup: reported(() => ({ updated_at: String(reports++) })) }],
  'events-newest-first': [
    { holds: 'no', setup: reported(({ events }) => ({ events: events.toReversed() })) },
    { holds: 'unknown', setup: reported(() => ({ events: [] })) },
  ],
  'host-clock': [
    {
      holds: 'no',
      setup: reported(({ events }) => ({
        events: events.map((event) => ({ ...event, timestamp: event.timestamp - 60_000 })),
      })),
    },
    { holds: 'unknown', setup: reported(() => ({ events: [] })) },
  ],
  'revert-event': [
    { holds: 'no', setup: behave({ brokenImage: { silent: true } }) },
    { holds: 'unknown', rate: 100, setup: behave({ brokenImage: { kept: true } }) },
  ],
  'revert-version': [{ holds: 'no', setup: reported(() => ({ instance_id: 'always-the-same' })) }],
  'revert-delay': [{ holds: 'no', setup: behave({ brokenImage: { after: 1000 } }) }],
  'release-line': [
    {
      holds: 'no',
      setup: reported(({ config }) => ({
        config: { ...config, metadata: { ...config.metadata, fly_release_id: 'another' } },
      })),
    },
    // flyctl fails for another reason.
    { holds: 'unknown', setup: ({ fly }) => fly.fault({ path: /^\/api\/v1\/releases/, status: 500 }) },
  ],
  'releases-readable': [
    {
      holds: 'no',
      setup: ({ fly }) =>
        fly.fault({
          ...{ method: 'PATCH', path: /^\/api\/v1\/releases\//, times: 1 },
          hook: () => fly.inject(app, { name: 'no-releases' }),
        }),
    },
  ],
  'tag-and-digest': [
    { holds: 'no', options: pulling((name) => (/:[^/:@]+@/.test(name) ? undefined : name)) },
    // Only the second deploy fails, for a reason other than its image.
    {
      holds: 'unknown',
      setup: ({ fly }) => fly.fault({ method: 'POST', path: /^\/api\/v1\/releases$/, after: 1, status: 500 }),
    },
    { holds: 'unknown', setup: ({ fly }) => fly.fault({ path: /^\/api\/v1\/releases/, status: 500 }) },
  ],
  'private-image': [
    {
      holds: 'no',
      argv: privateImage,
      options: pulling((name) => name.replace('owner/private', 'owner/public')),
    },
    { holds: 'unknown' },
    { holds: 'unknown', argv: ({ registry }) => ['--private-image', `${registry.host}/owner/public:v1`] },
    { holds: 'unknown', argv: ({ registry }) => ['--private-image', `${registry.host}/owner/missing:v1`] },
  ],
};

describe('detects that an assumption does not hold, or cannot be determined:', () => {
  test('every assumption has such a sandbox', () => {
    expect(Object.keys(variants)).toEqual(assumptions.map(({ id }) => id));
  });

  const cases = Object.entries(variants).flatMap(([id, each]) =>
    each.map((variant, n) => ({ id, n, ...variant })),
  );
  test.each(cases)('$id, $n: $holds', ({ id, holds, setup, options, argv, rate = 40, stays = [] }) =>
    inSandbox(async (world) => {
      await world.fly.createApp(app, []);
      setup?.(world);
      const { status, json, output } = await world.probe(['--only', id, ...(argv?.(world) ?? [])], { rate });
      expect(json.assumptions).toEqual([expect.objectContaining({ id, holds })]);
      expect(json.assumptions[0]?.observed).not.toBe('');
      expect(output).toContain(`| ${holds} |`);
      expect(status).toBe(holds === 'no' ? 1 : 2);
      // The app is not the probe's, so it stays, without machines.
      expect([...world.fly.platform.apps.keys()]).toEqual([app, ...stays]);
      expect(world.fly.machines(app)).toEqual([]);
      for (const name of stays) expect(world.fly.machines(name).length).toBe(1);
    }, options),
  );
});

describe('refuses, without changing anything,', () => {
  test.each<[string, (world: World) => Promise<void>, RegExp]>([
    ['an app with a machine', ({ fly }) => fly.createApp(app, [{ region: 'fra' }]), /has 1 machine/],
    [
      'an app with a machine that deploys do not manage',
      ({ fly }) => fly.createApp(app, [{ region: 'fra', metadata: {} }]),
      /has 1 machine/,
    ],
    [
      'a production app that is scaled to no machines',
      async ({ fly }) => {
        await fly.createApp(app, []);
        const made = fly.platform.apps.get(app);
        if (made !== undefined) fly.platform.createRelease(made, 'image', 'ROLLING');
      },
      /has been deployed/,
    ],
    [
      'an app whose machines it cannot list',
      async ({ fly }) => {
        await fly.createApp(app, []);
        fly.inject(app, { name: 'object-list' });
      },
      /are unknown/,
    ],
  ])('%s', (_, setup, why) =>
    inSandbox(async (world) => {
      await setup(world);
      const { status, output } = await world.probe();
      expect([status, output]).toEqual([2, expect.stringMatching(why)]);
      expect(changes(world)).toEqual([]);
    }),
  );

  test.each([
    ['a question that is answered with no', 'n\n'],
    ['a question that nobody answers', ''],
  ])('%s', (_, answer) =>
    inSandbox(async (world) => {
      const { status, output } = await world.probe([], { answer });
      expect([status, output]).toEqual([2, expect.stringContaining('This costs money')]);
      expect(changes(world)).toEqual([]);
    }),
  );

  test('an unknown assumption', () =>
    inSandbox(async (world) => {
      expect((await world.probe(['--only', 'registry-indx'])).status).toBe(2);
      expect(changes(world)).toEqual([]);
    }));
});

test('continues when its question is answered with yes', () =>
  inSandbox(async (world) => {
    expect((await world.probe(['--only', 'registry-patch'], { answer: 'y\n' })).status).toBe(0);
  }));

test.each(['yes     digest-of-index', 'yes     revert-delay'])(
  'an interruption at "%s" leaves nothing',
  (interruptAt) =>
    inSandbox(async (world) => {
      const { status, json, output } = await world.probe(privateImage(world), { interruptAt });
      expect([status, json.left]).toEqual([2, []]);
      expect(output).toContain('SIGINT');
      expect([...world.fly.platform.apps.keys()]).toEqual([]);
      // What was determined before it is still reported.
      const held = json.assumptions.filter(({ holds }) => holds === 'yes').map(({ id }) => id);
      expect(held).toContain(interruptAt.split(/ +/)[1]);
    }),
);

test('a machine whose creation was under way at an interruption is removed, too', () =>
  inSandbox(async (world) => {
    const { fly } = world;
    await fly.createApp(app, []);
    let interrupt = () => {};
    fly.fault({ method: 'POST', path: /machines$/, delayMs: 300, hook: () => interrupt() });
    const onStart = (send: () => void) => {
      interrupt = send;
    };
    const { status, json } = await world.probe(['--only', 'digest-of-index'], { onStart });
    expect([status, json.removed]).toEqual([2, [expect.stringMatching(/^machine /)]]);
    expect(fly.machines(app)).toEqual([]);
  }));

test('reports what it could not remove', () =>
  inSandbox(async (world) => {
    world.fly.fault({ method: 'DELETE', path: /^\/v1\/apps\/probe-app\?/, status: 500 });
    const { status, json, output } = await world.probe(['--only', 'registry-lag'], { rate: 100 });
    expect([status, json.left]).toEqual([2, [expect.stringContaining(`app ${app}: 500`)]]);
    expect(output).toContain('NOT REMOVED');
  }));

test('removes everything also when no machine can be created', () =>
  inSandbox(async (world) => {
    world.fly.fault({ method: 'POST', path: /machines$/, status: 422, body: '{"error":"no capacity"}' });
    const { status, json } = await world.probe(['--only', 'digest-of-index']);
    expect(status).toBe(2);
    expect(json.assumptions).toMatchObject([{ observed: expect.stringContaining('no capacity') }]);
    expect([...world.fly.platform.apps.keys()]).toEqual([]);
  }));

test('names the tags that stay in an app that it did not create', () =>
  inSandbox(async (world) => {
    await world.fly.createApp(app, []);
    const { status, json } = await world.probe(['--only', 'registry-lag']);
    expect([status, json.left, json.tags.length]).toEqual([0, [], 2]);
  }));

test('text of the account becomes neither a workflow command nor markup, and hides the token', () =>
  inSandbox(async (world) => {
    const message = `\r\n::error::x ##[error]y | <img src=x> \`z\` ${world.fly.token}`;
    world.fly.registry.fault({
      ...{ method: 'PUT', path: /manifests\/probe-index/, status: 400 },
      body: JSON.stringify({ errors: [{ code: 'DENIED', message }] }),
    });
    const folder = mkdtempSync(join(tmpdir(), 'summary-'));
    const summary = join(folder, 'summary.md');
    const { output, json } = await world.probe(['--only', 'registry-index'], {
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    const page = readFileSync(summary, 'utf8');
    rmSync(folder, { recursive: true, force: true });
    expect(page).not.toContain(world.fly.token);
    expect(page).not.toContain('<img');
    expect(page.trim().split('\n').length).toBe(3);
    expect(json.assumptions).toMatchObject([{ holds: 'no', observed: expect.stringContaining('***') }]);
    expect(output).not.toContain(world.fly.token);
    expect(output).not.toMatch(/^\s*::|##\[/m);
    const [row = ''] = output.split('\n').filter((line) => line.startsWith('| registry-index'));
    expect(row.match(/(?<!\\)\|/g)?.length).toBe(4);
    expect(row).not.toMatch(/(?<!\\)[<>`]/);
  }));
