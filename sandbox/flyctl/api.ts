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
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw new FlyctlError('context canceled');
      throw error;
    }
    const answer = await response.text();
    if (response.ok) return (answer === '' ? undefined : JSON.parse(answer)) as T;
    if (retriedStatuses.includes(response.status) && rest > 0) {
      await setTimeout(50);
      continue;
    }
    if (response.status === 401) {
      throw new FlyctlError(
        'You must be authenticated to view this.\nRun `flyctl auth login` or set FLY_API_TOKEN.',
      );
    }
    const message = /"error":"((?:[^"\\]|\\.)*)"/.exec(answer)?.[1];
    throw new ApiError(
      response.status,
      message ?? `request returned non-2xx status: ${response.status}: ${answer}`,
    );
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
