import { createHash } from 'node:crypto';

/** An image that Fly.io finds in a registry: anonymously, and in an index the linux/amd64 manifest. */
export interface FoundImage {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  /** Of the index, or of the single manifest. */
  readonly digest: string;
  readonly platformDigest: string;
  readonly labels: Record<string, string>;
  /** Whether its config does not list exactly its layers, so that no machine can unpack it. */
  readonly broken?: boolean;
  /** Bytes. */
  readonly size: number;
}

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
}
interface ManifestJson {
  readonly manifests?: Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: Descriptor[];
}

/** The platform's own registry, for which it has a login. */
export interface OwnRegistry {
  readonly host: string;
  readonly authorization: string;
}

/** Finds an image by its reference, over plain HTTP on loopback. @returns undefined if it does not exist or is private. */
export async function findImage(reference: string, own?: OwnRegistry): Promise<FoundImage | undefined> {
  const [, registry = '', repository = '', tag, digest] =
    /^([^/]+)\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference) ?? [];
  if (!registry.startsWith('127.0.0.1:')) return undefined;
  const get = await readerOf(
    `http://${registry}`,
    repository,
    registry === own?.host ? own.authorization : undefined,
  );
  const root = await get(`manifests/${digest ?? tag ?? 'latest'}`);
  if (root === undefined) return undefined;
  const rootDigest = `sha256:${createHash('sha256').update(root).digest('hex')}`;
  const rootJson = JSON.parse(root.toString('utf8')) as ManifestJson;
  const child = rootJson.manifests?.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
  );
  if (rootJson.manifests !== undefined && child === undefined) return undefined;
  const manifest = child === undefined ? root : await get(`manifests/${child.digest}`);
  if (manifest === undefined) return undefined;
  const { config, layers = [] } = JSON.parse(manifest.toString('utf8')) as ManifestJson;
  const configBytes = config === undefined ? undefined : await get(`blobs/${config.digest}`);
  const parsed =
    configBytes === undefined
      ? {}
      : (JSON.parse(configBytes.toString('utf8')) as {
          config?: { Labels?: Record<string, string> };
          rootfs?: { diff_ids?: string[] };
        });
  return {
    registry,
    repository,
    tag,
    digest: rootDigest,
    platformDigest: child?.digest ?? rootDigest,
    labels: parsed.config?.Labels ?? {},
    broken: parsed.rootfs?.diff_ids !== undefined && parsed.rootfs.diff_ids.length !== layers.length,
    size: layers.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Reads one repository with an authorization, or with the anonymous token that the registry requires. */
async function readerOf(
  origin: string,
  repository: string,
  own: string | undefined,
): Promise<(path: string) => Promise<Buffer | undefined>> {
  let authorization = own;
  const ask = (path: string) =>
    fetch(`${origin}/v2/${repository}/${path}`, {
      headers: { accept, ...(authorization === undefined ? {} : { authorization }) },
    });
  return async (path) => {
    let response = await ask(path);
    const realm = /realm="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1];
    if (response.status === 401 && realm !== undefined) {
      await response.body?.cancel();
      const service = /service="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1] ?? '';
      const answer = await fetch(`${realm}?service=${service}&scope=repository:${repository}:pull`);
      if (!answer.ok) return undefined;
      authorization = `Bearer ${((await answer.json()) as { token: string }).token}`;
      response = await ask(path);
    }
    return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  };
}
