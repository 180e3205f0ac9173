import pMap from 'p-map';
import pRetry from 'p-retry';
import { retryFly } from '../lib/advice.ts';
import type { TickingClock } from '../lib/clock.ts';
import { formatBytes, formatDuration } from '../lib/format.ts';
import { HttpError } from '../lib/http-error.ts';
import type { Streams } from '../lib/http-stream.ts';
import type { Json } from '../lib/json.ts';
import type { LineLog } from '../lib/line-log.ts';
import { waiting } from '../lib/progress.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import type { Manifest } from '../registry/manifest.ts';
import { formatReference, isDigest } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { copyBlob, type Descriptor, Interrupted } from './copy-blob.ts';
import { pushError } from './errors.ts';

export interface CopyDeps {
  readonly source: Session;
  readonly target: Session;
  readonly streams: Streams;
  readonly clock: TickingClock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: Pick<LineLog, 'line'>;
}

/** The extent of a copy. */
export interface Copied {
  /** The bytes that were sent, without blobs that were already there. */
  readonly bytes: number;
  readonly blobs: number;
  /** The number of blobs that were already there. */
  readonly there: number;
}

const [sideBySide, tries] = [4, 4];

/**
 * Copies an image from one registry to another without changing its bytes, so its digest stays the same: first its config and
 * layers, then its manifest, which gets the tag (distribution spec, "Pushing manifests": a registry may refuse a manifest whose
 * parts it does not have).
 *
 * @throws UserError when a registry refuses, or sends bytes that do not match the digest.
 */
export async function copyImage(manifest: Manifest, tag: string, deps: CopyDeps): Promise<Copied> {
  const blobs = new Map(blobsOf(manifest, deps).map((blob) => [blob.digest, blob]));
  const total = [...blobs.values()].reduce((sum, { size }) => sum + size, 0);

  const done = { bytes: 0, there: 0, skipped: 0 };
  const begin = deps.clock.now();
  const took = () => deps.clock.now() - begin;
  const rate = () => `${(done.bytes / Math.max(took(), 1) / 1000).toFixed(1)} MB/s`;
  const standing = () =>
    `${formatBytes(done.bytes)} of ${formatBytes(total - done.skipped)} copied, ${rate()},`;
  const progress = (bytes: number) => {
    done.bytes += bytes;
  };

  const stop = new AbortController();
  const copyBlobs = () =>
    pMap(
      [...blobs.values()],
      async (blob) => {
        const ends = { ...deps, signal: stop.signal, progress };
        if ((await persist(() => copyBlob(blob, ends), deps)) === 'copied') return;
        done.there++;
        done.skipped += blob.size;
      },
      { concurrency: sideBySide, stopOnError: true },
    );
  try {
    await waiting({ what: 'the copy', how: standing }, deps, copyBlobs);
    await persist(() => putManifest(manifest, tag, deps.target), deps);
  } catch (error) {
    stop.abort();
    throw connection(error, deps);
  }
  if (done.bytes > 0)
    deps.log.line(`Copied ${formatBytes(done.bytes)} in ${formatDuration(took())}, ${rate()}`);
  return { bytes: done.bytes, blobs: blobs.size, there: done.there };
}

/** The config and layers that a manifest lists. */
function blobsOf({ json, digest }: Manifest, { source }: CopyDeps): Descriptor[] {
  const config = json.get('config');
  const parts = [...(config.value === undefined ? [] : [config]), ...json.get('layers').items()];
  return parts.map((part) => {
    // image-spec, layer.md, and Docker's foreign layers: their license does not allow pushing them elsewhere.
    if (/nondistributable|foreign/.test(part.get('mediaType').maybeText() ?? '')) {
      throw new UserError({
        code: 'layer-not-distributable',
        found: `${formatReference({ ...source.repository, digest })} has a layer that must not be distributed (${part.get('mediaType').text()}).`,
        expected: 'Layers that are allowed to be copied.',
        fix: 'Build from another base image. Or make the package public, and set `with: mirror: never`.',
      });
    }
    return { digest: digestOf(part), size: part.get('size').integer() };
  });
}

function digestOf(entry: Json): string {
  const digest = entry.get('digest').text();
  if (!isDigest(digest)) throw entry.get('digest').error('A sha256 digest');
  return digest;
}

async function putManifest(
  { bytes, mediaType, digest }: Manifest,
  name: string,
  target: Session,
): Promise<void> {
  const answer = await target.request(`manifests/${name}`, {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: Buffer.from(bytes),
    limit: 64 * 1024,
  });
  if (answer.status !== 201) throw pushError(answer, target);
  const stored = answer.headers.get('docker-content-digest') ?? digest;
  if (stored === digest) return;
  throw new UserError({
    code: 'mirror-changed-digest',
    found: `${formatReference(target.repository)} stored the manifest ${digest} as ${stored}.`,
    expected: 'The same bytes, and so the same digest (distribution spec, "Pushing manifests").',
    fix: retryFly,
  });
}

/** Starts interrupted work over, with growing waits. */
function persist<T>(work: () => Promise<T>, { clock, random, log }: CopyDeps): Promise<T> {
  return pRetry(work, {
    retries: tries - 1,
    minTimeout: 0,
    maxTimeout: 0,
    shouldRetry: ({ error }) => error instanceof Interrupted || isBroken(error),
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (retriesLeft === 0 || !(error instanceof Interrupted || isBroken(error))) return;
      log.line(`Interrupted (${messageOf(error)}): starting this part again`);
      await clock.sleep(500 + random() * 1000 * 2 ** (attemptNumber - 1));
    },
  });
}

/** Whether a connection broke; a redirect that is not followed or a body that is too large does not count. */
const isBroken = (error: unknown): boolean =>
  (error instanceof HttpError && error.mayPass) ||
  (error instanceof Error &&
    ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(
      String((error as { code?: unknown }).code),
    ));

function connection(error: unknown, { source, target }: CopyDeps): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  if (!(error instanceof Interrupted || error instanceof HttpError || isBroken(error))) return error;
  const [from, to] = [source, target].map(({ repository }) => formatReference(repository));
  return new UserError(
    {
      code:
        error instanceof HttpError && !isBroken(error) ? 'mirror-unexpected-answer' : 'mirror-interrupted',
      found: `The copy from ${from} to ${to} was interrupted ${tries} times: ${messageOf(error)}.`,
      expected: 'Connections to both registries that last until the copy is complete.',
      fix: `${retryFly} Parts that were copied are not copied again.`,
    },
    { cause: error },
  );
}
