// A stand-in for flyctl, which bin/flyctl starts. It reads its arguments and environment like the real one, and makes the same
// calls in the same order. __tests__/real/flyctl.test.ts compares the two.
import { appendFileSync } from 'node:fs';
import { stopCoverage } from 'node:v8';
import { AbortedByUser, FlyctlError, interrupt } from './api.ts';

// Node sets this variable in every child, whatever environment the parent passes. The action does not leak it.
const { NODE_V8_COVERAGE: _, ...env } = process.env;
stopCoverage();
const record = env['XDG_SANDBOX_CALLS'];
if (record !== undefined) {
  const write = (line: object) => appendFileSync(record, `${JSON.stringify(line)}\n`);
  write({ argv: process.argv.slice(2), env, cwd: process.cwd() });
  process.on('exit', (status) => write({ status }));
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());

try {
  const [command, ...argv] = process.argv.slice(2);
  if (command === 'deploy') await (await import('./deploy.ts')).deploy(argv);
  else if (command === 'machine' && argv[0] === 'destroy')
    await (await import('./destroy.ts')).destroyMachines(argv.slice(1));
  else throw new FlyctlError(`unknown command "${command ?? ''}" for "flyctl"`);
} catch (error) {
  process.stderr.write(`Error: ${error instanceof Error ? error.message : error}\n`);
  // flyctl, main.go and internal/cli/cli.go: 127 after an interrupt.
  process.exitCode = interrupt.signal.aborted && !(error instanceof AbortedByUser) ? 127 : 1;
}
