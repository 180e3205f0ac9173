import type { Machine } from '../fly/machine.ts';
import type { MachineList } from '../fly/machines.ts';
import type { AppRelease } from '../fly/releases.ts';
import { failureOf, failureWords, versionedAt } from '../fly/trouble.ts';
import { formatDuration } from '../lib/format.ts';
import { UserError } from '../lib/user-error.ts';

export interface SoakDeps {
  /** Milliseconds that the app must have run its image without trouble; 0 asks for nothing. */
  readonly soakTime: number;
  /** Milliseconds since 1970, where Fly.io's answer has no time of its own. */
  readonly now: () => number;
  /** The app's releases, whose times count where a machine's events do not tell. */
  readonly releases: () => Promise<readonly AppRelease[]>;
}

/**
 * Since when a machine has run its version, as far as its events say. Fly.io keeps the newest of them: of a machine without
 * an update among them the version is older than all of these. Where their times contradict their order, the latest time of
 * the start and all before it counts: it has not run longer than since then.
 */
function sinceOf({ events }: Machine): number | undefined {
  const since = versionedAt({ events }, undefined);
  if (since !== undefined) return since;
  const put = events.findIndex(({ type }) => type === 'update' || type === 'launch');
  if (put < 0) return events.at(-1)?.timestamp;
  const start = events.slice(0, put).findLastIndex(({ type }) => type === 'start');
  return Math.max(...events.slice(start < 0 ? put : start).map(({ timestamp }) => timestamp));
}

/**
 * How long every machine has run its present version without trouble, in milliseconds; undefined where that was not asked.
 * The time begins with the newest update of each machine, also one that changed no image: what is not known to have run so
 * long has not.
 */
export async function soaked(
  app: string,
  { machines, date }: MachineList,
  { soakTime, now, releases }: SoakDeps,
): Promise<number | undefined> {
  if (soakTime === 0) return undefined;
  const at = date ?? now();
  const faults = machines.flatMap((machine) => {
    const events = machine.events.filter(({ timestamp }) => timestamp >= at - soakTime);
    const failure = failureOf({ ...machine, events }, undefined);
    return failure === undefined ? [] : [`\n  ${machine.id} (${machine.region}): ${failureWords(failure)}`];
  });
  const expected = `${formatDuration(soakTime)} without trouble, because \`soak-time\` says so.`;
  if (faults.length > 0) {
    throw new UserError({
      code: 'soak-trouble',
      found: `Machines of app "${app}" had trouble in the last ${formatDuration(soakTime)}:${faults.join('')}`,
      expected,
      fix: `mend "${app}" and deploy it again: the time begins anew then. \`fly logs --app ${app}\` shows what happened.`,
    });
  }
  const told = machines.map((machine) => ({ machine, since: sinceOf(machine) }));
  const made = told.every(({ since }) => since !== undefined) ? [] : await releases();
  const ages = told.map(({ machine, since }) => {
    const release = made.find(({ version }) => String(version) === machine.releaseVersion);
    const from = since ?? release?.created;
    return { machine, age: from === undefined ? undefined : at - from };
  });
  const unknown = ages.filter(({ age }) => age === undefined);
  if (unknown.length > 0) {
    throw new UserError({
      code: 'soak-unknown',
      found: `Fly.io does not say since when ${unknown.map(({ machine }) => machine.id).join(', ')} of app "${app}" run their image.`,
      expected,
      fix: `\`with: soak-time: 0\` to do without; or deploy "${app}" again, which makes events that tell.`,
    });
  }
  const youngest = Math.min(...ages.map(({ age = 0 }) => age));
  if (youngest >= soakTime) return youngest;
  const left = formatDuration(soakTime - youngest);
  throw new UserError({
    code: 'soak-not-over',
    found: `App "${app}" has run its image for ${formatDuration(Math.max(0, youngest))}, which leaves ${left}.`,
    expected,
    fix: `run this job again in ${left}; or \`with: soak-time: 0\` to do without.`,
  });
}
