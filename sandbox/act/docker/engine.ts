import { createHash } from 'node:crypto';
import { type Incoming, type LoopbackServer, type Outgoing, sendJson, serve } from '../../lib/http.ts';
import { parseReference, Repository } from './repository.ts';

/** An image of the engine: one platform, with its blobs. */
interface LocalImage {
  /** Digest of its config. */
  readonly id: string;
  readonly config: Buffer;
  readonly layers: readonly Buffer[];
  readonly tags: Set<string>;
}

interface Descriptor {
  readonly digest: string;
  readonly platform?: { readonly os: string; readonly architecture: string };
}
interface Manifest {
  readonly manifests?: readonly Descriptor[];
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const docker = 'application/vnd.docker';

/**
 * A Docker Engine on loopback, as far as `docker pull`, `tag`, `push` and `flyctl deploy --local-only` call its API. Like
 * Docker's classic image store, it keeps one platform of an image, and knows it by its config. When it pushes an image, it
 * creates a Docker manifest, whose digest differs from that of the manifest that it pulled.
 */
export const startEngine = (): Promise<LoopbackServer> => {
  const images = new Map<string, LocalImage>();
  return serve((request, response) => answer(images, request, response));
};

async function answer(images: Map<string, LocalImage>, request: Incoming, response: Outgoing): Promise<void> {
  const { method, url } = request;
  const path = decodeURIComponent(url.pathname.replace(/^\/v1\.\d+/, ''));
  const text = (name: string) => url.searchParams.get(name) ?? '';
  const found = (name: string) => [...images.values()].find(({ id, tags }) => id === name || tags.has(name));
  if (path === '/_ping') {
    response.writeHead(200, { 'api-version': '1.47', 'builder-version': '2', ostype: 'linux' });
    response.end(method === 'HEAD' ? undefined : 'OK');
    return;
  }
  if (path === '/info') return sendJson(response, 200, { OSType: 'linux', Architecture: 'x86_64' });
  if (path === '/images/json') {
    const { reference = {} }: { reference?: object } = JSON.parse(text('filters') || '{}');
    const wanted = Object.keys(reference);
    const listed = [...images.values()].map(({ id, tags, layers }) => ({
      Id: id,
      RepoTags: [...tags].filter((tag) => wanted.length === 0 || wanted.includes(tag)),
      Size: layers.reduce((sum, { length }) => sum + length, 0),
    }));
    return sendJson(
      response,
      200,
      listed.filter(({ RepoTags }) => RepoTags.length > 0),
    );
  }
  const [, name = '', action = ''] = /^\/images\/(.+?)(?:\/(tag|push))?$/.exec(path) ?? [];
  try {
    if (path === '/images/create') {
      const image = await pull(`${text('fromImage')}:${text('tag')}`, authIn(request));
      const known = images.get(image.id) ?? image;
      images.set(known.id, known);
      give(images, known, `${text('fromImage')}:${text('tag')}`);
      return sendJson(response, 200, { status: 'Download complete' });
    }
    const tag = action === 'push' && text('tag') !== '' ? `${name}:${text('tag')}` : name;
    const image = found(tag);
    if (image === undefined) return sendJson(response, 404, { message: `No such image: ${tag}` });
    if (action === 'tag') {
      give(images, image, `${text('repo')}:${text('tag') || 'latest'}`);
      response.writeHead(201);
      response.end();
    } else if (action === 'push') {
      await push(tag, image, authIn(request));
      sendJson(response, 200, { status: 'Pushed' });
    } else if (method === 'DELETE') {
      image.tags.delete(tag);
      sendJson(response, 200, [{ Untagged: tag }]);
    } else sendJson(response, 404, { message: `page not found: ${method} ${path}` });
  } catch (error) {
    // The engine reports a failure in the stream of its answer.
    const message = error instanceof Error ? error.message : String(error);
    sendJson(response, 200, { error: message, errorDetail: { message } });
  }
}

/** Gives a tag to an image, and to no other. */
function give(images: Map<string, LocalImage>, image: LocalImage, tag: string): void {
  for (const { tags } of images.values()) tags.delete(tag);
  image.tags.add(tag);
}

/** The login of a request, as `user:password` in Base64. */
function authIn({ headers }: Incoming): string | undefined {
  const { username, password } = JSON.parse(
    Buffer.from(headers['x-registry-auth'] ?? '', 'base64url').toString() || '{}',
  );
  return username === undefined ? undefined : Buffer.from(`${username}:${password}`).toString('base64');
}

async function pull(image: string, auth: string | undefined): Promise<LocalImage> {
  const { host, name, reference } = parseReference(image);
  const repository = new Repository(host, name, auth);
  const read = async (each: string): Promise<Manifest> =>
    JSON.parse((await repository.manifest(each)).bytes.toString());
  const root = await read(reference);
  const child = root.manifests?.find(({ platform }) => platform?.architecture === 'amd64');
  const { config, layers } = child === undefined ? root : await read(child.digest);
  return {
    id: config.digest,
    config: await repository.blob(config.digest),
    layers: await Promise.all(layers.map(({ digest }) => repository.blob(digest))),
    tags: new Set(),
  };
}

async function push(image: string, { config, layers }: LocalImage, auth: string | undefined): Promise<void> {
  const { host, name, reference } = parseReference(image);
  const blobs = [config, ...layers].map((bytes) => ({ bytes, digest: digestOf(bytes) }));
  const [first, ...rest] = blobs.map(({ bytes, digest }, n) => ({
    mediaType: `${docker}.${n === 0 ? 'container.image.v1+json' : 'image.rootfs.diff.tar.gzip'}`,
    size: bytes.length,
    digest,
  }));
  const mediaType = `${docker}.distribution.manifest.v2+json`;
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config: first, layers: rest }));
  await new Repository(host, name, auth, 'pull,push').push(reference, { mediaType, bytes, blobs });
}
