import pMap from 'p-map';
import type { FlyApi } from '../fly/api.ts';
import { isLeased } from '../fly/leases.ts';
import { type AppRelease, listReleases } from '../fly/releases.ts';
import { UserError } from '../lib/user-error.ts';
import { mayPass } from './check.ts';
import { type CheckedMachine, managed } from './compare.ts';

/** What shows that something is changing the machines right now. */
export type Busy =
  | { readonly kind: 'release'; readonly version: number; readonly status: string }
  | { readonly kind: 'machine'; readonly id: string; readonly region: string; readonly state: string }
  | { readonly kind: 'lease'; readonly id: string; readonly region: string };

/** The status of a release until flyctl ends (flyctl, internal/command/deploy/machines_deploymachinesapp.go). */
const unfinished = ['pending', 'running'];

/**
 * The longest that a deploy takes. A flyctl that was killed leaves its release unfinished, and a machine can stay in a state:
 * neither may hide a drift forever.
 */
const longest = 60 * 60_000;

/** States of a machine that something creates or replaces. */
const changing = ['created', 'creating', 'preparing', 'replacing', 'updating'];

/** Machines whose lease is requested: flyctl holds those of all machines that it deploys to. */
const mostLeases = 8;

/**
 * What shows that a deploy is in progress; undefined if nothing does. Fly.io is only asked for what the machines do not show.
 *
 * @throws UserError if Fly.io can answer another time: what it would have shown is unknown.
 */
export async function busyWith(
  api: FlyApi,
  machines: readonly CheckedMachine[],
  now: number,
): Promise<Busy | undefined> {
  const changed = changingMachine(machines, now);
  if (changed !== undefined) return changed;
  const [newest] = await releasesIfAllowed(api);
  if (newest !== undefined && isUnfinished(newest, now))
    return { kind: 'release', version: newest.version, status: newest.status };
  const some = [...managed(machines)]
    .sort((a, b) => Number(a.runsImage) - Number(b.runsImage))
    .slice(0, mostLeases);
  const held = await pMap(some, ({ id }) => isLeased(api, id, now), { concurrency: 4 });
  const leased = some[held.indexOf(true)];
  return leased && { kind: 'lease', id: leased.id, region: leased.region };
}

/** None if the token can only read machines. @throws UserError if Fly.io can answer another time. */
const releasesIfAllowed = (api: FlyApi): Promise<AppRelease[]> =>
  listReleases(api, 'progress').catch((error: unknown) => {
    if (error instanceof UserError && mayPass(error)) throw error;
    return [];
  });

const isUnfinished = ({ status, created }: AppRelease, now: number): boolean =>
  unfinished.includes(status) && (created === undefined || created > now - longest);

/**
 * A machine that is being replaced. One that only starts is not, unless others run another image: Fly.io’s proxy and a crash
 * start machines, too.
 */
export function changingMachine(machines: readonly CheckedMachine[], now: number): Busy | undefined {
  const meant = managed(machines);
  const all = meant.every(({ runsImage }) => runsImage);
  const states = all ? changing : [...changing, 'starting'];
  const found = meant.find(
    ({ state, startsLater, events: [newest] }) =>
      states.includes(state) &&
      !(state === 'created' && startsLater) &&
      (newest === undefined || newest.timestamp > now - longest),
  );
  return found && { kind: 'machine', id: found.id, region: found.region, state: found.state };
}

/** It as a sentence without its period. */
export function busyWords(busy: Busy): string {
  switch (busy.kind) {
    case 'release':
      return `Release v${busy.version} is ${busy.status}`;
    case 'machine':
      return `Machine ${busy.id} in ${busy.region} is ${busy.state}`;
    case 'lease':
      return `Something holds the lease of machine ${busy.id} in ${busy.region}, as a deploy does`;
  }
}
