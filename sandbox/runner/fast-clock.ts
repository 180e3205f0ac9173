// Makes time pass faster in a process that loads this first, with `--import`: its clock and its timers run SANDBOX_CLOCK_RATE
// times as fast as the machine's. With a rate of 10, the action logs "after 10.0 s" after one second.
const rate = Number(process.env['SANDBOX_CLOCK_RATE']);
const { now } = Date;
const begin = now();
Date.now = () => begin + Math.round((now() - begin) * rate);

for (const name of ['setTimeout', 'setInterval'] as const) {
  const timer = globalThis[name];
  const faster = (act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    timer(act, ms / rate, ...args);
  globalThis[name] = Object.assign(faster, timer) as unknown as typeof timer & typeof setTimeout;
}
