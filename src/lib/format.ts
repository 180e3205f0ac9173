/** Milliseconds for people: `640 ms`, `4.2 s`, `3 m 05 s`, `2 h 07 m`. */
export function formatDuration(ms: number): string {
  // Intl.DurationFormat has no such form: it writes `4s 200ms` and `3m 5s`.
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} m`;
}

/** How long ago, for people: `just now`, `5 minutes ago`, `3 days ago`; undefined for a meaningless time. */
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
  for (const [size, unit] of steps) {
    const count = Math.floor(seconds / size);
    // Without Intl: its first use takes as long as starting half of Node does.
    if (count >= 1) return `${counted(count, unit)} ago`;
  }
  return 'just now';
}

/** Bytes for people, in powers of ten as registries show them: `12.3 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [size, step] = [bytes, 0];
  while (size >= 999.5 && step < units.length - 1) [size, step] = [size / 1000, step + 1];
  return `${size.toFixed(step === 0 || size >= 100 ? 0 : 1)} ${units[step]}`;
}

/** `1 machine`, `3 machines`. */
export const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
