import { UserError } from '../lib/user-error.ts';
import { canonicalHost, fullPath } from './hosts.ts';

/** A repository at a registry, as the registry's API and a reference spell it. */
export interface Repository {
  /** Host with port, e.g. `ghcr.io`, `docker.io`, `127.0.0.1:5000`. */
  readonly host: string;
  /** Path without the host, lower-case, e.g. `owner/repo`. */
  readonly path: string;
}

/** An image reference: `host/path[:tag][@digest]`. */
export interface Reference extends Repository {
  readonly tag?: string;
  readonly digest?: string;
}

// distribution/reference, grammar in reference.go. The path's separators are `.`, `_`, `__` and any run of `-`.
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const host =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
const tagForm = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;

/** Is this a tag by the distribution spec's rule (`[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`)? */
export const isTag = (text: string): boolean => tagForm.test(text);

/** Is this a sha256 digest, `sha256:` and 64 lower-case hexadecimal digits? */
export const isDigest = (text: string): boolean => digestForm.test(text);

/**
 * Reads a reference as Docker does: no host means Docker Hub, and a Docker Hub name of one part lives
 * under `library/` (distribution/reference, normalize.go). The digest is cut first, then a tag only where
 * the colon stands after the last slash, so that a port is never taken for a tag.
 *
 * Upper-case letters in the repository are made lower-case, as docker/metadata-action does when it pushes
 * (src/meta.ts): `loweredFrom` then holds the spelling that was given. Tags keep their case.
 *
 * @throws UserError when the text is no reference.
 */
export function parseReference(text: string): Reference & { readonly loweredFrom?: string } {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  // `host:5000` alone has no path, so its colon is a tag's like in any other name.
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const name = colon < 0 ? named : named.slice(0, colon);

  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === 'localhost' || first.startsWith('[');
  const registry = hasHost ? canonicalHost(first) : 'docker.io';
  const given = hasHost ? name.slice(slash + 1) : name;
  const lowered = given.toLowerCase();
  const path = fullPath(registry, lowered);

  const wrong =
    (!host.test(registry) && `the registry host "${first}" is no host name`) ||
    (!path.split('/').every((part) => component.test(part)) && `"${given}" is no repository name`) ||
    (path.length + registry.length >= 255 && 'the name is longer than 255 characters') ||
    (tag !== undefined && !isTag(tag) && `"${tag}" is no tag`) ||
    (digest !== undefined && !isDigest(digest) && `"${digest}" is no sha256 digest`);
  if (wrong) {
    throw new UserError({
      code: 'reference-invalid',
      found: `The image reference "${text}" is invalid: ${wrong}.`,
      expected:
        '[host/]owner/name, with :tag or @sha256:… where one image is meant, e.g. ghcr.io/owner/repo.',
      fix: 'the input `image`.',
    });
  }
  return {
    host: registry,
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    ...(given === lowered ? {} : { loweredFrom: text }),
  };
}

/** `host/path[:tag][@digest]`, the form that flyctl is given. */
export function formatReference(reference: Reference): string {
  const { host, path, tag, digest } = reference;
  return `${host}/${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Does it say which image of its repository is meant? */
export const namesImage = ({ tag, digest }: Reference): boolean => tag !== undefined || digest !== undefined;

/** `sha256:` and the first 12 digits: enough to tell two images apart in a table. */
export const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

/** The tag of a reference that somebody else wrote, e.g. Fly.io; '' where it has none. */
export const tagIn = (reference: string): string =>
  /^[^@]*?:([\w.-]+)(?:@|$)/.exec(reference.replace(/^[^/]*\//, ''))?.[1] ?? '';
