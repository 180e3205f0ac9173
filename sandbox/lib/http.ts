import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, Faults, slowDown } from './faults.ts';

/** A request as a sandbox server received it. */
interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The number of bytes of its body that arrived, and of that of the answer that were sent. */
  readonly received: number;
  readonly sent: number;
  /** The status of the answer; 0 if the connection was closed before its end. */
  readonly status: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The number of its connection to this server. */
  readonly connection: number;
}

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** All requests so far, in the order of their answers. */
  readonly requests: RecordedRequest[];
  /** Injects a fault. */
  fault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

/** A request, with its body. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Whether the action sent a request, whatever its version. */
export const isAction = ({ headers }: Pick<Incoming, 'headers'>): boolean =>
  headers['user-agent']?.startsWith('deploy-fly-image/') ?? false;

/** The part of an answer that handlers write. */
export interface Outgoing {
  writeHead(status: number, headers?: Record<string, string>): unknown;
  end(body?: string | Buffer): unknown;
  /** Closes the connection without an answer. */
  destroy(): unknown;
  readonly destroyed: boolean;
}

export type Handler = (request: Incoming, response: ServerResponse) => Promise<void> | void;

/** Starts a server on loopback that records every request and injects faults. @param port 0: a free one. */
export async function serve(handler: Handler, port = 0): Promise<LoopbackServer> {
  const requests: RecordedRequest[] = [];
  const faults = new Faults();
  const sockets = new Set<Socket>();
  const connections = new WeakMap<Socket, number>();
  let connected = 0;

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    const fault = faults.match(method, path);
    const connection = connections.get(incoming.socket) ?? 0;
    const chunks: Buffer[] = [];
    let [body, at] = [Buffer.alloc(0), Date.now()];
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const { socket } = incoming;
    const before = socket.bytesWritten;
    response.on('close', () => {
      requests.push({
        method,
        path,
        headers,
        body: body.toString('utf8'),
        received: body.length,
        sent: socket.bytesWritten - before,
        status: response.writableEnded ? response.statusCode : 0,
        at,
        connection,
      });
    });
    let received = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      received += chunk.length;
      if (fault?.cutAfter === undefined || received < fault.cutAfter) continue;
      socket.destroy();
      break;
    }
    body = Buffer.concat(chunks).subarray(0, fault?.cutAfter);
    at = Date.now();
    fault?.hook?.();
    // The client may disconnect before the end, so the timer does not keep the process alive.
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault?.close === true) {
      incoming.socket.destroy();
    } else if (fault?.status !== undefined) {
      response.writeHead(fault.status, fault.headers ?? {});
      response.end(method === 'HEAD' ? undefined : (fault.body ?? ''));
    } else {
      for (const [name, value] of Object.entries(fault?.headers ?? {})) response.setHeader(name, value);
      if (fault?.closeAfter !== undefined || fault?.drip !== undefined) slowDown(response, fault);
      await handler({ method, url: new URL(path, origin), headers, body }, response);
    }
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      // An error of the sandbox must not look like one of the code under test. A disconnected client is not an error.
      if (!incoming.errored) console.error('sandbox:', error);
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    connections.set(socket, ++connected);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;

  return {
    origin,
    host,
    requests,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export type JsonObject = Record<string, unknown>;

/** The JSON object of a request's body; an empty one without a body. */
export const bodyOf = ({ body }: Incoming): JsonObject =>
  body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as JsonObject);

/** Answers with JSON. */
export function sendJson(
  response: Outgoing,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}
