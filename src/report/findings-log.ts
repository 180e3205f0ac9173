import type { Log } from '../github/log.ts';
import { counted } from '../lib/format.ts';
import { adviceOf, type Finding, type Mark } from './finding.ts';

export const signs: Record<Mark, string> = { ok: '✓', warning: '!', bad: '✗', skipped: '–' };

/** `3 bad, 1 warning, 12 well, 2 not looked at`, without what there is none of. */
export function tally(findings: readonly Finding[]): string {
  const count = (mark: Mark) => findings.filter((each) => each.mark === mark).length;
  const parts = [
    count('bad') > 0 && `${count('bad')} bad`,
    count('warning') > 0 && counted(count('warning'), 'warning'),
    `${count('ok')} well`,
    count('skipped') > 0 && `${count('skipped')} not seen`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** The list in the log, and a warning at the line of each file that something is to be changed in. */
export function logFindings(findings: readonly Finding[], log: Log): void {
  for (const [area, some] of Map.groupBy(findings, ({ area }) => area)) {
    log.line(area);
    for (const finding of some) {
      const { mark, code, words, at } = finding;
      // Tests read this line, so that the words can change.
      log.debug(`Finding: ${mark} ${code}`);
      const where = at === undefined || mark === 'ok' ? '' : ` (${at.file}, line ${at.line})`;
      // A word of somebody else's is one line here: the list has no other way to say where it ends.
      log.line(`  ${signs[mark]} ${oneLine(words)}${oneLine(where)}`);
      const advice = adviceOf(finding);
      for (const line of advice === '' ? [] : advice.split('\n')) log.line(`      ${oneLine(line)}`);
    }
  }
  // GitHub shows ten of a step: what is bad comes first.
  const worst = [...findings].sort((a, b) => Number(b.mark === 'bad') - Number(a.mark === 'bad'));
  for (const finding of worst) {
    const { mark, words, at } = finding;
    if (at === undefined || mark === 'ok' || mark === 'skipped') continue;
    log.warning(`${oneLine(words)}\n${adviceOf(finding)}`.trimEnd(), at);
  }
  log.line(`Checked: ${tally(findings)}. Nothing was deployed, and nothing was changed.`);
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
