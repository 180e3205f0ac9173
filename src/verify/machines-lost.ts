/** The ids of machines that are lost, as the cause of an error. */
export class MachinesLost extends Error {
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super('Fly.io does not list machines that it listed before');
    this.name = 'MachinesLost';
    this.ids = ids;
  }
}
