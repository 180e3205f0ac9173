// Tests the parsers of external text with almost valid inputs for a minute: `npm run fuzz`. FUZZ_SEED repeats a run,
// FUZZ_SECONDS changes its length, and an argument selects parsers: `npm run fuzz -- flags`.
import fc from 'fast-check';
import { targets, tryOn } from './fuzz/targets.ts';

const seed = Number(process.env['FUZZ_SEED'] || Math.floor(Math.random() * 2 ** 31));
const seconds = Number(process.env['FUZZ_SECONDS'] || 60);
if (!Number.isSafeInteger(seed) || !(seconds > 0))
  throw new Error('FUZZ_SEED is a whole number, FUZZ_SECONDS a number');
const word = process.argv[2] ?? '';
const chosen = targets.filter(({ name }) => name.includes(word));
if (chosen.length === 0)
  throw new Error(`No parser is called "${word}": ${targets.map(({ name }) => name).join('; ')}`);
console.log(`FUZZ_SEED=${seed}, ${seconds} s, ${chosen.length} parsers`);
let failed = false;
for (const target of chosen) {
  const result = await fc.check(
    fc.asyncProperty(target.input, (input) => tryOn(target, input)),
    {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: (seconds * 1000) / chosen.length,
      // Success: enough inputs in the time, without a fault.
      markInterruptAsFailure: false,
    },
  );
  console.log(`${target.name}: ${result.numRuns} inputs`);
  // fast-check reports an interruption as a failure without an input.
  if (result.counterexample === null) continue;
  failed = true;
  console.log(
    `FAILED: FUZZ_SEED=${seed} npm run fuzz -- ${JSON.stringify(target.name)}, path ${result.counterexamplePath}`,
  );
  console.log(JSON.stringify(result.counterexample[0], undefined, 2));
  console.log(result.errorInstance);
}
process.exit(failed ? 1 : 0);
