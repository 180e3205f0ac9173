const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

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
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h)/g)) {
    total += Number(amount) * units[unit as keyof typeof units];
  }
  return total <= 24 * units.h ? total : undefined;
}

/** Milliseconds for people: `640 ms`, `4.2 s`, `3 m 05 s`, `2 h 07 m`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} m`;
}

/** How long ago, for people: `just now`, `5 minutes ago`, `3 days ago`; undefined for a time that says nothing. */
export function formatAge(created: string, now: number): string | undefined {
  const time = Date.parse(created);
  // Reproducible builds stamp 1970 or another fixed date of long ago: no age is better than a wrong one.
  if (!Number.isFinite(time) || time < Date.UTC(2013, 0, 1)) return undefined;
  const seconds = Math.round((now - time) / 1000);
  if (seconds < -60) return undefined;
  const steps = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  for (const [size, name] of steps) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${counted(count, name)} ago`;
  }
  return 'just now';
}

/** Bytes for people, in powers of ten as registries show them: `12.3 MB`. */
export function formatBytes(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [size, step] = [bytes, 0];
  while (size >= 999.5 && step < names.length - 1) [size, step] = [size / 1000, step + 1];
  return `${size >= 100 || step === 0 ? Math.round(size) : size.toFixed(1)} ${names[step]}`;
}

/** `1 machine`, `3 machines`. */
export const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
