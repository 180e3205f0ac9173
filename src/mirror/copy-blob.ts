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

/** A blob in a manifest: its digest, and its size in bytes. */
export interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

export interface Ends {
  readonly source: Session;
  readonly target: Session;
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** Called with the number of bytes that arrived, and with a negative number when a blob starts over. */
  readonly progress: (bytes: number) => void;
}

/** An attempt that failed for a temporary reason. */
export class Interrupted extends Error {}

/**
 * Tries once to copy a blob: HEAD, POST, and PUT with its length while it is read and hashed (distribution spec, "Pushing
 * blobs"). It is streamed: each chunk is sent before the next is read. The last chunk is sent only after the digest is checked,
 * so that an upload with wrong bytes never completes.
 *
 * @returns whether it was already there.
 * @throws Interrupted or HttpError when a retry can help; UserError when it cannot.
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

/** The error for a refusal of the target: temporary, or final. A token can expire between POST and PUT. */
function refusalOf(answer: Answer, target: Session): Error {
  return passesByItself(answer) || (answer.status === 401 && target.identity === 'login')
    ? new Interrupted(`${new URL(answer.url).host} answered ${answer.status}`)
    : pushError(answer, target);
}

/** Opens a blob in its registry. Its bytes can come from another host, which gets no credentials. */
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
      found: `${where} has ${length} bytes according to the registry’s answer, but ${size} according to the manifest.`,
      expected: 'The same size in both.',
      fix: 'Build and push the image again. If the error persists, check for a proxy between this runner and the registry that changes answers.',
    });
  }
  if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
  const refused = answer.status;
  if (refused >= 500 || refused === 429 || refused === 408)
    throw new Interrupted(`${source.repository.host} answered ${refused}`);
  throw new UserError({
    code: 'blob-unavailable',
    found: `For ${where}, a layer or config of the image, the registry answered ${refused}.`,
    expected: 'The bytes that the image’s manifest lists.',
    fix: 'Build and push the image again. If a clean-up job deletes untagged packages, have it keep the parts of tagged images.',
  });
}

/** Passes bytes on, and checks them against the digest before it passes the last chunk on. */
function check({ digest, size }: Descriptor, source: Session, progress: (bytes: number) => void): Transform {
  const hash = createHash('sha256');
  let bytes = 0;
  const wrong = (what: string) =>
    new UserError({
      code: 'blob-mismatch',
      found: `For ${formatReference({ ...source.repository, digest })}, the registry sent ${what}.`,
      expected: 'The bytes of that digest, as they were built.',
      fix: 'Run the job again. If the error persists, build and push the image again.',
    });
  return new Transform({
    highWaterMark: 1024 * 1024,
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      progress(chunk.length);
      if (bytes < size) return done(undefined, chunk);
      if (bytes > size) return done(wrong(`more than the ${size} bytes in the manifest`));
      const found = `sha256:${hash.digest('hex')}`;
      done(found === digest ? undefined : wrong(`bytes whose digest is ${found}`), chunk);
    },
    flush(done) {
      done(bytes === size ? undefined : new Interrupted(`the blob ended after ${bytes} of ${size} bytes`));
    },
  });
}

/**
 * The URL of an upload: the Location header, relative or absolute, with its query unchanged, and the digest (distribution
 * spec, "POST then PUT").
 */
function uploadUrl(answer: Answer, digest: string): string {
  const location = answer.headers.get('location') ?? '';
  const url = resolveUrl(location, answer);
  if (location === '' || url === undefined || objection(url, answer) !== undefined) {
    throw new HttpError(
      answer.url,
      'redirect',
      `the registry named "${location}" as the location of the upload`,
    );
  }
  // Appends text, because searchParams would change the encoding of the registry's own parameters.
  return `${url.origin}${url.pathname}${url.search}${url.search === '' ? '?' : '&'}digest=${digest}`;
}
