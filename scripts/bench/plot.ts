// bench/ratios.svg.
import { median } from './median.ts';
import type { Measured, StartResult } from './start.ts';

/** A ratio of medians, so that one slow round does not matter. */
export const ratioOf = ({ ms }: Pick<Measured, 'ms'>, bare: readonly number[]): number =>
  median(ms) / median(bare);

/** A bar for each case, with its target as a line. */
export function ratiosPlot({ bare, cases }: StartResult): string {
  const [left, width, row] = [250, 420, 34];
  const most = Math.ceil(Math.max(...cases.map((each) => Math.max(ratioOf(each, bare), each.target ?? 0))));
  const x = (ratio: number) => left + (ratio / most) * width;
  const bars = cases.map((each, n) => {
    const [ratio, y] = [ratioOf(each, bare), 10 + n * row];
    const line =
      each.target === undefined
        ? ''
        : `<line x1="${x(each.target)}" x2="${x(each.target)}" y1="${y - 2}" y2="${y + 22}" stroke="#cf222e" stroke-width="2"/>`;
    return `<text x="${left - 8}" y="${y + 15}" text-anchor="end">${each.name}</text><rect x="${left}" y="${y}" width="${(x(ratio) - left).toFixed(1)}" height="20" fill="${each.isOther ? '#8c959f' : '#0969da'}"/>${line}<text x="${(x(ratio) + 6).toFixed(1)}" y="${y + 15}">${ratio.toFixed(2)}</text>`;
  });
  const height = 20 + cases.length * row;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 60}" height="${height}" font-family="sans-serif" font-size="13" fill="#59636e">\n<title>Wall time as a multiple of node -e 0; the red line is the target, and grey bars are other programs</title>\n${bars.join('\n')}\n</svg>\n`;
}
