import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { inFolder } from '../lib/folder.ts';
import type { SandboxEvent } from '../runner/events.ts';
import { type FlyctlCall, readCalls } from '../runner/flyctl-calls.ts';
import { startEngine } from './docker/engine.ts';
import { readForge, writeForge } from './forge.ts';
import { ActLog, type ActStep, type JobResult } from './log.ts';
import { copyAction, type Repository } from './repository.ts';

const standIns = join(import.meta.dirname, 'actions');
const standInPrograms = join(import.meta.dirname, 'bin');
const standInFlyctl = join(import.meta.dirname, '..', 'flyctl', 'bin', 'flyctl');

export interface WorkflowOptions {
  /** Path of the program. */
  readonly act: string;
  readonly repository: Repository;
  /** Text of the workflow file to run. It is written to the repository's folder without being committed. */
  readonly workflow: string;
  /** Files of `.github/workflows` that it calls, by their name. */
  readonly called?: Readonly<Record<string, string>>;
  /** If a step checks out the commits in its payload, they must be the repository's. */
  readonly event: SandboxEvent;
  /** GITHUB_TOKEN is the job's token. Defaults to one that the sandbox's GitHub accepts. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Changes the text of each workflow before it runs, e.g. the host of the registry. */
  readonly rewrite?: (text: string) => string;
  /** Variables of every step, e.g. those that name the sandbox's hosts. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of a flyctl. Defaults to the stand-in. */
  readonly flyctl?: string;
  /** Whether flyctl is on PATH from the start (default), or a step must set it up. */
  readonly flyctlOnPath?: boolean;
  /** Whether the runner has Docker. Defaults to false. */
  readonly docker?: boolean;
  /** Called with each line of the steps' output, and with functions that cancel the run. */
  readonly onLine?: (line: string, cancel: Cancel) => void;
}

interface Cancel {
  /** Sends SIGINT to act, which runs the steps whose `if` is still true and kills the others (its pkg/runner/step.go). */
  job(): void;
  /** Sends SIGINT to the process of the action's step, like GitHub's runner. */
  step(): void;
}

export interface WorkflowRun {
  /** Exit status of act: 0 when every job succeeded. */
  readonly status: number | null;
  /** The output of act and all steps, with secrets hidden by act. */
  readonly log: string;
  /**
   * Results by the job's ID: `deploy`, in a matrix `deploy (app=one)`, in a called workflow `call/deploy`. If the
   * calling job has a name, act uses that: `Deploy one/deploy`, or in a matrix of several `Deploy one-1/deploy`.
   * Skipped jobs are missing.
   */
  readonly jobs: Readonly<Record<string, JobResult>>;
  /** Steps that ran, in order. */
  readonly steps: readonly ActStep[];
  /** Finds a step by its ID, and if several jobs have one, by the name of its job or a pattern. */
  step(id: string, job?: string | RegExp): ActStep;
  readonly flyctl: readonly FlyctlCall[];
}

/**
 * Runs a workflow with act. Each job runs on this machine without Docker (`-self-hosted`), in separate folders that are removed
 * afterwards. Nothing is downloaded: this action is the one in this repository, and the others are stand-ins in
 * `sandbox/act/actions`.
 *
 * Differences of act 0.2.89 from GitHub:
 * - It ignores `concurrency`, `environment`, and `permissions` (pkg/model/workflow.go has no such fields), and the filters
 *   of `on:` for branches and `types` (pkg/model/planner.go, PlanEvent).
 * - It refuses the key `deployment` of an environment and the permission `artifact-metadata` (pkg/schema/workflow_schema.json),
 *   which are removed.
 * - It kills a canceled step instead of interrupting it (pkg/container/host_environment.go, exec).
 * - The outputs of a matrix job are those of its first run (pkg/runner/run_context.go, interpolateOutputs).
 * - A called workflow that fails ends the run, including the jobs that always run (pkg/runner/runner.go, handleFailure).
 * - `max-parallel` and `fail-fast` cannot be expressions (pkg/model/workflow.go, GetMaxParallel), and jobs of a matrix that
 *   run at once can crash act, because its table of local repositories has no lock (pkg/runner/local_repository_cache.go):
 *   expressions are replaced with 1 and true.
 *
 * @throws if a workflow uses an action without a stand-in.
 */
export async function runWorkflow(options: WorkflowOptions): Promise<WorkflowRun> {
  const engine = options.docker === true ? await startEngine() : undefined;
  try {
    return await inFolder('act', (folder) => runIn(folder, options, engine?.host));
  } finally {
    await engine?.close();
  }
}

/** @param engine the host of Docker's engine. */
async function runIn(
  folder: string,
  options: WorkflowOptions,
  engine: string | undefined,
): Promise<WorkflowRun> {
  const { repository, event } = options;
  const rewrite = (text: string) =>
    (options.rewrite?.(text) ?? text)
      .replaceAll(/\bmax-parallel: \$\{\{.*\}\}$/gm, 'max-parallel: 1')
      .replaceAll(/\bfail-fast: \$\{\{.*\}\}$/gm, 'fail-fast: true')
      .replaceAll(/^ *(?:deployment: (?:true|false|\$\{\{.*\}\})|artifact-metadata: (?:write|read))\n/gm, '');
  const workflow = rewrite(options.workflow);
  const called = Object.fromEntries(
    Object.entries(options.called ?? {}).map(([name, text]) => [name, rewrite(text)]),
  );
  const path = (...names: string[]) => join(folder, ...names);
  for (const name of ['home', 'config', 'cache', 'bin', 'flyctl', 'action', 'artifacts', 'temp'])
    mkdirSync(path(name));
  symlinkSync(process.execPath, path('bin', 'node'));
  symlinkSync(join(standInPrograms, 'gh'), path('bin', 'gh'));
  if (engine !== undefined) symlinkSync(join(standInPrograms, 'docker'), path('bin', 'docker'));
  // Not a link: the stand-in finds its own files beside it.
  writeFileSync(path('flyctl', 'flyctl'), `#!/bin/sh\nexec '${options.flyctl ?? standInFlyctl}' "$@"\n`, {
    mode: 0o755,
  });
  copyAction(path('action'));
  for (const name of globSync('.github/workflows/*.yml', { cwd: path('action') }))
    writeFileSync(path('action', name), rewrite(readFileSync(path('action', name), 'utf8')));
  const workflows = join(repository.folder, '.github', 'workflows');
  mkdirSync(workflows, { recursive: true });
  for (const [name, text] of Object.entries({ ...called, 'workflow.yml': workflow }))
    writeFileSync(join(workflows, name), text);

  const calls = path('flyctl.jsonl');
  const asFile = (name: string, values: object): string => {
    // act reads a .yml as YAML, and JSON is YAML (cmd/root.go, readEnvs).
    writeFileSync(path(`${name}.yml`), JSON.stringify(values));
    return path(`${name}.yml`);
  };
  const argv = [
    event.name,
    '--json',
    ...['--directory', repository.folder],
    ...['--workflows', join(workflows, 'workflow.yml')],
    ...['--eventpath', asFile('event', event.payload)],
    ...['--actor', 'octocat'],
    ...['ubuntu-latest', 'ubuntu-24.04', 'self-hosted'].flatMap((name) => [
      '--platform',
      `${name}=-self-hosted`,
    ]),
    // act skips a checkout of the same commit, and copies the folder with files that are not committed.
    '--no-skip-checkout',
    '--no-cache-server',
    ...['--action-cache-path', path('cache')],
    ...[...localActions([workflow, ...Object.values(called)], path('action'))].flatMap(([uses, place]) => [
      '--local-repository',
      `${uses}=${place}`,
    ]),
    ...['--secret-file', asFile('secrets', { GITHUB_TOKEN: 'ghs_token-of-the-job', ...options.secrets })],
    ...['--var-file', asFile('vars', options.vars ?? {})],
    ...['--input-file', asFile('inputs', {})],
    '--env-file',
    asFile('env', {
      GITHUB_REPOSITORY: 'owner/repo',
      GITHUB_REPOSITORY_OWNER: 'owner',
      GITHUB_RUN_ID: '30433650',
      GITHUB_RUN_NUMBER: '43',
      ...event.env,
      // act uses this as github.sha (pkg/runner/run_context.go, getGithubContext).
      SHA_REF: event.env['GITHUB_SHA'] ?? '',
      SANDBOX_ACTIONS: standIns,
      SANDBOX_REPOSITORY: repository.folder,
      SANDBOX_FLYCTL: path('flyctl'),
      SANDBOX_ARTIFACTS: path('artifacts'),
      XDG_SANDBOX_CALLS: calls,
      ...(engine && { DOCKER_HOST: `tcp://${engine}` }),
      ...options.env,
    }),
  ];
  const onPath = options.flyctlOnPath === false ? [] : [path('flyctl')];
  const child = spawn(options.act, argv, {
    cwd: folder,
    // act passes these to every step (pkg/runner/run_context.go, startHostEnvironment).
    env: {
      PATH: [path('bin'), ...onPath, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: path('home'),
      XDG_CONFIG_HOME: path('config'),
      XDG_CACHE_HOME: path('cache'),
      TMPDIR: path('temp'),
      LANG: 'C.UTF-8',
      ACT_DISABLE_VERSION_CHECK: '1',
      // Any other download fails immediately.
      HTTPS_PROXY: 'http://127.0.0.1:9',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = new ActLog();
  const cancel: Cancel = { job: () => void child.kill('SIGINT'), step: () => interruptStep(child) };
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const output = log.add(line);
      if (output !== undefined) options.onLine?.(output, cancel);
    });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const forge = readForge(repository.folder);
  forge.runs.push({
    workflow: parse(workflow).name,
    branch: event.env['GITHUB_REF_NAME'] ?? '',
    headSha: event.env['GITHUB_SHA'] ?? '',
    conclusion: status === 0 ? 'success' : 'failure',
  });
  writeForge(repository.folder, forge);
  return {
    status,
    log: log.lines.join('\n'),
    jobs: log.jobs,
    steps: log.steps,
    step: (id, job) => {
      const ofJob = (name: string) =>
        job === undefined || (typeof job === 'string' ? name === job : job.test(name));
      const found = log.steps.filter((step) => step.id === id && ofJob(step.job));
      const [step] = found;
      if (step === undefined || found.length > 1)
        throw new Error(`${found.length} steps ${id} of ${job ?? 'any job'} ran:\n${log.lines.join('\n')}`);
      return step;
    },
    flyctl: existsSync(calls) ? readCalls(readFileSync(calls, 'utf8')) : [],
  };
}

/** The folder of each action in the workflows, by `owner/repo@ref`. */
function localActions(workflows: readonly string[], action: string): Map<string, string> {
  const used = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (key !== 'uses' || typeof each !== 'string') visit(each);
      else {
        const [, name = '', below = '', ref = ''] =
          /^([\w.-]+\/[\w.-]+)((?:\/[^@]*)?)@(.+)$/.exec(each) ?? [];
        if (name === '') continue;
        const place = name === 'deploy-fly-image/deploy-fly-image' ? action : join(standIns, name);
        const file = join(place, below, /\.ya?ml$/.test(below) ? '' : 'action.yml');
        if (!existsSync(file))
          throw new Error(`sandbox/act/actions has no stand-in for ${name}${below}, which a workflow uses`);
        used.set(`${name}@${ref}`, place);
        // A called workflow or a composite action can use other actions.
        visit(parse(readFileSync(file, 'utf8')));
      }
    }
  };
  for (const text of workflows) visit(parse(text));
  return used;
}

/** Sends SIGINT to the action's process, which is a child of act. */
function interruptStep({ pid }: ChildProcess): void {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of processes.split('\n')) {
    const [, id, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === pid && /\/dist\/index\.js$/.test(args)) process.kill(Number(id), 'SIGINT');
  }
}
