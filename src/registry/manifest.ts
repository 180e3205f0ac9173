import { createHash } from 'node:crypto';
import type { Answer, HttpRequest } from '../lib/http.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { connectionError, registryError } from './errors.ts';
import { formatReference, isDigest, type Repository } from './reference.ts';
import type { Session } from './session.ts';

/** All types of manifests. If a request lists fewer, a registry answers 404 or converts the manifest, which changes the digest. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;
const accept = manifestTypes.join(', ');
const indexTypes: readonly string[] = manifestTypes.slice(0, 2);

/** containerd and distribution accept manifests of at most 4 MiB; configs are of a similar size. */
const manifestLimit = 4 * 1024 * 1024;
const configLimit = 8 * 1024 * 1024;

/** A manifest or index as it is in the registry. */
export interface Manifest {
  /** The sha256 of the bytes, `sha256:…`. */
  readonly digest: string;
  readonly mediaType: string;
  readonly json: Json;
  /** The bytes as the registry sent them: a copy must have the same. */
  readonly bytes: Buffer;
}

export const isIndex = (manifest: Manifest): boolean => indexTypes.includes(manifest.mediaType);

/**
 * Gets the manifest of a tag or digest with one GET, because its body is needed anyway, and computes its digest.
 *
 * @returns undefined when there is none (404).
 * @throws UserError for every other answer that is not a manifest, and when the bytes do not match the digest or the header
 *   `Docker-Content-Digest` (distribution spec, "Pulling manifests": "clients SHOULD verify").
 */
export async function getManifest(session: Session, tagOrDigest: string): Promise<Manifest | undefined> {
  const answer = await ask(session, `manifests/${tagOrDigest}`, accept, manifestLimit);
  if (answer === undefined) return undefined;
  const where = {
    ...session.repository,
    ...(isDigest(tagOrDigest) ? { digest: tagOrDigest } : { tag: tagOrDigest }),
  };
  const digest = sha256(answer.body);
  const said = answer.headers.get('docker-content-digest') ?? digest;
  if (digest !== said || (isDigest(tagOrDigest) && digest !== tagOrDigest)) {
    throw new UserError({
      code: 'manifest-mismatch',
      found: `For ${formatReference(where)}, the registry sent the header Docker-Content-Digest "${said}", but bytes whose digest is ${digest}.`,
      expected: 'The same digest in both, because the digest identifies the image that was built.',
      fix: 'Run the job again. If the error persists, check for a proxy or mirror between this runner and the registry that changes answers.',
    });
  }
  return { digest, bytes: answer.body, ...readManifest(answer, formatReference(where)) };
}

/**
 * Asks for the digest of a tag without the manifest, for polling: Docker Hub does not count a HEAD as a pull.
 *
 * @returns undefined when there is none (404), `unknown` when only a GET can find it: HEAD is refused or failed, or its header
 *   is missing or is not a digest (distribution spec, "Checking if content exists in the registry").
 */
export async function headDigest(session: Session, tag: string): Promise<string | 'unknown' | undefined> {
  const answer = await send(session, `manifests/${tag}`, { method: 'HEAD', headers: { accept }, limit: 0 });
  if (answer.status === 404) return undefined;
  const digest = answer.headers.get('docker-content-digest') ?? '';
  return answer.status === 200 && isDigest(digest) ? digest : 'unknown';
}

/** Gets the JSON of a blob, e.g. a config, checked against its digest; undefined when it does not exist (404). */
export async function getJsonBlob(
  session: Session,
  digest: string,
  limit = configLimit,
): Promise<Json | undefined> {
  const answer = await ask(session, `blobs/${digest}`, '*/*', limit);
  if (answer === undefined) return undefined;
  const what = `the blob ${digest} of ${formatReference(session.repository)}`;
  if (sha256(answer.body) !== digest) {
    throw new UserError({
      code: 'blob-mismatch',
      found: `For ${what}, the registry sent bytes whose digest is ${sha256(answer.body)}.`,
      expected: 'The bytes of the requested digest.',
      fix: 'Run the job again. If the error persists, build and push the image again.',
    });
  }
  return parseJsonObject(answer.body.toString('utf8'), what);
}

/** Longer tags are ignored: no registry accepts them, and the spec allows 128 characters. */
const longestTag = 255;
/** The limit for all pages, in bytes, and the least that one page counts, so that the number of small pages is limited too. */
const [tagsLimit, leastPage] = [16 * 1024 * 1024, 16 * 1024];

/**
 * Lists tags, page after page (distribution spec, "Listing Tags" and the Link header of RFC 8288).
 *
 * @returns as many tags as `most` and 16 MB allow, in the registry's order; undefined when there is no list (404).
 */
export async function listTags(session: Session, most: number): Promise<string[] | undefined> {
  const tags: string[] = [];
  let path: string | undefined = 'tags/list?n=1000';
  let bytes = 0;
  while (path !== undefined && tags.length < most && bytes < tagsLimit) {
    const answer: Answer | undefined = await ask(session, path, 'application/json', manifestLimit);
    if (answer === undefined) return undefined;
    const page = parseJsonObject(answer.body.toString('utf8'), 'the list of tags').get('tags').items();
    bytes += Math.max(answer.body.length, leastPage);
    for (const each of page) {
      const tag = each.maybeText() ?? '';
      if (tag !== '' && tag.length <= longestTag) tags.push(tag);
    }
    path = page.length === 0 ? undefined : nextPage(answer, session.repository);
  }
  return tags;
}

/** The query of `Link: <…/tags/list?…>; rel="next"`. Only the query is used, so that the registry cannot choose another URL. */
function nextPage(answer: Answer, { path }: Repository): string | undefined {
  const link = /<([^<>]*)>\s*;[^,<]*\brel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
  if (link === undefined || !URL.canParse(link, answer.url)) return undefined;
  const url = new URL(link, answer.url);
  return url.pathname === `/v2/${path}/tags/list` ? `tags/list${url.search}` : undefined;
}

async function ask(
  session: Session,
  path: string,
  types: string,
  limit: number,
): Promise<Answer | undefined> {
  const answer = await send(session, path, { headers: { accept: types }, limit });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw registryError(answer, session);
  return answer;
}

async function send(session: Session, path: string, request: HttpRequest): Promise<Answer> {
  try {
    return await session.request(path, request);
  } catch (error) {
    throw connectionError(error, session);
  }
}

function readManifest(answer: Answer, where: string): Pick<Manifest, 'mediaType' | 'json'> {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const notManifest = (why: string, cause?: unknown) =>
    new UserError(
      {
        code: 'manifest-invalid',
        found: `For ${where}, ${new URL(answer.url).host} answered 200 with ${type || 'no content type'}, ${why}.`,
        expected: 'An OCI or Docker manifest as JSON.',
        fix: 'Check the host in `image`, and whether a login page or a proxy is between this runner and the registry.',
      },
      { cause },
    );
  let json: Json;
  try {
    json = parseJsonObject(answer.body.toString('utf8'), `the manifest of ${where}`);
  } catch (error) {
    throw notManifest(
      `which is not a JSON object (${messageOf(error).split('\n')[0]?.slice(0, 120)})`,
      error,
    );
  }
  // The media type in the body is part of what was hashed; the header is not.
  const own = json.get('mediaType').maybeText();
  const mediaType = own ?? type;
  if (!isManifestType(mediaType)) throw notManifest(`media type "${mediaType}"`);
  const why = ambiguity(mediaType, isManifestType(type) ? type : mediaType, json);
  if (why === undefined) return { mediaType, json };
  throw new UserError({
    code: 'manifest-ambiguous',
    found: `For ${where}, ${new URL(answer.url).host} sent a manifest that ${why}.`,
    expected:
      'One kind of manifest, because another program could read it as the other kind (CVE-2021-41190).',
    fix: 'Build and push the image again, with `docker buildx` or another tool that writes standard manifests.',
  });
}

const isManifestType = (type: string): boolean => manifestTypes.some((known) => known === type);

/** Why a manifest can be read in two ways; undefined if it cannot. */
function ambiguity(mediaType: string, header: string, json: Json): string | undefined {
  if (mediaType !== header) return `is ${mediaType} by its content and ${header} by its Content-Type`;
  const others = indexTypes.includes(mediaType)
    ? ['config', 'layers', 'fsLayers']
    : ['manifests', 'fsLayers'];
  const other = others.find((name) => (json.get(name).value ?? undefined) !== undefined);
  return other === undefined ? undefined : `is ${mediaType}, but has \`${other}\``;
}

const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
