import { readdirSync, readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { withoutAgent } from './fly/flyctl/agent.ts';
import { makeRun } from './fly/flyctl/run.ts';
import { actionsLog } from './github/log.ts';
import { writeOutputs, writeSummary } from './github/outputs.ts';
import { systemClock } from './lib/clock.ts';
import { makeStreams } from './lib/http-stream.ts';
import { silenceOf, waiting } from './lib/progress.ts';
import { askProgram, findProgram } from './lib/spawn.ts';
import { main } from './main.ts';

// GitHub's runner cancels with SIGINT, and 7.5 s later with SIGTERM (actions/runner, ProcessInvoker.cs).
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancel.abort(signal));

const log = actionsLog((chunk) => process.stdout.write(chunk));

await main({
  env: process.env,
  input: (name) => core.getInput(name),
  readFile: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  listFolder: (path) => {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
  fetch: globalThis.fetch,
  streams: makeStreams({ idle: 60_000 }),
  clock: systemClock,
  random: Math.random,
  log,
  run: withoutAgent(
    (file, argv, env, timeout) =>
      log.fenced((write, line) => {
        const silence = silenceOf(systemClock, write);
        const wait = { what: 'flyctl', limit: () => timeout, how: silence.how };
        return waiting(wait, { clock: systemClock, log: line }, () =>
          makeRun(silence.write, cancel.signal)(file, argv, env, timeout),
        );
      }),
    askProgram,
  ),
  ask: askProgram,
  platform: process.platform,
  arch: process.arch,
  cancelled: cancel.signal,
  findProgram: (name) => findProgram(name, process.env, process.platform),
  writeOutputs,
  writeSummary,
});

// What a cancel left under way must not keep the step waiting.
process.exit();
