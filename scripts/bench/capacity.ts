// What deploying many large apps costs: requests, minutes, and waits for rate limits. One app is simulated on a virtual clock, with
// the code that deploys and Fly.io's limits. Its runs then queue for the jobs that GitHub runs at once.

import { play } from '../../__tests__/law/world.ts';
import type { InProcessFly } from '../../sandbox/fly/in-process.ts';
import { withLimits } from './limits.ts';
import { flyctlWith } from './strategies.ts';
import { historyOf } from './verdict.ts';

/** A simulated deploy of one app. */
export interface AppRun {
  /** From the step's start to its end, flyctl included. */
  readonly seconds: number;
  /** Requests that were answered, by their host. `fly` are the action's, `flyctl` flyctl's own. */
  readonly requests: Readonly<Record<'registry' | 'fly' | 'flyctl' | 'github', number>>;
  /** When the action asked GitHub, in seconds from the start. */
  readonly githubAt: readonly number[];
  /** Requests that Fly.io's rate limit refused. Each was sent again later. */
  readonly limited: Readonly<Record<'action' | 'flyctl', number>>;
}

/** All apps, with a number of jobs at once. */
export interface Queue {
  /** Jobs at once: GitHub's limits for its hosted runners by plan (docs, "Actions limits"). */
  readonly atOnce: number;
  /** From the first start to the last end. */
  readonly minutes: number;
  /** The most requests to the registry in one minute. */
  readonly registryPeak: number;
  /** Requests to GitHub's API above 1,000 in an hour of its clock: they are refused, and the commits are not compared. */
  readonly githubRefused: number;
}

export interface CapacityResult {
  readonly apps: number;
  readonly machines: number;
  readonly runs: readonly AppRun[];
  readonly queues: readonly Queue[];
}

/** GitHub's plans: Free, Team, a matrix of one workflow run, Enterprise. */
const jobsAtOnce = [20, 60, 256, 500];
/** Seconds before the step: a runner starts and checks out the repository. */
const setup = 15;
/** Requests per hour and repository of a job's token (docs, "Rate limits for the REST API"). */
const githubPerHour = 1000;

const hosts: Readonly<Record<string, keyof AppRun['requests']>> = {
  'ghcr.io': 'registry',
  'fly.test': 'fly',
  'api.github.com': 'github',
};

async function simulateApp(machines: number, seed: number): Promise<AppRun> {
  const requests = { registry: 0, fly: 0, flyctl: 0, github: 0 };
  const limited = { action: 0, flyctl: 0 };
  const githubAt: number[] = [];
  let [begin, end]: (number | undefined)[] = [];
  const between: NonNullable<Parameters<typeof play>[1]>['between'] = (client, fetch, clock) => {
    const answered: InProcessFly['fetch'] = (url, init) => {
      const host = hosts[new URL(url).host] ?? 'fly';
      requests[client === 'flyctl' ? 'flyctl' : host]++;
      if (host !== 'github') return fetch(url, init);
      githubAt.push((clock.now() - (begin ?? 0)) / 1000);
      return Promise.resolve(comparison(url));
    };
    const limitedFetch = withLimits(answered, clock, () => {
      limited[client]++;
    });
    return async (url, init) => {
      begin ??= clock.now();
      const answer = await limitedFetch(url, init);
      end = clock.now();
      return answer;
    };
  };
  const { success, code } = await play(historyOf(machines, true), {
    ...{ flyctl: flyctlWith('rolling', seed), between },
    // Comparing commits is the default.
    inputs: { 'github-token': 'token', 'on-outdated': '' },
  });
  if (!success) throw new Error(`the simulated deploy of ${machines} machines failed: ${code}`);
  return { seconds: ((end ?? 0) - (begin ?? 0)) / 1000, requests, githubAt, limited };
}

/** The built commit is newer than the running one, and its branch has it. */
function comparison(url: string): Response {
  const [status, ahead_by] = decodeURIComponent(url).includes('refs/heads/') ? ['behind', 0] : ['ahead', 1];
  return Response.json({ status, ahead_by, behind_by: 0, base_commit: {}, commits: [] });
}

/** Starts each app's job when one of those at once is free. */
export function queueOf(apps: number, runs: readonly AppRun[], atOnce: number): Queue {
  const free = Array.from({ length: Math.min(atOnce, apps) }, () => 0);
  const [toGitHub, toRegistry]: number[][] = [[], []];
  let last = 0;
  for (let n = 0; n < apps; n++) {
    const run = runs[n % runs.length];
    if (run === undefined) throw new Error('no run was simulated');
    const at = free.indexOf(Math.min(...free));
    const begin = (free[at] ?? 0) + setup;
    for (const offset of run.githubAt) toGitHub?.push(begin + offset);
    for (let request = 0; request < run.requests.registry; request++) toRegistry?.push(begin);
    free[at] = begin + run.seconds;
    last = Math.max(last, begin + run.seconds);
  }
  const perHour = countBy(toGitHub ?? [], 3600);
  return {
    atOnce,
    minutes: last / 60,
    registryPeak: Math.max(...countBy(toRegistry ?? [], 60)),
    githubRefused: perHour.reduce((sum, count) => sum + Math.max(0, count - githubPerHour), 0),
  };
}

function countBy(seconds: readonly number[], size: number): number[] {
  const counts = new Map<number, number>([[0, 0]]);
  for (const each of seconds) {
    const window = Math.floor(each / size);
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** Simulates an app as often as there are rounds, and queues all apps with these runs. */
export async function measureCapacity(rounds: number, apps = 1000, machines = 100): Promise<CapacityResult> {
  const runs: AppRun[] = [];
  for (let seed = 1; seed <= rounds; seed++) runs.push(await simulateApp(machines, seed));
  return { apps, machines, runs, queues: jobsAtOnce.map((atOnce) => queueOf(apps, runs, atOnce)) };
}
