import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { makeImage } from '../sandbox/registry/images.ts';
import {
  builtCommit,
  pullRequest,
  push,
  release,
  repositoryDispatch,
  type SandboxEvent,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../sandbox/runner/events.ts';
import { RunnerLog } from '../sandbox/runner/log.ts';
import { parseOutputFile } from '../sandbox/runner/output-file.ts';
import { actionsLog } from '../src/github/log.ts';
import { main } from '../src/main.ts';
import { exitCodeOf, type Outcome } from '../src/report/outcome.ts';
import type { Runtime } from '../src/runtime.ts';
import { eventEnvironment, makeMachineJson, makeRuntime } from './factories.ts';

// Replaces every string that comes from outside by hostile text, and runs the whole step in this process with the real
// log. A model of the runner's own rules then reads what the step wrote.

const secrets = {
  fly: 'fo1_the-deploy-token',
  github: 'ghs_the-jobs-token',
  registry: 'the-registry-password',
};
const image = makeImage({ kind: 'manifest', revision: builtCommit, source: 'https://github.com/owner/repo' });
const [config] = image.blobs;
const runningCommit = '0ddba11f00d0ddba11f00d0ddba11f00d0ddba11';

const payloads = [
  // Workflow commands, in both forms and every disguise.
  '::error::forged',
  '\n::error::forged\n',
  '\r\n::add-path::/evil',
  'x\u2028::set-env name=A::b',
  '  ::set-output name=image::forged',
  '##[error]forged',
  'x##[add-path]/evil',
  '##[set-env name=NODE_OPTIONS;]--require /evil.js',
  '%0A::error::forged',
  '::stop-commands::main',
  '::add-mask::a',
  '::save-state name=a::b',
  // The runner's files.
  'a\nimage=forged',
  'a<<EOF\nforged\nEOF',
  'ghadelimiter_x\nimage<<y',
  // Shell and argv.
  '$(touch /tmp/pwned)',
  '`touch /tmp/pwned`',
  '; touch /tmp/pwned #',
  '--access-token=x',
  '-a',
  '--',
  '"; exit 0; "',
  '${{ secrets.FLY_API_TOKEN }}',
  // Markdown, HTML, Mermaid.
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</pre></details><h1>forged</h1>',
  '](javascript:alert(1))',
  '![x](https://evil.example/pixel.png)',
  '| a | b |\n| --- | --- |',
  '```\n```mermaid\nflowchart LR',
  '"]:::good\n  click m1 href "https://evil.example"',
  '%%{init: {"securityLevel": "loose"}}%%',
  '@everyone',
  // Unicode.
  '\u202e\u2066evil\u2069',
  '\u0000\u0007\u001b[2J\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  'e\u0301\u200b\ufeff\u{1f4a9}',
  'a\u200eb\u200fc\u061cd\u200be\u200df\u2060g\u00adh\u{e0041}\u{e007f}i\u{e0100}',
  'a\u0085b\u2028c\u2029d\u000be\u000cf\u009b31mg',
  '\ud800',
  // Paths and prototypes.
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  '',
  ' ',
  'A'.repeat(300),
];

const events: [string, () => SandboxEvent][] = [
  ['workflow_run', () => workflowRun()],
  ['push', () => push()],
  ['push of a tag', () => push({}, 'refs/tags/v1')],
  ['release', () => release()],
  ['workflow_dispatch', () => workflowDispatch()],
  ['schedule', () => schedule()],
  ['repository_dispatch', () => repositoryDispatch({ sha: builtCommit })],
  ['pull_request', () => pullRequest()],
];

/** Paths of every string in a value. */
function stringsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => stringsOf(each, [...path, key]));
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: string): unknown {
  if (key === undefined) return by;
  const source = value as Record<string, unknown>;
  return { ...source, [key]: replaced(source[key], rest, by) };
}

/** Texts that do not come from the event. */
interface Outside {
  readonly event: SandboxEvent;
  readonly label?: string;
  readonly machine?: string;
  readonly registry?: string;
  readonly fly?: string;
  readonly github?: string;
  readonly flyctl?: string;
  readonly status?: number;
  /** Checks the setup instead of deploying, with this text all over the workflows. */
  readonly doctor?: string;
}

const ours = new Set([
  'add-mask',
  'stop-commands',
  'group',
  'endgroup',
  'error',
  'warning',
  'notice',
  'debug',
]);

/** A workflow that deploys or builds, with this text wherever a text can be. */
function workflowOf(deploys: boolean, text: string): string {
  const step = (uses: string, more: object) => ({ uses, with: { ...more, [text]: text } });
  const steps = deploys
    ? [
        step(`${text}@main`, {}),
        step('actions/checkout@v7', { ref: text }),
        step('x/deploy-fly-image@v1', { 'fly-api-token': text }),
      ]
    : [
        step('docker/metadata-action@v6', { tags: `type=sha,prefix=${text}` }),
        step('docker/build-push-action@v7', { push: text, platforms: text }),
      ];
  const on = { workflow_run: { workflows: [text], types: [text], branches: [text] }, [text]: text };
  const job = { if: text, 'runs-on': text, steps, concurrency: { group: text, 'cancel-in-progress': true } };
  return JSON.stringify({
    name: text,
    on: deploys ? on : 'push',
    permissions: { [text]: text },
    jobs: { deploy: job, [text]: job },
  });
}

/** Runs the step, and checks that its output contains nothing that outside text must never cause. */
async function play({
  event,
  label,
  machine,
  registry,
  fly,
  github,
  flyctl = '',
  status = 0,
  doctor,
}: Outside) {
  let now = 1_000_000;
  const made =
    label === undefined
      ? image
      : makeImage({
          kind: 'manifest',
          labels: { 'org.opencontainers.image.revision': label, [label]: label },
        });
  const blob = label === undefined ? config : made.blobs[0];
  const argvs: (readonly string[])[] = [];
  let written = '';
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  let outputs: Readonly<Record<string, string>> = {};
  let summary = '';
  let outcome: Outcome | undefined;
  try {
    const log = actionsLog((chunk) => {
      written += chunk.toString();
    });
    const given: Record<string, string> = {
      app: 'test-battle',
      'fly-api-token': secrets.fly,
      'registry-password': secrets.registry,
      'github-token': secrets.github,
      'on-outdated': 'deploy',
      mirror: 'never',
      'wait-for-image': '0',
      'settle-time': '1s',
      'allow-events': 'push pull_request',
    };
    const fetch: Runtime['fetch'] = async (address) => {
      const { pathname } = new URL(address);
      if (pathname.includes('/tags/list')) return Response.json({ tags: [registry ?? 'main', 'main'] });
      if (registry !== undefined && pathname.includes('/v2/'))
        return Response.json({ errors: [{ code: registry, message: registry }] }, { status: 403 });
      if (pathname.includes('/manifests/'))
        return new Response(Buffer.from(made.bytes), { headers: { 'content-type': made.mediaType } });
      if (pathname.includes('/blobs/')) return new Response(Buffer.from(blob?.bytes ?? ''));
      if (pathname.includes('/compare/')) {
        const commit = { sha: builtCommit, commit: { message: github, author: { name: github } } };
        const author = github === undefined ? null : { login: github };
        const base_commit = { sha: github ?? runningCommit };
        const commits = [
          { ...commit, author },
          { ...commit, author: null },
          { ...commit, sha: github },
        ];
        // The branch has the commit.
        const status = pathname.includes('refs%2Fheads%2F') ? 'behind' : 'ahead';
        return Response.json({ status, ahead_by: 30, behind_by: 0, base_commit, commits });
      }
      if (pathname === '/graphql') return Response.json({ data: { app: { hostname: machine ?? 'm1' } } });
      if (fly !== undefined) return new Response(fly, { status: 400 });
      // A machine that never settles is listed until the time is over, so only tests of a machine's texts use one.
      const labels = { 'org.opencontainers.image.revision': runningCommit };
      // flyctl gives it another version.
      const instance_id = `v${argvs.length}`;
      if (machine === undefined)
        return Response.json([
          makeMachineJson('m1', made.digest, { instance_id, image_ref: { labels, digest: made.digest } }),
        ]);
      return Response.json([
        makeMachineJson(machine, made.digest, {
          instance_id,
          region: machine,
          state: machine,
          host_status: machine,
          image_ref: {
            labels,
            registry: machine,
            repository: machine,
            tag: machine,
            digest: made.digest,
          },
          config: { image: machine, metadata: { fly_platform_version: 'v2', fly_process_group: machine } },
          events: [{ type: 'revert', status: machine, source: machine, timestamp: 0 }],
          checks: [{ name: machine, status: machine, output: machine }],
        }),
      ]);
    };
    outcome = await main(
      makeRuntime({
        env: {
          ...eventEnvironment(event),
          GITHUB_JOB: 'deploy',
          GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/deploy.yml@refs/heads/main',
        },
        input: (name) => given[name] ?? (doctor !== undefined && name === 'mode' ? 'doctor' : ''),
        readFile: (path) =>
          path === '/event.json'
            ? JSON.stringify(event.payload)
            : doctor === undefined || !path.startsWith('.github/')
              ? undefined
              : workflowOf(path.endsWith('/deploy.yml'), doctor),
        listFolder: () => ['deploy.yml', 'build.yml', `${doctor?.replaceAll('/', '_')}.yml`],
        fetch,
        clock: {
          now: () => now,
          sleep: async (ms) => {
            now += ms;
          },
          every: () => () => {},
        },
        log,
        run: (_file, argv) =>
          log.fenced(async (write) => {
            argvs.push(argv);
            write(Buffer.from(flyctl));
            return {
              status,
              signal: undefined,
              stdout: flyctl,
              errorTail: flyctl,
              timedOut: false,
              stopped: false,
            };
          }),
        ask: async () => ({ status: 0, stdout: flyctl }),
        writeOutputs: (all) => {
          outputs = all;
        },
        writeSummary: async (markdown) => {
          summary = markdown;
        },
      }),
    );
  } finally {
    stdout.mockRestore();
  }
  const failed = outcome === undefined || exitCodeOf(outcome) === 1;

  const runner = new RunnerLog();
  for (const line of written.split('\n')) runner.add(line);
  // A list instead of an `expect` for each: there are thousands of runs, and each `expect` takes a stack trace.
  const faults: string[] = [];
  const fault = (is: boolean, text: string) => void (is && faults.push(text));
  const counted = (list: readonly unknown[], size: number, what: string) =>
    fault(list.length !== size, `${list.length} instead of ${size} ${what}`);
  for (const { name } of runner.commands) fault(!ours.has(name), `the command ${name}`);
  counted(
    runner.commands.filter(({ name }) => name === 'stop-commands'),
    argvs.length,
    'stop-commands: one for each flyctl',
  );
  const errors = runner.annotations.filter(({ level }) => level === 'error');
  counted(errors, failed ? 1 : 0, 'errors');
  for (const { message } of runner.annotations) fault(message.startsWith('forged'), message);
  fault(doctor !== undefined && runner.text.includes('Unexpected error'), runner.text);
  const places = [runner.text, summary, ...Object.values(outputs), ...argvs.flat()];
  for (const secret of Object.values(secrets)) {
    for (const text of places) fault(text.includes(secret), `${secret} in ${text}`);
  }
  for (const argv of argvs) {
    // The third and fifth arguments are the app and the image.
    const [command, flag, app = '', , image = ''] = argv;
    fault(command !== 'deploy' || flag !== '--app', `the arguments ${argv.join(' ')}`);
    for (const value of [app, image]) fault(!/^[a-z0-9][\x21-\x7e]*$/.test(value), `the argument ${value}`);
  }
  // Writes them to the file as @actions/core does, and reads them as the runner does.
  const file = Object.entries(outputs).map(
    ([name, value]) => `${name}<<ghadelimiter_1\n${value}\nghadelimiter_1\n`,
  );
  const read = parseOutputFile(file.join(''));
  counted([...read], Object.keys(outputs).length, 'outputs');
  for (const [name, value] of Object.entries(outputs)) {
    fault(new Map(read).get(name) !== value, `the output ${name} is read as another`);
    fault(name !== 'machines' && /[\r\n]/.test(value), `a line break in ${name}`);
  }
  // The action uses these characters to prevent commands and links. flyctl's lines are passed on unchanged.
  for (const shown of [
    ...runner.annotations.map(({ message }) => message),
    ...(flyctl === '' ? [runner.text] : []),
    ...Object.values(outputs),
    summary,
  ])
    fault(
      /[\p{DI}\u2028\u2029\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/u.test(
        shown.replaceAll(/\u200b|\u2060|\ufe0f/g, ''),
      ),
      `a character that does not show in ${JSON.stringify(shown)}`,
    );
  const html = marked.parse(summary) as string;
  const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase()));
  for (const foreign of ['script', 'img', 'h1', 'iframe'])
    fault(tags.has(foreign), `<${foreign}> in ${html}`);
  fault((html.match(/<code class="language-mermaid"/g)?.length ?? 0) > 1, `two charts in ${html}`);
  fault(
    /href="(?!https:\/\/(?:github\.com|fly\.io)\/)(?!https:\/\/[\w.-]+")/.test(html),
    `a link in ${html}`,
  );
  fault(Buffer.byteLength(summary) >= 1024 * 1024, 'a summary of a mebibyte');
  expect(faults).toEqual([]);
  return { failed, outputs, summary };
}

test.each(events)(
  'every string of a %s',
  async (_name, make) => {
    const event = make();
    for (const path of stringsOf(event.payload)) {
      for (const payload of payloads) {
        await play({
          event: { ...event, payload: replaced(event.payload, path, payload) as SandboxEvent['payload'] },
        });
      }
    }
  },
  120_000,
);

test.each(payloads.map((payload) => [payload]))(
  'in labels, machines, registry, Fly.io and flyctl: %j',
  async (payload) => {
    const event = workflowRun();
    await play({ event, label: payload });
    await play({ event, machine: payload === '' ? 'm' : payload });
    await play({ event, registry: payload });
    await play({ event, fly: payload });
    await play({ event, github: payload });
    await play({ event, flyctl: payload });
    await play({ event, flyctl: `${payload}\n${secrets.fly}\n`, status: 1 });
  },
);

test.each(payloads.map((payload) => [payload]))('in a setup that the doctor checks: %j', async (payload) => {
  const event = workflowRun();
  await play({ event, doctor: payload });
  await play({ event, doctor: 'Build', label: payload });
  await play({ event, doctor: 'Build', machine: payload === '' ? 'm' : payload });
  await play({ event, doctor: 'Build', registry: payload });
  await play({ event, doctor: 'Build', fly: payload });
  await play({ event: workflowRun({ head_branch: payload, name: payload }), doctor: payload });
});

test('shows the title of a harmless commit', async () => {
  const { summary } = await play({ event: workflowRun(), github: 'Say hello' });
  expect(summary).toContain('| Say hello | Say hello |');
});

test('in random combinations', async () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...payloads), fc.string({ unit: 'binary', maxLength: 8 })), {
      maxLength: 6,
    })
    .map((parts) => parts.join(''));
  const from = fc.constantFrom(...events.map(([, make]) => make));
  await fc.assert(
    fc.asyncProperty(from, fc.nat(), text, text, async (make, nth, inEvent, outside) => {
      const event = make();
      const paths = stringsOf(event.payload);
      const payload = replaced(
        event.payload,
        paths[nth % paths.length] ?? [],
        inEvent,
      ) as SandboxEvent['payload'];
      const { failed, outputs } = await play({
        event: { ...event, payload },
        machine: outside || 'm',
        flyctl: outside,
      });
      expect(outputs['verified']).toBe(String(!failed && outputs['skipped'] === ''));
    }),
    { numRuns: 500 },
  );
}, 60_000);

test('texts of a mebibyte do not stop a run or fill a page', async () => {
  const long = '::error::x\n<b>'.repeat(80_000);
  const event = workflowRun({ name: long, head_branch: long });
  await play({ event });
  await play({ event: workflowRun(), machine: long, flyctl: long });
  await play({ event: workflowRun(), registry: long });
}, 60_000);

test('no file was written outside', () => {
  expect(readdirSync(tmpdir()).filter((name) => name.includes('pwned'))).toEqual([]);
});
