import { expect, jest, test } from '@jest/globals';
import { type GitHub, makeGitHub } from '../src/github/client.ts';
import { makeHttp } from '../src/lib/http.ts';

const token = 'ghs_token';
const [one, two] = ['1'.repeat(40), '2'.repeat(40)];

type Sent = { url: string; headers: Record<string, string> };

/** What the client returned, logged and sent, for this answer of GitHub. */
async function ask<T>(
  question: (github: GitHub) => Promise<T>,
  answer: (url: string) => Response,
  options: { token?: string; apiUrl?: string; tries?: number } = {},
) {
  const sent: Sent[] = [];
  const http = makeHttp(
    {
      fetch: async (url, { headers }) => {
        sent.push({ url, headers: headers as Record<string, string> });
        return answer(url);
      },
      clock: { now: () => 0, sleep: async () => {} },
      random: () => 0,
      log: { debug: () => {} },
    },
    { tries: options.tries ?? 1, timeout: 1000, longestWait: 1000 },
  );
  const { token: as = token, apiUrl = 'https://api.github.com/' } = options;
  const github = makeGitHub({ token: as, apiUrl, repository: 'Owner/re.po', http });
  const said = await question(github).catch((error: Error) => error);
  return { said, sent };
}

const compare = (github: GitHub) => github.compare(one, two);
const attestations = (github: GitHub) => github.attestations('sha256:abc');
const branchHead = (github: GitHub) => github.branchHead('feature/a#b');
const json = (body: unknown, status = 200, headers = {}) => Response.json(body, { status, headers });
const commit = (body: string, headers = { 'content-type': 'application/vnd.github.sha; charset=utf-8' }) =>
  new Response(body, { headers });
const failing = () => {
  throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
};

// This must be the first test, because octokit is loaded once.
test('prints nothing, whatever GitHub and the runner send', async () => {
  const event = process.env['GITHUB_EVENT_PATH'];
  process.env['GITHUB_EVENT_PATH'] = '/nowhere/event.json';
  const spies = [process.stdout, process.stderr].map((to) => jest.spyOn(to, 'write').mockReturnValue(true));
  const warned = jest.spyOn(console, 'warn').mockReturnValue(undefined);
  const sunset = { deprecation: 'true', sunset: 'tomorrow', link: '<https://x.example>; rel="deprecation"' };
  try {
    await ask(branchHead, () => json({}, 200, sunset));
    await ask(branchHead, () => json({}, 404, sunset));
    expect([...spies, warned].flatMap((spy) => spy.mock.calls as unknown[])).toEqual([]);
    expect(process.env['GITHUB_EVENT_PATH']).toBe('/nowhere/event.json');
  } finally {
    for (const spy of [...spies, warned]) spy.mockRestore();
    if (event === undefined) delete process.env['GITHUB_EVENT_PATH'];
    else process.env['GITHUB_EVENT_PATH'] = event;
  }
});

test.each<[string, (github: GitHub) => Promise<unknown>, () => Response, string, object]>([
  [
    'compares two commits',
    compare,
    () => json({ status: 'ahead', base_commit: { sha: one }, commits: [], ahead_by: 2, behind_by: 0 }),
    `compare/${one}...${two}`,
    { status: 'ahead', base: one, commits: [], ahead: 2, behind: 0 },
  ],
  [
    'lists attestations, with their bundles or the URLs of these',
    attestations,
    () => {
      const bundle_url = 'https://storage.example/1?sig=x';
      const link = '<https://api.github.com/x?per_page=100&after=abc>; rel="next"';
      return json({ attestations: [{ bundle: { a: 1 } }, { bundle: null, bundle_url }, {}] }, 200, { link });
    },
    'attestations/sha256%3Aabc?per_page=100',
    { listed: [{ bundle: { a: 1 } }, { url: 'https://storage.example/1?sig=x' }, {}], next: 'abc' },
  ],
  [
    'lists no attestations if GitHub has none',
    attestations,
    () => json({ message: 'Not Found' }, 404),
    'attestations/sha256%3Aabc?per_page=100',
    { listed: [], next: undefined },
  ],
])('%s', async (_name, question, answer, path, facts) => {
  const { said, sent } = await ask(question, answer);
  expect(said).toEqual(facts);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.url).toBe(`https://api.github.com/repos/Owner/re.po/${path}`);
  expect(sent[0]?.headers).toMatchObject({ authorization: `token ${token}` });
});

test.each([undefined, { 'content-type': 'application/vnd.github.sha' }])(
  'reads the head of a branch',
  async (headers) => {
    const { said, sent } = await ask(branchHead, () => commit(one, headers));
    expect(said).toBe(one);
    expect(sent[0]?.url).toBe('https://api.github.com/repos/Owner/re.po/commits/heads%2Ffeature%2Fa%23b');
    expect(sent[0]?.headers['accept']).toBe('application/vnd.github.sha');
  },
);

test('requests attestations in the API version that returns bundles, anonymously without a token', async () => {
  const { sent } = await ask(attestations, () => json({ attestations: [] }), { token: '' });
  expect(sent[0]?.headers['x-github-api-version']).toBe('2022-11-28');
  expect(sent[0]?.headers).not.toHaveProperty('authorization');
});

const record = (github: GitHub) =>
  github.record({
    ...{ name: 'ghcr.io/owner/repo', digest: 'sha256:abc', status: 'deployed', cluster: 'fly.io' },
    ...{ logical_environment: 'production', deployment_name: 'a-app', github_repository: 're.po' },
  });

test.each<[string, () => Response, unknown]>([
  ['its id', () => json({ total_count: 1, deployment_records: [{ id: 7 }] }), { id: 7 }],
  ['no record', () => json({ total_count: 1 }), { id: undefined }],
  ['an id of another form', () => json({ deployment_records: [{ id: 'x' }] }), { id: undefined }],
  ['something else', () => new Response('<html>'), { id: undefined }],
  ['another success', () => json({ deployment_records: [{ id: 7 }] }, 201), { id: undefined }],
  [
    'a refusal',
    () => json({ message: 'no artifacts found' }, 404),
    { status: 404, words: 'no artifacts found' },
  ],
])('a deployment record is stored or refused: GitHub returns %s', async (_what, answer, expected) => {
  const { said, sent } = await ask<unknown>(record, answer);
  expect(said).toEqual(expected);
  expect(sent[0]?.url).toBe('https://api.github.com/orgs/Owner/artifacts/metadata/deployment-record');
  expect(sent[0]?.headers['x-github-api-version']).toBe('2026-03-10');
});

test.each<[string, () => Response, unknown]>([
  ['a user', () => json({ owner: { type: 'User' } }), 'User'],
  ['nothing', () => json({}), undefined],
  ['something else', () => new Response('[]'), undefined],
  ['a refusal', () => json({}, 404), undefined],
])('asks what owns the repository: %s', async (_what, answer, expected) =>
  expect((await ask((github) => github.ownerType(), answer)).said).toBe(expected),
);

test('does not compare commits without a token', async () => {
  const { said, sent } = await ask(compare, () => json({}), { token: '' });
  expect([said, sent]).toEqual([
    { unknown: expect.stringContaining('`github-token`'), because: 'no-token' },
    [],
  ]);
});

test.each([401, 403, 404, 422, 500])('reports that GitHub answered %i', async (status) => {
  const answer = () => json({ message: 'No such luck\nat all' }, status);
  const refusal = { status, words: 'No such luck' };
  expect((await ask(branchHead, answer)).said).toEqual(refusal);
  expect((await ask(attestations, answer)).said).toEqual(
    status === 404 ? { listed: [], next: undefined } : refusal,
  );
  const { unknown } = (await ask(compare, answer)).said as { unknown: string };
  if (status < 405) expect(unknown).toMatch(new RegExp(`\\b${status}\\b[^]*permissions: contents: read`));
  else expect(unknown).toMatch(/\(No such luck\)$/);
});

test('reports an unexpected answer', async () => {
  const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } });
  expect((await ask(branchHead, page)).said).toMatchObject({ status: 200 });
  expect((await ask(attestations, page)).said).toMatchObject({
    name: 'UserError',
    code: 'json-invalid',
  });
  for (const answer of [page, () => json({})])
    expect((await ask(compare, answer)).said).toEqual({ unknown: expect.any(String), because: 'no-answer' });
});

test('reports why there was no answer', async () => {
  const error = { name: 'HttpError', kind: 'lost', message: expect.stringContaining('ECONNREFUSED') };
  expect((await ask(branchHead, failing)).said).toMatchObject(error);
  expect((await ask(attestations, failing)).said).toMatchObject(error);
  expect((await ask(compare, failing)).said).toEqual({
    unknown: expect.stringContaining('ECONNREFUSED'),
    because: 'no-answer',
  });
});

test('retries, follows a renamed repository, and does not send the token to another host', async () => {
  const answers = [
    json({}, 503),
    json({}, 301, { location: 'https://api.github.com/repositories/1' }),
    json({}, 302, { location: 'https://elsewhere.example/' }),
    commit(one),
  ];
  const { said, sent } = await ask(branchHead, () => answers.shift() ?? failing(), { tries: 2 });
  expect(said).toBe(one);
  expect(sent.map(({ url, headers }) => [new URL(url).host, headers['authorization']])).toEqual([
    ['api.github.com', `token ${token}`],
    ['api.github.com', `token ${token}`],
    ['api.github.com', `token ${token}`],
    ['elsewhere.example', undefined],
  ]);
});

test('never shows the token, not even one that cannot be sent', async () => {
  const bad = 'ghs_a\nghs_b';
  for (const question of [compare, attestations, branchHead]) {
    const { said, sent } = await ask<unknown>(question, failing, { token: bad });
    expect(sent).toEqual([]);
    if (said instanceof Error) expect(said).toMatchObject({ name: 'HttpError', kind: 'not-sent' });
    const words = said instanceof Error ? said.message : (said as { unknown: string }).unknown;
    expect(words).not.toContain('ghs_');
  }
});

test('downloads a bundle without the token, never from a private network', async () => {
  const { said, sent } = await ask(
    (github) => github.bundle('https://storage.example/1?sig=x'),
    () => json({ a: 1 }),
  );
  expect(said).toEqual({ a: 1 });
  expect(sent[0]?.headers).not.toHaveProperty('authorization');
  for (const [url, why] of [
    ['http://storage.example/1', 'is not https'],
    ['https://10.0.0.1/1', 'is inside a private network'],
    ['https://localhost/1', 'is inside a private network'],
    ['file:///etc/passwd', 'is not https'],
    ['x', 'an invalid URL for it'],
  ] as const)
    expect(
      await ask(
        (github) => github.bundle(url),
        () => json({ a: 1 }),
      ),
    ).toEqual({ said: expect.objectContaining({ message: expect.stringContaining(why) }), sent: [] });
});
