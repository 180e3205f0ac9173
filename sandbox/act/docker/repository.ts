import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Image } from '../../registry/images.ts';

/** A reference to an image in a registry. */
interface Reference {
  readonly host: string;
  readonly name: string;
  /** A tag or a digest. */
  readonly reference: string;
}

/** @throws if it does not name a registry, as none is the default here. */
export function parseReference(text: string): Reference {
  const [, host = '', name = '', tag, digest] =
    /^([^/]+:\d+)\/([^:@]+)(?::([\w.-]+))?(?:@(sha256:\w+))?$/.exec(text) ?? [];
  if (host === '') throw new Error(`invalid reference format: ${text}`);
  return { host, name, reference: digest ?? tag ?? 'latest' };
}

const configFile = (): string => join(homedir(), '.docker', 'config.json');

interface DockerConfig {
  auths?: Record<string, { auth?: string }>;
}

/** Docker's config of this user, or an empty one. */
export function readConfig(): DockerConfig {
  try {
    return JSON.parse(readFileSync(configFile(), 'utf8'));
  } catch {
    return {};
  }
}

/** The login of a host in Docker's config, as `user:password` in Base64. */
export const authOf = (host: string): string | undefined => readConfig().auths?.[host]?.auth;

/** One repository of a registry on loopback, by the registry's protocol. */
export class Repository {
  readonly #url: string;
  readonly #host: string;
  readonly #name: string;
  readonly #auth: string | undefined;
  readonly #scope: string;
  #authorization: string | undefined;

  /** @param auth `user:password` in Base64; undefined: anonymously. */
  constructor(host: string, name: string, auth: string | undefined, scope: 'pull' | 'pull,push' = 'pull') {
    this.#url = `http://${host}/v2/${name}`;
    this.#host = host;
    this.#name = name;
    this.#auth = auth;
    this.#scope = scope;
  }

  /** The manifest or index of a tag or digest. */
  async manifest(reference: string): Promise<{ mediaType: string; bytes: Buffer }> {
    const accept = ['oci.image.index.v1', 'oci.image.manifest.v1']
      .concat(['docker.distribution.manifest.list.v2', 'docker.distribution.manifest.v2'])
      .map((type) => `application/vnd.${type}+json`)
      .join(', ');
    const response = await this.#call(`manifests/${reference}`, { headers: { accept } });
    return {
      mediaType: response.headers.get('content-type') ?? '',
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  }

  async blob(digest: string): Promise<Buffer> {
    return Buffer.from(await (await this.#call(`blobs/${digest}`)).arrayBuffer());
  }

  /** Uploads an image with its blobs; of an index, first each image in it. */
  async push(reference: string, { manifests, blobs, bytes, mediaType }: PushedImage): Promise<void> {
    for (const child of manifests ?? []) await this.push(child.digest, child);
    for (const blob of blobs) {
      const begun = await this.#call('blobs/uploads/', { method: 'POST' });
      const location = `${begun.headers.get('location')}&digest=${blob.digest}`;
      await this.#call(location, { method: 'PUT', body: new Uint8Array(blob.bytes) });
    }
    const headers = { 'content-type': mediaType };
    await this.#call(`manifests/${reference}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  }

  async #call(path: string, init: RequestInit = {}): Promise<Response> {
    const url = path.startsWith('http') ? path : `${this.#url}/${path}`;
    const ask = () =>
      fetch(url, {
        ...init,
        headers: {
          ...(init.headers as Record<string, string> | undefined),
          ...(this.#authorization !== undefined && { authorization: this.#authorization }),
        },
      });
    let response = await ask();
    if (response.status === 401 && this.#authorization === undefined) {
      await response.body?.cancel();
      this.#authorization = await this.#login(response.headers.get('www-authenticate') ?? '');
      response = await ask();
    }
    if (!response.ok)
      throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
    return response;
  }

  async #login(challenge: string): Promise<string> {
    const basic = this.#auth === undefined ? undefined : `Basic ${this.#auth}`;
    const realm = /^Bearer .*realm="([^"]+)"/.exec(challenge)?.[1];
    if (realm === undefined) {
      if (basic === undefined) throw new Error(`no basic auth credentials for ${this.#host}`);
      return basic;
    }
    const scope = encodeURIComponent(`repository:${this.#name}:${this.#scope}`);
    const headers = basic === undefined ? {} : { authorization: basic };
    const response = await fetch(`${realm}?scope=${scope}`, { headers });
    if (!response.ok) throw new Error(`denied: ${response.status} ${await response.text()}`);
    return `Bearer ${((await response.json()) as { token: string }).token}`;
  }
}

type PushedImage = Pick<Image, 'blobs' | 'bytes' | 'mediaType'> & { readonly manifests?: readonly Image[] };
