import { newEvents } from '../../src/fly/trouble.ts';
import { formatDuration } from '../../src/lib/format.ts';
import { type Assumption, finding, Undetermined } from './assumption.ts';
import { type World, words } from './world.ts';

/** How long Fly.io has for a revert, and then for its event, in milliseconds. */
const [longest, eventLag] = [180_000, 20_000];
/** The default of `settle-time`. */
const settleTime = 30_000;

/** Updates a machine to an image that it cannot run, and watches what Fly.io does. */
const revert = (world: World) =>
  world.shared('revert', async () => {
    const before = await world.machine();
    const { digest } = await world.broken();
    const answer = await world.updateMachine(before.id, world.reference({ digest }));
    if (answer.status !== 200) throw new Undetermined(`Fly.io refused the update: ${words(answer)}`);
    const start = world.deps.clock.now();
    const updated = await world.read(before.id);
    const eventIn = (machine: typeof before) =>
      newEvents(machine, before).find(({ type }) => type === 'revert');
    const reverted = await world.until(longest, async () => {
      const machine = await world.read(before.id);
      const isBack = machine.digest === before.digest && machine.instanceId !== updated.instanceId;
      return isBack || eventIn(machine) !== undefined ? machine : undefined;
    });
    const last = await world.read(before.id);
    if (reverted === undefined)
      throw new Undetermined(
        `Fly.io did not revert the machine within ${formatDuration(longest)}: it is ${last.state} with ${last.digest ?? 'no digest'}`,
      );
    const after = world.deps.clock.now() - start;
    const event = await world.until(eventLag, async () => eventIn(await world.read(before.id)));
    return { before, updated, reverted, after, event };
  });

export const revertChecks: readonly Assumption[] = [
  {
    id: 'revert-event',
    assumes: 'A revert appears among the events of its machine.',
    reliesOn: 'src/fly/trouble.ts',
    how: 'Updates a machine to an image that cannot be unpacked.',
    check: async (world) => {
      const { event, reverted } = await revert(world);
      const types = reverted.events.slice(0, 6).map(({ type }) => type);
      return finding(
        event !== undefined,
        event === undefined
          ? `reverted without an event: ${types.join(', ')}`
          : `revert by ${event.source || 'nobody'} (${event.status || 'no status'})`,
      );
    },
  },
  {
    id: 'revert-version',
    assumes: 'A revert gives the machine a new version and its old digest.',
    reliesOn: 'src/verify/settling.ts',
    how: 'Compares the machine before the update, after it, and after the revert.',
    check: async (world) => {
      const { before, updated } = await revert(world);
      const now = await world.read(before.id);
      const isNew = now.instanceId !== updated.instanceId;
      const isOld = now.digest === before.digest;
      return finding(
        isNew && isOld,
        `${isNew ? 'a new' : 'the same'} instance_id, ${isOld ? 'the old' : 'another'} digest`,
      );
    },
  },
  {
    id: 'revert-delay',
    assumes: 'A revert shows within the default settle time.',
    reliesOn: 'src/verify/settling.ts',
    how: 'Measures the time from the answer to the update to the first report of the revert.',
    check: async (world) => {
      const { after } = await revert(world);
      return finding(after <= settleTime, `after ${formatDuration(after)}`);
    },
  },
];
