import table from '../fly/flyctl/deploy-flags.json' with { type: 'json' };

/** The flags of the pinned `flyctl deploy`, hidden ones too: `npm run flyctl-flags` writes them from the program. */
export interface FlagTable {
  /** The version whose flags they are. */
  readonly flyctl: string;
  /** By their long names. */
  readonly flags: Readonly<Record<string, Flag>>;
}

interface Flag {
  /**
   * `switch` is a Boolean. The value of an `optional` flag can be left out; like a switch it takes one only after `=`
   * (pflag, NoOptDefVal). A `list` is read as CSV.
   */
  readonly kind: 'switch' | 'optional' | 'text' | 'list' | 'integer' | 'number';
  readonly short?: string;
  readonly hidden?: boolean;
  /** The flag that this name stands for. */
  readonly aliasOf?: string;
}

export const flagTable = table as FlagTable;
