import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import { actionsLog } from '../github/log.ts';
import { writeOutputs, writeSummary } from '../github/outputs.ts';
import { systemClock } from '../lib/clock.ts';
import type { Network } from '../lib/network.ts';
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

const readFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

process.exitCode = 1;
main({
  env,
  input: (name) => core.getInput(name),
  log: actionsLog((chunk) => process.stdout.write(chunk)),
  readFile,
  readJsonFiles: (folder) =>
    new Map(
      folder === '' || !existsSync(folder)
        ? []
        : readdirSync(folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
            .map((entry) => join(entry.parentPath, entry.name))
            .map((path) => [path, readFileSync(path, 'utf8')]),
    ),
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
