import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Incoming } from '../lib/http.ts';
import { sendError } from './errors.ts';
import type { RegistryOptions } from './registry.ts';
import type { Store } from './store.ts';

/** Uploads of blobs, each by one POST and one PUT (distribution spec, "POST then PUT"). */
export class Uploads {
  readonly #location: NonNullable<RegistryOptions['uploadLocation']>;
  readonly #store: Store;
  /** ID → the repository, and the state in the query of the location. */
  readonly #begun = new Map<string, { readonly repository: string; readonly state: string }>();

  constructor({ uploadLocation = 'absolute' }: RegistryOptions, store: Store) {
    this.#location = uploadLocation;
    this.#store = store;
  }

  /** `POST /v2/<name>/blobs/uploads/` */
  begin(response: ServerResponse, name: string, origin: string, otherOrigin: string): void {
    const [id, state] = [randomBytes(8).toString('hex'), `${randomBytes(12).toString('base64')}+/=`];
    this.#begun.set(id, { repository: name, state });
    const path = `/v2/${name}/blobs/uploads/${id}`;
    const query = `?_state=${state}`;
    const location = {
      absolute: `${origin}${path}${query}`,
      relative: `${path}${query}`,
      plain: `${origin}${path}`,
      'other-host': `${otherOrigin}${path}${query}`,
    }[this.#location];
    response.writeHead(202, { location, 'docker-upload-uuid': id, 'content-length': '0' });
    response.end();
  }

  /** `PUT` to the location of an upload. */
  finish({ url, headers, body }: Incoming, response: ServerResponse): void {
    const id = url.pathname.split('/').at(-1) ?? '';
    const upload = this.#begun.get(id);
    this.#begun.delete(id);
    // The query must be sent back unchanged. A client that encodes it again loses the registry's state.
    const stateKept = url.search.startsWith(`?_state=${upload?.state}&`) || this.#location === 'plain';
    if (upload === undefined || !stateKept)
      return sendError(response, 404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    if (url.searchParams.get('digest') !== digest)
      return sendError(response, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    if (headers['content-length'] !== String(body.length))
      return sendError(response, 411, 'SIZE_INVALID', 'an upload needs its length');
    this.#store.get(upload.repository).blobs.set(digest, body);
    response.writeHead(201, { 'docker-content-digest': digest, 'content-length': '0' });
    response.end();
  }
}
