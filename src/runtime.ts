import type { Run } from './fly/flyctl/run.ts';
import type { Log } from './github/log.ts';
import type { TickingClock } from './lib/clock.ts';
import type { Fetch } from './lib/http.ts';
import type { Streams } from './lib/http-stream.ts';
import type { DockerWorld } from './registry/docker-config.ts';
import type { Links } from './report/summary/links.ts';

/** Everything outside, passed in: the runner, the network, the clock, other programs. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The trimmed text of an input, '' when it was not given. */
  readonly input: (name: string) => string;
  /** A file as text, undefined when there is none. */
  readonly readFile: (path: string) => string | undefined;
  /** Names of what is in a folder; none when there is no such folder. */
  readonly listFolder: (path: string) => string[];
  readonly fetch: Fetch;
  readonly streams: Streams;
  readonly clock: TickingClock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: Log;
  readonly run: Run;
  /** Asks another program on PATH, e.g. a credential helper. */
  readonly ask: DockerWorld['ask'];
  /** Aborted when the job is cancelled, with the signal's name as its reason. */
  readonly cancelled: AbortSignal;
  readonly findProgram: DockerWorld['findProgram'];
  readonly platform: NodeJS.Platform;
  /** The processor, as node names it: `x64`, `arm64`. */
  readonly arch: string;
  readonly writeOutputs: (outputs: Readonly<Record<string, string>>) => void;
  readonly writeSummary: (markdown: string) => Promise<void>;
}

/** The GitHub server and the repository that this run belongs to. */
export function linksOf({ env }: Pick<World, 'env'>): Links & { readonly repositoryUrl: string } {
  const server = (env['GITHUB_SERVER_URL'] || 'https://github.com').replace(/\/+$/, '');
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  return { server, repository, repositoryUrl: `${server}/${repository}`, runId: env['GITHUB_RUN_ID'] };
}
