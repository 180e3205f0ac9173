// Copies one image like the action and prints the cost. The benchmark runs it as a separate process.
import { readFileSync, writeFileSync } from 'node:fs';
import { systemClock } from '../../src/lib/clock.ts';
import { makeHttp } from '../../src/lib/http.ts';
import { makeStreams } from '../../src/lib/http-stream.ts';
import { makeFetch } from '../../src/lib/node-fetch.ts';
import { makeTransport } from '../../src/lib/transport.ts';
import { copyImage } from '../../src/mirror/copy-image.ts';
import { getManifest } from '../../src/registry/manifest.ts';
import { findPlatform } from '../../src/registry/platform.ts';
import { parseReference } from '../../src/registry/reference.ts';
import { Session } from '../../src/registry/session.ts';

const transport = makeTransport({ env: process.env });
const [from = '', to = ''] = process.argv.slice(2);
const [source, target] = [from, to].map((text) => {
  const repository = parseReference(text);
  const http = makeHttp(
    { fetch: makeFetch(transport), clock: systemClock, random: Math.random, log: { debug: () => {} } },
    { tries: 1, timeout: 600_000, longestWait: 0 },
  );
  return {
    tag: repository.tag ?? 'latest',
    session: new Session({
      repository,
      login: async () => undefined,
      http,
      mask: () => {},
      maskToken: () => {},
    }),
  };
});
if (source === undefined || target === undefined) throw new Error('two references are needed');

/** The highest resident memory since it was last reset, in bytes (proc(5)). Unlike samples, it misses nothing. */
const peak = () => {
  const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) * 1024;
};
const begin = performance.now();
const root = await getManifest(source.session, source.tag);
if (root === undefined) throw new Error(`there is no ${from}`);
// The manifest that Fly.io runs, which the action copies.
const { manifest } = await findPlatform(source.session, root, async () => false);
const idle = process.memoryUsage.rss();
writeFileSync('/proc/self/clear_refs', '5');
await copyImage(manifest, target.tag, {
  source: source.session,
  target: target.session,
  streams: makeStreams(transport, { idle: 60_000, least: 0, longest: 60 * 60_000 }),
  clock: systemClock,
  random: Math.random,
  log: { line: () => {} },
});
const ms = performance.now() - begin;
const rss = peak();
console.log(JSON.stringify({ ms, memory: { rss, aboveIdle: rss - idle } }));
