// Measures copying two images from one docker-registry to another on this machine, one with a large layer and one with many
// small layers: the action's copy and `skopeo copy`, in turn, each into an empty registry. Needs docker-registry and skopeo.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RealRegistry, startRealRegistry } from '../../sandbox/registry/real-registry.ts';
import { findProgram } from '../../src/lib/program.ts';
import { writeLayeredImage } from './layered-image.ts';
import { median } from './median.ts';

export interface CopySizes {
  /** Bytes of the large layer. */
  readonly layer: number;
  /** The number of small layers; they have 20 to 200 kB each. */
  readonly layers: number;
}

const copiedImages = ['one large layer', 'many small layers'] as const;
type CopiedImage = (typeof copiedImages)[number];

/** One copy. */
export interface CopyRow {
  readonly image: CopiedImage;
  readonly way: 'ours' | 'skopeo';
  readonly round: number;
  /** Milliseconds without those that starting the program takes. */
  readonly ms: number;
  /** Bytes of the layers. */
  readonly bytes: number;
  /** Requests to both registries. */
  readonly requests: number;
  /** The highest resident memory of our process and what it is above the same process before the copy, in bytes. */
  readonly memory?: { readonly rss: number; readonly aboveIdle: number };
}

/** The limit of the copy's memory in bytes, above that of the process before the copy. */
export const mostCopyMemory = 120 * 1024 ** 2;

const copyFlags = ['copy', '--insecure-policy', '--all', '--preserve-digests', '--dest-tls-verify=false'];

/** Which of the programs is not installed, and how to install it; undefined if nothing is missing. */
export function missingPrograms(env: NodeJS.ProcessEnv): string | undefined {
  // Debian's packages have the same names.
  const missing = ['docker-registry', 'skopeo'].filter(
    (name) => findProgram(name, env, process.platform) === undefined,
  );
  if (missing.length === 0) return undefined;
  return `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed. On Debian or Ubuntu: \`sudo apt-get install ${missing.join(' ')}\``;
}

/** Copies each image in both ways in each round. */
export async function measureCopy(rounds: number, { layer, layers }: CopySizes): Promise<CopyRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-copy-'));
  const source = await startRealRegistry({ login: false });
  try {
    const images: readonly { readonly image: CopiedImage; readonly tag: string; readonly sizes: number[] }[] =
      [
        { image: 'one large layer', tag: 'large', sizes: [layer] },
        {
          image: 'many small layers',
          tag: 'small',
          sizes: Array.from({ length: layers }, (_, n) => 20_000 + Math.round((180_000 * n) / layers)),
        },
      ];
    for (const { tag, sizes } of images) {
      const layout = join(folder, tag);
      writeLayeredImage(layout, tag, sizes);
      await skopeo(folder, ...copyFlags, `oci:${layout}:${tag}`, `docker://${source.host}/owner/repo:${tag}`);
      rmSync(layout, { recursive: true });
    }
    const rows: CopyRow[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const { image, tag, sizes } of images) {
        // The order alternates, because the second one reads the layers from the disk's cache.
        const order = round % 2 === 0 ? (['ours', 'skopeo'] as const) : (['skopeo', 'ours'] as const);
        for (const way of order) {
          const bytes = sizes.reduce((sum, size) => sum + size, 0);
          rows.push({ image, way, round, bytes, ...(await copyOnce(way, folder, source, tag)) });
        }
      }
    }
    return rows;
  } finally {
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function copyOnce(way: CopyRow['way'], folder: string, source: RealRegistry, tag: string) {
  const target = await startRealRegistry({ login: false });
  try {
    const before = (await requestsOf(source)) + (await requestsOf(target));
    const [from, to] = [`${source.host}/owner/repo:${tag}`, `${target.host}/owner/copy:${tag}`];
    const copied = way === 'ours' ? await ours(from, to) : await skopeos(folder, from, to);
    // The two that ask for the state of the log.
    const requests = (await requestsOf(source)) + (await requestsOf(target)) - before - 2;
    return { ...copied, requests };
  } finally {
    await target.close();
  }
}

/** Not the synchronous variant: the registries wait for a reader of their logs. */
const run = promisify(execFile);

async function ours(from: string, to: string): Promise<Pick<CopyRow, 'ms' | 'memory'>> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'copy-once.ts'), from, to]);
  return JSON.parse(stdout) as Pick<CopyRow, 'ms' | 'memory'>;
}

async function skopeos(folder: string, from: string, to: string): Promise<Pick<CopyRow, 'ms'>> {
  // skopeo remembers the location of blobs, so each run needs a separate home. Otherwise it would copy nothing.
  const home = mkdtempSync(join(folder, 'home-'));
  const start = await skopeo(home, '--version');
  const whole = await skopeo(
    home,
    ...[...copyFlags, '--src-tls-verify=false', `docker://${from}`, `docker://${to}`],
  );
  return { ms: whole - start };
}

/** @returns how long it took, in milliseconds. */
async function skopeo(home: string, ...argv: string[]): Promise<number> {
  const begin = performance.now();
  await run('skopeo', argv, { env: { ...process.env, HOME: home, XDG_DATA_HOME: home } });
  return performance.now() - begin;
}

/** The number of lines in the registry's access log. */
async function requestsOf({ host, log }: RealRegistry): Promise<number> {
  const mark = `mark=${performance.now()}`;
  await fetch(`http://${host}/v2/?${mark}`);
  while (!log().includes(mark)) await new Promise((resolve) => setTimeout(resolve, 10));
  return log().match(/"(?:GET|HEAD|POST|PUT|PATCH|DELETE) \/v2\//g)?.length ?? 0;
}

/** `4GiB`, `200MiB`, or bytes. */
export function parseSize(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+)([KMG]iB)?$/.exec(text) ?? [];
  if (amount === '') throw new Error(`"${text}" is not a size such as 4GiB`);
  return Number(amount) * 1024 ** ['', 'KiB', 'MiB', 'GiB'].indexOf(unit);
}

/** The rows of an image in one way of copying it, as medians. */
export interface CopySummary {
  readonly image: CopiedImage;
  readonly bytes: number;
  /** Seconds. */
  readonly ours: number;
  readonly skopeos: number;
  readonly requests: { readonly ours: number; readonly skopeos: number };
  /** The most of all rounds, in bytes, above the process before the copy. */
  readonly memory: number;
}

export const summariesOf = (rows: readonly CopyRow[]): CopySummary[] =>
  copiedImages.map((image) => {
    const all = rows.filter((row) => row.image === image);
    const of = (way: CopyRow['way']) => all.filter((row) => row.way === way);
    const seconds = (way: CopyRow['way']) => median(of(way).map(({ ms }) => ms)) / 1000;
    return {
      image,
      bytes: all[0]?.bytes ?? 0,
      ours: seconds('ours'),
      skopeos: seconds('skopeo'),
      requests: { ours: of('ours')[0]?.requests ?? 0, skopeos: of('skopeo')[0]?.requests ?? 0 },
      memory: Math.max(0, ...all.flatMap(({ memory }) => memory?.aboveIdle ?? [])),
    };
  });
