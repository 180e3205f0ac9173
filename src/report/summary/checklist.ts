import type { Finding } from '../finding.ts';
import { inOrder, signs, tally } from '../findings-log.ts';
import { code, prose, table } from './markdown.ts';
import { sentences } from './next-steps.ts';

/**
 * Findings as a page: first what would fail a deploy, then each area, folded. Each finding is there once, with the lines to
 * change below it.
 */
export function checklist(findings: readonly Finding[]): string {
  const { bad, areas } = inOrder(findings);
  const first = bad.map((finding, n) => item(finding, `**${n + 1}. ${finding.area}.** `));
  const rest = [...areas].map(
    ([area, some]) => `<details><summary>${area}: ${tally(some)}</summary>\n\n${ofArea(some)}\n\n</details>`,
  );
  return [...(first.length === 0 ? [] : ['### Fix these first', ...first]), ...rest].join('\n\n');
}

/** What is to be changed, and a table of the others. */
function ofArea(findings: readonly Finding[]): string {
  const isListed = ({ mark, fix }: Finding) => mark === 'ok' || fix === undefined;
  const items = findings.filter((each) => !isListed(each));
  const rows = findings.filter(isListed).map((each) => [signs[each.mark], sentence(each)]);
  return [
    ...items.map((each) => item(each, `**${signs[each.mark]}** `)),
    ...(rows.length === 0 ? [] : [table(['', 'Finding'], rows)]),
  ].join('\n\n');
}

const item = (finding: Finding, title: string): string => {
  const { expected, fix } = finding;
  return [
    `${title}${sentence(finding)}`,
    ...(expected === undefined ? [] : [`**Expected:** ${sentences(expected)}`]),
    ...(fix === undefined ? [] : [`**Fix:** ${sentences(fix)}`]),
  ].join('\n\n');
};

const sentence = ({ mark, words, at }: Finding): string =>
  prose(words) + (at === undefined || mark === 'ok' ? '' : ` (${code(`${at.file}:${at.line}`)})`);
