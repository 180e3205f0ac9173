import type { Clock } from '../lib/clock.ts';
import { formatBytes, formatDuration } from '../lib/format.ts';

/** The time of which the rate is taken, the shortest that is enough for an estimate, and the longest estimate, in milliseconds. */
const [recently, enough, longest] = [20_000, 4000, 24 * 60 * 60_000];

/** How far a copy is: how much of it, how fast, and how long it still takes. */
export class CopyProgress {
  readonly #clock: Clock;
  #start: number;
  #total = 0;
  #bytes = 0;
  /** The bytes at the start and at each line since, as far as they count for the rate. */
  #marks: { readonly at: number; readonly bytes: number }[];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.now();
    this.#marks = [{ at: this.#start, bytes: 0 }];
  }

  /** Begins, when it is known how much is to be copied. */
  begin(total: number): void {
    this.#total = total;
    this.#start = this.#clock.now();
    this.#marks = [{ at: this.#start, bytes: 0 }];
  }

  /** Counts bytes that were sent; a negative number for those that must be sent again. */
  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** The bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** `525 MB of 1.1 GB, 105 MB/s, about 10 s left,` of the last seconds. */
  words(): string {
    if (this.#total === 0) return 'checking which parts are missing,';
    const at = this.#clock.now();
    const oldest = this.#marks.findLast((mark) => at - mark.at >= recently) ?? this.#marks[0];
    const [time, bytes] = [at - (oldest?.at ?? at), this.#bytes - (oldest?.bytes ?? 0)];
    this.#marks = [
      ...this.#marks.filter((mark) => mark.at >= (oldest?.at ?? at)),
      { at, bytes: this.#bytes },
    ];
    const standing = `${formatBytes(this.#bytes)} of ${formatBytes(this.#total)}`;
    // Bytes that must be sent again can outnumber the new ones.
    if (time <= 0 || bytes <= 0) return `${standing}, nothing in the last ${formatDuration(time)},`;
    const left = ((this.#total - this.#bytes) / bytes) * time;
    const isMeaningful = time >= enough && left > 0 && left < longest;
    const estimate = isMeaningful ? ` about ${roughly(left)} left,` : '';
    return `${standing}, ${rateOf(bytes, time)},${estimate}`;
  }

  /** `1.1 GB in 10.2 s, 105 MB/s` of all. */
  summary(): string {
    const time = this.#clock.now() - this.#start;
    return `${formatBytes(this.#bytes)} in ${formatDuration(time)}, ${rateOf(this.#bytes, time)}`;
  }
}

const rateOf = (bytes: number, ms: number): string => `${formatBytes((bytes / Math.max(ms, 1)) * 1000)}/s`;

/** `5 s`, `40 s`, `3 m 10 s`: never more exact than an estimate is. */
function roughly(ms: number): string {
  const seconds = ms / 1000;
  if (seconds <= 55) return `${Math.ceil(seconds / 5) * 5} s`;
  return formatDuration(Math.ceil(seconds / 10) * 10_000);
}
