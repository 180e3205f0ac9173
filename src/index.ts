import { readdirSync } from 'node:fs';
import * as core from '@actions/core';
import { flyctlRunner } from './fly/flyctl/run.ts';
import { actionsLog } from './github/log.ts';
import { prepareOctokit } from './github/octokit.ts';
import { writeOutputs, writeSummary } from './github/outputs.ts';
import { reportFolder } from './github/report-folder.ts';
import { systemClock } from './lib/clock.ts';
import { fencedRun } from './lib/fenced-run.ts';
import { readText } from './lib/files.ts';
import type { Network } from './lib/network.ts';
import { processTrees } from './lib/process-tree.ts';
import { findProgram, lookUpProgram } from './lib/program.ts';
import { askProgram } from './lib/spawn.ts';
import { main } from './main.ts';
import { exitCodeOf } from './report/outcome.ts';
import type { Runtime } from './runtime.ts';

// GitHub's runner cancels with SIGINT, and 7.5 s later with SIGTERM (actions/runner, ProcessInvoker.cs). On Windows, that is
// Ctrl+C, and then Ctrl+Break.
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
  process.on(signal, () => cancel.abort(signal));

const log = actionsLog((chunk) => process.stdout.write(chunk));

// A copy, because loading octokit briefly removes a variable.
const env = { ...process.env };

let network: Network | undefined;
/** Loads the HTTP client, and octokit while the first request waits for its answer. */
const connect = async (): Promise<Network> => {
  const { makeNetwork } = await import('./lib/network.ts');
  if (network === undefined && core.getInput('github-token') !== '') setImmediate(prepareOctokit);
  network ??= makeNetwork(env);
  return network;
};
const online = <T>(act: (network: Network) => Promise<T>): Promise<T> =>
  network === undefined ? connect().then(act) : act(network);

const trees = processTrees(process.platform, process.env);
const running = { clock: systemClock, cancelled: cancel.signal, trees, fenced: log.fenced };

const runtime: Runtime = {
  env,
  input: (name) => core.getInput(name),
  readFile: readText,
  listFolder: (path) => {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
  fetch: (...request) => online(({ fetch }) => fetch(...request)),
  streams: {
    get: (...request) => online(({ streams }) => streams.get(...request)),
    upload: (...request) => online(({ streams }) => streams.upload(...request)),
  },
  clock: systemClock,
  random: Math.random,
  log,
  run: flyctlRunner({ ...running, ask: askProgram }),
  runTest: fencedRun('verify-command', running),
  ask: askProgram,
  cancelled: cancel.signal,
  findProgram: (name, options) => findProgram(name, process.env, process.platform, options),
  lookUpProgram: (name) => lookUpProgram(name, process.env, process.platform),
  platform: process.platform,
  arch: process.arch,
  writeOutputs,
  writeSummary,
  reports: reportFolder(env),
};

// Without a top-level await, so that the bundler can merge all modules into one scope. The exit does not wait for work that a
// cancel left under way.
// If nothing is left to wait for before the step has ended, Node exits by itself. That must not look like a success.
process.exitCode = 1;
// Node’s exit drops what a pipe has not taken yet: after a test with much output, that would be the error.
main(runtime).then((outcome) => process.stdout.write('', () => process.exit(exitCodeOf(outcome))));
