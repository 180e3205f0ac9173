import { type Image, type ImageOptions, makeImage } from '../sandbox/registry/images.ts';
import { Store } from '../sandbox/registry/store.ts';
import type { FlyApi } from '../src/fly/api.ts';
import { flyApi } from '../src/fly/api.ts';
import type { Plan } from '../src/image/types.ts';
import type { Inputs } from '../src/inputs/inputs.ts';
import { readInputs } from '../src/inputs/inputs.ts';
import { sourceSession } from '../src/registry/connect.ts';
import type { Session } from '../src/registry/session.ts';
import type { Runtime } from '../src/runtime.ts';
import { fakeClock } from './clock.ts';
import { makeRuntime, nothingThere } from './factories.ts';

export const commit = 'abc1234567890abcdef1234567890abcdef12345';
export const otherCommit = 'fedcba9876543210fedcba9876543210fedcba98';
export const repositoryUrl = 'https://github.com/owner/repo';
export const repository = { host: 'ghcr.io', path: 'owner/repo' };
/** The tag that the build gives the commit's image. */
export const tag = 'main-abc1234';

/** The plan of an automatic run, with changes. */
export const shaTag = (changes: object = {}): Plan =>
  ({
    source: 'sha-tag',
    by: 'commit',
    repository,
    commit,
    pin: false,
    tag,
    otherTag: undefined,
    branch: 'main',
    ...changes,
  }) as Plan;

/** A registry, Fly.io and GitHub in this process. Sleeping takes no time. */
export interface ImageWorld {
  readonly rt: Runtime;
  readonly session: Session;
  readonly api: FlyApi;
  readonly store: Store;
  /** Each request to a registry, such as `GET manifests/main`, with the repository if it is not that of `image`. */
  readonly asked: string[];
  /** Each request to another host: `GET api.github.com/…`. */
  readonly others: string[];
  readonly lines: string[];
  readonly progress: string[];
  readonly warnings: string[];
  /** Stores an image in the repository. */
  push(tag: string | undefined, options?: ImageOptions, name?: string): Image;
  /** Does something as soon as the clock shows this time, in milliseconds after its start. */
  at(ms: number, work: () => void): void;
  /** Milliseconds since the start. */
  now(): number;
  inputs(given?: Readonly<Record<string, string>>): Promise<Inputs>;
}

/** What answers before the registry does: a function of `GET manifests/main`, or of `GET api.github.com/…`. */
export type Answers = (request: string, init: RequestInit) => Response | Promise<Response> | undefined;

const begin = Date.parse('2026-11-24T12:00:00Z');

export function imageWorld(answers: Answers = () => undefined): ImageWorld {
  const clock = fakeClock(begin);
  const store = new Store();
  store.get('owner/repo');
  const kept = {
    asked: [] as string[],
    others: [] as string[],
    lines: [] as string[],
    progress: [] as string[],
    warnings: [] as string[],
  };
  const planned: { at: number; work: () => void }[] = [];
  const fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    for (const each of planned.splice(0))
      if (clock.now() - begin >= each.at) each.work();
      else planned.push(each);
    const { host, pathname, search } = new URL(address);
    const { method = 'GET' } = init;
    const [, name = '', path = ''] = /^\/v2\/(.+?)\/((?:manifests|blobs|tags)\/.+)$/.exec(pathname) ?? [];
    if (name === '') {
      kept.others.push(`${method} ${host}${pathname}`);
      return (
        (await answers(`${method} ${host}${pathname}${search}`, init)) ?? new Response('{}', { status: 404 })
      );
    }
    const at = name === 'owner/repo' && host === 'ghcr.io' ? '' : `${host}/${name} `;
    const request = `${method} ${at}${path}`;
    kept.asked.push(request);
    const answer = (await answers(request, init)) ?? registryAnswer(store, name, path);
    return method === 'HEAD' ? new Response(null, answer) : answer;
  };
  const env = { GITHUB_REPOSITORY: 'owner/repo', GITHUB_SERVER_URL: 'https://github.com', PATH: '/bin' };
  const log = {
    line: (text: string) => void kept.lines.push(text),
    debug: () => {},
    mask: () => {},
    warning: (text: string) => void kept.warnings.push(text),
    group: (_: string, work: () => unknown) => work(),
  } as unknown as Runtime['log'];
  const rt = makeRuntime({
    env,
    input: () => '',
    readFile: () => undefined,
    run: () => Promise.reject(new Error('nothing is run')),
    log,
    clock,
    fetch: fetch as Runtime['fetch'],
  });
  return {
    rt,
    session: sourceSession(rt, noLogins, repository, 60 * 60_000),
    api: flyApi(rt, { app: 'test-battle', flyToken: 'test-token', mode: 'deploy' }),
    store,
    ...kept,
    push: (tag, options = {}, name = 'owner/repo') => {
      const image = makeImage(options);
      store.push(name, tag, image);
      return image;
    },
    at: (ms, work) => void planned.push({ at: ms, work }),
    now: () => clock.now() - begin,
    inputs: (given = {}) =>
      readInputs({
        input: (name) => ({ app: 'test-battle', 'fly-api-token': 'test-token', ...given })[name] ?? '',
        env: { ...env, GITHUB_ACTOR: 'octocat' },
        readFile: () => undefined,
        lookUpProgram: nothingThere,
      }),
  };
}

const noLogins = {
  image: repository,
  registryLogin: undefined,
  githubLogin: undefined,
  flyLogin: { username: 'x', password: 'test-token' },
};

function registryAnswer(store: Store, name: string, path: string): Response {
  const found = store.find(name);
  const [kind, what = ''] = path.split('/');
  if (found === undefined) return new Response('{}', { status: 404 });
  if (kind === 'tags') return Response.json({ name, tags: [...found.tags.keys()] });
  if (kind === 'blobs') {
    const blob = found.blobs.get(what);
    return blob === undefined ? new Response('{}', { status: 404 }) : new Response(new Uint8Array(blob));
  }
  const image = found.manifests.get(found.tags.get(what) ?? what);
  if (image === undefined) return new Response('{}', { status: 404 });
  return new Response(new Uint8Array(image.bytes), {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
  });
}
