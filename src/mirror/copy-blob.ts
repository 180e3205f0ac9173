import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { Answer } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { answerOf, type Download, type Streams } from '../lib/http-stream.ts';
import { objection, resolveUrl } from '../lib/url-policy.ts';
import { UserError } from '../lib/user-error.ts';
import { passesByItself } from '../registry/hosts.ts';
import { formatReference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { pushError } from './errors.ts';

/** What a manifest says of a blob: digest and size in bytes. */
export interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

export interface Ends {
  readonly source: Session;
  readonly target: Session;
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** Called with the bytes that came, and with what is taken back when a blob begins anew. */
  readonly progress: (bytes: number) => void;
}

/** A try that failed for a reason that may pass. */
export class Interrupted extends Error {}

/**
 * Copies one blob, once: HEAD, POST, and PUT with its length while it is read and hashed (distribution spec,
 * "Pushing blobs"). Nothing of it is kept: a chunk that came goes out before the next is read. The last chunk
 * waits for the digest, so that no upload with wrong bytes is ever finished.
 *
 * @returns whether it was there already.
 * @throws Interrupted, HttpError when it may go better from the start; UserError when it will not.
 */
export async function copyBlob(blob: Descriptor, ends: Ends): Promise<'there' | 'copied'> {
  const { source, target, streams, signal } = ends;
  const exists = await target.request(`blobs/${blob.digest}`, { method: 'HEAD', limit: 0 });
  if (exists.status === 200) return 'there';
  const started = await target.request('blobs/uploads/', { method: 'POST', limit: 64 * 1024 });
  if (started.status !== 202) throw refusalOf(started, target);
  const location = uploadUrl(started, blob.digest);

  const download = await open(source, blob, streams, signal);
  let counted = 0;
  const checked = check(blob, source, (bytes) => {
    counted += bytes;
    ends.progress(bytes);
  });
  try {
    download.body.on('error', (error) => checked.destroy(error));
    const answer = await streams.put(
      { url: location, namedBy: started },
      {
        'content-type': 'application/octet-stream',
        'content-length': String(blob.size),
        ...target.authorizationFor(location),
      },
      download.body.pipe(checked),
      signal,
    );
    if (answer.status !== 201 && answer.status !== 204) throw refusalOf(answer, target);
    return 'copied';
  } catch (error) {
    ends.progress(-counted);
    throw error;
  } finally {
    download.body.destroy();
    checked.destroy();
  }
}

/** What a refusal of the target is: something to try again, or the end. A token can run out between POST and PUT. */
function refusalOf(answer: Answer, target: Session): Error {
  return passesByItself(answer) || (answer.status === 401 && target.identity === 'login')
    ? new Interrupted(`${new URL(answer.url).host} answered ${answer.status}`)
    : pushError(answer, target);
}

/** Opens a blob at its registry. Its bytes may come from another host, which gets no credentials. */
async function open(
  source: Session,
  { digest, size }: Descriptor,
  streams: Streams,
  signal: AbortSignal,
): Promise<Download> {
  const url = source.urlOf(`blobs/${digest}`);
  const answer = await source.authorized(
    (headers) => streams.get(url, headers, signal),
    (refused) => answerOf(refused),
    url,
  );
  const where = formatReference({ ...source.repository, digest });
  if (answer.status === 200 && !Buffer.isBuffer(answer.body)) {
    const length = answer.headers.get('content-length');
    if (length === null || Number(length) === size) return { ...answer, body: answer.body };
    answer.body.destroy();
    throw new UserError({
      code: 'blob-mismatch',
      found: `${where} has ${length} bytes by the registry’s answer, and ${size} by the manifest.`,
      expected: 'one size.',
      fix: 'build and push the image again; a proxy between this runner and the registry may change its answers.',
    });
  }
  if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
  const refused = answer.status;
  if (refused >= 500 || refused === 429 || refused === 408)
    throw new Interrupted(`${source.repository.host} answered ${refused}`);
  throw new UserError({
    code: 'blob-unavailable',
    found: `${where}, a layer or config of the image, answered ${refused}.`,
    expected: 'the bytes that the image’s manifest lists.',
    fix: 'build and push the image again; a clean-up job may have deleted a part of it.',
  });
}

/** Passes bytes on, and makes sure that they are those of the digest before the last of them goes. */
function check({ digest, size }: Descriptor, source: Session, progress: (bytes: number) => void): Transform {
  const hash = createHash('sha256');
  let bytes = 0;
  const wrong = (what: string) =>
    new UserError({
      code: 'blob-mismatch',
      found: `${formatReference({ ...source.repository, digest })}: the registry sent ${what}.`,
      expected: 'the bytes of that digest, which were built.',
      fix: 'run the job again; if it stays, build and push the image again.',
    });
  return new Transform({
    highWaterMark: 1024 * 1024,
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      progress(chunk.length);
      if (bytes < size) return done(undefined, chunk);
      if (bytes > size) return done(wrong(`more than the ${size} bytes that the manifest says`));
      const found = `sha256:${hash.digest('hex')}`;
      done(found === digest ? undefined : wrong(`bytes whose digest is ${found}`), chunk);
    },
    flush(done) {
      done(bytes === size ? undefined : new Interrupted(`the blob ended after ${bytes} of ${size} bytes`));
    },
  });
}

/**
 * Where an upload goes: the Location as it stands, relative or absolute, its query kept, and the digest
 * (distribution spec, "POST then PUT").
 */
function uploadUrl(answer: Answer, digest: string): string {
  const location = answer.headers.get('location') ?? '';
  const url = resolveUrl(location, answer);
  if (location === '' || url === undefined || objection(url, answer) !== undefined) {
    throw new HttpError(answer.url, 'redirect', `it named "${location}" as the place to upload to`);
  }
  // Text, not searchParams: those would write the registry's own state anew, in another spelling.
  return `${url.origin}${url.pathname}${url.search}${url.search === '' ? '?' : '&'}digest=${digest}`;
}
