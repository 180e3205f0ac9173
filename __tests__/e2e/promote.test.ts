import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const staging = 'test-staging';
const stagingToken = 'sandbox-staging-token';
const flyOptions = { appTokens: { [staging]: stagingToken } };
const select = `running:${staging}`;
const promotion = { select, 'source-app-token': stagingToken };

/** An app of two machines that runs the commit's image, from the registry or from the copy on Fly.io. */
async function staged(world: TestWorld, copied = false) {
  const pushed = world.push(tag);
  world.push('main', { seed: 'later' });
  let image = `${world.image}:${tag}`;
  if (copied) {
    await world.deploy(workflowRun(), { mirror: 'always' });
    image = `${world.mirror.host}/${app}:${tag}`;
  }
  await world.fly.createApp(staging, [
    { region: 'fra', image },
    { region: 'sin', image },
  ]);
  return pushed;
}

describe('select: running:APP', () => {
  test('deploys the digest that every machine of the other app runs, whatever the event', () =>
    inWorld(
      async (world) => {
        const { digest, platformDigest } = await staged(world);
        for (const event of [workflowDispatch(), workflowRun({ head_sha: 'd'.repeat(40) })]) {
          const run = await world.deploy(event, promotion);
          expect([run.status, codesOf(run)]).toEqual([0, []]);
          expect(run.outputs).toMatchObject({
            image: `${world.image}@${digest}`,
            digest,
            'platform-digest': platformDigest,
            source: 'running',
            'promoted-from': staging,
            commit: builtCommit,
            verified: 'true',
          });
          expect(run.log.text).toContain(`Using the image that app ${staging} runs`);
        }
        expect(world.fly.machines(app).map(({ image_ref }) => image_ref.digest)).toEqual([
          platformDigest,
          platformDigest,
        ]);
      },
      { flyOptions },
    ));

  test('sends the other app’s token only to Fly.io, never to flyctl', () =>
    inWorld(
      async (world) => {
        await staged(world);
        const run = await world.deploy(workflowDispatch(), promotion);
        expect(run.status).toBe(0);
        expect(JSON.stringify(run.flyctl)).not.toContain(stagingToken);
        expect(run.log.text + run.summary).not.toContain(stagingToken);
        const told = JSON.stringify(world.registry.requests.map(({ headers }) => headers));
        expect(told).not.toContain(stagingToken);
        expect(told).not.toContain(Buffer.from(`x:${stagingToken}`).toString('base64'));
      },
      { flyOptions },
    ));

  test('uses the copy in the other app’s repository if the registry no longer has the image', () =>
    inWorld(
      async (world) => {
        const made = await staged(world);
        // Staging was deployed from the copy in its own repository.
        await world.deploy(workflowRun(), { app: staging, 'fly-api-token': stagingToken, mirror: 'always' });
        world.registry.remove('owner/repo', made.digest);
        world.registry.remove('owner/repo', made.platformDigest);
        const run = await world.deploy(workflowDispatch(), promotion);
        expect([run.status, codesOf(run)]).toEqual([0, []]);
        expect(run.outputs['image']).toBe(`${world.mirror.host}/${staging}@${made.platformDigest}`);
        expect(run.outputs).toMatchObject({
          'promoted-from': staging,
          commit: builtCommit,
          verified: 'true',
        });
      },
      { flyOptions },
    ));

  test('compares the image with the given commit', () =>
    inWorld(
      async (world) => {
        await staged(world);
        const other = await world.deploy(workflowDispatch(), { ...promotion, commit: 'd'.repeat(40) });
        expect(codesOf(other)).toEqual(['revision-mismatch']);
        const same = await world.deploy(workflowDispatch(), { ...promotion, commit: builtCommit });
        expect(same.status).toBe(0);
      },
      { flyOptions },
    ));

  test('works in a dry run without a token of this app', () =>
    inWorld(
      async (world) => {
        const { digest } = await staged(world);
        const run = await world.deploy(
          workflowDispatch(),
          { ...promotion, 'fly-api-token': '', mode: 'dry-run' },
          { flyctl: false },
        );
        expect(run.outputs).toMatchObject({ digest, skipped: 'dry-run', 'promoted-from': staging });
      },
      { flyOptions },
    ));

  test.each<[string, Record<string, string>, Fault | undefined, code: string, facts: string[]]>([
    [
      'a deploy token of this app, which cannot read another',
      { select },
      undefined,
      'source-app-unreadable',
      ['`with: source-app-token: ${{ secrets.', `fly tokens create deploy --app ${staging}`],
    ],
    [
      'a refused token',
      promotion,
      { path: /test-staging\/machines/, status: 403 },
      'source-app-unreadable',
      ['source-app-token', '403'],
    ],
    [
      'an app that does not exist',
      { ...promotion, select: 'running:test-stagin' },
      undefined,
      'source-app-unreadable',
      ['test-stagin'],
    ],
    [
      'an incomplete list of machines',
      promotion,
      { path: /test-staging\/machines/, status: 200, body: '{"machines":[],"next_cursor":"x"}' },
      'machines-list-paged',
      [staging],
    ],
    [
      'Fly.io that is down',
      promotion,
      { path: /test-staging\/machines/, status: 503 },
      'fly-unavailable',
      ['503'],
    ],
  ])('is refused with %s', (_name, inputs, fault, code, facts) =>
    inWorld(
      async (world) => {
        await staged(world);
        if (fault !== undefined) world.fly.fault(fault);
        const run = await world.deploy(workflowDispatch(), inputs, { clockRate: 20 });
        expect(codesOf(run)).toEqual([code]);
        for (const fact of facts) expect(errorOf(run)).toContain(fact);
        expect([run.flyctl, run.outputs['promoted-from']]).toEqual([[], '']);
      },
      { flyOptions },
    ),
  );

  test('is refused if the other app runs two images, and names its machines', () =>
    inWorld(
      async (world) => {
        await staged(world);
        const [first] = world.fly.machines(staging);
        if (first !== undefined) first.image_ref = { ...first.image_ref, digest: world.oldDigest };
        const run = await world.deploy(workflowDispatch(), promotion);
        expect(codesOf(run)).toEqual(['source-app-mixed']);
        for (const { id, region } of world.fly.machines(staging))
          expect(errorOf(run)).toContain(`${id} (${region})`);
        // Applies the printed fix.
        const { platformDigest } = world.push(tag);
        const [, line = ''] = /`with: select: (digest:sha256:)…`/.exec(errorOf(run)) ?? [];
        const named = { select: line.replace('sha256:', platformDigest) };
        expect((await world.deploy(workflowDispatch(), named)).status).toBe(0);
      },
      { flyOptions },
    ));
});

describe('soak-time', () => {
  test('that is not over reports the remaining time, and is over later', () =>
    inWorld(
      async (world) => {
        await staged(world);
        await world.deploy(workflowRun(), { app: staging, 'fly-api-token': stagingToken });
        const soon = await world.deploy(workflowDispatch(), { ...promotion, 'soak-time': '1h' });
        expect(codesOf(soon)).toEqual(['soak-not-over']);
        expect(errorOf(soon)).toMatch(/Run this job again in (?:1 h 00|59) m/);
        expect(soon.flyctl).toEqual([]);
        // Fly.io's answers contain times in whole seconds.
        await new Promise((done) => setTimeout(done, 2100));
        expect((await world.deploy(workflowDispatch(), { ...promotion, 'soak-time': '1s' })).status).toBe(0);
      },
      { flyOptions },
    ));
});
