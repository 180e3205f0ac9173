import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as core from '@actions/core';
import { flyctlRunner } from './fly/flyctl/run.ts';
import { prepareGitHub } from './github/client.ts';
import { actionsLog } from './github/log.ts';
import { writeOutputs, writeSummary } from './github/outputs.ts';
import { systemClock } from './lib/clock.ts';
import type { Fetch } from './lib/http.ts';
import { makeStreams } from './lib/http-stream.ts';
import { makeFetch } from './lib/node-fetch.ts';
import { askProgram, findProgram } from './lib/spawn.ts';
import { makeTransport } from './lib/transport.ts';
import { main } from './main.ts';
import { exitCodeOf } from './report/outcome.ts';

const orElse = <T>(otherwise: T, read: () => T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** Does something once, while the first request waits for its answer. */
function whileWaiting(fetch: Fetch, act: () => void): Fetch {
  let isFirst = true;
  return (url, init) => {
    const answer = fetch(url, init);
    if (isFirst) setImmediate(act);
    isFirst = false;
    return answer;
  };
}

/** Runs the step in this process, and returns its exit status. */
export async function start(): Promise<number> {
  // GitHub's runner cancels with SIGINT, and 7.5 s later with SIGTERM (actions/runner, ProcessInvoker.cs).
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancel.abort(signal));

  const log = actionsLog((chunk) => process.stdout.write(chunk));

  const transport = makeTransport({ env: process.env });
  // A copy, as loading octokit takes a variable away for a moment.
  const env = { ...process.env };

  const outcome = await main({
    env,
    input: (name) => core.getInput(name),
    // A link to a device or a pipe would be read for ever, and no signal heard.
    readFile: (path) =>
      orElse(undefined, () => (statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined)),
    listFolder: (path) => orElse([], () => readdirSync(path)),
    fetch: whileWaiting(makeFetch(transport), () => {
      if (core.getInput('github-token') !== '') prepareGitHub();
    }),
    // 10 kB a second.
    streams: makeStreams(transport, { idle: 60_000, least: 600_000, longest: 60 * 60_000 }),
    clock: systemClock,
    random: Math.random,
    log,
    run: flyctlRunner({
      clock: systemClock,
      ask: askProgram,
      cancelled: cancel.signal,
      fenced: log.fenced,
    }),
    ask: askProgram,
    cancelled: cancel.signal,
    findProgram: (name) => findProgram(name, process.env, process.platform),
    platform: process.platform,
    arch: process.arch,
    writeOutputs,
    writeSummary,
  });

  return exitCodeOf(outcome);
}
