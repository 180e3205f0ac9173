import { setTimeout } from 'node:timers/promises';

const { env } = process;

/** What flyctl ends with, in its own words. */
export class Failure extends Error {}

/** An answer that is no success. */
export class ApiFailure extends Failure {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** As flyctl takes it: the first variable that is set, be it empty (internal/env/env.go). */
const token = (env['FLY_ACCESS_TOKEN'] ?? env['FLY_API_TOKEN'] ?? '').replace(/^(FlyV1|Bearer)\s+/i, '');
const base = {
  graphql: env['FLY_API_BASE_URL'] ?? 'https://api.fly.io',
  machines: env['FLY_FLAPS_BASE_URL'] ?? 'https://api.machines.dev',
  uiex: env['FLY_UIEX_BASE_URL'] ?? 'https://api.fly.io',
};

/** Set by a signal: no call is made after it but the one that marks the release. */
export const interrupt = new AbortController();

/** What is asked again, and how often: the clients give up after three tries (fly-go, client.go; flyctl, internal/uiex/client.go). */
const retried = [502, 503];

async function call<T>(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let rest = 3; ; rest--) {
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw new Failure('context canceled');
      throw error;
    }
    const answer = await response.text();
    if (response.ok) return (answer === '' ? undefined : JSON.parse(answer)) as T;
    if (retried.includes(response.status) && rest > 0) {
      await setTimeout(50);
      continue;
    }
    if (response.status === 401) {
      throw new Failure(
        'You must be authenticated to view this.\nRun `flyctl auth login` or set FLY_API_TOKEN.',
      );
    }
    const said = /"error":"((?:[^"\\]|\\.)*)"/.exec(answer)?.[1];
    throw new ApiFailure(
      response.status,
      said ?? `request returned non-2xx status: ${response.status}: ${answer}`,
    );
  }
}

/** Below `/v1/apps/`. */
export const machinesApi = <T>(
  path: string,
  method = 'GET',
  body?: unknown,
  nonce?: string,
  signal: AbortSignal | undefined = interrupt.signal,
): Promise<T> =>
  call<T>(
    `${base.machines}/v1/apps/${path}`,
    method,
    body,
    nonce === undefined ? {} : { 'fly-machine-lease-nonce': nonce },
    signal,
  );

/** Below `/api/v1/`. The release is marked also after a signal (machines.go, updateReleaseInBackend). */
export const uiex = <T>(path: string, method = 'GET', body?: unknown, always = false): Promise<T> =>
  call<T>(`${base.uiex}/api/v1/${path}`, method, body, {}, always ? undefined : interrupt.signal);

export const graphql = <T>(query: string, variables: Record<string, string>): Promise<T> =>
  call<T>(`${base.graphql}/graphql`, 'POST', { query, variables }, {}, interrupt.signal);
