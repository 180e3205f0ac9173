import { parseArgs } from 'node:util';
import type { Machine } from '../fly/fly.ts';
import { FlyctlError, graphql, machinesApi, print } from './api.ts';
import { destroy, withLeases } from './machines.ts';

/** `flyctl machine destroy --force -a APP ID…` (internal/command/machine/destroy.go). */
export async function destroyMachines(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { force: { type: 'boolean', short: 'f' }, app: { type: 'string', short: 'a' } },
    allowPositionals: true,
  });
  const { app, force } = values;
  if (app === undefined || positionals.length === 0 || force !== true)
    throw new FlyctlError('this stand-in only destroys machines by their ids: --force -a APP ID…');
  const machines: Machine[] = [];
  for (const id of positionals) machines.push(await machinesApi<Machine>(`${app}/machines/${id}`));
  await withLeases(app, machines, async (nonces) => {
    for (const { id, state } of machines) {
      const query = 'query ($appName: String!) { appcompact:app(name: $appName) { id name } }';
      const { data } = await graphql<{ data: { appcompact: { name: string } | null } }>(query, {
        appName: app,
      });
      if (state === 'destroyed') throw new FlyctlError(`machine ${id} has already been destroyed`);
      await destroy(data.appcompact?.name ?? '', id, nonces.get(id));
      nonces.delete(id);
      print(`${id} has been destroyed`);
    }
  });
}
