import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/lib/faults.ts';
import { makeImage } from '../../sandbox/registry/images.ts';
import { builtCommit, workflowRun } from '../../sandbox/runner/events.ts';
import { app, codesOf, inWorld, type TestWorld, tag } from './world.ts';

// What a copy does when a connection breaks: it continues from there.

const [small, large] = [50_000, 9_000_000];
const uploads = /\/blobs\/uploads\//;

type Registries = Parameters<typeof inWorld>[1];

/** Copies an image with a layer of this size, and checks that it runs. */
const copying = (
  layerBytes: number,
  play: (world: TestWorld, layer: RegExp) => void,
  check: (seen: ReturnType<typeof trafficOf>, log: string) => void,
  registries?: Registries,
) =>
  inWorld(async (world) => {
    const { layer, platformDigest } = world.push(tag, { layerBytes });
    play(world, new RegExp(layer));
    const run = await world.deploy(workflowRun(), { mirror: 'always' }, { clockRate: 20 });
    expect([run.status, run.outputs['verified'], run.outputs['platform-digest']]).toEqual([
      0,
      'true',
      platformDigest,
    ]);
    check(trafficOf(world, layer), run.log.text);
  }, registries);

/** The requests for the layer: the ranges and signatures of those for its bytes, and those that carry more than the config. */
function trafficOf({ cdn, mirror }: TestWorld, layer: string) {
  const reads = cdn.requests.filter(({ path }) => path.includes(layer));
  const writes = [...mirror.requests, ...mirror.cdn.requests]
    .filter(({ path, received }) => uploads.test(path) && received > 5000)
    .sort((a, b) => a.at - b.at);
  return {
    ranges: reads.map(({ headers }) => headers['range']),
    signatures: reads.map(({ path }) => path.replace(/.*sig=/, '')),
    read: reads.reduce((sum, { sent }) => sum + sent, 0),
    writes: writes.map(({ method, headers }) => [method, headers['content-range']]),
    authorizations: writes.flatMap(({ headers }) => headers['authorization'] ?? []),
    written: writes.reduce((sum, { received }) => sum + received, 0),
  };
}

const breaking = (closeAfter: number, times: number): Fault => ({ closeAfter, times });

describe('a download that breaks', () => {
  test('continues with the next byte, into the same upload', () =>
    copying(
      small,
      ({ cdn }, path) => cdn.fault({ path, ...breaking(20_000, 2) }),
      ({ ranges, signatures, writes, written, read }) => {
        expect(ranges).toEqual([undefined, 'bytes=20000-', 'bytes=40000-']);
        // The registry is asked each time, because the URL of its storage expires.
        expect(new Set(signatures).size).toBe(3);
        expect([writes, written]).toEqual([[['PUT', undefined]], small]);
        expect(read).toBeLessThan(small + 3000);
      },
    ));

  test('continues more often than it is tried without progress', () =>
    copying(
      large,
      ({ cdn }, path) => cdn.fault({ path, closeAfter: 1_200_000 }),
      ({ ranges, writes, written, read }, log) => {
        expect(ranges.length).toBe(8);
        expect([writes, written]).toEqual([[['PATCH', undefined]], large]);
        expect(read).toBeLessThan(large + 8000);
        expect(log).toContain('1.2 MB of 9.0 MB');
      },
    ));

  test.each<[string, (world: TestWorld, path: RegExp) => void, Registries]>([
    ['whose registry ignores the range', () => {}, { registryOptions: { withoutRange: true } }],
    [
      'whose registry answers another range',
      ({ cdn }, path) =>
        cdn.fault({ path, headers: { 'content-range': 'bytes 20001-49999/50000' }, times: 1 }),
      {},
    ],
    [
      'whose registry answers the range of a larger blob',
      ({ cdn }, path) =>
        cdn.fault({ path, headers: { 'content-range': 'bytes 20000-49999/60000' }, times: 1 }),
      {},
    ],
    ['whose registry refuses the range', ({ cdn }, path) => cdn.fault({ path, status: 416, times: 1 }), {}],
  ])('%s is read again from its start, and nothing is sent twice', (_name, second, registries) =>
    copying(
      small,
      (world, path) => {
        world.cdn.fault({ path, ...breaking(20_000, 1) });
        second(world, path);
      },
      ({ ranges, writes, written }) => {
        expect(ranges.slice(0, 2)).toEqual([undefined, 'bytes=20000-']);
        expect(ranges.at(-1)).toBe(registries?.registryOptions === undefined ? undefined : 'bytes=20000-');
        expect([writes, written]).toEqual([[['PUT', undefined]], small]);
      },
      registries,
    ),
  );

  test('is not confused by an answer to an earlier request that comes late', () =>
    copying(
      large,
      ({ mirror, cdn }, path) => {
        // The layer's upload and that of the config begin anew, after as many tries as a request has.
        mirror.fault({ method: 'POST', path: uploads, status: 503, times: 8 });
        cdn.fault({ path, delayMs: 1000, times: 1 });
        cdn.fault({ path, drip: 300_000 });
      },
      ({ writes, written, ranges }) => {
        expect(ranges).toEqual([undefined, undefined]);
        expect([writes, written]).toEqual([[['PATCH', undefined]], large]);
      },
    ));

  test.each([small, large])('fails when the rest is of another blob, of %d bytes', (size) =>
    inWorld(async (world) => {
      const { layer } = world.push(tag, { layerBytes: size });
      const path = new RegExp(layer);
      world.cdn.fault({ path, ...breaking(20_000, 1) });
      world.cdn.fault({
        path,
        status: 206,
        headers: { 'content-range': `bytes 20000-${size - 1}/${size}` },
        body: Buffer.alloc(size - 20_000),
      });
      const run = await world.deploy(workflowRun(), { mirror: 'always' }, { clockRate: 20 });
      expect(codesOf(run)).toEqual(['blob-mismatch']);
      // The last bytes were not sent, and no upload was completed.
      expect(trafficOf(world, layer).written).toBeLessThan(size);
      expect(world.mirror.requests.filter(({ path }) => path.includes(`digest=${layer}`))).toEqual(
        size === large ? [] : [expect.objectContaining({ status: 0 })],
      );
    }),
  );
});

describe('an upload that breaks', () => {
  const cut = (cutAfter: number, times = 1): Fault => ({ method: 'PATCH', path: uploads, cutAfter, times });

  test.each(['absolute', 'relative', 'plain', 'other-host'] as const)(
    'continues after the bytes that the registry has, and no byte arrives twice (location: %s)',
    (uploadLocation) =>
      copying(
        large,
        ({ mirror }) => {
          for (const host of [mirror, mirror.cdn]) {
            host.fault(cut(5_000_000));
            host.fault(cut(2_500_000));
          }
        },
        ({ writes, written, ranges, authorizations }, log) => {
          expect(writes).toEqual([
            ['PATCH', undefined],
            ['PATCH', '5000000-8999999'],
            ['PATCH', '7500000-8999999'],
          ]);
          expect(written).toBe(large);
          // The source is read again from the last state of the hash.
          expect(ranges[0]).toBeUndefined();
          for (const range of ranges.slice(1)) expect(range).toMatch(/^bytes=[4-7]\d{6}-$/);
          expect(log).toContain('5.0 MB of 9.0 MB');
          expect(authorizations.length).toBe(uploadLocation === 'other-host' ? 0 : 3);
        },
        { flyOptions: { uploadLocation } },
      ),
  );

  test('continues while the download breaks, too', () =>
    copying(
      large,
      ({ mirror, cdn }, path) => {
        mirror.fault(cut(3_000_000, 2));
        cdn.fault({ path, ...breaking(2_000_000, 3) });
      },
      ({ written }) => expect(written).toBe(large),
    ));

  test('of a small layer starts over', () =>
    copying(
      small,
      ({ mirror }) =>
        // The config has fewer bytes.
        mirror.fault({ method: 'PUT', path: uploads, cutAfter: 30_000, times: 2 }),
      ({ writes, written }) => {
        expect(writes.filter(([method]) => method !== 'PUT')).toEqual([]);
        expect(written).toBe(30_000 + small);
      },
    ));

  test.each<[string, Fault]>([
    ['does not know the upload any more', { status: 404 }],
    ['closes the connection instead of an answer', { close: true }],
    ['refuses to report how many bytes it has', { status: 403 }],
    ['does not report how many bytes it has', { status: 204 }],
    ['has nothing, or one byte', { headers: { range: '0-0' } }],
    ['has more than was sent', { headers: { range: '0-8999999' } }],
    ['answers something else', { headers: { range: 'bytes 1-7' } }],
    ['reports a wrong number of bytes', { headers: { range: '0-3999999' } }],
  ])('starts over if the registry %s', (_name, fault) =>
    copying(
      large,
      ({ mirror }) => {
        mirror.fault(cut(5_000_000));
        mirror.fault({ method: 'GET', path: uploads, ...fault });
      },
      ({ writes, written }) => {
        expect(writes.at(0)).toEqual(['PATCH', undefined]);
        expect(writes.at(-1)).toEqual(['PATCH', undefined]);
        expect(written).toBeGreaterThanOrEqual(5_000_000 + large);
      },
    ),
  );

  test.each<[string, 'PATCH' | 'PUT', number, times: number]>([
    ['its token expired', 'PATCH', 401, 2],
    ['the registry forgot it', 'PATCH', 404, 2],
    ['the registry is overloaded', 'PATCH', 503, 2],
    ['its end is refused for a moment', 'PUT', 500, 1],
  ])('of a large layer goes on when %s', (_name, method, status, times) =>
    copying(
      large,
      ({ mirror }, path) =>
        mirror.fault({
          method,
          status,
          times: 1,
          path: method === 'PATCH' ? uploads : new RegExp(`uploads.*digest=${path.source}`),
        }),
      // A refused PATCH is sent again as a whole; a refused end is sent again alone.
      ({ written }) => expect(written).toBe(times * large),
    ),
  );

  test.each([
    ['layer', small, 'PUT'],
    ['large layer', large, 'PUT'],
  ])('after the registry got everything is complete: a %s', (_name, size, method) =>
    inWorld(async (world) => {
      const { layer } = world.push(tag, { layerBytes: size });
      const source = 'https://github.com/owner/repo';
      const made = makeImage({ revision: builtCommit, source, layerBytes: size });
      world.mirror.fault({
        method,
        path: new RegExp(`digest=${layer}`),
        close: true,
        times: 1,
        hook: () => void world.mirror.push(app, undefined, made),
      });
      const run = await world.deploy(workflowRun(), { mirror: 'always' }, { clockRate: 20 });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(trafficOf(world, layer).written).toBe(size);
    }),
  );
});

test('answers without a body that are called compressed are answers', () =>
  copying(
    large,
    ({ mirror }) => {
      const headers = { 'content-encoding': 'gzip' };
      // The places of the uploads, and what a broken one has.
      mirror.fault({ method: 'POST', path: uploads, headers });
      mirror.fault({ method: 'GET', path: uploads, headers });
      mirror.fault({ method: 'PATCH', path: uploads, cutAfter: 5_000_000, times: 1 });
    },
    ({ writes, written }) => {
      expect(writes.map(([method]) => method)).toEqual(['PATCH', 'PATCH']);
      expect(written).toBe(large);
    },
  ));

test('a copy shows in the log how far it is, how fast, and how long it takes', () =>
  copying(
    large,
    // In the clock of the run, 500 kB each second.
    ({ cdn }, path) => cdn.fault({ path, drip: 500_000 }),
    (_seen, log) => {
      expect(log).toMatch(/ of 9\.0 MB, \d+(?:\.\d)? [kM]B\/s, about (?:5|10|15|20) s left/);
      expect(log).not.toMatch(/Infinity|NaN|-\d+ s left/);
    },
  ));
