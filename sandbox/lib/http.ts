import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as a sandbox server saw it. */
interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A fault on demand: the first rule that matches answers instead of the real handler. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  /** How often; without it, for ever. */
  readonly times?: number;
  /** Let so many matches pass first. */
  readonly after?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Destroy the socket instead of answering. */
  readonly close?: boolean;
  /** Destroy it after so many bytes of the real answer’s body. */
  readonly closeAfter?: number;
  /** Let the real answer’s body drip: so many bytes each 50 ms. */
  readonly drip?: number;
  /** Wait first; then go on as usual unless `status` or `close` is set. */
  readonly delayMs?: number;
  /** Called before the answer, so that the world changes at a certain request and not at a certain time. */
  readonly hook?: () => void;
}

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly requests: RecordedRequest[];
  fault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type Handler = (request: Incoming, response: ServerResponse) => Promise<void> | void;

/** Starts a server on loopback around a handler; it records every request and plays faults. Port 0: a free one. */
export async function serve(handler: Handler, port = 0): Promise<LoopbackServer> {
  const requests: RecordedRequest[] = [];
  let faults: { rule: Fault; passed: number; played: number }[] = [];
  const sockets = new Set<Socket>();

  const faultFor = (method: string, path: string): Fault | undefined => {
    for (const fault of faults) {
      const { rule } = fault;
      if (rule.method !== undefined && rule.method !== method) continue;
      if (rule.path !== undefined && !rule.path.test(path)) continue;
      if (fault.passed < (rule.after ?? 0)) fault.passed++;
      else if (fault.played < (rule.times ?? Number.POSITIVE_INFINITY)) {
        fault.played++;
        return rule;
      }
    }
    return undefined;
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const body = Buffer.concat(chunks);
    const at = Date.now();
    response.on('close', () => {
      requests.push({
        method,
        path,
        headers,
        body: body.toString('utf8'),
        status: response.writableEnded ? response.statusCode : 0,
        at,
      });
    });
    const fault = faultFor(method, path);
    fault?.hook?.();
    // A client may have gone long before the end: nothing waits for it.
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
      // A fault of the sandbox must not look like one of what is tested; a client that went away is none.
      if (!incoming.errored) console.error('sandbox:', error);
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;

  return {
    origin,
    host,
    requests,
    fault: (rule) => void faults.push({ rule, passed: 0, played: 0 }),
    clearFaults: () => {
      faults = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Lets the end of an answer's body, which handlers send in one piece, come in pieces or not at all. */
function slowDown(response: ServerResponse, { closeAfter, drip = 64 }: Fault): void {
  const end = response.end.bind(response);
  const sendPiece = (body: Buffer, from: number): void => {
    if (response.destroyed) return;
    if (closeAfter !== undefined) {
      response.write(body.subarray(0, closeAfter), () => response.destroy());
    } else if (from >= body.length) {
      end();
    } else {
      response.write(body.subarray(from, from + drip));
      setTimeout(() => sendPiece(body, from + drip), 50);
    }
  };
  response.end = ((body?: string | Buffer) => {
    if (body === undefined) return end();
    sendPiece(Buffer.from(body), 0);
    return response;
  }) as ServerResponse['end'];
}

export type JsonObject = Record<string, unknown>;

/** The JSON object of a request's body; an empty one where there is no body. */
export const bodyOf = ({ body }: Incoming): JsonObject =>
  body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as JsonObject);

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
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
