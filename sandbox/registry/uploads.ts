import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Incoming } from '../lib/http.ts';
import { sendError } from './errors.ts';
import type { RegistryOptions } from './registry.ts';
import type { Store } from './store.ts';

interface Begun {
  readonly repository: string;
  /** The registry's state in the query of each location that it named. */
  readonly states: string[];
  /** The bytes that came by PATCH. */
  bytes: Buffer;
}

/** Uploads of blobs, by POST, any number of PATCH, and PUT (distribution spec, "Pushing blobs"). */
export class Uploads {
  readonly #options: RegistryOptions;
  readonly #store: Store;
  readonly #begun = new Map<string, Begun>();

  constructor(options: RegistryOptions, store: Store) {
    this.#options = options;
    this.#store = store;
  }

  /** `POST …?mount=<digest>&from=<name>` takes a blob from another repository, if it is there. @returns whether it is. */
  mount(query: URLSearchParams, response: ServerResponse, name: string): boolean {
    const digest = query.get('mount') ?? '';
    const bytes = this.#store.find(query.get('from') ?? '')?.blobs.get(digest);
    if (bytes === undefined) return false;
    this.#store.get(name).blobs.set(digest, bytes);
    response.writeHead(201, { 'docker-content-digest': digest, 'content-length': '0' });
    response.end();
    return true;
  }

  /** `POST /v2/<name>/blobs/uploads/` */
  begin(response: ServerResponse, name: string, origin: string, otherOrigin: string): void {
    const id = randomBytes(8).toString('hex');
    this.#begun.set(id, { repository: name, states: [], bytes: Buffer.alloc(0) });
    const { uploadLocation = 'absolute' } = this.#options;
    const host = { absolute: origin, relative: '', plain: origin, 'other-host': otherOrigin }[uploadLocation];
    const location = `${host}/v2/${name}/blobs/uploads/${id}`;
    response.writeHead(202, {
      location: this.#locate(id, location),
      'docker-upload-uuid': id,
      'content-length': '0',
    });
    response.end();
  }

  /** The location of an upload's next request. */
  #locate(id: string, path: string): string {
    if (this.#options.uploadLocation === 'plain') return path;
    const state = `${randomBytes(12).toString('base64')}+/=`;
    this.#begun.get(id)?.states.push(state);
    return `${path}?_state=${state}`;
  }

  /** `GET`, `PATCH` and `PUT` of the location of an upload. */
  handle(request: Incoming, response: ServerResponse): void {
    const { url, method } = request;
    const id = url.pathname.split('/').at(-1) ?? '';
    const upload = this.#begun.get(id);
    // The query must be sent back unchanged. A client that encodes it again loses the registry's state.
    const query = method === 'PUT' ? /^(.*?)[?&]digest=[^&]*$/.exec(url.search)?.[1] : url.search;
    const isKnown =
      this.#options.uploadLocation === 'plain' ||
      upload?.states.some((state) => `?_state=${state}` === query) === true;
    if (upload === undefined || !isKnown)
      return sendError(response, 404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
    if (method === 'PUT') {
      this.#begun.delete(id);
      return this.#finish(request, response, upload);
    }
    if (method === 'PATCH' && !this.#append(request, upload))
      return sendError(response, 416, 'BLOB_UPLOAD_INVALID', 'blob upload invalid');
    response.writeHead(method === 'PATCH' ? 202 : 204, {
      location: this.#locate(id, url.pathname),
      'docker-upload-uuid': id,
      ...(method === 'PATCH' && { 'content-length': '0' }),
      // A fault can set this header first.
      range: String(response.getHeader('range') ?? `0-${Math.max(0, upload.bytes.length - 1)}`),
    });
    response.end();
  }

  /** Adds what arrived of a PATCH, which must be what comes next. */
  #append({ headers, body }: Incoming, upload: Begun): boolean {
    const at = upload.bytes.length;
    const last = at + Number(headers['content-length']) - 1;
    const range = headers['content-range'];
    if (range === undefined ? at > 0 : range !== `${at}-${last}`) return false;
    upload.bytes = Buffer.concat([upload.bytes, body]);
    return true;
  }

  #finish({ url, headers, body }: Incoming, response: ServerResponse, { repository, bytes }: Begun): void {
    const all = Buffer.concat([bytes, body]);
    const digest = `sha256:${createHash('sha256').update(all).digest('hex')}`;
    if (url.searchParams.get('digest') !== digest)
      return sendError(response, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    if (headers['content-length'] !== String(body.length))
      return sendError(response, 411, 'SIZE_INVALID', 'an upload needs its length');
    this.#store.get(repository).blobs.set(digest, all);
    response.writeHead(201, { 'docker-content-digest': digest, 'content-length': '0' });
    response.end();
  }
}
