import type { World } from './world.ts';

/** Whether an assumption holds on the account that was probed. */
type Holds = 'yes' | 'no' | 'unknown';

export interface Finding {
  readonly holds: Holds;
  /** What the account showed, as far as it showed anything. */
  readonly observed: string;
}

/** Something that this project assumes about Fly.io, and that only an account can show. */
export interface Assumption {
  readonly id: string;
  readonly assumes: string;
  /** The file whose code relies on it. */
  readonly reliesOn: string;
  /** How it is observed. */
  readonly how: string;
  readonly check: (world: World) => Promise<Finding>;
}

export const finding = (holds: boolean, observed: string): Finding => ({
  holds: holds ? 'yes' : 'no',
  observed,
});

/** The reason why something could not be determined. */
export class Undetermined extends Error {
  override readonly name = 'Undetermined';
}
