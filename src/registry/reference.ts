import { UserError } from '../lib/user-error.ts';
import { canonicalHost, fullPath } from './hosts.ts';

/** A repository in a registry, in the spelling of the registry's API and of references. */
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

/** Whether a text is a tag by the distribution spec's rule (`[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`). */
export const isTag = (text: string): boolean => tagForm.test(text);

/** Whether a text is a sha256 digest: `sha256:` and 64 lower-case hexadecimal digits. */
export const isDigest = (text: string): boolean => digestForm.test(text);

/**
 * Reads a reference as Docker does: without a host it is on Docker Hub, and a Docker Hub name of one part is under `library/`
 * (distribution/reference, normalize.go). The digest is split off first, then a tag, but only if its colon is after the last
 * slash, so that a port is never read as a tag.
 *
 * The repository is converted to lower case, as docker/metadata-action does when it pushes (src/meta.ts); `loweredFrom` is
 * then the original spelling. Tags keep their case.
 *
 * @throws UserError when the text is not a valid reference.
 */
export function parseReference(text: string): Reference & { readonly loweredFrom?: string } {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  // `host:5000` without a path is a name with a tag, like any other name with a colon.
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
    (!host.test(registry) && `the registry host "${first}" is not a valid host name`) ||
    (!path.split('/').every((part) => component.test(part)) && `"${given}" is not a valid repository name`) ||
    (path.length + registry.length >= 255 && 'the name is longer than 255 characters') ||
    (tag !== undefined && !isTag(tag) && `"${tag}" is not a valid tag`) ||
    (digest !== undefined && !isDigest(digest) && `"${digest}" is not a sha256 digest`);
  if (wrong) {
    throw new UserError({
      code: 'reference-invalid',
      found: `The image reference "${text}" is invalid: ${wrong}.`,
      expected:
        'A reference [host/]owner/name such as ghcr.io/owner/repo, with :tag or @sha256:… to select one image.',
      fix: 'Correct the input `image`, such as `with: image: ghcr.io/owner/repo`.',
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

/** `host/path[:tag][@digest]`, the form that is passed to flyctl. */
export function formatReference(reference: Reference): string {
  const { host, path, tag, digest } = reference;
  return `${host}/${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Whether a reference names one image of its repository, by tag or digest. */
export const namesImage = ({ tag, digest }: Reference): boolean => tag !== undefined || digest !== undefined;

/** `sha256:` and the first 12 digits: enough to tell two images apart in a table. */
export const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

/** The tag in an external reference, e.g. Fly.io's; '' if it has none. */
export const tagIn = (reference: string): string =>
  /^[^@]*?:([\w.-]+)(?:@|$)/.exec(reference.replace(/^[^/]*\//, ''))?.[1] ?? '';
