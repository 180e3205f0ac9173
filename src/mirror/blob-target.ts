import type { Answer } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import type { Streams, Upload } from '../lib/http-stream.ts';
import { objection, resolveUrl } from '../lib/url-policy.ts';
import { passesByItself } from '../registry/hosts.ts';
import type { Session } from '../registry/session.ts';
import type { Descriptor } from './blob-source.ts';
import { pushError } from './errors.ts';
import { Interrupted } from './patience.ts';

const answerLimit = 64 * 1024;

/** The size of a blob from which it is worth a request more to be able to continue its upload, in bytes. */
const large = 8 * 1024 ** 2;

/** The URL of an upload, and the answer that named it. */
interface Location {
  readonly url: string;
  readonly namedBy: Answer;
}

/** Whether the registry has a blob. */
export async function hasBlob({ digest }: Descriptor, target: Session): Promise<boolean> {
  return (await target.request(`blobs/${digest}`, { method: 'HEAD', limit: 0 })).status === 200;
}

/**
 * A blob on its way to a registry: a small one by POST and PUT, a large one by POST, PATCH and PUT, because only what came by
 * PATCH can be continued (distribution spec, "Pushing blobs"). The first PATCH has no Content-Range, like those of docker and
 * skopeo.
 */
export class BlobTarget {
  readonly #blob: Descriptor;
  readonly #session: Session;
  readonly #streams: Streams;
  readonly #signal: AbortSignal;
  readonly #isLarge: boolean;
  #location: Location | undefined;
  #upload: Upload | undefined;
  /** Whether an upload was continued, and whether the next may be. */
  #wasContinued = false;
  #mayContinue = true;

  constructor(blob: Descriptor, session: Session, streams: Streams, signal: AbortSignal) {
    this.#blob = blob;
    this.#session = session;
    this.#streams = streams;
    this.#signal = signal;
    this.#isLarge = blob.size >= large;
  }

  /** The upload that is open: it takes the bytes after those that it got. */
  get upload(): Upload | undefined {
    return this.#upload?.isOpen === true ? this.#upload : undefined;
  }

  /**
   * Opens an upload that continues the last one after the bytes that the registry has of it, or else a new one.
   *
   * @param sent the bytes that were sent to the last one.
   * @returns the bytes that the registry has.
   */
  async open(sent: number): Promise<number> {
    const at = await this.#received(sent);
    this.#wasContinued = at > 0;
    if (at === 0) this.#location = await this.#begin();
    if (at > 0 && at === this.#blob.size) return at;
    const { size } = this.#blob;
    const range: Record<string, string> = at === 0 ? {} : { 'content-range': `${at}-${size - 1}` };
    this.#upload = await this.#send(this.#isLarge ? 'PATCH' : 'PUT', size - at, range);
    return at;
  }

  async #begin(): Promise<Location> {
    const started = await this.#session.request('blobs/uploads/', { method: 'POST', limit: answerLimit });
    if (started.status !== 202) throw this.#refusal(started, 'begin');
    return { url: locationOf(started), namedBy: started };
  }

  /** Begins a request to the location of the upload. Only the last one, a PUT, names the digest. */
  #send(method: 'PATCH' | 'PUT', length: number, range: Record<string, string> = {}): Promise<Upload> {
    if (this.#location === undefined) throw new Error('no upload has begun');
    const { url: place, namedBy } = this.#location;
    const url = method === 'PUT' ? withDigest(place, this.#blob) : place;
    return this.#streams.upload(
      { method, url, namedBy },
      {
        'content-type': 'application/octet-stream',
        'content-length': String(length),
        ...range,
        ...this.#session.authorizationFor(url),
      },
      this.#signal,
    );
  }

  /**
   * The bytes that the registry has of a broken upload ("Pushing a blob in chunks"): 0 if it does not report them, or more
   * than were sent. `0-0` can be one byte or none.
   */
  async #received(sent: number): Promise<number> {
    const place = this.#location;
    if (place === undefined || !this.#isLarge || !this.#mayContinue) return 0;
    const request = { namedBy: place.namedBy, limit: answerLimit, follow: false };
    // If there is no answer, that to the next POST matters.
    const answer = await this.#session.requestTo(place.url, request).catch(() => undefined);
    const [, last] = /^(?:bytes=)?0-([1-9]\d{0,15})$/.exec(answer?.headers.get('range') ?? '') ?? [];
    if (answer?.status !== 204 || last === undefined || Number(last) >= sent) return 0;
    this.#move(answer);
    return Number(last) + 1;
  }

  /** An answer can name another location for the next request. */
  #move(answer: Answer): void {
    if (answer.headers.get('location') !== null)
      this.#location = { url: locationOf(answer), namedBy: answer };
  }

  /** Ends the upload. @param isSent whether all bytes were sent; otherwise there must be a refusal. */
  async finish(isSent: boolean): Promise<void> {
    if (this.#upload !== undefined) {
      const answer = await this.#upload.answer();
      this.#upload = undefined;
      if (![201, 202, 204].includes(answer.status)) throw this.#refusal(answer);
      if (!isSent) throw new Interrupted(`${new URL(answer.url).host} answered before the end of the upload`);
      if (!this.#isLarge) return this.#done(answer);
      this.#move(answer);
    }
    this.#upload = await this.#send('PUT', 0);
    const answer = await this.#upload.answer();
    this.#upload = undefined;
    this.#done(answer);
  }

  #done(answer: Answer): void {
    if (answer.status !== 201 && answer.status !== 204) throw this.#refusal(answer);
  }

  /**
   * The error for a refusal: temporary, or final. A token can expire between POST and PUT, and the registry can forget an
   * upload, or have completed it when the answer to that was lost.
   */
  #refusal(answer: Answer, to: 'begin' | 'upload' = 'upload'): Error {
    const { status } = answer;
    // What did not fit together once is not tried again.
    const isMisfit = this.#wasContinued && [400, 416].includes(status);
    if (isMisfit) this.#mayContinue = false;
    const isExpired = status === 401 && this.#session.identity === 'login';
    return isMisfit || isExpired || passesByItself(answer) || (status === 404 && to === 'upload')
      ? new Interrupted(`${new URL(answer.url).host} answered ${status}`)
      : pushError(answer, this.#session);
  }

  close(): void {
    this.#upload?.close();
    this.#upload = undefined;
  }
}

/**
 * The Location header of an upload, relative or absolute, with its query unchanged.
 *
 * @throws HttpError when it must not be used.
 */
function locationOf(answer: Answer): string {
  const location = answer.headers.get('location') ?? '';
  const url = resolveUrl(location, answer);
  if (location === '' || url === undefined || objection(url, answer) !== undefined) {
    throw new HttpError(
      answer.url,
      'redirect',
      `the registry named "${location}" as the location of the upload`,
    );
  }
  return `${url.origin}${url.pathname}${url.search}`;
}

/** Appends text, because searchParams would change the encoding of the registry's own parameters. */
const withDigest = (url: string, { digest }: Descriptor): string =>
  `${url}${url.includes('?') ? '&' : '?'}digest=${digest}`;
