import { describe, expect, test } from '@jest/globals';
import { workflowRun } from '../../sandbox/events.ts';
import { app, inWorld, type TestWorld, tag } from '../e2e/world.ts';
import { deployReally, digests, toml } from './flyctl-world.ts';

describe('the stand-in knows no more than the real one', () => {
  /** Calls of a deploy: method, path with ids named, and the fields that matter of what was sent. */
  const callsOf = (world: TestWorld) => {
    const ids = world.fly.machines(app).map(({ id }) => id);
    return world.fly.requests
      .filter(({ headers }) => headers['user-agent'] !== 'deploy-fly-image')
      .map(({ method, path, body }) => {
        const named = ids.reduce((text, id, n) => text.replace(id, `machine-${n}`), path);
        const plain = named.replace(/releases\/\w+/, 'releases/id').replace(/\?.*/, '');
        const json = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
        const config = json['config'] as { image?: string } | undefined;
        const fields = {
          status: json['status'],
          image: json['image'] ?? config?.image,
          strategy: json['strategy'],
        };
        return `${method} ${plain} ${JSON.stringify(fields)}`.replaceAll(world.registry.host, 'registry');
      });
  };

  const scenarios: [name: string, prepare: (world: TestWorld) => void][] = [
    ['a deploy', () => {}],
    ['a machine that is refused', ({ fly }) => fly.behave(app, { failUpdate: { index: 1, status: 422 } })],
    [
      'a machine that is put back',
      ({ fly }) => fly.behave(app, { revertMachine: { index: 1, afterMs: 600 } }),
    ],
  ];

  test.each(scenarios)('%s: calls, end and machines', async (_name, prepare) => {
    const seen: { calls: string[]; status: number | null; right: boolean[] }[] = [];
    for (const way of ['stand-in', 'real']) {
      await inWorld(async (world) => {
        const { platformDigest } = world.push(tag);
        prepare(world);
        const run = await (way === 'real'
          ? deployReally(world, { 'settle-time': '1500ms' })
          : world.deploy(workflowRun(), { 'settle-time': '1500ms' }, { files: { 'fly.toml': toml } }));
        seen.push({
          calls: callsOf(world),
          status: run.status,
          right: digests(world).map((digest) => digest === platformDigest),
        });
      });
    }
    const [standIn, real] = seen;
    expect([standIn?.status, standIn?.right]).toEqual([real?.status, real?.right]);
    // Each call of the stand-in is one that the real one makes, with the same fields.
    expect((standIn?.calls ?? []).filter((call) => !real?.calls.includes(call))).toEqual([]);
    // And in the same order, as far as the two have the same calls.
    const common = (calls: readonly string[] = [], other: readonly string[] = []) => [
      ...new Set(
        calls.filter((call) => other.includes(call) && !/\/(?:lease|wait|ps) |GET .*machine-/.test(call)),
      ),
    ];
    expect(common(standIn?.calls, real?.calls)).toEqual(common(real?.calls, standIn?.calls));
  });
});
