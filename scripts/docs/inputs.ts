// The READMEs' tables of inputs and outputs, generated from action.yml. Each group of inputs has a table.

export interface Part {
  readonly description: string;
  readonly default?: string;
}
export type Parts = Readonly<Record<string, Part>>;
type Describe = (name: string, part: Part) => string;

/** Every input, in the groups and order of the documents, with English and Chinese headings. */
export const groups: readonly { en: string; zh: string; inputs: readonly string[] }[] = [
  { en: 'Target', zh: '目标', inputs: ['app', 'config', 'fly-api-token'] },
  {
    en: 'Image',
    zh: '镜像',
    inputs: [
      'image',
      'branch',
      'sha-tag',
      'commit',
      'select',
      'manual-select',
      'source-app-token',
      'soak-time',
      'deploy-by',
      'wait-for-image',
    ],
  },
  {
    en: 'Trust',
    zh: '信任',
    inputs: ['allow-events', 'check-revision', 'attestation', 'attestation-ref', 'trusted-root'],
  },
  {
    en: 'Registry',
    zh: '镜像仓库',
    inputs: ['registry-username', 'registry-password', 'github-token', 'mirror'],
  },
  { en: 'Deploy', zh: '部署', inputs: ['flyctl-version', 'flags', 'no-cache', 'deploy-timeout'] },
  {
    en: 'Verify',
    zh: '验证',
    inputs: ['settle-time', 'health-url', 'health-status', 'health-body', 'health-timeout', 'verify-command'],
  },
  {
    en: 'Mode, skips and rollback',
    zh: '模式、跳过与回滚',
    inputs: ['mode', 'on-refusal', 'on-outdated', 'on-unchanged', 'rollback', 'deployment-record'],
  },
];

const rowsOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');

/** The tables of all groups, each below a heading. */
export const inputTables = (
  parts: Parts,
  language: 'en' | 'zh',
  head: readonly string[],
  describe: Describe,
): string =>
  groups
    .map(({ inputs, ...names }) => {
      const rows = inputs.flatMap((name) => {
        const part = parts[name];
        if (part === undefined) return [];
        const value = part.default === undefined ? '' : `\`${part.default}\``;
        return [[`\`${name}\``, value, describe(name, part).replaceAll('|', '\\|')]];
      });
      return `### ${names[language]}\n\n${rowsOf(head, rows)}`;
    })
    .join('\n\n');

export const outputTable = (parts: Parts, head: readonly string[], describe: Describe): string =>
  rowsOf(
    head,
    Object.entries(parts).map(([name, part]) => [`\`${name}\``, describe(name, part).replaceAll('|', '\\|')]),
  );

/**
 * Faults of the groups: an input that is in none or in several, or that no longer exists, and another order or other headings
 * in action.yml.
 *
 * @param source action.yml as text.
 */
export function faultsOfGroups(parts: Parts, source: string): string[] {
  const grouped = groups.flatMap(({ inputs }) => inputs);
  const headings = [...source.matchAll(/^ {2}# (.+)$/gm)].map(([, heading]) => heading);
  const isGrouped =
    `${headings}` === `${groups.map(({ en }) => en)}` && `${Object.keys(parts)}` === `${grouped}`;
  return [
    ...Object.keys(parts)
      .filter((name) => grouped.filter((each) => each === name).length !== 1)
      .map((name) => `scripts/docs/inputs.ts: ${name} has to be in one group`),
    ...grouped
      .filter((name) => !Object.hasOwn(parts, name))
      .map((name) => `scripts/docs/inputs.ts: ${name} is not an input of action.yml`),
    ...(isGrouped
      ? []
      : ['action.yml: its inputs do not have the order and the headings of scripts/docs/inputs.ts']),
  ];
}
