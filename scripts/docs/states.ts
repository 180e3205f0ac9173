// The table of docs/report.md: what a run that ends in each state has as its exit status and in the outputs `skipped` and
// `verified`. The values come from the action's own functions, only the words are here.
import type { Production } from '../../src/deploy/production.ts';
import type { Rollback } from '../../src/deploy/rollback.ts';
import { UserError } from '../../src/lib/user-error.ts';
import type { Finding } from '../../src/report/finding.ts';
import {
  exitCodeOf,
  type FailureKind,
  isVerified,
  type Outcome,
  type Skipped,
} from '../../src/report/outcome.ts';
import { skippedOf } from '../../src/report/outputs.ts';
import { stateOf } from '../../src/report/state.ts';
import { type State, states } from '../../src/report/states.ts';
import { table } from '../../src/report/summary/markdown.ts';
import { drifts } from '../../src/verify/drift.ts';

const error = new UserError({ code: 'flyctl-failed', found: '', expected: '', fix: '' });
const bad: Finding = { area: 'Image', mark: 'bad', code: 'repository-missing', words: '' };
const reasons: readonly Skipped['reason'][] = ['dry-run', 'unchanged', 'outdated', 'refused'];
const kinds: readonly FailureKind[] = [
  'failed',
  'refused',
  'outdated',
  'inconclusive',
  'unreachable',
  'superseded',
];
const productions: readonly (Production | undefined)[] = [
  { kind: 'unchanged' },
  { kind: 'updated', machines: 2, flyctl: '' },
  { kind: 'changed' },
  { kind: 'unknown' },
  undefined,
];
const rollbacks: readonly (Rollback | undefined)[] = [
  { kind: 'rolled-back', to: [], machines: 2, surplus: [] },
  { kind: 'not-rolled-back', code: 'rollback-failed', why: '' },
  { kind: 'not-rolled-back', code: 'not-determined', why: '' },
  { kind: 'untouched' },
  { kind: 'not-asked', helps: false },
  undefined,
];

/** An outcome of each kind that a run can have, and whether flyctl was started. */
export const endings: readonly { readonly outcome: Outcome; readonly began: boolean }[] = [
  { outcome: { kind: 'deployed', release: undefined, fleet: [] }, began: true },
  ...reasons.map((reason) => ({ outcome: { kind: 'skipped', reason, words: '' } as const, began: false })),
  ...[[], [bad]].map((findings) => ({
    outcome: { kind: 'checked', mode: 'doctor', findings } as const,
    began: false,
  })),
  ...drifts.flatMap((drift) =>
    [...(drift === 'none' ? [undefined] : []), error].map((each) => ({
      outcome: { kind: 'compared', drift, error: each, fleet: [] } as const,
      began: false,
    })),
  ),
  ...[false, true].map((began) => ({ outcome: { kind: 'cancelled', at: '', error } as const, began })),
  ...kinds.map((as) => ({ outcome: { kind: 'failed', as, at: '', error } as const, began: false })),
  ...kinds.flatMap((as) =>
    productions.flatMap((production) =>
      rollbacks.map((rollback) => ({
        outcome: {
          ...({ kind: 'failed', as, at: '', error, fleet: [] } as const),
          ...(production && { production }),
          ...(rollback && { rollback }),
        },
        began: true,
      })),
    ),
  ),
];

interface Row {
  readonly state: State;
  readonly status: 0 | 1;
  readonly skipped: string;
  readonly verified: boolean;
}

/** The rows in the order of the states, those that succeed first. */
export function rowsOfStates(): Row[] {
  const rows = endings.map(({ outcome, began }) => ({
    state: stateOf(outcome, began),
    status: exitCodeOf(outcome),
    skipped: skippedOf(outcome, outcome.kind === 'checked'),
    verified: isVerified(outcome),
  }));
  const unique = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return [...unique.values()].sort(
    (a, b) => states.indexOf(a.state) - states.indexOf(b.state) || a.status - b.status,
  );
}

interface Words {
  readonly head: readonly string[];
  readonly when: Readonly<Record<State, readonly string[]>>;
}

/** When a state occurs; a second text is for the row that fails. */
export const englishStates: Words = {
  head: ['`state`', 'Exit status', '`skipped`', '`verified`', 'When'],
  when: {
    deployed: ['Every machine runs the image, also after `settle-time`'],
    unchanged: ['Every machine already ran the image, with `on-unchanged: skip`'],
    outdated: ['A newer commit runs', 'The same, with `on-outdated: fail`'],
    refused: [
      'This event must not deploy, with `on-refusal: skip`',
      'This event, or a commit that is not on the branch, must not be deployed',
    ],
    'dry-run': ['`mode: dry-run`'],
    checked: ['`mode: doctor` found nothing that would fail a deploy', '`mode: doctor` found a problem'],
    verified: ['`mode: verify`: every machine runs the image and is healthy'],
    drift: ['`mode: verify`: what runs differs, as `drift` tells'],
    busy: ['`mode: verify`: a deploy was in progress, also after `health-timeout`'],
    failed: ['The run failed. It is known what production runs, or flyctl was not started'],
    inconclusive: [
      'flyctl was started, or with `mode: verify` the machines were checked, and what production runs could not be determined. Check the machines',
    ],
    'rolled-back': ['The deploy failed. Every machine runs again what ran before, verified'],
    'rollback-failed': ['The deploy failed, and so did its rollback. Act now'],
    cancelled: ['The run was canceled. The headline states what the machines run'],
  },
};

export const chineseStates: Words = {
  head: ['`state`', '退出码', '`skipped`', '`verified`', '何时出现'],
  when: {
    deployed: ['每台 machine 都在运行该镜像，`settle-time` 之后仍然如此'],
    unchanged: ['每台 machine 早已运行该镜像，且设置了 `on-unchanged: skip`'],
    outdated: ['正在运行更新的 commit', '同上，且设置了 `on-outdated: fail`'],
    refused: ['事件不允许部署，且设置了 `on-refusal: skip`', '事件不允许部署，或 commit 不在该分支上'],
    'dry-run': ['`mode: dry-run`'],
    checked: ['`mode: doctor` 没有发现会让部署失败的问题', '`mode: doctor` 发现了问题'],
    verified: ['`mode: verify`：每台 machine 都在运行该镜像，并且健康'],
    drift: ['`mode: verify`：实际运行的与应当运行的不同，见 `drift`'],
    busy: ['`mode: verify`：在 `health-timeout` 之后仍有部署在进行'],
    failed: ['运行失败。生产环境运行什么是已知的，或者 flyctl 没有启动'],
    inconclusive: [
      'flyctl 已启动，或 `mode: verify` 检查了 machine，但无法确定生产环境运行什么。请检查 machine',
    ],
    'rolled-back': ['部署失败。每台 machine 都已重新运行之前的镜像，并通过验证'],
    'rollback-failed': ['部署失败，回滚也失败。需要立即处理'],
    cancelled: ['运行被取消。`headline` 会写明 machine 在运行什么'],
  },
};

export function statesTable({ head, when }: Words): string {
  const rows = rowsOfStates().map(({ state, status, skipped, verified }) => {
    const [first = '', second = first] = when[state];
    return [
      `\`${state}\``,
      String(status),
      skipped === '' ? '' : `\`${skipped}\``,
      `\`${verified}\``,
      status === 0 ? first : second,
    ];
  });
  return table(head, rows);
}
