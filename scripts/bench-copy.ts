// Measures copying a layer of 1 GiB from one docker-registry to another on this machine: the action's copy against
// `skopeo copy --all --preserve-digests`, in turn, each into an empty registry. Needs docker-registry and skopeo.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeImage } from '../sandbox/registry/images.ts';
import { writeLayout } from '../sandbox/registry/layout.ts';
import { startRealRegistry } from '../sandbox/registry/real-registry.ts';

const [rounds, layerBytes] = [Number(process.argv[2] ?? 3), 1024 ** 3];
/** The limit of the copy's memory, in bytes, besides that of an idle node. */
const mostMemory = 150 * 1024 ** 2;

const folder = mkdtempSync(join(tmpdir(), 'bench-copy-'));
const source = await startRealRegistry({ login: false });
const from = `${source.host}/owner/repo:main`;
/** skopeo remembers the location of blobs, so each run needs a separate home. Otherwise it would copy nothing. */
const skopeo = (home: string, ...argv: string[]) =>
  execFileSync('skopeo', argv, {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
const copyFlags = ['copy', '--insecure-policy', '--all', '--preserve-digests', '--dest-tls-verify=false'];

writeLayout(join(folder, 'layout'), 'main', makeImage({ layerBytes, attestations: false }));
skopeo(folder, ...copyFlags, `oci:${join(folder, 'layout')}:main`, `docker://${from}`);
rmSync(join(folder, 'layout'), { recursive: true });

const ways = {
  ours: (to: string): number => {
    const { stdout, status, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'copy-once.ts'), from, to],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as { rssAboveIdle: number }).rssAboveIdle;
  },
  skopeo: (to: string): number => {
    const home = mkdtempSync(join(folder, 'home-'));
    skopeo(home, ...copyFlags, '--src-tls-verify=false', `docker://${from}`, `docker://${to}`);
    return 0;
  },
};

const times = { ours: [] as number[], skopeo: [] as number[] };
let memory = 0;
for (let round = 0; round < rounds; round++) {
  // The order alternates too, because the second one reads the layer from the disk's cache.
  const order = round % 2 === 0 ? (['ours', 'skopeo'] as const) : (['skopeo', 'ours'] as const);
  for (const way of order) {
    const target = await startRealRegistry({ login: false });
    const begin = performance.now();
    memory = Math.max(memory, ways[way](`${target.host}/owner/copy:main`));
    times[way].push(performance.now() - begin);
    await target.close();
  }
}
await source.close();
rmSync(folder, { recursive: true, force: true });

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const rate = (ms: number) => `${(layerBytes / 1024 ** 2 / (ms / 1000)).toFixed(0).padStart(5)} MiB/s`;
for (const [way, list] of Object.entries(times)) {
  console.log(
    `${way.padEnd(7)} median ${(median(list) / 1000).toFixed(2)} s ${rate(median(list))}   all ${list.map((ms) => (ms / 1000).toFixed(2)).join(', ')} s`,
  );
}
console.log(`throughput, ours to skopeo's: ${(median(times.skopeo) / median(times.ours)).toFixed(2)}`);
console.log(
  `memory above idle: ${(memory / 1024 ** 2).toFixed(0)} MiB at most, of ${mostMemory / 1024 ** 2} MiB allowed`,
);
process.exitCode = memory <= mostMemory ? 0 : 1;
