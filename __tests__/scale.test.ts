import { describe, expect, test } from '@jest/globals';
import { fitLine } from '../scripts/bench/line.ts';

describe('the line of the benchmark', () => {
  test('goes through points that are on one', () => {
    const { slope, intercept, r2 } = fitLine([
      [10, 25],
      [20, 45],
      [40, 85],
    ]);
    expect(slope).toBeCloseTo(2, 10);
    expect(intercept).toBeCloseTo(5, 10);
    expect(r2).toBeCloseTo(1, 10);
  });

  test('is the closest one to others, and R² shows how far they are from it', () => {
    // x = 0, 1, 2, 3 with the residuals 1, -1, -1, 1 of y = 3x: both of their sums are 0.
    const { slope, intercept, r2 } = fitLine([
      [0, 1],
      [1, 2],
      [2, 5],
      [3, 10],
    ]);
    expect([slope, intercept]).toEqual([3, 0]);
    expect(r2).toBeCloseTo(1 - 4 / 49, 10);
  });

  test('is flat through equal costs', () =>
    expect(
      fitLine([
        [1, 7],
        [2, 7],
      ]),
    ).toEqual({ slope: 0, intercept: 7, r2: 1 }));

  test('needs two sizes', () => expect(() => fitLine([[3, 1]])).toThrow('two different x'));
});
