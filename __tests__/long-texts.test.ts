import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeImage } from '../sandbox/registry/images.ts';
import { builtCommit, workflowRun } from '../sandbox/runner/events.ts';
import { type FleetRuntime, main as fleet } from '../src/fleet/main.ts';
import { actionsLog } from '../src/github/log.ts';
import { appLine } from '../src/inputs/config-app.ts';
import { mostCharacters, readYaml, Yaml } from '../src/lib/yaml.ts';
import { main } from '../src/main.ts';
import { eventEnvironment, makeMachineJson, makeRuntime, stoppedClock } from './factories.ts';

// Runs the whole step in this process, with the real log. Each text from outside is a megabyte of what an expression could
// be slowest to match. The test measures processor time: a label must not keep a runner busy.

const size = 1024 * 1024;
// Collecting coverage is slow.
const most = process.env['NODE_V8_COVERAGE'] === undefined ? 2000 : 6000;
const pieces = ['/', '<', ' ', '\n', '.', ':', '${{ '];
const longOf = (piece: string, length = size): string =>
  `${piece.repeat(Math.floor(length / piece.length) - 1)}!`;

/** Milliseconds of processor time. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

const labels = {
  'org.opencontainers.image.revision': builtCommit,
  'org.opencontainers.image.source': 'https://github.com/owner/repo',
};
const runningCommit = '0ddba11f00d0ddba11f00d0ddba11f00d0ddba11';

interface World {
  readonly image?: Partial<Parameters<typeof makeImage>[0]>;
  /** Answers instead of the services; undefined leaves the answer to them. */
  readonly answer?: (path: string, url: URL) => Response | undefined;
  readonly payload?: Parameters<typeof workflowRun>[0];
  readonly files?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly flyctl?: { readonly status: number; readonly text: string };
  readonly machine?: object;
}

/** Runs the whole step. It must end; how it ends is not checked here. */
async function play({ image, answer, payload, files, inputs, flyctl, machine }: World): Promise<void> {
  let now = 1_000_000;
  const made = makeImage({ kind: 'manifest', labels, ...image });
  const event = workflowRun(payload);
  const given: Record<string, string> = {
    app: 'test-battle',
    'fly-api-token': 'FlyV1 fm2_the-first-macaroon,fm2_the-second-macaroon',
    'registry-password': 'the-registry-password',
    'github-token': 'ghs_the-jobs-token',
    'on-outdated': 'deploy',
    mirror: 'never',
    'wait-for-image': '0',
    'settle-time': '1s',
    ...inputs,
  };
  const commit = { sha: builtCommit, commit: { message: 'x', author: { name: 'x' } } };
  const log = actionsLog(() => {});
  const text = flyctl?.text ?? '';
  const outcome = await main(
    makeRuntime({
      env: {
        ...eventEnvironment(event),
        HOME: '/home/runner',
        GITHUB_JOB: 'deploy',
        GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/deploy.yml@refs/heads/main',
      },
      input: (name) => given[name] ?? '',
      readFile: (path) => (path === '/event.json' ? JSON.stringify(event.payload) : files?.[path]),
      listFolder: () => Object.keys(files ?? {}).map((path) => path.split('/').at(-1) ?? ''),
      fetch: async (address) => {
        const url = new URL(address);
        const { pathname } = url;
        const other = answer?.(pathname, url);
        if (other !== undefined) return other;
        if (pathname.includes('/tags/list')) return Response.json({ tags: ['main', 'main-abc1234'] });
        if (pathname.includes('/manifests/'))
          return new Response(Buffer.from(made.bytes), { headers: { 'content-type': made.mediaType } });
        if (pathname.includes('/blobs/')) return new Response(Buffer.from(made.blobs[0]?.bytes ?? ''));
        if (pathname.includes('/compare/'))
          return Response.json({
            status: 'ahead',
            ahead_by: 1,
            behind_by: 0,
            base_commit: commit,
            commits: [commit],
          });
        if (pathname === '/graphql') return Response.json({ data: { app: { hostname: 'a.fly.dev' } } });
        return Response.json([
          makeMachineJson('m1', made.digest, {
            image_ref: {
              digest: made.digest,
              labels: { 'org.opencontainers.image.revision': runningCommit },
            },
            ...machine,
          }),
        ]);
      },
      clock: {
        now: () => now,
        sleep: async (ms) => {
          now += ms;
        },
        every: () => () => {},
      },
      log,
      run: () =>
        log.fenced(async (write) => {
          write(Buffer.from(text));
          const { status = 0 } = flyctl ?? {};
          return {
            status,
            signal: undefined,
            stdout: text,
            errorTail: text,
            timedOut: false,
            stopped: false,
          };
        }),
      ask: async () => ({ status: 0, stdout: text }),
    }),
  );
  expect(outcome.kind).toMatch(/./);
}

/** A header has no line breaks, and only Latin-1 characters. */
const header = (text: string): string => text.replaceAll(/[\n\u202e]/g, '\t').trim();
const refused = (body: string, headers: Record<string, string> = {}, status = 403) =>
  new Response(body, { status, headers });
const registryOnly = (make: () => Response) => (path: string) => (path.includes('/v2/') ? make() : undefined);

const sources: [string, (long: string) => World][] = [
  [
    'labels of an image',
    (long) => ({
      image: {
        labels: {
          'org.opencontainers.image.revision': long,
          'org.opencontainers.image.source': `https://github.com/owner/repo${long}`,
          'org.opencontainers.image.version': long,
        },
      },
    }),
  ],
  [
    'annotations of an image',
    (long) => ({
      answer: (path) => {
        if (!path.includes('/manifests/')) return undefined;
        const made = makeImage({ kind: 'manifest', labels });
        const annotations = {
          'org.opencontainers.image.revision': long,
          'org.opencontainers.image.source': long,
          [long]: long,
        };
        return new Response(
          JSON.stringify({ ...JSON.parse(Buffer.from(made.bytes).toString('utf8')), annotations }),
          { headers: { 'content-type': made.mediaType } },
        );
      },
    }),
  ],
  [
    'tags',
    (long) => ({
      answer: (path) =>
        path.includes('/tags/list')
          ? Response.json({ tags: [long, 'main', `main-${long}`] })
          : path.includes('/manifests/')
            ? refused('', {}, 404)
            : undefined,
    }),
  ],
  ['a registry’s error page', (long) => ({ answer: registryOnly(() => refused(long)) })],
  [
    'a registry’s error',
    (long) => ({
      answer: registryOnly(() => refused(JSON.stringify({ errors: [{ code: long, message: long }] }))),
    }),
  ],
  ['a manifest', (long) => ({ answer: registryOnly(() => new Response(long)) })],
  [
    'a registry’s headers',
    (long) => ({
      answer: (path) => {
        if (!path.includes('/v2/')) return undefined;
        const text = header(long);
        const headers = {
          link: `<${text}>; rel="next", ${text}`,
          'retry-after': text,
          'docker-content-digest': text,
          'content-type': text,
          'www-authenticate': `Bearer realm="https://ghcr.io/token",service="${text}",${text}`,
        };
        return path.includes('/tags/')
          ? Response.json({ tags: ['main'] }, { headers })
          : refused('', headers, 401);
      },
    }),
  ],
  [
    'the payload of the event',
    (long) => ({
      payload: { head_branch: long, name: long, event: long, path: long, display_title: long },
    }),
  ],
  ['a branch of the event', (long) => ({ payload: { head_branch: long } })],
  ['flyctl’s output', (long) => ({ flyctl: { status: 1, text: `Error: ${long}` } })],
  ['flyctl’s output of a deploy', (long) => ({ flyctl: { status: 0, text: long } })],
  [
    'a machine, its events and checks',
    (long) => ({
      machine: {
        id: long,
        region: long,
        state: long,
        image_ref: { labels: { ...labels, 'org.opencontainers.image.revision': long }, tag: long },
        config: { image: long, metadata: { fly_platform_version: 'v2', fly_process_group: long } },
        events: [{ type: 'exit', status: long, source: 'flyd', timestamp: 0 }],
        checks: [{ name: 'x', status: 'critical', output: long }],
      },
    }),
  ],
  [
    'an error of Fly.io',
    (long) => ({ answer: (path) => (/machines|graphql/.test(path) ? refused(long, {}, 400) : undefined) }),
  ],
  [
    'the host name of an app',
    (long) => ({
      answer: (path) =>
        path === '/graphql'
          ? Response.json({ data: { app: { hostname: `a${long.slice(0, 65_000)}` } } })
          : undefined,
    }),
  ],
  [
    'commits of GitHub',
    (long) => ({
      answer: (path) =>
        path.includes('/compare/')
          ? Response.json({
              status: 'ahead',
              ahead_by: 2,
              behind_by: 0,
              base_commit: { sha: long },
              commits: [
                { sha: long, commit: { message: long, author: { name: long } }, author: { login: long } },
              ],
            })
          : undefined,
    }),
  ],
  [
    'an error of GitHub',
    (long) => ({ answer: (path) => (path.includes('/repos/') ? refused(long) : undefined) }),
  ],
  [
    'attestations of GitHub',
    (long) => ({
      inputs: { attestation: 'require' },
      answer: (path) =>
        path.includes('/attestations/')
          ? Response.json({
              attestations: [{ bundle: { mediaType: long, dsseEnvelope: { payload: long } } }],
            })
          : undefined,
    }),
  ],
  [
    'Docker’s config',
    (long) => ({
      inputs: { 'registry-password': '' },
      files: {
        '/home/runner/.docker/config.json': JSON.stringify({
          credsStore: long,
          auths: { [long]: { auth: long }, 'ghcr.io': { auth: long } },
        }),
      },
    }),
  ],
  ['a fly.toml', (long) => ({ inputs: { app: '' }, files: { 'fly.toml': long } })],
  ['a fly.yaml', (long) => ({ inputs: { app: '' }, files: { 'fly.yaml': long } })],
  [
    'a workflow with a wrong input',
    (long) => ({ inputs: { app: 'No App' }, files: { '.github/workflows/deploy.yml': long } }),
  ],
  [
    'inputs',
    (long) => {
      // Linux limits a variable to this length.
      const text = long.slice(-128 * 1024);
      return {
        inputs: { image: `a${text}`, 'sha-tag': text, flags: text, branch: text, config: text, app: text },
      };
    },
  ],
  [
    'a workflow that the doctor reads',
    (long) => {
      const text = long.slice(-100_000);
      const step = (uses: string, more: object) => ({ uses, with: { ...more, [text]: text } });
      const workflow = JSON.stringify({
        on: { workflow_run: { workflows: [text], branches: [text] } },
        jobs: {
          deploy: {
            if: text,
            'runs-on': text,
            concurrency: { group: text },
            steps: [
              step('docker/metadata-action@v6', { tags: `type=sha,prefix=${text}` }),
              step('docker/build-push-action@v7', { push: text, platforms: text }),
              step('x/deploy-fly-image@v1', { app: text }),
            ],
          },
        },
      });
      return {
        inputs: { mode: 'doctor' },
        files: { '.github/workflows/deploy.yml': workflow, '.github/workflows/build.yml': workflow },
      };
    },
  ],
];

beforeAll(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterAll(() => {
  jest.restoreAllMocks();
});

describe('a megabyte takes less than two seconds', () => {
  test.each(sources)(
    '%s',
    async (_name, worldOf) => {
      for (const piece of pieces) {
        const time = await timeOf(() => play(worldOf(longOf(piece))));
        expect([piece, time > most ? time : 0]).toEqual([piece, 0]);
      }
    },
    60_000,
  );

  test('results of the apps of a fleet', async () => {
    for (const piece of pieces) {
      const long = longOf(piece);
      const outputs = {
        digest: long,
        url: `https://${long}`,
        'release-version': long,
        skipped: long,
        machines: long,
        image: long,
      };
      const result = { app: 'a', attempt: '1', outcome: 'success', outputs };
      const report = { version: 1, app: 'a', trigger: { 'run-attempt': '1' }, image: { digest: long } };
      let written = '';
      const inputs: Record<string, string> = {
        ...{ step: 'report', apps: '["a","b"]', results: 'x', image: long },
        ...{ attempt: '1', ready: 'true', given: long, 'rest-result': 'success' },
      };
      const rt: FleetRuntime = {
        ...{ env: {}, readFile: () => undefined, random: () => 0, clock: stoppedClock() },
        fetch: () => Promise.reject(new Error('this step sends no request')),
        cancelled: new AbortController().signal,
        input: (name) => inputs[name] ?? '',
        log: actionsLog(() => {}),
        jsonFiles: () =>
          [
            ['deploy-image-1-a-none.json', JSON.stringify(result)],
            ['deploy-image-1-a-none.report.json', JSON.stringify({ ...report, headline: long })],
            ['deploy-image-1-b-none.json', long],
            ['deploy-image-1-b-none.report.json', long],
            [`${long}.json`, JSON.stringify({ ...result, app: long })],
          ].map(([path = '', text = '']) => ({ path, read: () => text })),
        reports: { write: (name) => name, remove: () => {} },
        writeOutputs: () => {},
        writeSummary: async (markdown) => {
          written = markdown;
        },
      };
      const time = await timeOf(() => fleet(rt));
      expect(written).toContain('| App |');
      expect(written.length).toBeLessThan(100_000);
      expect([piece, time > most ? time : 0]).toEqual([piece, 0]);
    }
  }, 60_000);
});

describe('the longest file that is read takes less than two seconds', () => {
  const lines = (line: (n: number) => string): string => {
    const parts: string[] = [];
    for (let [n, length] = [0, 0]; length < mostCharacters - 64; n++) {
      const next = line(n);
      parts.push(next);
      length += next.length;
    }
    return parts.join('');
  };
  const aliases = `a: &a [${'x,'.repeat(125_000)}x]\nsteps:\n${'  - *a\n'.repeat(90)}`;

  test.each<[string, string]>([
    ['different keys', lines((n) => `k${n}: 1\n`)],
    ['one key', lines(() => 'k: 1\n')],
    ['a map of one line', `{${lines((n) => `k${n}: 1,`)}}`],
    ['brackets', '['.repeat(mostCharacters)],
    ['aliases', lines(() => '- &a a\n- *a\n')],
    ['aliases of aliases', lines((n) => `a${n}: &a${n} [*a${n - 1}, *a${n - 1}]\n`)],
    ['aliases of a long list', aliases],
    ['aliases of nothing', lines(() => '- *a\n')],
    ['anchors', lines((n) => `- &a${n} a\n`)],
  ])('YAML of %s', async (_name, text) => {
    const time = await timeOf(async () => {
      const root = await readYaml(text);
      if (root instanceof Yaml) for (const each of root.get('steps').items()) each.items();
    });
    expect(time).toBeLessThan(most);
  });

  test.each<[string, string]>([
    ['lines that look like an app’s name', `x = """\n${'app = "a"\n'.repeat(50_000)}"""\n`],
    ['lists', `x = [\n${'"]", # [\n'.repeat(50_000)}]\napp = "a"\n`],
    ['keys', `${lines((n) => `k${n} = 1\n`)}app = "a"\n`],
    ['texts', `${lines((n) => `k${n} = """a\n\\""""\n`)}`],
    ['spaces', `${' '.repeat(mostCharacters)}app = "a"`],
    ['breaks', `${'\n'.repeat(mostCharacters)}app = "a"`],
  ])('TOML of %s', async (_name, text) => {
    expect(await timeOf(async () => appLine(text))).toBeLessThan(most);
    expect(
      await timeOf(() => play({ inputs: { app: '' }, files: { 'fly.toml': text.slice(0, mostCharacters) } })),
    ).toBeLessThan(most);
  });
});
