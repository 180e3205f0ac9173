import table from '../fly/flyctl/deploy-flags.json' with { type: 'json' };

/** The flags of the pinned `flyctl deploy`, including hidden ones: `npm run flyctl-flags` generates them from the program. */
export interface FlagTable {
  /** The version of flyctl. */
  readonly flyctl: string;
  /** By long name. */
  readonly flags: Readonly<Record<string, Flag>>;
}

interface Flag {
  /**
   * `switch` is a Boolean. An `optional` flag works without a value; like a switch, it accepts one only after `=` (pflag,
   * NoOptDefVal). A `list` is parsed as CSV.
   */
  readonly kind: 'switch' | 'optional' | 'text' | 'list' | 'integer' | 'number';
  readonly short?: string;
  readonly hidden?: boolean;
  /** The flag for which this name is an alias. */
  readonly aliasOf?: string;
}

export const flagTable = table as FlagTable;
