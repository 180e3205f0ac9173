import { type NewMachine, type SandboxFly, startFly } from '../../sandbox/fly/fly.ts';
import { type SandboxGitHub, startGitHub } from '../../sandbox/github/github.ts';
import type { LoopbackServer } from '../../sandbox/lib/http.ts';
import { type ImageOptions, makeImage } from '../../sandbox/registry/images.ts';
import {
  type RegistryOptions,
  type SandboxRegistry,
  startRegistry,
} from '../../sandbox/registry/registry.ts';
import { builtCommit, defaultHead, type SandboxEvent } from '../../sandbox/runner/events.ts';
import { type ActionRun, type RunOptions, runAction as start } from '../../sandbox/runner/runner.ts';
import { recordRun } from '../recorder.ts';

export const app = 'test-battle';
export const tag = 'main-abc1234';
/** What runs before a deploy. */
export const oldCommit = '0'.repeat(40);
const source = 'https://github.com/owner/repo';

/** The sources, so that a test uses the latest edit. `ACTION_UNDER_TEST=dist` runs the same tests with the bundles. */
const code = codeUnderTest(process.env['ACTION_UNDER_TEST'] ?? 'src');

function codeUnderTest(code: string): 'src' | 'dist' {
  if (code === 'src' || code === 'dist') return code;
  throw new Error(`ACTION_UNDER_TEST is "${code}", not src or dist`);
}

/** Runs the action from the code under test, as it is. */
export const runUnchanged = (options: RunOptions): Promise<ActionRun> => start({ code, ...options });

/** Runs the action from the code under test. Its annotations are without the app's name. */
export async function runAction(options: RunOptions): Promise<ActionRun> {
  const run = await runUnchanged(options);
  recordRun(run, options);
  return withoutNames(run);
}

/** The run with annotations that do not begin with the app's name: annotations.test.ts checks that each does. */
function withoutNames(run: ActionRun): ActionRun {
  const { annotations } = run.log;
  const bare = annotations.map((each) => ({ ...each, message: each.message.replace(`${app}: `, '') }));
  annotations.splice(0, annotations.length, ...bare);
  return run;
}

type DeployOptions = Omit<RunOptions, 'event'>;

/** A separate registry and Fly.io for one test, with an app of two machines on an older image. */
export interface TestWorld {
  readonly registry: SandboxRegistry;
  readonly fly: SandboxFly;
  /** The second host of the registry, which serves blobs. */
  readonly cdn: LoopbackServer;
  /** Fly.io's own registry. */
  readonly mirror: SandboxRegistry;
  readonly github: SandboxGitHub;
  /** `HOST/owner/repo` in the registry. */
  readonly image: string;
  /** The digest that Fly.io reports for the image before a deploy, that of its linux/amd64 manifest. */
  readonly oldDigest: string;
  /** Pushes an image whose label names a commit. Returns its digests and its layer’s. */
  push(tag: string, options?: ImageOptions): { digest: string; platformDigest: string; layer: string };
  /** The same in another repository, whose images are public. */
  pushTo(repository: string, tag: string, options?: ImageOptions): { digest: string };
  /** Runs the action. The settle time and the wait for the image are 0 unless the inputs set them. */
  deploy(
    event: SandboxEvent | RunOptions['event'],
    inputs?: Record<string, string>,
    options?: DeployOptions,
  ): Promise<ActionRun>;
  /** The requests to the registry since the deploy began, e.g. `GET /v2/owner/repo/manifests/main`, without Fly.io's. */
  asked(): string[];
}

/** Creates a world, runs a test in it, and closes it in any case. */
export async function inWorld(
  play: (world: TestWorld) => Promise<void>,
  {
    registryOptions = {},
    flyOptions = {},
    machines,
  }: {
    registryOptions?: RegistryOptions;
    flyOptions?: Parameters<typeof startFly>[0];
    machines?: NewMachine[];
  } = {},
): Promise<void> {
  const registry = await startRegistry(registryOptions);
  const fly = await startFly(flyOptions);
  // The running commit is older than the built one, and the default branch's head is newer.
  const github = await startGitHub([oldCommit, builtCommit, defaultHead]);
  try {
    const image = `${registry.host}/owner/repo`;
    const old = makeImage({ revision: oldCommit, source, created: '2026-11-20T00:00:00Z' });
    registry.push('owner/repo', 'main-0000000', old);
    await fly.createApp(
      app,
      machines ?? [
        { region: 'fra', image: `${image}:main-0000000` },
        { region: 'sin', image: `${image}:main-0000000` },
      ],
    );
    let from = 0;
    await play({
      registry,
      fly,
      cdn: registry.cdn,
      mirror: fly.registry,
      github,
      image,
      oldDigest: old.platformDigest ?? '',
      push: (name, options = {}) => {
        const made = makeImage({ revision: builtCommit, source, ...options });
        registry.push('owner/repo', name, made);
        const [platform = made] = made.manifests;
        const layer = platform.blobs[1]?.digest ?? '';
        return { digest: made.digest, platformDigest: made.platformDigest ?? '', layer };
      },
      pushTo: (repository, name, options = {}) => {
        registry.addRepository(repository, 'public');
        const made = makeImage({ revision: builtCommit, ...options });
        registry.push(repository, name, made);
        return { digest: made.digest };
      },
      deploy: (event, inputs = {}, options = {}) => {
        from = registry.requests.length;
        return runAction({
          ...options,
          event,
          inputs: {
            app,
            'fly-api-token': fly.token,
            image,
            'settle-time': '0',
            'wait-for-image': '0',
            ...inputs,
          },
          env: {
            ...fly.env,
            GITHUB_API_URL: github.origin,
            SANDBOX_GITHUB_REGISTRY: registry.host,
            ...options.env,
          },
        });
      },
      asked: () =>
        registry.requests
          .slice(from)
          .filter(({ headers }) => headers['user-agent'] === 'deploy-fly-image')
          .map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`),
    });
  } finally {
    await Promise.all([registry.close(), fly.close(), github.close()]);
  }
}

/** The single error of a failed run. */
export function errorOf(run: ActionRun): string {
  const errors = run.log.annotations.filter(({ level }) => level === 'error');
  if (run.status !== 1 || errors.length !== 1) {
    throw new Error(
      `expected exit status 1 and one error, got ${run.status} and ${errors.length}:\n${run.stdout}${run.stderr}`,
    );
  }
  return errors[0]?.message ?? '';
}

/** The codes of a run's error, from the debug log; empty for a run that succeeded. */
export function codesOf(run: ActionRun): string[] {
  const [, codes] = /^::debug::Error code: (.*)$/m.exec(run.stdout) ?? [];
  return codes === undefined ? [] : codes.split(', ');
}

/** The doctor's findings by mark and code, in the order of the list, from the debug log. */
export const findingsOf = (run: ActionRun): { readonly mark: string; readonly code: string }[] =>
  [...run.stdout.matchAll(/^::debug::Finding: (\S+) (\S+)$/gm)].map(([, mark = '', code = '']) => ({
    mark,
    code,
  }));

/** The code of why a failed deploy was not rolled back; undefined if it was, or if no rollback was requested. */
export const noRollbackOf = (run: ActionRun): string | undefined =>
  /^::debug::Not rolled back: (.*)$/m.exec(run.stdout)?.[1];

/** The codes of why deployment records were not written. */
export const noRecordOf = (run: ActionRun): string[] =>
  [...run.stdout.matchAll(/^::debug::Not recorded: (.*)$/gm)].map(([, code = '']) => code);

/** The state of production after flyctl failed: `unchanged`, `updated`, `changed` or `unknown`. */
export const productionOf = (run: ActionRun): string | undefined =>
  /^::debug::Production: (.*)$/m.exec(run.stdout)?.[1];

/** The requests that change something on Fly.io. A query to GraphQL only reads. */
export const changesOf = (fly: SandboxFly) =>
  fly.requests.filter(({ method, body }) => method !== 'GET' && !body.startsWith('{"query":"query '));
