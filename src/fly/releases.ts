import { tokenCommand } from '../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../lib/api-error.ts';
import type { Answer } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { messageOf } from '../lib/user-error.ts';
import { askGraphql, type FlyApi } from './api.ts';

/** The release of a deploy, as far as flyctl or the machines report it. */
export interface Release {
  readonly id: string | undefined;
  readonly version: string | undefined;
}

/** A release of an app: something was deployed, or its secrets or scale were changed. */
export interface AppRelease {
  readonly version: number;
  /** `complete`, `failed`, `interrupted`, … `complete` only means that flyctl succeeded. */
  readonly status: string;
  /** The reference that was deployed, as flyctl got it. */
  readonly image: string;
  /** Milliseconds since 1970; undefined if Fly.io does not report it. */
  readonly created: number | undefined;
}

/** Number of releases to request; flyctl shows 25. */
const most = 100;

const query = `query ($appName: String!, $limit: Int!) {
  app(name: $appName) { releases: releasesUnprocessed(first: $limit) { nodes { version status imageRef createdAt } } }
}`;

/** What an app's releases are read for: to find the image of one, or to see whether a deploy is in progress. */
type ReleasePurpose = 'select' | 'progress';

/**
 * The app's last releases, newest first, by the query of `flyctl releases` (fly-go, resource_releases.go,
 * GetAppReleasesMachines).
 *
 * @throws UserError when Fly.io refuses, or does not answer.
 */
export async function listReleases(api: FlyApi, purpose: ReleasePurpose = 'select'): Promise<AppRelease[]> {
  const { app } = api;
  const answer = await answerOrNone(askGraphql(api, query, { appName: app, limit: most }, 4 * 1024 * 1024));
  const failed = (words?: string) =>
    apiError({ service: releasesService, resource: { app, words, purpose }, answer });
  if (answer instanceof HttpError || answer.status !== 200) throw failed();
  const json = parseJsonObject(answer.body.toString('utf8'), 'Fly.io’s list of releases');
  const nodes = json.get('data').get('app').get('releases').get('nodes');
  if (!Array.isArray(nodes.value)) {
    const [error] = json.get('errors').items();
    throw failed(error?.get('message').maybeText() ?? 'no list');
  }
  return nodes
    .items()
    .map(readRelease)
    .sort((a, b) => b.version - a.version);
}

function readRelease(json: Json): AppRelease {
  return {
    version: json.get('version').integer(),
    status: json.get('status').maybeText()?.toLowerCase() ?? 'unknown',
    image: json.get('imageRef').maybeText() ?? '',
    created: json.get('createdAt').maybeTime(),
  };
}

interface Releases {
  readonly app: string;
  /** Those of an answer of 200 without releases. */
  readonly words: string | undefined;
  readonly purpose: ReleasePurpose;
}

const readable = ({ app, purpose }: Releases) =>
  purpose === 'progress'
    ? {
        expected: 'The app’s releases, which show whether a deploy is in progress.',
        fix: 'Run the check again.',
      }
    : {
        expected: 'The app’s releases, because `select` names one of them.',
        fix: `Use a token that has access to the app (${tokenCommand(app)}), or name the image: \`with: select: commit:<commit>\`.`,
      };

/** The query for an app's releases. */
const releasesService: Service<Releases, Answer> = {
  found: ({ app, words }, answer) => {
    const why =
      answer instanceof HttpError
        ? `No answer: ${messageOf(answer)}`
        : `It answered ${words ?? answer.status}`;
    return `Fly.io did not return the releases of app "${app}". ${why}.`;
  },
  advice: {
    'no-answer': (of) => ({ code: 'fly-unreachable', ...readable(of) }),
    unusable: (of) => ({ code: 'releases-unreadable', ...readable(of) }),
    'rate-limited': (of) => ({ code: 'fly-rate-limited', ...readable(of) }),
    temporary: (of) => ({ code: 'fly-unavailable', ...readable(of) }),
    denied: (of) => ({ code: 'fly-unauthorized', ...readable(of), input: 'fly-api-token' }),
    unexpected: (of) => ({ code: 'releases-unreadable', ...readable(of) }),
  },
};
