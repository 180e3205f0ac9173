// flyctl's strategies as far as they decide when each machine gets its version (flyctl, internal/command/deploy, strategy_*.go
// and machines_deploymachinesapp.go), on the virtual clock.
import type { runFlyctl } from '../../__tests__/law/flyctl.ts';
import type { MachineConfig } from '../../sandbox/fly/types.ts';

export const strategies = ['rolling', 'canary', 'bluegreen', 'immediate'] as const;
export type Strategy = (typeof strategies)[number];

interface Listed {
  readonly id: string;
  readonly region: string;
  readonly config: MachineConfig;
}

/** flyctl updates a third of the machines of a rolling deploy at a time, at most this many (`--max-concurrent`). */
const [share, mostAtOnce] = [0.33, 8];

/** A flyctl with a strategy. A machine takes 1.5 to 12 s to start and pass its checks. */
export const flyctlWith =
  (strategy: Strategy, seed: number): typeof runFlyctl =>
  async ({ fetch }, clock, { app, token }, argv) => {
    let state = seed * 2_654_435_761;
    const takes = () => {
      // xorshift32
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return 1500 + ((state >>> 0) % 10_500);
    };
    // The wait before another try (flyctl, internal/flapsutil/retry.go), in milliseconds.
    const [first, longest] = [500, 30_000];
    const call = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
      for (let wait = first; ; wait = Math.min(2 * wait, longest)) {
        const answer = await fetch(`https://fly.test${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'user-agent': 'flyctl' },
          ...(body && { body: JSON.stringify(body) }),
        });
        if (answer.ok) return answer.status === 204 ? undefined : answer.json();
        if (answer.status !== 429) throw new Error(`${answer.status} ${await answer.text()}`);
        await clock.sleep(wait);
      }
    };
    const path = `/v1/apps/${app}/machines`;
    const image = argv[argv.indexOf('--image') + 1] ?? '';
    const machines = (await call(path)) as Listed[];
    const { release } = (await call('/api/v1/releases', 'POST', { app_name: app, image })) as {
      release: { id: string; version: number };
    };
    const configOf = ({ config }: Listed) => ({
      ...config,
      image,
      metadata: {
        ...config.metadata,
        fly_release_id: release.id,
        fly_release_version: String(release.version),
      },
    });
    const update = async (each: Listed, wait: number) => {
      await call(`${path}/${each.id}`, 'POST', { config: configOf(each), region: each.region });
      await clock.sleep(wait);
    };
    const create = async (each: Listed): Promise<string> => {
      const made = await call(path, 'POST', { config: configOf(each), region: each.region });
      await clock.sleep(takes());
      return (made as { id: string }).id;
    };
    const destroy = (id: string) => call(`${path}/${id}?force=true`, 'DELETE');
    const rolling = async () => {
      const atOnce = Math.max(1, Math.min(mostAtOnce, Math.floor(machines.length * share)));
      for (let at = 0; at < machines.length; at += atOnce)
        await Promise.all(machines.slice(at, at + atOnce).map((each) => update(each, takes())));
    };
    switch (strategy) {
      case 'rolling':
        await rolling();
        break;
      case 'canary': {
        const [first] = machines;
        if (first !== undefined) await destroy(await create(first));
        await rolling();
        break;
      }
      case 'bluegreen':
        await Promise.all(machines.map(create));
        for (const { id } of machines) await destroy(id);
        break;
      case 'immediate':
        await Promise.all(machines.map((each) => update(each, 0)));
        break;
    }
    await call(`/api/v1/releases/${release.id}`, 'PATCH', { status: 'complete' });
    const stdout = `${JSON.stringify({ ...release, image_ref: image })}\n`;
    return { status: 0, signal: undefined, stdout, errorTail: '', timedOut: false, stopped: false };
  };
