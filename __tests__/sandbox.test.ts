import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runsPage, summaryHtml } from '../sandbox/demo/page.ts';
import { stale, startStories } from '../sandbox/demo/stories.ts';
import { plain, renderMarkdown } from '../sandbox/demo/terminal.ts';
import { AfterDeploy } from '../sandbox/fly/after-deploy.ts';
import { type SandboxFly, startFly } from '../sandbox/fly/fly.ts';
import { serve } from '../sandbox/lib/http.ts';
import { makeImage } from '../sandbox/registry/images.ts';
import { type SandboxRegistry, startRegistry } from '../sandbox/registry/registry.ts';
import { RunnerLog } from '../sandbox/runner/log.ts';
import { parseOutputFile } from '../sandbox/runner/output-file.ts';

// What the other tests stand on must itself be as the real thing is.

describe('the registry', () => {
  let registry: SandboxRegistry;
  const list = 'application/vnd.docker.distribution.manifest.list.v2+json';
  const index = 'application/vnd.oci.image.index.v1+json';
  beforeAll(async () => {
    registry = await startRegistry({ pageSize: 2 });
    registry.addRepository('o/private', 'private');
    registry.addUser('me', 'pass');
    for (const tag of ['a', 'b', 'c']) registry.push('o/public', tag, makeImage({ seed: tag }));
    registry.push('o/public', 'list', makeImage({ kind: 'docker-list' }));
  });
  afterAll(() => registry.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${registry.origin}${path}`, { headers, redirect: 'manual' });
  const token = async (name: string, headers: Record<string, string> = {}) => {
    const answer = await get(`/token?service=x&scope=repository:${name}:pull`, headers);
    return { status: answer.status, body: (await answer.json()) as { token?: string } };
  };
  const bearer = async (name: string) => ({ authorization: `Bearer ${(await token(name)).body.token}` });

  test('asks for a token, and gives one for public repositories only', async () => {
    const refused = await get('/v2/o/public/manifests/a');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer realm="http:.*\/token",service="127/);
    expect((await token('o/public')).status).toBe(200);
    expect((await token('o/private')).status).toBe(401);
    expect((await token('o/missing')).status).toBe(401);
    const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
    expect((await token('o/private', basic('me:pass'))).status).toBe(200);
    expect((await token('o/public', basic('me:wrong'))).status).toBe(403);
  });

  test('a token is for one repository, and ends', async () => {
    const headers = await bearer('o/public');
    expect((await get('/v2/o/private/manifests/a', headers)).status).toBe(403);
    registry.expireTokens();
    expect((await get('/v2/o/public/manifests/a', headers)).status).toBe(401);
  });

  test('an OCI index is not converted for who does not know it, a Docker list is', async () => {
    const headers = await bearer('o/public');
    const status = async (tag: string, accept: string) => {
      const answer = await get(`/v2/o/public/manifests/${tag}`, { ...headers, accept });
      return [answer.status, answer.headers.get('content-type')];
    };
    expect(await status('a', index)).toEqual([200, index]);
    expect((await status('a', 'application/json'))[0]).toBe(404);
    expect(await status('list', list)).toEqual([200, list]);
    expect(await status('list', 'application/json')).toEqual([
      200,
      'application/vnd.docker.distribution.manifest.v2+json',
    ]);
  });

  test('lists tags by pages', async () => {
    const headers = await bearer('o/public');
    const first = await get('/v2/o/public/tags/list?n=100', headers);
    expect(await first.json()).toEqual({ name: 'o/public', tags: ['a', 'b'] });
    const next = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await get(next, headers);
    expect([await second.json(), second.headers.get('link')]).toEqual([
      { name: 'o/public', tags: ['c', 'list'] },
      null,
    ]);
  });

  test('sends blobs to another host, which refuses a token', async () => {
    const headers = await bearer('o/public');
    const [child] = makeImage({ seed: 'a' }).manifests;
    const answer = await get(`/v2/o/public/blobs/${child?.blobs[0]?.digest}`, headers);
    expect(answer.status).toBe(307);
    const location = answer.headers.get('location') ?? '';
    expect(new URL(location).origin).not.toBe(registry.origin);
    expect((await fetch(location)).status).toBe(200);
    expect((await fetch(location, { headers })).status).toBe(400);
  });
});

test('a fault’s hook runs at the request that the fault is for, before its answer', async () => {
  let state = 'before';
  const server = await serve((_, response) => void response.end(state));
  try {
    const hook = () => {
      state = 'after';
    };
    server.fault({ method: 'GET', path: /\/tag$/, after: 1, times: 1, hook });
    const get = async (path: string) => (await fetch(`${server.origin}${path}`)).text();
    expect([await get('/other'), await get('/tag'), await get('/tag')]).toEqual([
      'before',
      'before',
      'after',
    ]);
  } finally {
    await server.close();
  }
});

describe('the Fly platform', () => {
  let fly: SandboxFly;
  beforeAll(async () => {
    fly = await startFly();
    await fly.createApp('app', [{ region: 'fra' }]);
  });
  afterAll(() => fly.close());

  test.each([
    ['no token', undefined, 401],
    ['another token', 'Bearer x', 401],
    ['its token', 'Bearer sandbox-deploy-token', 200],
    ['its token as a macaroon', 'FlyV1 sandbox-deploy-token', 200],
  ])('%s', async (_name, authorization, status) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    expect((await fetch(`${fly.origin}/v1/apps/app/machines`, { headers })).status).toBe(status);
  });

  test('a lease keeps others out', async () => {
    const [machine] = fly.machines('app');
    const url = `${fly.origin}/v1/apps/app/machines/${machine?.id}`;
    const headers = { authorization: `Bearer ${fly.token}` };
    const lease = await fetch(`${url}/lease?ttl=10`, { method: 'POST', headers });
    expect(lease.status).toBe(201);
    const body = JSON.stringify({ config: { image: 'x' } });
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(409);
    expect((await fetch(`${url}/lease?ttl=10`, { method: 'POST', headers })).status).toBe(409);
  });

  test('a cordon stays until it is taken back', async () => {
    const [machine] = fly.machines('app');
    const url = `${fly.origin}/v1/apps/app/machines/${machine?.id}`;
    const headers = { authorization: `Bearer ${fly.token}` };
    for (const [verb, cordoned] of [
      ['cordon', true],
      ['uncordon', false],
    ] as const) {
      await fetch(`${url}/${verb}`, { method: 'POST', headers });
      expect(await (await fetch(url, { headers })).json()).toMatchObject({ cordoned });
    }
  });

  test('an app has the name that a query gives it', async () => {
    const body = JSON.stringify({
      query: 'query ($appName: String!) { appcompact:app(name: $appName) { id name hostname } }',
      variables: { appName: 'app' },
    });
    const headers = { authorization: `Bearer ${fly.token}` };
    const answer = await fetch(`${fly.origin}/graphql`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ data: { appcompact: { name: 'app' } } });
  });
});

test('what comes after a deploy is counted by lists since it finished, and happens once', () => {
  const app = new AfterDeploy();
  const happened: string[] = [];
  app.deployStarted();
  app.add(0, () => happened.push('at once'));
  app.add(2, () => happened.push('second list'));
  app.listed();
  expect(happened).toEqual([]);
  app.deployFinished();
  expect(happened).toEqual(['at once']);
  app.listed();
  expect(happened).toEqual(['at once']);
  for (let n = 0; n < 3; n++) app.listed();
  expect(happened).toEqual(['at once', 'second list']);
  app.add(1, () => happened.push('of an earlier deploy'));
  app.deployStarted();
  app.deployFinished();
  app.listed();
  expect(happened).toHaveLength(2);
});

describe('the runner’s log', () => {
  const read = (...lines: string[]) => {
    const log = new RunnerLog();
    for (const line of lines) log.add(line);
    return log;
  };

  test.each([
    ['::error::a%0Ab', [{ level: 'error', message: 'a\nb', title: undefined }]],
    ['  ::warning title=x%2Cy::z', [{ level: 'warning', message: 'z', title: 'x,y' }]],
    ['text ##[error]found anywhere', [{ level: 'error', message: 'found anywhere', title: undefined }]],
    ['text ::error::not at the start', []],
    ['::unknown::x', []],
  ])('%s', (line, annotations) => expect(read(line).annotations).toEqual(annotations));

  test('masks what comes after', () => {
    expect(read('a secret', '::add-mask::secret', 'a secret').text).toBe('a secret\na ***');
  });

  test('stopped commands are text, until the token', () => {
    const log = read(
      '::stop-commands::token-1',
      '::error::no',
      '##[add-path]/x',
      '::token-1::',
      '::error::yes',
    );
    expect(log.annotations.map(({ message }) => message)).toEqual(['yes']);
    expect(log.commands.map(({ name }) => name)).toEqual(['stop-commands', 'error']);
  });
});

test('output files are read as the runner reads them', () => {
  expect(parseOutputFile('a=1\nb<<E\nx=y\n\nz\nE\nc=<<d\n')).toEqual([
    ['a', '1'],
    ['b', 'x=y\n\nz'],
    ['c', '<<d'],
  ]);
  expect(() => parseOutputFile('b<<E\nx')).toThrow('no line "E"');
  expect(() => parseOutputFile('nothing')).toThrow('invalid output line');
});

describe('a summary', () => {
  const summary = `## ✅ \`app\`: it runs

> [!CAUTION]
> **Failed.**
>
> - Mend \`it\`

<pre>a &#60;b&#62;</pre>

\`\`\`mermaid
flowchart LR
  c["commit<br/>abc"]:::plain
  m1["fra #10003;"]:::good
  m2["sin"]:::bad
  c -->|"runs on"| m1
  c --> m2
  c -.->|"should run on"| m2
  classDef plain fill:#fff
\`\`\`

| | Machine |
| --- | --- |
| ✓ | \`m1\` |

<details><summary>Took 1 s</summary>

[Commit](https://github.com/x)

</details>
`;

  test('in a terminal', () => {
    expect(renderMarkdown(summary, plain)).toBe(`✅ app: it runs

┃ Failed.
┃ 
┃   • Mend it

  a <b>

  commit abc
  ├─ runs on → fra ✓
  └─ → sin

   Machine
─  ───────
✓  m1

Took 1 s

Commit`);
  });

  test('on a page', () => {
    const html = summaryHtml(summary);
    expect(html).toContain('<pre class="mermaid">flowchart LR\n');
    expect(html).toMatch(
      /<div class="markdown-alert markdown-alert-caution"><p class="markdown-alert-title"><svg .*<\/svg>Caution<\/p><p><strong>Failed\.<\/strong><\/p>\s*<ul>[\s\S]*<\/ul>\s*<\/div>/,
    );
    expect(html).not.toContain('<blockquote>');
    const log = new RunnerLog();
    for (const line of ['::group::Deploy', '<b>x</b>', '::endgroup::', '::error::bad']) log.add(line);
    const page = runsPage('Runs & more', '1 < 2', [
      { title: 'One', story: 'a', ending: 'b', ok: false, log: log.lines, summary },
    ]);
    expect(page).toContain('<p>1 &#60; 2</p>');
    expect(page).toContain('<title>Runs &#38; more</title>');
    expect(page).toContain('<code class="text">&#60;b&#62;x&#60;/b&#62;</code>');
    expect(page).toContain('<b>Error:</b> bad');
    // Only the page's own scripts end where they end.
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });
});

test('a story of the demo that ends otherwise than told says so', async () => {
  const world = await startStories();
  try {
    expect((await world.run(stale)).unexpected).toEqual([]);
    const told = { ...stale, expected: { status: 0, flyctl: [0], outputs: { deployed: 'true' }, codes: [] } };
    expect((await world.run(told)).unexpected).toEqual([
      'exit status 1, not 0',
      'flyctl exited with []',
      'deployed is "false", not "true"',
      'the error code is "revision-mismatch"',
    ]);
  } finally {
    await world.close();
  }
});
