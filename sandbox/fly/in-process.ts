import type { FoundImage } from './find-image.ts';
import { handleFly } from './fly.ts';
import { Platform, type PlatformOptions } from './platform.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The platform without a server, on a virtual clock. */
export interface InProcessFly {
  readonly platform: Platform;
  /** Sends a request to it, like fetch. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

interface Options extends Pick<PlatformOptions, 'listed'> {
  readonly clock: VirtualClock;
  readonly token: string;
  /** Duration of a request, in milliseconds. */
  readonly latency: number;
  /** Images by their references. */
  readonly images: ReadonlyMap<string, FoundImage>;
  /** Whether answers have a date. */
  readonly dated?: boolean;
}

/** Creates a platform that answers in this process, with the same API, faults and machines as the one on loopback. */
export function inProcessFly(options: Options): InProcessFly {
  const { clock, token, latency, images, dated = true } = options;
  const platform = new Platform({
    clock,
    startedAgo: 0,
    find: async (reference) => images.get(reference),
    ...(options.listed && { listed: options.listed }),
  });
  const fetch = async (address: string, { method = 'GET', headers, body }: RequestInit = {}) => {
    await clock.sleep(latency);
    const answer = new MemoryAnswer(dated ? { date: new Date(clock.now()).toUTCString() } : {});
    await handleFly(
      platform,
      token,
      {
        method,
        url: new URL(address),
        headers: headers as Record<string, string>,
        body: Buffer.from((body as string | undefined) ?? ''),
      },
      answer,
    );
    return answer.response();
  };
  return { platform, fetch };
}

/** An answer that is stored instead of sent. */
class MemoryAnswer {
  destroyed = false;
  readonly #headers: Record<string, string>;
  #status = 200;
  #body: string | Buffer = '';

  constructor(headers: Record<string, string>) {
    this.#headers = headers;
  }

  writeHead(status: number, headers: Record<string, string> = {}): void {
    this.#status = status;
    Object.assign(this.#headers, headers);
  }

  end(body: string | Buffer = ''): void {
    this.#body = body;
  }

  destroy(): void {
    this.destroyed = true;
  }

  /** @throws the error of fetch if the connection was closed. */
  response(): Response {
    if (this.destroyed) {
      const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      throw new TypeError('fetch failed', { cause });
    }
    return new Response(this.#status === 204 ? null : Buffer.from(this.#body), {
      status: this.#status,
      headers: this.#headers,
    });
  }
}
