import { adviceOf, type Finding } from '../finding.ts';
import { signs } from '../findings-log.ts';
import { block, code, table } from './markdown.ts';

/** Findings as tables, one an area; below each what is to be changed. */
export function checklist(findings: readonly Finding[]): string {
  const areas = Map.groupBy(findings, ({ area }) => area);
  return [...areas]
    .map(([area, some]) => {
      const rows = some.map(({ mark, words, at }) => [
        signs[mark],
        code(words),
        at === undefined ? '' : code(`${at.file}:${at.line}`),
      ]);
      const changes = some
        .filter((each) => each.mark !== 'ok' && adviceOf(each) !== '')
        .map((each) => `${signs[each.mark]} ${code(each.words)}\n${block(adviceOf(each))}`);
      const list = table(['', 'What was seen', 'Where'], rows);
      const details =
        changes.length === 0
          ? ''
          : `\n\n<details open><summary>To change</summary>\n\n${changes.join('\n\n')}\n\n</details>`;
      return `### ${area}\n\n${list}${details}`;
    })
    .join('\n\n');
}
