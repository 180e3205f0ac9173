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

/** The sources, so that a test sees an edit at once; `ACTION_UNDER_TEST=dist` runs the same tests over the bundles. */
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

/** A registry and a Fly.io of one test's own, with an app of two machines on an older image. */
export interface TestWorld {
  readonly registry: SandboxRegistry;
  readonly fly: SandboxFly;
  /** The second host of the registry, where blobs come from. */
  readonly cdn: LoopbackServer;
  /** Fly.io's own registry. */
  readonly mirror: SandboxRegistry;
  readonly github: SandboxGitHub;
  /** `HOST/owner/repo` at the registry. */
  readonly image: string;
  /** What Fly.io reports of the image that runs before a deploy: its linux/amd64 digest. */
  readonly oldDigest: string;
  /** Pushes an image that says it was built from a commit; gives its digests and its layer’s. */
  push(tag: string, options?: ImageOptions): { digest: string; platformDigest: string; layer: string };
  /** The same in another repository, whose images are public. */
  pushTo(repository: string, tag: string, options?: ImageOptions): { digest: string };
  /** Runs the action; settle time and waiting are 0 unless the inputs say otherwise. */
  deploy(
    event: SandboxEvent | RunOptions['event'],
    inputs?: Record<string, string>,
    options?: DeployOptions,
  ): Promise<ActionRun>;
  /** What the registry was asked for since the deploy began, e.g. `GET /v2/owner/repo/manifests/main`, Fly.io's questions left out. */
  asked(): string[];
}

/** Makes a world, plays in it, and takes it down, come what may. */
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
  // What runs is older than what is built, and the default branch's head is newer.
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

/** The one error of a failed run. */
export function errorOf(run: ActionRun): string {
  const errors = run.log.annotations.filter(({ level }) => level === 'error');
  if (run.status !== 1 || errors.length !== 1) {
    throw new Error(
      `expected exit status 1 and one error, got ${run.status} and ${errors.length}:\n${run.stdout}${run.stderr}`,
    );
  }
  return errors[0]?.message ?? '';
}

/** The codes of a run's error, as the debug log has them; none of a run that succeeded. */
export function codesOf(run: ActionRun): string[] {
  const [, codes] = /^::debug::Error code: (.*)$/m.exec(run.stdout) ?? [];
  return codes === undefined ? [] : codes.split(', ');
}

/** The findings of the doctor by mark and code, in the order of the list, as the debug log has them. */
export const findingsOf = (run: ActionRun): { readonly mark: string; readonly code: string }[] =>
  [...run.stdout.matchAll(/^::debug::Finding: (\S+) (\S+)$/gm)].map(([, mark = '', code = '']) => ({
    mark,
    code,
  }));

/** Why a failed deploy was not rolled back, by its code; undefined where it was, or was not to be. */
export const noRollbackOf = (run: ActionRun): string | undefined =>
  /^::debug::Not rolled back: (.*)$/m.exec(run.stdout)?.[1];

/** What a flyctl that failed left behind: `unchanged`, `updated`, `changed` or `unknown`. */
export const productionOf = (run: ActionRun): string | undefined =>
  /^::debug::Production: (.*)$/m.exec(run.stdout)?.[1];
