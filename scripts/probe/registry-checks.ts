import { randomBytes } from 'node:crypto';
import type { Answer } from '../../src/lib/http.ts';
import { resolveUrl } from '../../src/lib/url-policy.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { registryWords } from '../../src/registry/errors.ts';
import { passesByItself } from '../../src/registry/hosts.ts';
import { getManifest, headDigest } from '../../src/registry/manifest.ts';
import type { Session } from '../../src/registry/session.ts';
import { type Assumption, finding, Undetermined } from './assumption.ts';
import { digestOf } from './images.ts';
import type { World } from './world.ts';

const limit = 64 * 1024;
/** The time that mirror.ts allows for a pushed manifest to appear, in milliseconds. */
const lag = 60_000;

/** An answer that does not pass by itself. */
function final(answer: Answer): Answer {
  if (passesByItself(answer)) throw new Undetermined(`the registry answered ${said(answer)}`);
  return answer;
}

const said = (answer: Answer): string => `${answer.status} (${registryWords(answer)})`;

async function begin(session: Session, query = ''): Promise<Answer> {
  return session.request(`blobs/uploads/${query}`, { method: 'POST', limit });
}

/** The location that an answer names for the next request of an upload. */
function locationOf(answer: Answer): string {
  const url = resolveUrl(answer.headers.get('location') ?? '', answer);
  if (answer.status !== 202 || url === undefined)
    throw new Undetermined(`the registry did not begin an upload: ${said(answer)}`);
  return url.href;
}

const withDigest = (url: string, digest: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}digest=${digest}`;

/** An upload of a blob in two chunks, with a question about its status between them. */
const chunked = (world: World) =>
  world.shared('chunked upload', async () => {
    const { target } = world;
    const bytes = randomBytes(64 * 1024);
    const half = bytes.length / 2;
    const patch = (by: Answer, chunk: Buffer<ArrayBuffer>, from: number) =>
      target.requestTo(locationOf({ ...by, status: 202 }), {
        method: 'PATCH',
        namedBy: by,
        headers: {
          'content-type': 'application/octet-stream',
          ...(from > 0 && { 'content-range': `${from}-${from + chunk.length - 1}` }),
        },
        body: chunk,
        limit,
      });
    const begun = await begin(target);
    locationOf(begun);
    const first = await patch(begun, Buffer.from(bytes.subarray(0, half)), 0);
    if (final(first).status !== 202) return { half, first };
    const status = await target.requestTo(locationOf(first), { namedBy: first, limit, follow: false });
    final(status);
    const next = status.headers.get('location') === null ? first : status;
    const second = await patch(next, Buffer.from(bytes.subarray(half)), half);
    if (final(second).status !== 202) return { half, first, status, second };
    const end = withDigest(locationOf(second), digestOf(bytes));
    const last = final(await target.requestTo(end, { method: 'PUT', namedBy: second, limit }));
    return { half, first, status, second, last };
  });

export const registryChecks: readonly Assumption[] = [
  {
    id: 'registry-index',
    assumes: 'Fly.io’s registry accepts an index with an attestation, and keeps its digest.',
    reliesOn: 'src/mirror/copy-image.ts',
    how: 'Pushes an index for linux/amd64 with an attestation, and reads it again.',
    check: async (world) => {
      await world.image();
      try {
        const { digest } = await world.index();
        const found = await world.until(lag, () => getManifest(world.target, 'probe-index'));
        return finding(found?.digest === digest, `pushed ${digest}, read ${found?.digest ?? 'nothing'}`);
      } catch (error) {
        const isFinal = error instanceof UserError && !/ answered (?:408|429|499|5\d\d) /.test(error.found);
        if (!isFinal || !['mirror-refused', 'mirror-changed-digest'].includes(error.code)) throw error;
        return finding(false, `the push failed: ${error.found}`);
      }
    },
  },
  {
    id: 'registry-patch',
    assumes: 'Fly.io’s registry accepts a blob in chunks, by PATCH and an empty PUT.',
    reliesOn: 'src/mirror/blob-target.ts',
    how: 'Uploads a blob in two chunks.',
    check: async (world) => {
      const { first, second, last } = await chunked(world);
      const answers = [first, second, last].flatMap((answer) => (answer === undefined ? [] : [said(answer)]));
      return finding(last?.status === 201, `PATCH, PATCH, PUT: ${answers.join(', ')}`);
    },
  },
  {
    id: 'registry-upload-status',
    assumes: 'Fly.io’s registry reports how much of an upload it has, as a Range.',
    reliesOn: 'src/mirror/blob-target.ts',
    how: 'Requests the location of an upload after its first chunk.',
    check: async (world) => {
      const { half, status } = await chunked(world);
      if (status === undefined) throw new Undetermined('the first chunk was refused');
      const range = status.headers.get('range');
      const isRight = status.status === 204 && range?.replace(/^bytes=/, '') === `0-${half - 1}`;
      return finding(isRight, `after ${half} bytes: ${status.status}, Range ${range ?? 'missing'}`);
    },
  },
  {
    id: 'registry-mount',
    assumes: 'Fly.io’s registry mounts a blob of another app’s repository.',
    reliesOn: 'src/mirror/copy-image.ts (copies every blob, because this is not known)',
    how: 'Pushes a blob to a second disposable app, and mounts it in the first.',
    check: async (world) => {
      const other = `${world.options.app}-mount`;
      await world.createApp(other);
      const bytes = randomBytes(1024);
      const digest = digestOf(bytes);
      await world.pushBlob({ bytes, digest }, world.session(other));
      const answer = final(await begin(world.target, `?mount=${digest}&from=${other}`));
      return finding(answer.status === 201, `${answer.status} (201 is a mount, 202 begins an upload)`);
    },
  },
  {
    id: 'registry-lag',
    assumes: 'A pushed tag can be read within a minute.',
    reliesOn: 'src/mirror/mirror.ts',
    how: 'Pushes a tag, and requests its digest until it is there.',
    check: async (world) => {
      const image = await world.image();
      const start = world.deps.clock.now();
      await world.push(image, 'probe-lag');
      const found = await world.until(lag, async () => {
        const digest = await headDigest(world.target, 'probe-lag');
        return digest === image.digest || digest === 'unknown' ? digest : undefined;
      });
      const seconds = Math.round((world.deps.clock.now() - start) / 1000);
      if (found === 'unknown') throw new Undetermined('the registry does not answer HEAD with a digest');
      return finding(found !== undefined, `${found === undefined ? 'not ' : ''}there after ${seconds} s`);
    },
  },
];
