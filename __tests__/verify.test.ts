import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../src/fault.ts';
import type { Machine } from '../src/fly/machines.ts';
import { compare, verifyMachines } from '../src/verify.ts';

const sha = (letter: string) => `sha256:${letter.repeat(64)}`;
const [index, child, old] = [sha('a'), sha('b'), sha('c')];
const expected = { digest: index, platformDigest: child };

const machine = (changes: Partial<Machine> = {}): Machine => ({
  ...{
    id: 'm1',
    name: 'one',
    region: 'fra',
    state: 'started',
    group: 'app',
    digest: child,
    image: 'ghcr.io/o/r:main',
  },
  ...{ host: 'ok', releaseId: undefined, releaseVersion: undefined, events: [] },
  ...changes,
});

test.each([
  [child, true],
  [index, true],
  [old, false],
  [undefined, false],
  ['', false],
])('a machine on %s runs it: %s', (digest, runsIt) => {
  expect(compare([machine({ digest })], expected, 0)[0]?.runsIt).toBe(runsIt);
});

test('only a revert since the deploy began explains anything', () => {
  const revert = (timestamp: number) =>
    machine({ events: [{ type: 'revert', status: 'failed', source: 'flyd', timestamp }] });
  expect(compare([revert(99)], expected, 100)[0]?.reverted).toBeUndefined();
  expect(compare([revert(100)], expected, 100)[0]?.reverted).toMatchObject({ source: 'flyd' });
});

/** Plays looks at the machines, the last one again and again, on a clock of its own. */
async function play(looks: Machine[][], settle: number) {
  let [now, n] = [1000, 0];
  const at: number[] = [];
  const lines: string[] = [];
  let seen = 0;
  const result = await verifyMachines(expected, 0, settle, {
    list: async () => {
      at.push(now - 1000);
      return looks[Math.min(n++, looks.length - 1)] ?? [];
    },
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    },
    log: (line) => void lines.push(line),
    seen: () => void seen++,
  }).then(
    (machines) => ({ machines, fault: undefined }),
    (fault: Fault) => ({ machines: undefined, fault }),
  );
  expect(seen).toBe(at.length);
  return { ...result, at, lines };
}

const [good, bad] = [[machine()], [machine({ digest: old, image: 'ghcr.io/o/r:old' })]];

describe('verifyMachines', () => {
  test('two looks with the settle time between them', async () => {
    const { machines, at } = await play([good, good], 20_000);
    expect(machines).toHaveLength(1);
    expect(at).toEqual([0, 20_000]);
  });

  test('a settle time of 0 is one look', async () => {
    expect((await play([good], 0)).at).toEqual([0]);
  });

  test('a machine that is put back during the settle time fails, with the revert in the words', async () => {
    const reverted = machine({
      digest: old,
      events: [{ type: 'revert', status: 'replaced', source: 'flyd', timestamp: 5 }],
    });
    const { fault } = await play([good, [reverted]], 20_000);
    expect(fault?.seen).toMatch(/1 of 1 machine does not run the image, after 20\.0 s of settling/);
    expect(fault?.seen).toContain(`machine m1 in fra (started) runs ${old}`);
    expect(fault?.seen).toContain('reverted by flyd (replaced)');
    expect(fault?.expected).toContain(index);
    expect(fault?.expected).toContain(child);
  });

  test('one that gets there a little later settles from then on', async () => {
    const { machines, at } = await play([bad, bad, good, good], 20_000);
    expect(machines).toHaveLength(1);
    expect(at).toEqual([0, 1500, 3000, 23_000]);
  });

  test('one that never gets there fails at the end of the settle time', async () => {
    const { fault, at } = await play([bad], 5000);
    expect(at).toEqual([0, 1500, 3000, 4500]);
    expect(fault?.message).toMatch(/machine m1 in fra \(started\) runs sha256:c+ \(ghcr\.io\/o\/r:old\)/);
  });

  test('each wrong machine is named, right ones are not, hosts that are away are said', async () => {
    const fleet = [
      machine(),
      machine({ id: 'm2', region: 'sin', digest: old, host: 'unreachable' }),
      machine({ id: 'm3', digest: undefined }),
    ];
    const { fault } = await play([fleet], 0);
    expect(fault?.seen).toMatch(/2 of 3 machines do not run/);
    expect(fault?.seen).toMatch(/m2 in sin .* its host is unreachable/);
    expect(fault?.seen).toMatch(/m3 in fra \(started\) runs an image whose digest is not reported/);
    expect(fault?.seen).not.toContain('m1');
  });

  test('no machine at all is not a success', async () => {
    expect((await play([[]], 0)).fault?.seen).toMatch(/no machine that deploys manage/);
  });
});
