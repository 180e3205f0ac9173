import { getJson } from '../../src/fly/api.ts';
import { listReleases } from '../../src/fly/releases.ts';
import { type World, words } from './world.ts';

/**
 * Whether the app can be used: only one that does not exist, or that was never deployed and has no machines. A production
 * app that is scaled to no machines has releases.
 *
 * @returns the reason if it cannot be used.
 */
export async function refusalOf(world: World): Promise<{ readonly isNew: boolean; readonly why?: string }> {
  const { app } = world.options;
  const answer = await getJson(world.api, `/v1/apps/${app}`, 4 * 1024 * 1024);
  if (answer.status === 404) return { isNew: true };
  const refused = (why: string) => ({ isNew: false, why });
  if (answer.status !== 200) return refused(`Fly.io answered ${words(answer)} for the app ${app}.`);
  const machines = await world.machineIds(app);
  if (machines.length > 0) return refused(`The app ${app} has ${machines.length} machines.`);
  const releases = await listReleases(world.api);
  if (releases.length > 0)
    return refused(`The app ${app} has been deployed: its last release is v${releases[0]?.version}.`);
  return { isNew: false };
}
