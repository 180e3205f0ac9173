import { formatBytes } from '../lib/format.ts';
import type { Download, Streams } from '../lib/http-stream.ts';
import type { Session } from '../registry/session.ts';
import { BlobSource, type Descriptor } from './blob-source.ts';
import { BlobTarget, hasBlob } from './blob-target.ts';
import { Patience, type PatienceDeps } from './patience.ts';

export interface Ends extends PatienceDeps {
  readonly source: Session;
  readonly target: Session;
  readonly streams: Streams;
  /** Called with the number of bytes that were sent, and with a negative number when some must be sent again. */
  readonly progress: (bytes: number) => void;
}

/**
 * Copies a blob that the target does not have. It is streamed: each chunk is sent before the next is read. When the connection
 * to one registry breaks, the copy continues from there, and the connection to the other registry is kept open if possible.
 *
 * @throws UserError when a registry refuses; the last failure when there is no progress.
 */
export async function copyBlob(blob: Descriptor, ends: Ends): Promise<void> {
  const source = new BlobSource(blob, ends.source);
  const target = new BlobTarget(blob, ends.target, ends.streams, ends.signal);
  const patience = new Patience(ends);
  try {
    for (let isFirst = true; ; isFirst = false) {
      try {
        if (isFirst || target.upload !== undefined || !(await hasBlob(blob, ends.target)))
          return await send(blob, { source, target, isFirst }, ends);
        // The answer to the complete upload was lost.
        return ends.progress(blob.size - source.sent);
      } catch (error) {
        if (target.upload === undefined) target.close();
        await patience.after(error, source.sent);
      }
    }
  } finally {
    target.close();
  }
}

async function send(
  { size }: Descriptor,
  {
    source,
    target,
    isFirst,
  }: { readonly source: BlobSource; readonly target: BlobTarget; readonly isFirst: boolean },
  { streams, signal, progress, log }: Ends,
): Promise<void> {
  // At once with the upload. Later, it begins after the bytes that the target has.
  const early = isFirst ? source.open(streams, signal) : undefined;
  early?.catch(() => {});
  let download: Download | undefined;
  try {
    if (target.upload === undefined) {
      const at = await target.open(source.sent);
      progress(at - source.sent);
      source.continueAt(at);
    }
    if (!isFirst)
      log.line(
        source.sent === 0
          ? 'Starting this part again'
          : `Continuing at ${formatBytes(source.sent)} of ${formatBytes(size)}`,
      );
    if (!source.isSent) {
      const rest = await (early ?? source.open(streams, signal));
      download = rest;
      source.begin(rest);
      await target.upload?.send(download.body, (chunk) => {
        const bytes = source.take(chunk);
        progress(bytes.length);
        return bytes;
      });
      if (target.upload !== undefined) source.complete();
    }
    await target.finish(source.isSent || size === 0);
  } finally {
    download?.body.destroy();
    early?.then(
      ({ body }) => body.destroy(),
      () => {},
    );
  }
}
