// GitHub's REST API for the release workflow. Only Node's own modules, because the release job installs nothing.

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Api {
  /** Sends a request to a path below the repository. A failure of the network is thrown after three tries. */
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  /** All items of a list, at most ten pages. `key` is the field of an answer that is not a list itself. */
  list<T>(path: string, key?: string): Promise<T[]>;
  /** Uploads a file to an absolute URL. */
  upload(url: string, bytes: Buffer): Promise<Answer>;
}

/** An answer that is not expected. `status` says what GitHub answered. */
export class ApiError extends Error {
  readonly status: number;
  constructor(method: string, path: string, { status, body }: Answer) {
    const { message = '' } = (body ?? {}) as { message?: string };
    super(`${method} ${path} was answered with ${status}${message === '' ? '' : `: ${message}`}`);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** Something that a maintainer must do, which the message names. */
export class Refusal extends Error {}

export interface ApiOptions {
  /** Such as `https://api.github.com`. */
  readonly url: string;
  readonly repository: string;
  readonly token: string;
  /** Waits before a request is sent again. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const tries = 3;

export function makeApi({ url, repository, token, sleep }: ApiOptions): Api {
  const base = `${url.replace(/\/+$/, '')}/repos/${repository}`;
  const send = async (target: string, init: RequestInit): Promise<Answer> => {
    for (let n = 1; ; n++) {
      try {
        const response = await fetch(target, {
          ...init,
          redirect: 'error',
          headers: {
            accept: 'application/vnd.github+json',
            authorization: `Bearer ${token}`,
            'user-agent': 'deploy-fly-image-release',
            'x-github-api-version': '2022-11-28',
            ...init.headers,
          },
        });
        const text = await response.text();
        const answer = { status: response.status, body: jsonOf(text) };
        if (answer.status < 500 || n === tries) return answer;
      } catch (error) {
        if (n === tries) throw new Error(`${init.method} ${target} was not answered`, { cause: error });
      }
      await sleep(1000 * 2 ** n);
    }
  };
  const request = (method: string, path: string, body?: unknown) =>
    send(`${base}${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
  return {
    request,
    list: async <T>(path: string, key?: string) => {
      const all: T[] = [];
      for (let page = 1; page <= 10; page++) {
        const target = `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`;
        const answer = await request('GET', target);
        if (answer.status !== 200) throw new ApiError('GET', target, answer);
        const items = (
          key === undefined ? answer.body : (answer.body as Record<string, unknown>)[key]
        ) as T[];
        all.push(...items);
        if (items.length < 100) return all;
      }
      throw new Error(`${path} has more than ten pages`);
    },
    upload: (target, bytes) =>
      send(target, {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { 'content-type': 'application/octet-stream' },
      }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
