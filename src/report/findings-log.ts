import type { Log } from '../github/log.ts';
import { counted } from '../lib/format.ts';
import { adviceOf, type Finding, type Mark } from './finding.ts';

export const signs: Record<Mark, string> = { ok: '✓', warning: '!', bad: '✗', skipped: '–' };

/** `3 problems, 1 warning, 12 passed, 2 not checked`, without what there is none of. */
export function tally(findings: readonly Finding[]): string {
  const count = (mark: Mark) => findings.filter((each) => each.mark === mark).length;
  const parts = [
    count('bad') > 0 && counted(count('bad'), 'problem'),
    count('warning') > 0 && counted(count('warning'), 'warning'),
    count('ok') > 0 && `${count('ok')} passed`,
    count('skipped') > 0 && `${count('skipped')} not checked`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** Findings as the log and the summary show them: what would fail a deploy, and the rest by its areas. */
export const inOrder = (findings: readonly Finding[]) => ({
  bad: findings.filter(({ mark }) => mark === 'bad'),
  areas: Map.groupBy(
    findings.filter(({ mark }) => mark !== 'bad'),
    ({ area }) => area,
  ),
});

/**
 * The list in the log, and a warning at the line of each file that something is to be changed in. The one problem of a setup
 * has its line in the error that ends the step.
 */
export function logFindings(findings: readonly Finding[], log: Log): void {
  const { bad, areas } = inOrder(findings);
  const print = (finding: Finding, title = '') => {
    const { mark, code, words, at } = finding;
    // Tests read this line, so that the words can change.
    log.debug(`Finding: ${mark} ${code}`);
    const where = at === undefined || mark === 'ok' ? '' : ` (${at.file}, line ${at.line})`;
    // A word of somebody else's is one line here: the list has no other way to say where it ends.
    log.line(`  ${signs[mark]} ${title}${oneLine(words)}${oneLine(where)}`);
    for (const line of adviceOf(finding).split('\n'))
      if (line.trim() !== '') log.line(`      ${oneLine(line)}`);
  };
  if (bad.length > 0) log.line('Fix these first');
  for (const finding of bad) print(finding, `${finding.area}: `);
  for (const [area, some] of areas) {
    log.line(area);
    for (const finding of some) print(finding);
  }
  // GitHub shows ten of a step: what is bad comes first.
  const warnings = [...(bad.length > 1 ? bad : []), ...findings.filter(({ mark }) => mark === 'warning')];
  for (const finding of warnings)
    if (finding.at !== undefined)
      log.warning(`${oneLine(finding.words)}\n${adviceOf(finding)}`.trimEnd(), finding.at);
  log.line(`Checked: ${tally(findings)}. Nothing was deployed or changed.`);
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
