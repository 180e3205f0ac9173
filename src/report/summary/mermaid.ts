import { plainLine } from '../../lib/text.ts';

/** A node of the picture. */
export interface Node {
  readonly id: string;
  /** Lines of the label, text from outside allowed. */
  readonly lines: readonly string[];
  readonly look: keyof typeof looks;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** What should be, and is not. */
  readonly dotted?: boolean;
}

/**
 * A label in Mermaid's quotes. Everything but letters, digits and a few signs becomes an entity code
 * (Mermaid's docs, "Entity codes to escape characters"), so that no text ends the label or is markup in it.
 */
const label = (lines: readonly string[]): string =>
  `"${lines
    .map((line) =>
      plainLine(line.slice(0, 160))
        .slice(0, 80)
        .replace(/[^A-Za-z0-9 ./@-]/gu, (character) => `#${character.codePointAt(0)};`),
    )
    .join('<br/>')}"`;

// Colors that can be read on GitHub's light and dark pages.
const looks = {
  plain: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069',
  good: 'fill:#dafbe1,stroke:#1a7f37,color:#044f1e',
  bad: 'fill:#ffebe9,stroke:#cf222e,color:#82071e',
  back: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  unknown: 'fill:#f6f8fa,stroke:#57606a,color:#24292f',
  unsure: 'fill:#f6f8fa,stroke:#57606a,color:#24292f,stroke-dasharray:5 4',
  other: 'fill:#fbefff,stroke:#8250df,color:#512a97',
} as const;

/** A flowchart from left to right, as a fenced block of Markdown. */
export function flowchart(nodes: readonly Node[], edges: readonly Edge[]): string {
  const used = new Set(nodes.map(({ look }) => look));
  return [
    '```mermaid',
    'flowchart LR',
    ...nodes.map(({ id, lines, look }) => `  ${id}[${label(lines)}]:::${look}`),
    ...edges.map(
      ({ from, to, label: text, dotted }) =>
        `  ${from} ${dotted ? '-.->' : '-->'}${text === undefined ? '' : `|${label([text])}|`} ${to}`,
    ),
    ...[...used].map((look) => `  classDef ${look} ${looks[look]}`),
    '```',
  ].join('\n');
}
