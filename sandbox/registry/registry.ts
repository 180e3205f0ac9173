import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Incoming, type LoopbackServer, sendJson, serve } from '../lib/http.ts';
import { Auth } from './auth.ts';
import { sendError } from './errors.ts';
import type { Image } from './images.ts';
import { putManifest, sendManifest, sendTags } from './manifests.ts';
import { Store } from './store.ts';
import { Uploads } from './uploads.ts';

/** A registry that behaves like GHCR. */
export interface SandboxRegistry extends LoopbackServer {
  addRepository(name: string, visibility: 'public' | 'private'): void;
  /** Adds a login that can read and write every repository. */
  addUser(username: string, password: string): void;
  /** Stores an image with everything that it refers to. A new repository is public. @returns its digest. */
  push(repository: string, tag: string | undefined, image: Image): string;
  untag(repository: string, tag: string): void;
  /** Removes a manifest or blob but leaves what refers to it, like clean-up jobs. */
  remove(repository: string, digest: string): void;
  /** Makes every issued token invalid. */
  expireTokens(): void;
  /** The second host, to which reads of blobs are redirected. */
  readonly cdn: LoopbackServer;
}

export interface RegistryOptions {
  /** Defaults to a free port. */
  readonly port?: number;
  /** `none`: no login, like a plain docker-registry. `basic`: one login for everything. Defaults to `bearer`, like GHCR. */
  readonly auth?: 'bearer' | 'basic' | 'none';
  /** The form of an upload's location. Defaults to an absolute URL with the registry's own state in its query. */
  readonly uploadLocation?: 'absolute' | 'relative' | 'plain' | 'other-host';
  /** The maximum number of tags on a page. */
  readonly pageSize?: number;
  /** How the token service refuses anonymous requests: 401, like GHCR now, or 403, like GHCR in 2024. */
  readonly anonymousRefusal?: 401 | 403;
  /** Do not send Docker-Content-Digest, like early registries. */
  readonly withoutDigest?: boolean;
  /** Send blobs only as a whole. */
  readonly withoutRange?: boolean;
  /** Refuse HEAD with 405. */
  readonly withoutHead?: boolean;
}

/** Starts a registry, and a second host for its blobs. */
export async function startRegistry(options: RegistryOptions = {}): Promise<SandboxRegistry> {
  const store = new Store();
  const auth = new Auth(options, store);
  const uploads = new Uploads(options, store);

  const cdn = await serve((request, response) => {
    const { url, headers } = request;
    // Azure, behind GHCR's blobs, refuses a request with both a signature and a token.
    if (headers['authorization'] !== undefined)
      return sendJson(response, 400, { error: 'only one way to authenticate is allowed' });
    if (/\/uploads\//.test(url.pathname)) return uploads.handle(request, response);
    const [, repository = '', digest = ''] = /^\/blobs\/(.+)@(.+)$/.exec(url.pathname) ?? [];
    const bytes = store.find(repository)?.blobs.get(digest);
    if (bytes === undefined || url.searchParams.get('sig') === null) return sendJson(response, 404, {});
    const [, from = '0'] = /^bytes=(\d+)-$/.exec(headers['range'] ?? '') ?? [];
    const rest = bytes.subarray(options.withoutRange === true ? 0 : Number(from));
    const part = `bytes ${bytes.length - rest.length}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(rest.length < bytes.length ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(rest.length),
      // A fault can set this header first.
      ...(rest.length < bytes.length && {
        'content-range': String(response.getHeader('content-range') ?? part),
      }),
    });
    response.end(rest);
  });

  const handle = (request: Incoming, response: ServerResponse): void => {
    const { url, method } = request;
    if (url.pathname === '/token') return auth.sendToken(request, response);
    const { admitted, scope } = auth.admit(request, response, server);
    if (!admitted) return;
    const [, name = '', kind = '', reference = ''] =
      /^\/v2\/(.+?)\/(manifests|blobs|tags)\/([^/]*(?:\/[^/]*)?)$/.exec(url.pathname) ?? [];
    if (name === '')
      return url.pathname === '/v2/'
        ? sendJson(response, 200, {})
        : sendError(response, 404, 'NOT_FOUND', 'not found');
    if (!/^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(name)) {
      return sendError(response, 400, 'NAME_INVALID', 'invalid repository name');
    }
    if (!auth.allows(scope, name, 'pull')) return sendError(response, 403, 'DENIED', 'denied');
    const repository = store.find(name);
    if (repository === undefined) return sendError(response, 404, 'NAME_UNKNOWN', 'app repository not found');
    if (method !== 'GET' && method !== 'HEAD') {
      if (!auth.allows(scope, name, 'push')) return sendError(response, 403, 'DENIED', 'denied');
      if (kind === 'manifests' && method === 'PUT')
        return putManifest(request, response, repository, reference);
      if (kind === 'blobs' && method === 'POST' && reference === 'uploads/')
        return uploads.mount(url.searchParams, response, name)
          ? undefined
          : uploads.begin(response, name, server.origin, cdn.origin);
      if (kind === 'blobs' && ['PATCH', 'PUT'].includes(method) && reference.startsWith('uploads/'))
        return uploads.handle(request, response);
      return sendError(response, 405, 'UNSUPPORTED', 'the registry does not support this request');
    }
    if (kind === 'manifests') return sendManifest(request, response, repository, reference, options);
    if (kind === 'tags') return sendTags(request, response, name, repository, options.pageSize);
    if (reference.startsWith('uploads/')) return uploads.handle(request, response);
    const blob = repository.blobs.get(reference);
    if (blob === undefined) return sendError(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    if (method === 'HEAD') {
      response.writeHead(200, { 'content-length': String(blob.length), 'docker-content-digest': reference });
      response.end();
      return;
    }
    response.writeHead(307, {
      location: `${cdn.origin}/blobs/${name}@${reference}?sig=${randomBytes(8).toString('hex')}`,
    });
    response.end();
  };

  const server = await serve(handle, options.port);

  return {
    ...server,
    cdn,
    addRepository: (name, visibility) => {
      store.get(name).visibility = visibility;
    },
    addUser: (username, password) => auth.addUser(username, password),
    push: (name, tag, image) => {
      store.push(name, tag, image);
      return image.digest;
    },
    untag: (name, tag) => store.untag(name, tag),
    remove: (name, digest) => store.remove(name, digest),
    expireTokens: () => auth.expireTokens(),
    close: async () => {
      await Promise.all([server.close(), cdn.close()]);
    },
  };
}
