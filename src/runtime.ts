import type { Log } from './github/log.ts';
import type { ReportFolder } from './github/report-folder.ts';
import type { Run } from './lib/child.ts';
import type { TickingClock } from './lib/clock.ts';
import type { Fetch } from './lib/http.ts';
import type { Streams } from './lib/http-stream.ts';
import type { FindProgram, Program } from './lib/program.ts';
import type { Ask } from './lib/spawn.ts';

/**
 * Everything outside the process, passed in: the runner, the network, the clock, other programs. A module takes the part
 * that it needs, as an interface whose name ends in `Deps`; a Runtime is all of them.
 */
export interface Runtime {
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
  /** Runs flyctl. */
  readonly run: Run;
  /** Runs the user's own test. */
  readonly runTest: Run;
  /** Asks another program, e.g. a credential helper. */
  readonly ask: Ask;
  /** Aborted when the job is canceled, with the signal's name as its reason. */
  readonly cancelled: AbortSignal;
  readonly findProgram: FindProgram;
  /** What a program's name, or its path from the workspace, leads to. */
  readonly lookUpProgram: (name: string) => Program;
  readonly platform: NodeJS.Platform;
  /** The processor, as node names it: `x64`, `arm64`. */
  readonly arch: string;
  readonly writeOutputs: (outputs: Readonly<Record<string, string>>) => void;
  readonly writeSummary: (markdown: string) => Promise<void>;
  readonly reports: ReportFolder;
}
