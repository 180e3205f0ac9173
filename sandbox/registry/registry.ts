import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Incoming, type LoopbackServer, sendJson, serve } from '../lib/http.ts';
import type { Image } from './images.ts';

/** A registry that speaks as GHCR does. */
export interface SandboxRegistry extends LoopbackServer {
  addRepository(name: string, visibility: 'public' | 'private'): void;
  /** A login that may read everything, and write where writing is asked for. */
  addUser(username: string, password: string): void;
  /** Stores an image and all its parts; a repository that is not there is made public. Gives its digest. */
  push(repository: string, tag: string | undefined, image: Image): string;
  untag(repository: string, tag: string): void;
  /** Takes a manifest or blob away and leaves what refers to it, as clean-up jobs do. */
  remove(repository: string, digest: string): void;
  /** Every token that was given out is void from now on. */
  expireTokens(): void;
  /** The second host, where blobs are redirected to. */
  readonly cdn: LoopbackServer;
}

export interface RegistryOptions {
  readonly port?: number;
  /** `none`: no login anywhere, like a plain docker-registry; `basic`: one for everything. Default `bearer`, as GHCR. */
  readonly auth?: 'bearer' | 'basic' | 'none';
  /** How the place of an upload is named; default an absolute URL with the registry's own state in its query. */
  readonly uploadLocation?: 'absolute' | 'relative' | 'plain' | 'other-host';
  /** Tags a page. */
  readonly pageSize?: number;
  /** How the token service refuses nobody: 401, as GHCR does now, or 403, as it did in 2024. */
  readonly anonymousRefusal?: 401 | 403;
  /** Leave out Docker-Content-Digest, as early registries do. */
  readonly withoutDigest?: boolean;
  /** Refuse HEAD with 405. */
  readonly withoutHead?: boolean;
}

interface Repository {
  visibility: 'public' | 'private';
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, Image>;
  readonly blobs: Map<string, Buffer>;
}

/** An upload that was begun: to which repository, and whether its one PUT has come. */
interface Upload {
  readonly repository: string;
  readonly state: string;
}

interface ManifestJson {
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string };
  }[];
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
}

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Starts a registry, and a second host beside it for its blobs. */
export async function startRegistry(options: RegistryOptions = {}): Promise<SandboxRegistry> {
  const repositories = new Map<string, Repository>();
  const users = new Map<string, string>();
  /** Token → what it is for. */
  const tokens = new Map<string, string>();
  const uploads = new Map<string, Upload>();

  // Azure, behind GHCR's blobs, refuses a request that is signed twice.
  const cdn = await serve((request, response) => {
    const { url, headers, method } = request;
    if (headers['authorization'] !== undefined)
      return sendJson(response, 400, { error: 'only one way to authenticate is allowed' });
    if (method === 'PUT') return finishUpload(request, response);
    const [, repository = '', digest = ''] = /^\/blobs\/(.+)@(.+)$/.exec(url.pathname) ?? [];
    const bytes = repositories.get(repository)?.blobs.get(digest);
    if (bytes === undefined || url.searchParams.get('sig') === null) return sendJson(response, 404, {});
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
    });
    response.end(bytes);
  });

  const refuse = (response: ServerResponse, status: number, code: string, message: string, headers = {}) =>
    sendJson(response, status, { errors: [{ code, message }] }, headers);

  /** Who sends this Basic header: a user, nobody (no header), or somebody who is not known. */
  const userOf = (authorization: string | undefined): 'known' | 'nobody' | 'unknown' => {
    if (authorization === undefined) return 'nobody';
    const [username = '', ...rest] = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64')
      .toString('utf8')
      .split(':');
    return /^Basic /i.test(authorization) && users.get(username) === rest.join(':') ? 'known' : 'unknown';
  };

  const giveToken = ({ url, headers }: Incoming, response: ServerResponse): void => {
    const scope = url.searchParams.get('scope') ?? '';
    const name = /^repository:([^:]+):pull(?:,push)?$/.exec(scope)?.[1];
    const user = userOf(headers['authorization']);
    if (/^Bearer /i.test(headers['authorization'] ?? ''))
      return refuse(response, 401, 'UNAUTHORIZED', 'authentication required');
    // GHCR denies a wrong login also where nobody at all would have been let in.
    if (user === 'unknown') return refuse(response, 403, 'DENIED', 'denied: denied');
    const repository = name === undefined ? undefined : repositories.get(name);
    if (user === 'nobody' && (repository?.visibility !== 'public' || scope.endsWith('push'))) {
      return (options.anonymousRefusal ?? 401) === 401
        ? refuse(response, 401, 'UNAUTHORIZED', 'authentication required')
        : refuse(response, 403, 'DENIED', 'requested access to the resource is denied');
    }
    const token = randomBytes(24).toString('base64url');
    tokens.set(token, scope);
    sendJson(response, 200, { token });
  };

  const sendManifest = (
    { method, headers }: Incoming,
    response: ServerResponse,
    repository: Repository,
    reference: string,
  ): void => {
    if (method === 'HEAD' && options.withoutHead === true)
      return refuse(response, 405, 'UNSUPPORTED', 'HEAD is not supported');
    const digest = reference.startsWith('sha256:') ? reference : repository.tags.get(reference);
    let image = digest === undefined ? undefined : repository.manifests.get(digest);
    const accept = headers['accept'] ?? '*/*';
    if (image !== undefined && indexTypes.includes(image.mediaType) && !accept.includes(image.mediaType)) {
      // distribution, registry/handlers/manifests.go: an OCI index is not converted, a Docker list is, silently.
      if (image.mediaType === indexTypes[0]) {
        return refuse(
          response,
          404,
          'MANIFEST_UNKNOWN',
          'OCI index found, but accept header does not support OCI indexes',
        );
      }
      image = image.manifests.find(({ digest }) => digest === image?.platformDigest);
    }
    if (image === undefined) return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    response.writeHead(200, {
      'content-type': image.mediaType,
      'content-length': String(image.bytes.length),
      // A header that a fault has set stays: this is how a registry that lies is made.
      ...(options.withoutDigest === true
        ? {}
        : { 'docker-content-digest': String(response.getHeader('docker-content-digest') ?? image.digest) }),
    });
    response.end(method === 'HEAD' ? undefined : image.bytes);
  };

  const sendTags = (
    { url }: Incoming,
    response: ServerResponse,
    name: string,
    { tags }: Repository,
  ): void => {
    const size = Math.min(Number(url.searchParams.get('n') ?? 1000), options.pageSize ?? 1000);
    const last = url.searchParams.get('last') ?? '';
    const sorted = [...tags.keys()].sort().filter((tag) => tag > last);
    const page = sorted.slice(0, size);
    const next = `</v2/${name}/tags/list?n=${size}&last=${encodeURIComponent(page.at(-1) ?? '')}>; rel="next"`;
    sendJson(response, 200, { name, tags: page }, sorted.length > page.length ? { link: next } : {});
  };

  const beginUpload = (response: ServerResponse, name: string): void => {
    const [id, state] = [randomBytes(8).toString('hex'), `${randomBytes(12).toString('base64')}+/=`];
    uploads.set(id, { repository: name, state });
    const path = `/v2/${name}/blobs/uploads/${id}`;
    const query = `?_state=${state}`;
    const location = {
      absolute: `${server.origin}${path}${query}`,
      relative: `${path}${query}`,
      plain: `${server.origin}${path}`,
      'other-host': `${cdn.origin}${path}${query}`,
    }[options.uploadLocation ?? 'absolute'];
    response.writeHead(202, { location, 'docker-upload-uuid': id, 'content-length': '0' });
    response.end();
  };

  const finishUpload = ({ url, headers, body }: Incoming, response: ServerResponse): void => {
    const id = url.pathname.split('/').at(-1) ?? '';
    const upload = uploads.get(id);
    uploads.delete(id);
    // As it was written: a client that spells the query anew has lost the registry's state.
    const stateKept =
      url.search.startsWith(`?_state=${upload?.state}&`) || options.uploadLocation === 'plain';
    if (upload === undefined || !stateKept)
      return refuse(response, 404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    if (url.searchParams.get('digest') !== digest)
      return refuse(response, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    if (headers['content-length'] !== String(body.length))
      return refuse(response, 411, 'SIZE_INVALID', 'an upload needs its length');
    repositoryOf(upload.repository).blobs.set(digest, body);
    response.writeHead(201, { 'docker-content-digest': digest, 'content-length': '0' });
    response.end();
  };

  const putManifest = (
    { headers, body }: Incoming,
    response: ServerResponse,
    repository: Repository,
    reference: string,
  ): void => {
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    const json = JSON.parse(body.toString('utf8')) as ManifestJson;
    const { manifests = [], config, layers = [] } = json;
    const missing =
      manifests.find((each) => !repository.manifests.has(each.digest)) ??
      [...(config === undefined ? [] : [config]), ...layers].find(
        (each) => !repository.blobs.has(each.digest),
      );
    if (missing !== undefined)
      return refuse(response, 400, 'MANIFEST_BLOB_UNKNOWN', `unknown to registry: ${missing.digest}`);
    if (reference.startsWith('sha256:') && reference !== digest)
      return refuse(response, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    const amd64 = manifests.find(
      ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
    );
    repository.manifests.set(digest, {
      digest,
      bytes: body,
      mediaType: headers['content-type'] ?? '',
      manifests: manifests.flatMap((each) => repository.manifests.get(each.digest) ?? []),
      blobs: [],
      platformDigest: amd64?.digest,
    });
    if (!reference.startsWith('sha256:')) repository.tags.set(reference, digest);
    response.writeHead(201, { 'docker-content-digest': digest, 'content-length': '0' });
    response.end();
  };

  /** Whether a request may: by token and its scope, by the one login, or without either. */
  const mayPush = (granted: string | undefined): boolean =>
    options.auth !== 'bearer' && options.auth !== undefined ? true : granted?.endsWith('push') === true;

  const handle = (request: Incoming, response: ServerResponse): void => {
    const { url, headers, method } = request;
    if (url.pathname === '/token') return giveToken(request, response);
    const bearer = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
    const granted = bearer === undefined ? undefined : tokens.get(bearer);
    const challenge = {
      // GHCR names a placeholder as the scope, whatever was asked for.
      'www-authenticate': `Bearer realm="${server.origin}/token",service="${server.host}",scope="repository:user/image:pull"`,
    };
    if (options.auth === 'basic') {
      const basic = { 'www-authenticate': 'Basic realm="registry"' };
      if (userOf(headers['authorization']) !== 'known')
        return refuse(response, 401, 'UNAUTHORIZED', 'authentication required', basic);
    } else if (options.auth !== 'none' && granted === undefined) {
      return refuse(response, 401, 'UNAUTHORIZED', 'authentication required', challenge);
    }
    const [, name = '', kind = '', reference = ''] =
      /^\/v2\/(.+?)\/(manifests|blobs|tags)\/([^/]*(?:\/[^/]*)?)$/.exec(url.pathname) ?? [];
    if (name === '')
      return url.pathname === '/v2/'
        ? sendJson(response, 200, {})
        : refuse(response, 404, 'NOT_FOUND', 'not found');
    if (!/^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(name)) {
      return refuse(response, 400, 'NAME_INVALID', 'invalid repository name');
    }
    if ((options.auth ?? 'bearer') === 'bearer' && !granted?.startsWith(`repository:${name}:pull`))
      return refuse(response, 403, 'DENIED', 'denied');
    const repository = repositories.get(name);
    if (repository === undefined) return refuse(response, 404, 'NAME_UNKNOWN', 'app repository not found');
    if (method !== 'GET' && method !== 'HEAD') {
      if (!mayPush(granted)) return refuse(response, 403, 'DENIED', 'denied');
      if (kind === 'manifests' && method === 'PUT')
        return putManifest(request, response, repository, reference);
      if (kind === 'blobs' && method === 'POST' && reference === 'uploads/')
        return beginUpload(response, name);
      if (kind === 'blobs' && method === 'PUT' && reference.startsWith('uploads/'))
        return finishUpload(request, response);
      return refuse(response, 405, 'UNSUPPORTED', 'this registry knows no such request');
    }
    if (kind === 'manifests') return sendManifest(request, response, repository, reference);
    if (kind === 'tags') return sendTags(request, response, name, repository);
    const blob = repository.blobs.get(reference);
    if (blob === undefined) return refuse(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
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

  const repositoryOf = (name: string): Repository => {
    const found = repositories.get(name) ?? {
      visibility: 'public',
      tags: new Map(),
      manifests: new Map(),
      blobs: new Map(),
    };
    repositories.set(name, found);
    return found;
  };
  const store = (repository: Repository, image: Image): void => {
    for (const child of image.manifests) store(repository, child);
    for (const { digest, bytes } of image.blobs) repository.blobs.set(digest, bytes);
    repository.manifests.set(image.digest, image);
  };

  return {
    ...server,
    cdn,
    addRepository: (name, visibility) => {
      repositoryOf(name).visibility = visibility;
    },
    addUser: (username, password) => void users.set(username, password),
    push: (name, tag, image) => {
      const repository = repositoryOf(name);
      store(repository, image);
      if (tag !== undefined) repository.tags.set(tag, image.digest);
      return image.digest;
    },
    untag: (name, tag) => void repositories.get(name)?.tags.delete(tag),
    remove: (name, digest) => {
      repositories.get(name)?.manifests.delete(digest);
      repositories.get(name)?.blobs.delete(digest);
    },
    expireTokens: () => tokens.clear(),
    close: async () => {
      await Promise.all([server.close(), cdn.close()]);
    },
  };
}
