const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Twice a time, as an input accepts it. */
export const twice = (ms: number): string =>
  `${Math.min(Math.ceil((2 * ms) / units.s), (24 * units.h) / units.s)}s`;

/**
 * Reads `90s`, `2m`, `1m30s`, `500ms`, `1h` or `0`, as Go and flyctl write durations.
 *
 * @returns milliseconds, or undefined when the text has another form. A number without a unit has none:
 *   `20` could mean seconds or minutes, and a wrong guess would wait too little or too long.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d{1,6}(?:ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d{1,6})(ms|s|m|h)/g)) {
    total += Number(amount) * units[unit as keyof typeof units];
  }
  return total <= 24 * units.h ? total : undefined;
}
