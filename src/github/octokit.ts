import type { AnswerHeaders } from '../lib/answer-headers.ts';
import type { Http } from '../lib/http.ts';

type Module = typeof import('@actions/github/lib/utils');

let loading: Promise<Module> | undefined;

/** Loads octokit once. It takes about as long as an answer from a registry. */
export function loadOctokit(): Promise<Module> {
  loading ??= load();
  return loading;
}

/** Starts to load octokit, because most runs compare commits. */
export function prepareOctokit(): void {
  // The first request reports why it cannot be loaded.
  loadOctokit().catch(() => undefined);
}

/** octokit's module also reads the event file, and prints or throws if that is invalid, so the variable is hidden from it. */
async function load(): Promise<Module> {
  const { GITHUB_EVENT_PATH: event } = process.env;
  delete process.env['GITHUB_EVENT_PATH'];
  try {
    return await import('@actions/github/lib/utils');
  } finally {
    if (event !== undefined) process.env['GITHUB_EVENT_PATH'] = event;
  }
}

const largestAnswer = 64 * 1024 * 1024;

/** What octokit reads of a Response. Its `body` is the text, which octokit passes on as it is. */
interface OctokitResponse {
  readonly status: number;
  readonly url: string;
  readonly headers: AnswerHeaders;
  readonly body: string;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What octokit sends. A body is JSON. */
interface Sent {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** fetch for octokit, with the retries, time limits, redirects and body limit of `http`. */
export const fetchBy =
  (http: Http) =>
  async (url: string, { method, headers, body: sent }: Sent): Promise<OctokitResponse> => {
    const request = { method, headers, limit: largestAnswer };
    const { body, ...answer } = await http(url, { ...request, ...(sent !== undefined && { body: sent }) });
    const text = new TextDecoder().decode(body);
    return {
      ...{ status: answer.status, url: answer.url, headers: answer.headers, body: text },
      text: async () => text,
      arrayBuffer: async () => Uint8Array.from(body).buffer,
    };
  };
