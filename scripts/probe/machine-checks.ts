import { getJson } from '../../src/fly/api.ts';
import { readApp, readMachineList } from '../../src/fly/machines.ts';
import { type Assumption, finding, Undetermined } from './assumption.ts';
import type { World } from './world.ts';

const pause = 2000;
/** Creates a machine without starting it. */
const asleep = { skip_launch: true };
const rawList = ({ api, options }: World) =>
  getJson(api, `/v1/apps/${options.app}/machines`, 4 * 1024 * 1024);

/** Fly.io's time of an answer, in milliseconds since 1970; it has a resolution of a second. */
const dateOf = (headers: { get(name: string): string | null }): number =>
  Date.parse(headers.get('date') ?? '');

/** The number of machines in the app's record and in the list. */
async function counts({ api }: World) {
  const { length, alive } = await readMachineList(api);
  const count = (await readApp(api))?.machineCount;
  if (count === undefined) throw new Undetermined('the record of the app has no machine_count');
  return { count, length, alive };
}

export const machineChecks: readonly Assumption[] = [
  {
    id: 'digest-of-index',
    assumes: 'A machine that runs an index reports the digest of its linux/amd64 manifest.',
    reliesOn: 'src/verify/compare.ts',
    how: 'Creates a machine with an index of one platform and an attestation, by its digest.',
    check: async (world) => {
      const [machine, index, image] = [await world.machine(), await world.index(), await world.image()];
      const what =
        machine.digest === image.digest
          ? 'the linux/amd64 manifest'
          : machine.digest === index.digest
            ? 'the index'
            : 'neither the index nor the manifest';
      return finding(machine.digest === image.digest, `${machine.digest ?? 'no digest'}: ${what}`);
    },
  },
  {
    id: 'digest-of-nested-index',
    assumes: 'A machine that runs an index inside an index reports one of the digests down to the manifest.',
    reliesOn: 'src/verify/compare.ts',
    how: 'Creates a machine with an index that contains an index.',
    check: async (world) => {
      const path = [await world.nested(), await world.index(), await world.image()];
      const reference = world.reference({ digest: path[0]?.digest ?? '' });
      const machine = await world.withMachine(reference, (id) => world.started(id));
      const place = path.findIndex(({ digest }) => digest === machine.digest);
      const name = ['the outer index', 'the inner index', 'the linux/amd64 manifest'][place];
      return finding(place >= 0, `${machine.digest ?? 'no digest'}: ${name ?? 'none of them'}`);
    },
  },
  {
    id: 'tag-of-digest',
    assumes: 'A machine that was created by a digest reports no tag.',
    reliesOn: 'src/report/summary/names.ts',
    how: 'Reads image_ref of a machine that was created by a digest.',
    check: async (world) => {
      const { image } = await world.machine();
      const isBare = !image.slice(image.lastIndexOf('/')).includes(':');
      return finding(isBare, image === '' ? 'no image_ref' : image);
    },
  },
  {
    id: 'container-image',
    assumes: 'A machine with containers reports the reference of each as it was configured.',
    reliesOn: 'src/verify/compare.ts',
    how: 'Creates a machine with one container, and reads its config and its image_ref.',
    check: async (world) => {
      const { digest } = await world.index();
      const reference = world.reference({ digest });
      const containers = [{ name: 'app', image: reference, cmd: ['/bin/sleep', '3600'] }];
      const machine = await world.withMachine(reference, (id) => world.read(id), { containers }, asleep);
      const [container] = machine.containers;
      return finding(
        container?.image.endsWith(digest) === true,
        `the container is ${container?.image ?? 'missing'}; image_ref is ${machine.image}@${machine.digest ?? 'no digest'}`,
      );
    },
  },
  {
    id: 'machine-count',
    assumes: 'machine_count changes with the list of machines: with all of them, or with those that exist.',
    reliesOn: 'src/verify/observe.ts',
    how: 'Compares the two before and after a machine is created, and after it is destroyed.',
    check: async (world) => {
      const { digest } = await world.image();
      await world.machine();
      const seen = [await counts(world)];
      const more = async () => {
        await world.sleep(pause);
        seen.push(await counts(world));
      };
      await world.withMachine(world.reference({ digest }), more, {}, asleep);
      await world.sleep(pause);
      seen.push(await counts(world));
      const isSteady = (of: 'length' | 'alive') =>
        new Set(seen.map((each) => each.count - each[of])).size === 1;
      const observed = seen.map(({ count, length, alive }) => `${count} (list ${length}, existing ${alive})`);
      return finding(isSteady('length') || isSteady('alive'), observed.join(' → '));
    },
  },
  {
    id: 'lists-identical',
    assumes: 'Lists of machines are byte for byte the same while nothing changes.',
    reliesOn: 'src/lib/json-elements.ts (faster; correct without it)',
    how: 'Requests the list three times, two seconds apart.',
    check: async (world) => {
      await world.machine();
      await world.sleep(pause);
      const lists: Buffer[] = [];
      for (let n = 0; n < 3; n++) {
        if (n > 0) await world.sleep(pause);
        lists.push((await rawList(world)).body);
      }
      const [first = Buffer.alloc(0), ...others] = lists;
      const isSame = others.every((list) => list.equals(first));
      return finding(isSame, `${lists.map((list) => list.length).join(', ')} bytes`);
    },
  },
  {
    id: 'events-newest-first',
    assumes: 'The events of a machine are listed newest first.',
    reliesOn: 'src/fly/trouble.ts',
    how: 'Reads the events of a machine that was launched and then started.',
    check: async (world) => {
      const { id } = await world.machine();
      const types = (await world.read(id)).events.map(({ type }) => type);
      const [start, launch] = [types.indexOf('start'), types.lastIndexOf('launch')];
      if (start < 0 || launch < 0) throw new Undetermined(`the events are ${types.join(', ') || 'missing'}`);
      return finding(start < launch, types.join(', '));
    },
  },
  {
    id: 'host-clock',
    assumes: 'The clock of a host is not behind Fly.io’s API.',
    reliesOn: 'src/fly/trouble.ts',
    how: 'Compares the time of a machine’s launch with the Date of the answers before and after it. It shows one host.',
    check: async (world) => {
      const { digest } = await world.image();
      const before = dateOf((await rawList(world)).headers);
      const launch = await world.withMachine(world.reference({ digest }), async (id) =>
        (await world.read(id)).events.find(({ type }) => type === 'launch'),
      );
      const after = dateOf((await rawList(world)).headers);
      if (launch === undefined || Number.isNaN(before) || Number.isNaN(after))
        throw new Undetermined('there is no launch event, or an answer has no Date');
      // A resolution of one second on both sides.
      const behind = before - 1000 - launch.timestamp;
      const ahead = launch.timestamp - (after + 1000);
      const observed =
        behind > 0 ? `${behind} ms behind` : ahead > 0 ? `${ahead} ms ahead` : 'within a second of the API';
      return finding(behind <= 0, observed);
    },
  },
];
