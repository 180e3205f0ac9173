import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Incoming, sendJson } from '../lib/http.ts';
import { sendError } from './errors.ts';
import type { RegistryOptions } from './registry.ts';
import type { Repository } from './store.ts';

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

interface ManifestJson {
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string };
  }[];
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
}

/** `GET` and `HEAD /v2/<name>/manifests/<reference>` */
export function sendManifest(
  { method, headers }: Incoming,
  response: ServerResponse,
  repository: Repository,
  reference: string,
  options: RegistryOptions,
): void {
  if (method === 'HEAD' && options.withoutHead === true)
    return sendError(response, 405, 'UNSUPPORTED', 'HEAD is not supported');
  const digest = reference.startsWith('sha256:') ? reference : repository.tags.get(reference);
  let image = digest === undefined ? undefined : repository.manifests.get(digest);
  const accept = headers['accept'] ?? '*/*';
  if (image !== undefined && indexTypes.includes(image.mediaType) && !accept.includes(image.mediaType)) {
    // distribution, registry/handlers/manifests.go: a Docker list is silently converted, an OCI index is not.
    if (image.mediaType === indexTypes[0]) {
      return sendError(
        response,
        404,
        'MANIFEST_UNKNOWN',
        'OCI index found, but accept header does not support OCI indexes',
      );
    }
    image = image.manifests.find(({ digest }) => digest === image?.platformDigest);
  }
  if (image === undefined) return sendError(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  response.writeHead(200, {
    'content-type': image.mediaType,
    'content-length': String(image.bytes.length),
    // A fault can set this header first, so that the registry reports a wrong digest.
    ...(options.withoutDigest === true
      ? {}
      : { 'docker-content-digest': String(response.getHeader('docker-content-digest') ?? image.digest) }),
  });
  response.end(method === 'HEAD' ? undefined : image.bytes);
}

/** `PUT /v2/<name>/manifests/<reference>`: everything that it refers to must exist. */
export function putManifest(
  { headers, body }: Incoming,
  response: ServerResponse,
  repository: Repository,
  reference: string,
): void {
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const { manifests = [], config, layers = [] } = JSON.parse(body.toString('utf8')) as ManifestJson;
  const missing =
    manifests.find((each) => !repository.manifests.has(each.digest)) ??
    [...(config === undefined ? [] : [config]), ...layers].find((each) => !repository.blobs.has(each.digest));
  if (missing !== undefined)
    return sendError(response, 400, 'MANIFEST_BLOB_UNKNOWN', `unknown to registry: ${missing.digest}`);
  if (reference.startsWith('sha256:') && reference !== digest)
    return sendError(response, 400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
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
}

/** `GET /v2/<name>/tags/list`, in pages (distribution spec, "Listing Tags"). */
export function sendTags(
  { url }: Incoming,
  response: ServerResponse,
  name: string,
  { tags }: Repository,
  pageSize = 1000,
): void {
  const size = Math.min(Number(url.searchParams.get('n') ?? 1000), pageSize);
  const last = url.searchParams.get('last') ?? '';
  const sorted = [...tags.keys()].sort().filter((tag) => tag > last);
  const page = sorted.slice(0, size);
  const next = `</v2/${name}/tags/list?n=${size}&last=${encodeURIComponent(page.at(-1) ?? '')}>; rel="next"`;
  sendJson(response, 200, { name, tags: page }, sorted.length > page.length ? { link: next } : {});
}
