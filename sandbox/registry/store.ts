import type { Image } from './images.ts';

export interface Repository {
  visibility: 'public' | 'private';
  /** Tag → digest. */
  readonly tags: Map<string, string>;
  /** Digest → manifest or index. */
  readonly manifests: Map<string, Image>;
  /** Digest → bytes. */
  readonly blobs: Map<string, Buffer>;
}

/** The content of a registry. */
export class Store {
  readonly #repositories = new Map<string, Repository>();

  find(name: string): Repository | undefined {
    return this.#repositories.get(name);
  }

  /** Finds a repository, or creates a public one. */
  get(name: string): Repository {
    const found = this.#repositories.get(name) ?? {
      visibility: 'public',
      tags: new Map(),
      manifests: new Map(),
      blobs: new Map(),
    };
    this.#repositories.set(name, found);
    return found;
  }

  /** Stores an image and everything that it refers to. */
  push(name: string, tag: string | undefined, image: Image): void {
    const repository = this.get(name);
    const add = (part: Image): void => {
      for (const child of part.manifests) add(child);
      for (const { digest, bytes } of part.blobs) repository.blobs.set(digest, bytes);
      repository.manifests.set(part.digest, part);
    };
    add(image);
    if (tag !== undefined) repository.tags.set(tag, image.digest);
  }

  untag(name: string, tag: string): void {
    this.#repositories.get(name)?.tags.delete(tag);
  }

  /** Removes a manifest or blob, but leaves what refers to it. */
  remove(name: string, digest: string): void {
    this.#repositories.get(name)?.manifests.delete(digest);
    this.#repositories.get(name)?.blobs.delete(digest);
  }
}
