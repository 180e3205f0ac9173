import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CopyProgress } from '../src/mirror/copy-progress.ts';
import { fakeClock } from './clock.ts';

const [kB, MB] = [1000, 1_000_000];

/** A copy of this many bytes on a clock that its steps move. */
function copyOf(total: number) {
  const clock = fakeClock();
  const progress = new CopyProgress(clock);
  progress.begin(total);
  return {
    progress,
    /** Sends bytes for some seconds, and returns the line after them. */
    sending: async (seconds: number, bytes: number) => {
      progress.add(bytes);
      await clock.sleep(seconds * 1000);
      return progress.words();
    },
  };
}

describe('the progress of a copy', () => {
  test('is its bytes, its rate and the time left', async () => {
    const { sending, progress } = copyOf(1000 * MB);
    expect(await sending(5, 100 * MB)).toBe('100 MB of 1.0 GB, 20.0 MB/s, about 45 s left,');
    expect(await sending(5, 100 * MB)).toBe('200 MB of 1.0 GB, 20.0 MB/s, about 40 s left,');
    expect(await sending(40, 800 * MB)).not.toContain('left');
    expect(progress.summary()).toBe('1.0 GB in 50.0 s, 20.0 MB/s');
  });

  test('before it is known what is missing has no numbers', async () => {
    expect(await copyOf(0).sending(5, 0)).not.toMatch(/\d/);
  });

  test('counts the last twenty seconds, not those before', async () => {
    const { sending } = copyOf(10_000 * MB);
    for (let n = 0; n < 10; n++) await sending(5, 500 * MB);
    let line = '';
    for (let n = 0; n < 4; n++) line = await sending(5, 5 * MB);
    expect(line).toContain('1.0 MB/s, about 1 h 23 m left');
  });

  test.each([
    [4000, '100 s', '1 m 40 s'],
    [4000 * 60, '100 min', '1 h 40 m'],
    [200, '5 s', '5 s'],
  ])('of %d MB at 40 MB/s after 0 bytes rounds %s up', async (megabytes, _name, words) => {
    const { sending } = copyOf(megabytes * MB + 200 * MB);
    expect(await sending(5, 200 * MB)).toContain(`about ${words} left`);
  });

  test('has no estimate in the first seconds, at a standstill, and beyond a day', async () => {
    expect(await copyOf(1000 * MB).sending(1, 100 * MB)).toBe('100 MB of 1.0 GB, 100 MB/s,');
    const slow = copyOf(1000 * MB);
    expect(await slow.sending(5, 10 * kB)).not.toContain('left');
    for (let n = 0; n < 3; n++) await slow.sending(5, 0);
    expect(await slow.sending(5, 0)).toBe('10.0 kB of 1.0 GB, nothing in the last 20.0 s,');
  });

  test('when bytes must be sent again is never negative, and has a rate again afterwards', async () => {
    const { sending } = copyOf(1000 * MB);
    await sending(5, 500 * MB);
    expect(await sending(5, -500 * MB)).toMatch(/^0 B of 1\.0 GB, nothing/);
    await sending(20, 0);
    expect(await sending(5, 100 * MB)).toMatch(/about \d+ m \d+ s left/);
  });

  test('is made of finite, positive numbers whatever happens', async () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -9, max: 99 })), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), steps, async (total, list) => {
        const { sending, progress } = copyOf(total * MB);
        for (const [seconds, megabytes] of list) {
          const room = total * MB - progress.bytes;
          const line = await sending(seconds, Math.max(-progress.bytes, Math.min(megabytes * MB, room)));
          expect(line).not.toMatch(/NaN|Infinity|undefined|-\d/);
          expect(line).not.toMatch(/about 0/);
        }
      }),
    );
  });
});
