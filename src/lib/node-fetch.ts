import type { ClientRequest, IncomingMessage } from 'node:http';
import { headersOf } from './answer-headers.ts';
import type { Fetch, FetchInit } from './http.ts';
import type { Transport } from './transport.ts';

/** fetch over node:http: Node's own cannot say, or restrict, which address it connects to. */
export const makeFetch =
  (transport: Transport): Fetch =>
  async (address, init) => {
    const url = new URL(address);
    const open = () => transport.open(url, { ...init, headers: { ...defaults, ...init.headers } });
    let request = open();
    let response: IncomingMessage;
    try {
      response = await answered(request, init);
    } catch (error) {
      // The server closed a connection that was kept open, just when it was used again.
      if (!request.reusedSocket || init.signal.aborted) throw error;
      request = open();
      response = await answered(request, init);
    }
    return {
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      body: bodyOf(response, init),
      isPrivate: transport.isPrivate(request),
    };
  };

const defaults = { accept: '*/*', 'accept-encoding': 'gzip' };

const answered = (request: ClientRequest, { body }: FetchInit): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });

function bodyOf(response: IncomingMessage, { method }: FetchInit): AsyncIterable<Uint8Array> {
  if (method === 'HEAD' || !/^(?:x-)?gzip$/i.test(response.headers['content-encoding'] ?? ''))
    return response;
  return unpacked(response);
}

/** What a server says of its answers, it can also say of one without a body, such as a 401 or a redirect. */
async function* unpacked(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  response.once('data', () => {
    isEmpty = false;
  });
  const unpacking = process.getBuiltinModule('node:zlib').createGunzip();
  response.on('error', (error) => unpacking.destroy(error));
  unpacking.on('close', () => response.destroy());
  try {
    yield* response.pipe(unpacking);
  } catch (error) {
    if (!isEmpty || !response.complete) throw error;
  }
}
