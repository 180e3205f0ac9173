import type { Fetch } from './http.ts';
import { makeStreams, type Streams } from './http-stream.ts';
import { makeFetch } from './node-fetch.ts';
import { makeTransport } from './transport.ts';

/** All requests of a step, over the same connections. */
export interface Network {
  readonly fetch: Fetch;
  readonly streams: Streams;
}

export function makeNetwork(env: Readonly<Record<string, string | undefined>>): Network {
  const transport = makeTransport({ env });
  return {
    fetch: makeFetch(transport),
    // 10 kB a second.
    streams: makeStreams(transport, { idle: 60_000, least: 600_000, longest: 60 * 60_000 }),
  };
}
