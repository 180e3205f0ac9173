import type { ServerResponse } from 'node:http';

/** A fault to inject: which requests it matches, and what happens to their answers. */
export interface Fault {
  /** Defaults to every method. */
  readonly method?: string;
  /** Matched against the path with its query. Defaults to every path. */
  readonly path?: RegExp;
  /** How many requests it affects. Defaults to all. */
  readonly times?: number;
  /** How many matching requests pass first. Defaults to 0. */
  readonly after?: number;
  /** Answer with this status instead of the real answer. */
  readonly status?: number;
  /** With `status`, the headers of the answer. Without it, more headers for the real answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** With `status`, the body of the answer. */
  readonly body?: string | Buffer;
  /** Close the connection after this number of bytes of the request's body, which is all that the handler gets. */
  readonly cutAfter?: number;
  /** Close the connection instead of answering. */
  readonly close?: boolean;
  /** Close the connection after this number of bytes of the real answer's body. */
  readonly closeAfter?: number;
  /** Send the real answer's body in pieces of this number of bytes, one every 50 ms. */
  readonly drip?: number;
  /** Wait this number of milliseconds before the answer. */
  readonly delayMs?: number;
  /** Called before the answer, so that a certain request triggers a change instead of a certain time. */
  readonly hook?: () => void;
}

/** The faults of a server. The first one that matches a request applies to it. */
export class Faults {
  #faults: { readonly fault: Fault; passed: number; applied: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, passed: 0, applied: 0 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts a request. @returns the fault that applies to it. */
  match(method: string, path: string): Fault | undefined {
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path !== undefined && !fault.path.test(path)) continue;
      if (entry.passed < (fault.after ?? 0)) entry.passed++;
      else if (entry.applied < (fault.times ?? Number.POSITIVE_INFINITY)) {
        entry.applied++;
        return fault;
      }
    }
    return undefined;
  }
}

/** Sends the body of an answer in pieces (`drip`), or only its start (`closeAfter`). Handlers send it in one piece. */
export function slowDown(response: ServerResponse, { closeAfter, drip = 64 }: Fault): void {
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
