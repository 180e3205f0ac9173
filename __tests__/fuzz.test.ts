import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Target, targets, tryOn } from '../scripts/fuzz/targets.ts';
import { UserError } from '../src/lib/user-error.ts';

// `npm run fuzz` runs these for a minute with a random seed. Here they run briefly, with a fixed seed.

describe.each(targets)('$name', (target) => {
  test('withstands almost valid input', () =>
    fc.assert(
      fc.asyncProperty(target.input, (input) => tryOn(target, input)),
      { seed: 1, numRuns: 300 },
    ));
});

test('includes the parsers of external text', () => {
  const names = targets.map(({ name }) => name).join(', ');
  for (const each of ['challenge', 'reference', 'manifest', 'labels', 'event', 'fly.toml', 'flags'])
    expect(names).toContain(each);
});

describe('what counts as a fault', () => {
  const of = (run: Target['run']): Target => ({ name: 'a', input: fc.string(), run });
  const refusal = new UserError({ code: 'flag-refused', found: 'a', expected: 'b', fix: 'c' });

  test('is any error except a refusal', async () => {
    await expect(
      tryOn(
        of(() => JSON.parse('{')),
        '',
      ),
    ).rejects.toThrow(SyntaxError);
    await expect(
      tryOn(
        of(async () => Promise.reject(new TypeError('x'))),
        '',
      ),
    ).rejects.toThrow(TypeError);
    await tryOn(
      of(() => {
        throw refusal;
      }),
      '',
    );
  });

  test('is input that takes too long', async () => {
    const slow = of(() => new Promise((resolve) => setTimeout(resolve, 50)));
    await expect(tryOn(slow, '', 10)).rejects.toThrow(/took \d+ ms/);
    await tryOn(slow, '', 5000);
  });
});
