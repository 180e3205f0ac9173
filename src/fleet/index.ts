import * as core from '@actions/core';
import { actionsLog } from '../github/log.ts';
import { writeOutputs, writeSummary } from '../github/outputs.ts';
import { reportFolder } from '../github/report-folder.ts';
import { systemClock } from '../lib/clock.ts';
import { readText } from '../lib/files.ts';
import type { Network } from '../lib/network.ts';
import { jsonFilesIn } from './files.ts';
import { main } from './main.ts';

const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancel.abort(signal));

// A copy, because loading octokit briefly removes a variable.
const env = { ...process.env };

let network: Network | undefined;
/** Most steps send no request. */
const connect = async (): Promise<Network> => {
  const { makeNetwork } = await import('../lib/network.ts');
  network ??= makeNetwork(env);
  return network;
};

process.exitCode = 1;
main({
  env,
  input: (name) => core.getInput(name),
  log: actionsLog((chunk) => process.stdout.write(chunk)),
  jsonFiles: jsonFilesIn,
  reports: reportFolder(env),
  readFile: readText,
  fetch: async (...request) => (await connect()).fetch(...request),
  clock: systemClock,
  random: Math.random,
  cancelled: cancel.signal,
  writeOutputs,
  writeSummary,
}).then((status) => {
  process.exitCode = status;
  // A canceled step does not wait for the request that it has sent.
  if (cancel.signal.aborted) process.exit();
});
