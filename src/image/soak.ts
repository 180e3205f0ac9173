import type { Machine } from '../fly/machine.ts';
import type { MachineList } from '../fly/machines.ts';
import type { AppRelease } from '../fly/releases.ts';
import { failureOf, failureWords } from '../fly/trouble.ts';
import { formatDuration } from '../lib/format.ts';
import { UserError } from '../lib/user-error.ts';

export interface SoakDeps {
  /** How long the app must have run its image without trouble, in milliseconds; 0 to skip the check. */
  readonly soakTime: number;
  /** Milliseconds since 1970, for an answer of Fly.io without a date. */
  readonly now: () => number;
  /** The app's releases, whose times are used if a machine's events do not show when its version started. */
  readonly releases: () => Promise<readonly AppRelease[]>;
}

/**
 * Since when a machine has run its version, according to its events: the first start after its newest update, or the update
 * itself if it was not started. Fly.io keeps only the newest events: if there is no update among them, the version is older
 * than all of them. If their times contradict their order, the latest time of that event and of the older ones counts: the
 * machine has not run longer than since then.
 */
function sinceOf({ events }: Machine): number | undefined {
  const put = events.findIndex(({ type }) => type === 'update' || type === 'launch');
  if (put < 0) return events.at(-1)?.timestamp;
  const start = events.slice(0, put).findLastIndex(({ type }) => type === 'start');
  return Math.max(...events.slice(start < 0 ? put : start).map(({ timestamp }) => timestamp));
}

/**
 * How long every machine has run its current version without trouble, in milliseconds; undefined without a soak time. The time
 * begins with the newest update of each machine, even one that did not change the image: time that is not certain does not
 * count.
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
  const expected = `At least ${formatDuration(soakTime)} without trouble, because of \`soak-time\`.`;
  if (faults.length > 0) {
    throw new UserError({
      code: 'soak-trouble',
      found: `Machines of app "${app}" had trouble in the last ${formatDuration(soakTime)}:${faults.join('')}`,
      expected,
      fix: `Fix "${app}" and deploy it again, which restarts the soak time. \`fly logs --app ${app}\` shows what happened.`,
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
      found: `Fly.io does not report since when ${unknown.length === 1 ? 'machine' : 'machines'} ${unknown.map(({ machine }) => machine.id).join(', ')} of app "${app}" ${unknown.length === 1 ? 'has' : 'have'} run the image.`,
      expected,
      fix: `Deploy "${app}" again, which creates events with a time. Or skip the soak time: \`with: soak-time: 0\`.`,
    });
  }
  const youngest = Math.min(...ages.map(({ age = 0 }) => age));
  if (youngest >= soakTime) return youngest;
  const left = formatDuration(soakTime - youngest);
  throw new UserError({
    code: 'soak-not-over',
    found: `App "${app}" has run its image for ${formatDuration(Math.max(0, youngest))}, ${left} less than the soak time.`,
    expected,
    fix: `Run this job again in ${left}. Or skip the soak time: \`with: soak-time: 0\`.`,
  });
}
