import pMap from 'p-map';
import { retryFly } from '../lib/advice.ts';
import type { TickingClock } from '../lib/clock.ts';
import { HttpError } from '../lib/http-error.ts';
import type { Streams } from '../lib/http-stream.ts';
import type { Json } from '../lib/json.ts';
import type { LineLog } from '../lib/line-log.ts';
import { waiting } from '../lib/progress.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import type { Manifest } from '../registry/manifest.ts';
import { formatReference, isDigest } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import type { Descriptor } from './blob-source.ts';
import { hasBlob } from './blob-target.ts';
import { copyBlob } from './copy-blob.ts';
import { CopyProgress } from './copy-progress.ts';
import { pushError } from './errors.ts';
import { Interrupted, isBroken, persist, tries } from './patience.ts';

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

/** Blobs that are copied at once. */
const sideBySide = 6;

/** Time between two lines about the progress, in milliseconds. */
const lineEvery = 5000;

/**
 * Copies an image from one registry to another without changing its bytes, so its digest stays the same: first its config and
 * layers, then its manifest, which gets the tag (distribution spec, "Pushing manifests": a registry may refuse a manifest whose
 * parts it does not have).
 *
 * @throws UserError when a registry refuses, or sends bytes that do not match the digest.
 */
export async function copyImage(manifest: Manifest, tag: string, deps: CopyDeps): Promise<Copied> {
  const { target, clock, log } = deps;
  const blobs = [...new Map(blobsOf(manifest, deps).map((blob) => [blob.digest, blob])).values()];
  const stop = new AbortController();
  const patient = { ...deps, signal: stop.signal };
  const progress = new CopyProgress(clock);
  const atOnce = { concurrency: sideBySide, stopOnError: true };
  const copyBlobs = async () => {
    const there = await pMap(blobs, (blob) => persist(() => hasBlob(blob, target), patient), atOnce);
    const missing = blobs.filter((_, n) => there[n] === false);
    progress.begin(missing.reduce((sum, { size }) => sum + size, 0));
    const ends = { ...patient, progress: (bytes: number) => progress.add(bytes) };
    // The largest first: the last one to be copied should not be copied alone for long.
    missing.sort((a, b) => b.size - a.size);
    await pMap(missing, (blob) => copyBlob(blob, ends), atOnce);
    return blobs.length - missing.length;
  };
  try {
    const wait = { what: 'the copy', every: lineEvery, how: () => progress.words() };
    const there = await waiting(wait, deps, copyBlobs);
    await persist(() => putManifest(manifest, tag, target), patient);
    const { bytes } = progress;
    if (bytes > 0) log.line(`Copied ${progress.summary()}`);
    return { bytes, blobs: blobs.length, there };
  } catch (error) {
    stop.abort();
    throw connection(error, deps);
  }
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

/** @throws UserError when the registry refuses the manifest or changes its bytes. */
export async function putManifest(
  { bytes, mediaType, digest }: Pick<Manifest, 'bytes' | 'mediaType' | 'digest'>,
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
