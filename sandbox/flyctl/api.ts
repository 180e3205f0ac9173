import type { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';

const { env } = process;

/** An error that ends flyctl, with the message that it prints. */
export class FlyctlError extends Error {}

/** An interrupted bluegreen deploy, which ends like a failed one. */
export class AbortedByUser extends FlyctlError {
  constructor() {
    super('deployment aborted by user');
  }
}

/** An answer of an API with another status than 2xx. */
export class ApiError extends FlyctlError {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The first of the variables that is set, even if it is empty (internal/env/env.go). */
const token = (env['FLY_ACCESS_TOKEN'] ?? env['FLY_API_TOKEN'] ?? '').replace(/^(FlyV1|Bearer)\s+/i, '');
const base = {
  graphql: env['FLY_API_BASE_URL'] ?? 'https://api.fly.io',
  machines: env['FLY_FLAPS_BASE_URL'] ?? 'https://api.machines.dev',
  uiex: env['FLY_UIEX_BASE_URL'] ?? 'https://api.fly.io',
};

/** Aborted by a signal. Afterwards, flyctl only marks its release. */
export const interrupt = new AbortController();

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Keeps connections open for further requests. */
let agent: Agent | undefined;

const ask = (
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    // Neither the built-in fetch nor an import of node:http: both load undici, which takes longer than a deploy in the sandbox.
    const http = process.getBuiltinModule('node:http');
    agent ??= new http.Agent({ keepAlive: true });
    const length = { 'content-length': String(Buffer.byteLength(body ?? '')) };
    const sent = http.request(url, {
      method,
      agent,
      headers: { ...headers, ...length },
      ...(signal && { signal }),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.end(body);
  });

/** The clients retry these statuses three times (fly-go, client.go; flyctl, internal/uiex/client.go). */
const retriedStatuses = [502, 503];
const retries = 3;

async function call<T>(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let rest = retries; ; rest--) {
    let answer: Answer;
    try {
      const json = body === undefined ? undefined : JSON.stringify(body);
      answer = await ask(
        url,
        method,
        json,
        { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        signal,
      );
    } catch (error) {
      if (signal?.aborted) throw new FlyctlError('context canceled');
      throw error;
    }
    const { status, text } = answer;
    if (status >= 200 && status < 300) return (text === '' ? undefined : JSON.parse(text)) as T;
    if (retriedStatuses.includes(status) && rest > 0) {
      await setTimeout(50);
      continue;
    }
    if (status === 401) {
      throw new FlyctlError(
        'You must be authenticated to view this.\nRun `flyctl auth login` or set FLY_API_TOKEN.',
      );
    }
    const message = /"error":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
    throw new ApiError(status, message ?? `request returned non-2xx status: ${status}: ${text}`);
  }
}

/** Calls the Machines API at a path below `/v1/apps/`. @param always even after a signal. */
export const machinesApi = <T>(
  path: string,
  method = 'GET',
  body?: unknown,
  nonce?: string,
  always = false,
): Promise<T> =>
  call<T>(
    `${base.machines}/v1/apps/${path}`,
    method,
    body,
    nonce === undefined ? {} : { 'fly-machine-lease-nonce': nonce },
    always ? undefined : interrupt.signal,
  );

/** Calls uiex at a path below `/api/v1/`. @param always even after a signal, for the release (machines.go, updateReleaseInBackend). */
export const uiex = <T>(path: string, method = 'GET', body?: unknown, always = false): Promise<T> =>
  call<T>(`${base.uiex}/api/v1/${path}`, method, body, {}, always ? undefined : interrupt.signal);

export const graphql = <T>(query: string, variables: Record<string, string>): Promise<T> =>
  call<T>(`${base.graphql}/graphql`, 'POST', { query, variables }, {}, interrupt.signal);
