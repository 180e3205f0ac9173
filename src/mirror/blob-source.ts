import { createHash, type Hash } from 'node:crypto';
import { isTemporary } from '../lib/http.ts';
import { answerOf, type Download, type Streams } from '../lib/http-stream.ts';
import { UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { Interrupted } from './patience.ts';

/** A blob in a manifest: its digest, and its size in bytes. */
export interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

/** The bytes of a blob from one of them to its end. */
interface Rest extends Download {
  readonly from: number;
}

/** Bytes between two states of the hash that are kept, to return to one. */
const betweenStates = 4 * 1024 ** 2;

/**
 * A blob in its registry, which is read once from its start to its end. After the connection broke, the rest is
 * read (RFC 9110, 14), and the hash continues.
 */
export class BlobSource {
  readonly #blob: Descriptor;
  readonly #session: Session;
  /** The number of bytes that were hashed, and those before them that the target has. */
  #hashed = 0;
  #sent = 0;
  /** Where the next chunk of the download belongs. */
  #next = 0;
  #hash: Hash = createHash('sha256');
  #states: { readonly at: number; readonly hash: Hash }[] = [];
  /** Whether the registry answers with a part of a blob. */
  #ranges = true;

  constructor(blob: Descriptor, session: Session) {
    this.#blob = blob;
    this.#session = session;
  }

  /**
   * Continues with the byte that the target needs next, which must have been read before: the hash returns to its last state
   * before it.
   */
  continueAt(sent: number): void {
    this.#sent = sent;
    if (sent >= this.#hashed) return;
    this.#states = this.#states.filter(({ at }) => at <= sent);
    const last = this.#states.at(-1);
    this.#hashed = last?.at ?? 0;
    this.#hash = last?.hash.copy() ?? createHash('sha256');
  }

  /** Whether the target has all its bytes. */
  get isSent(): boolean {
    return this.#sent > 0 && this.#sent === this.#blob.size;
  }

  get sent(): number {
    return this.#sent;
  }

  /**
   * Opens the rest of the blob. Its bytes can come from another host, which gets no credentials; the registry is asked each
   * time, because the URL that it names expires.
   */
  async open(streams: Streams, signal: AbortSignal): Promise<Rest> {
    const from = this.#ranges ? this.#hashed : 0;
    const url = this.#session.urlOf(`blobs/${this.#blob.digest}`);
    const range: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` };
    const answer = await this.#session.authorized(
      (headers) => streams.get(url, { ...range, ...headers }, signal),
      (refused) => answerOf(refused),
      url,
    );
    if (Buffer.isBuffer(answer.body)) throw this.#refusal(answer.status);
    const download = { ...answer, body: answer.body };
    if (from > 0 && answer.status === 206 && this.#isRest(download, from)) return { ...download, from };
    // Any other answer: all is read again, and what is known is dropped.
    if (answer.status === 200 && this.#isWhole(download)) return { ...download, from: 0 };
    answer.body.destroy();
    if (from > 0 && (answer.status === 206 || answer.status === 416)) {
      this.#ranges = false;
      return this.open(streams, signal);
    }
    if (answer.status !== 200) throw this.#refusal(answer.status);
    throw new UserError({
      code: 'blob-mismatch',
      found: `${this.#where} has ${answer.headers.get('content-length')} bytes according to the registry’s answer, but ${this.#blob.size} according to the manifest.`,
      expected: 'The same size in both.',
      fix: 'Build and push the image again. If the error persists, check for a proxy between this runner and the registry that changes answers.',
    });
  }

  /** Begins to take a download. An earlier one that is answered late is not taken. */
  begin({ from }: Rest): void {
    this.#next = from;
  }

  #isWhole({ headers }: Download): boolean {
    const length = headers.get('content-length');
    return length === null || Number(length) === this.#blob.size;
  }

  #isRest({ headers }: Download, from: number): boolean {
    const { size } = this.#blob;
    const length = headers.get('content-length');
    return (
      headers.get('content-range') === `bytes ${from}-${size - 1}/${size}` &&
      (length === null || Number(length) === size - from)
    );
  }

  /**
   * Takes the next bytes of the download, and checks the digest with the last ones, so that an upload with wrong bytes never
   * completes.
   *
   * @returns those that the target does not have.
   */
  take(chunk: Buffer): Buffer {
    const [{ size }, begin, end] = [this.#blob, this.#next, this.#next + chunk.length];
    if (end > size) throw this.#mismatch(`more than the ${size} bytes in the manifest`);
    this.#next = end;
    if (end > this.#hashed) {
      this.#hash.update(chunk.subarray(Math.max(0, this.#hashed - begin)));
      this.#hashed = end;
      if (end === size) this.#check();
      else if (end - (this.#states.at(-1)?.at ?? 0) >= betweenStates)
        this.#states.push({ at: end, hash: this.#hash.copy() });
    }
    const rest = chunk.subarray(Math.max(0, this.#sent - begin));
    this.#sent = Math.max(this.#sent, end);
    return rest;
  }

  /** @throws Interrupted when the download ended before the blob. */
  complete(): void {
    const { size } = this.#blob;
    if (size === 0) this.#check();
    if (this.#next < size) throw new Interrupted(`the blob ended after ${this.#next} of ${size} bytes`);
  }

  #check(): void {
    const found = `sha256:${this.#hash.copy().digest('hex')}`;
    if (found !== this.#blob.digest) throw this.#mismatch(`bytes whose digest is ${found}`);
  }

  get #where(): string {
    return formatReference({ ...this.#session.repository, digest: this.#blob.digest });
  }

  #mismatch(what: string): UserError {
    return new UserError({
      code: 'blob-mismatch',
      found: `For ${this.#where}, the registry sent ${what}.`,
      expected: 'The bytes of that digest, as they were built.',
      fix: 'Run the job again. If the error persists, build and push the image again.',
    });
  }

  #refusal(status: number): Error {
    if (isTemporary({ status }))
      return new Interrupted(`${this.#session.repository.host} answered ${status}`);
    return new UserError({
      code: 'blob-unavailable',
      found: `For ${this.#where}, a layer or config of the image, the registry answered ${status}.`,
      expected: 'The bytes that the image’s manifest lists.',
      fix: 'Build and push the image again. If a clean-up job deletes untagged packages, have it keep the parts of tagged images.',
    });
  }
}
