import type { FlyApi } from '../src/fly/api.ts';
import type { Answer } from '../src/lib/http.ts';

/** Answers of Fly.io by their path below the app: a value, or a status. A function gets how often the path was requested before. */
export type Answers = Record<string, unknown | ((nth: number) => unknown)>;

/** The `Date` of each answer. */
export const flyDate = 'Wed, 25 Nov 2026 12:00:00 GMT';

/** Fly.io’s APIs with the given answers. Every other answer is a 404. `open` counts requests at the same time. */
export function flyAnswers(answers: Answers) {
  const asked: string[] = [];
  const open = { now: 0, most: 0 };
  const api: FlyApi = {
    base: 'https://machines.example',
    graphqlBase: 'https://graphql.example',
    app: 'a',
    token: 't',
    http: async (url): Promise<Answer> => {
      const path = new URL(url).pathname.replace('/v1/apps/a', '');
      const nth = asked.filter((each) => each === path).length;
      asked.push(path);
      open.most = Math.max(open.most, ++open.now);
      await new Promise((resolve) => setImmediate(resolve));
      open.now--;
      const given = answers[path];
      const value = typeof given === 'function' ? given(nth) : given;
      const status = typeof value === 'number' ? value : value === undefined ? 404 : 200;
      const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value ?? {}));
      return { url, status, headers: new Headers({ date: flyDate }), body };
    },
  };
  return { api, asked, answers, open };
}

/** An answer with these releases of the app. */
export const releasesJson = (...nodes: object[]): object => ({ data: { app: { releases: { nodes } } } });
