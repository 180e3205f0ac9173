/** A straight line through points, and how much of their differences it explains. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** R², at most 1: 1 if all points are on the line. */
  readonly r2: number;
}

/** Fits a line by least squares. @throws Error unless there are two different x. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (of: (point: readonly [x: number, y: number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x0, y0] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = mean(([x]) => (x - x0) ** 2);
  if (!(spread > 0)) throw new Error('a line needs two different x');
  const slope = mean(([x, y]) => (x - x0) * (y - y0)) / spread;
  const intercept = y0 - slope * x0;
  const total = mean(([, y]) => (y - y0) ** 2);
  const rest = mean(([x, y]) => (y - intercept - slope * x) ** 2);
  return { slope, intercept, r2: total === 0 ? 1 : 1 - rest / total };
}
