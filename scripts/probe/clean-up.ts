import { messageOf } from '../../src/lib/user-error.ts';
import { type World, words } from './world.ts';

/** What the probe removed, and what it could not remove, with the reason. */
export interface CleanedUp {
  readonly removed: readonly string[];
  /** These cost money or block the next probe. */
  readonly left: readonly string[];
  /** Tags in an app that the probe did not create. They cost nothing. */
  readonly tags: readonly string[];
}

/** An interrupted flyctl leaves leases, which expire after 13 s. */
const [tries, pause] = [5, 4000];

/** Removes everything that the probe created. The app had no machines before it, so all of them are the probe's. */
export async function cleanUp(world: World): Promise<CleanedUp> {
  await world.settle();
  const [removed, left, tags]: [string[], string[], string[]] = [[], [], []];
  const attempt = async (what: string, act: () => Promise<string | undefined>, failed = left) => {
    const once = () => act().catch((error: unknown) => messageOf(error));
    let why = await once();
    for (let n = 1; n < tries && why !== undefined && failed === left; n++) {
      await world.deps.clock.sleep(pause);
      why = await once();
    }
    if (why === undefined) removed.push(what);
    else failed.push(`${what}: ${why}`);
  };
  const destroy = (path: string) => async () => {
    const answer = await world.write('DELETE', `${path}?force=true`);
    return answer.status < 300 || answer.status === 404 ? undefined : words(answer);
  };

  const { app } = world.options;
  for (const name of new Set([app, ...world.apps])) {
    const path = `/v1/apps/${name}`;
    let ids: readonly string[] = [];
    const list = async () => {
      ids = await world.machineIds(name);
      return undefined;
    };
    // If the app itself is destroyed, so are its machines.
    const why = await list().catch((error: unknown) => messageOf(error));
    if (why !== undefined && !world.apps.includes(name)) left.push(`the machines of ${name}: ${why}`);
    for (const id of ids) await attempt(`machine ${id} of ${name}`, destroy(`${path}/machines/${id}`));
    if (world.apps.includes(name)) await attempt(`app ${name}`, destroy(path));
  }
  // The repository of a destroyed app is gone.
  if (!world.apps.includes(app)) {
    for (const [tag, digest] of world.tags) {
      const act = async () => {
        const answer = await world.target.request(`manifests/${digest}`, { method: 'DELETE', limit: 65_536 });
        return answer.status < 300 || answer.status === 404
          ? undefined
          : `the registry answered ${answer.status}`;
      };
      await attempt(`tag ${tag} of ${app}`, act, tags);
    }
  }
  return { removed, left, tags };
}
