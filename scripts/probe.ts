// Checks on a real account what cannot be tested without one: `FLY_API_TOKEN=… npm run probe -- --app NAME`. It creates the
// app, or uses one that has no machines and was never deployed, and removes everything afterwards.
//
//   --org SLUG             the organization of the new app; defaults to `personal`
//   --region REGION        the region of the machines; defaults to Fly.io's choice
//   --image REFERENCE      a public image with linux/amd64 and /bin/sleep; defaults to docker.io/library/busybox:stable
//   --private-image REF    a private image, read with Docker's login or GITHUB_TOKEN
//   --only ID,ID           only these assumptions
//   --json FILE            also writes the result as JSON
//   --yes                  does not ask before it creates machines, which cost money
//
// Exits with 0 if all assumptions hold, 1 if one does not, 2 if something could not be determined.
import { appendFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { flyLogin, partsOfToken } from '../src/fly/api.ts';
import { printable } from '../src/github/log.ts';
import { systemClock } from '../src/lib/clock.ts';
import { readText } from '../src/lib/files.ts';
import { makeNetwork } from '../src/lib/network.ts';
import { findProgram } from '../src/lib/program.ts';
import { askProgram } from '../src/lib/spawn.ts';
import { messageOf, UserError } from '../src/lib/user-error.ts';
import { parseReference } from '../src/registry/reference.ts';
import type { Assumption, Finding } from './probe/assumption.ts';
import { assumptions } from './probe/assumptions.ts';
import { type CleanedUp, cleanUp } from './probe/clean-up.ts';
import { refusalOf } from './probe/refusal.ts';
import { type Row, statusOf, summaryTable, textTable } from './probe/table.ts';
import { World } from './probe/world.ts';

const secrets = new Set<string>();
const hidden = (text: string): string =>
  [...secrets].sort((a, b) => b.length - a.length).reduce((done, each) => done.replaceAll(each, '***'), text);
const print = (text: string): void =>
  void process.stdout.write(`${hidden(text).split('\n').map(printable).join('\n')}\n`);

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    print(`${signal}: ${interrupt.signal.aborted ? 'still cleaning up' : 'the probe stops, and cleans up'}`);
    interrupt.abort(new Error(`interrupted by ${signal}`));
  });
}

/** The status of a probe that could not begin. */
const refuse = (why: string): number => {
  print(why);
  return 2;
};

const text = { type: 'string' } as const;
const options = {
  ...{ app: text, image: text, json: text, only: text, region: text, 'private-image': text },
  org: { ...text, default: 'personal' },
  yes: { type: 'boolean', default: false },
} as const;

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  const env = { ...process.env };
  const token = env['FLY_API_TOKEN'] ?? '';
  const { app = '', only } = values;
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(app))
    return refuse('Name a disposable app: npm run probe -- --app NAME');
  if (token === '') return refuse('Set FLY_API_TOKEN to a token that can create apps, or of an empty app.');
  const pair = flyLogin(token);
  for (const secret of [token, ...partsOfToken(token), `${pair.username}:${pair.password}`])
    for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
      secrets.add(form);
  const ids = only?.split(',');
  const chosen = assumptions.filter(({ id }) => ids === undefined || ids.includes(id));
  const unknown = ids?.filter((id) => !assumptions.some((each) => each.id === id)) ?? [];
  if (unknown.length > 0 || chosen.length === 0)
    return refuse(
      `There is no assumption ${unknown.join(', ')}. There are: ${assumptions.map(({ id }) => id).join(', ')}`,
    );

  const network = makeNetwork(env);
  const world = new World(
    {
      ...network,
      env,
      clock: systemClock,
      random: Math.random,
      log: {
        line: (line) => print(`  ${line}`),
        debug: () => undefined,
        mask: (secret) => void secrets.add(secret),
      },
      readFile: readText,
      findProgram: (name) => findProgram(name, env, process.platform),
      ask: askProgram,
      platform: process.platform,
      arch: process.arch,
      interrupted: interrupt.signal,
    },
    {
      app,
      org: values.org,
      region: values.region,
      token,
      image: parseReference(values.image ?? 'docker.io/library/busybox:stable'),
      privateImage:
        values['private-image'] === undefined ? undefined : parseReference(values['private-image']),
    },
  );

  const { isNew, why } = await refusalOf(world);
  if (why !== undefined)
    return refuse(`${why} Name an app that does not exist, or one without machines and releases.`);
  const what = isNew
    ? `creates the app ${app} in the organization ${values.org}`
    : `uses the empty app ${app}`;
  print(
    `The probe ${what}, runs two of the smallest machines for some minutes, and removes them. This costs money.`,
  );
  if (!values.yes && !(await agreed()))
    return refuse('Nothing was created. To agree without a question, add --yes.');

  const rows: Row[] = [];
  let cleaned: CleanedUp;
  try {
    if (isNew) await world.createApp(app);
    for (const assumption of chosen) {
      const start = systemClock.now();
      const found = await observe(assumption, world);
      rows.push({ ...without(assumption), ...found, took: systemClock.now() - start });
      print(`${found.holds.padEnd(7)} ${assumption.id}`);
    }
  } catch (error) {
    print(messageOf(error));
  } finally {
    print('Cleaning up');
    cleaned = await cleanUp(world);
  }
  const shown = rows.map((row) => ({ ...row, observed: hidden(row.observed) }));
  print(`\n${textTable(shown)}\n`);
  for (const each of cleaned.removed) print(`Removed: ${each}`);
  for (const each of cleaned.tags) print(`Still there, without cost: ${each}`);
  for (const each of cleaned.left) print(`NOT REMOVED: ${each}`);
  const status = cleaned.left.length > 0 ? statusOf(rows) || 2 : statusOf(rows);
  if (values.json !== undefined) {
    const at = new Date(systemClock.now()).toISOString();
    writeFileSync(
      values.json,
      `${hidden(JSON.stringify({ version: 1, app, at, status, assumptions: shown, ...cleaned }, undefined, 2))}\n`,
    );
  }
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary) appendFileSync(summary, `${hidden(summaryTable(shown))}\n`);
  return status;
}

/** Checks an assumption. An interruption ends the check, but not a change that it has begun. */
async function observe({ check }: Assumption, world: World): Promise<Finding> {
  const { signal } = interrupt;
  const interrupted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  interrupted.catch(() => undefined);
  try {
    return await Promise.race([check(world), interrupted]);
  } catch (error) {
    return { holds: 'unknown', observed: error instanceof UserError ? error.found : messageOf(error) };
  }
}

const without = ({ check: _, ...rest }: Assumption): Omit<Assumption, 'check'> => rest;

async function agreed(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stdout.write('Continue? [y/N] ');
  for await (const line of lines) return /^y(?:es)?$/i.test(line.trim());
  return false;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    print(messageOf(error));
    process.exit(2);
  },
);
