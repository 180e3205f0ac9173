import { workflowDispatch } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { digestOf } from '../factories.ts';
import { faultsOfFleetReport } from '../report-schema.ts';
import { runAction } from './world.ts';

export const digest = digestOf('a');
export const image = `ghcr.io/owner/repo@${digest}`;

export type Files = Readonly<Record<string, string>>;
type Outputs = Readonly<Record<string, string>>;

/** The name of an app's artifact. */
export const nameOf = (app: string, attempt: number, ofDigest = ''): string =>
  `deploy-image-${attempt}-${app}-${/^sha256:([0-9a-f]{64})$/.exec(ofDigest)?.[1] ?? 'none'}`;

/** A result as deploy-app.yml writes it: one folder per artifact. */
export const result = (
  app: string,
  outcome: string,
  outputs: Outputs,
  { attempt = 1, name = nameOf(app, attempt, outputs['digest']) } = {},
): Files => ({
  [`results/${name}/${name}.json`]: JSON.stringify({ app, attempt: String(attempt), outcome, outputs }),
});

/** Starts fleet/ like the runner, without flyctl or a network. */
export const runFleet = (
  inputs: Readonly<Record<string, string>>,
  files: Files = {},
  env: Readonly<Record<string, string>> = {},
): Promise<ActionRun> =>
  runAction({ action: 'fleet', event: workflowDispatch(), inputs, files, env, flyctl: false });

/** Writes the table of a run whose jobs all succeeded, unless the inputs differ. */
export const report = (inputs: Readonly<Record<string, string>>, ...files: Files[]): Promise<ActionRun> =>
  runFleet(
    {
      ...{ step: 'report', image, digest, given: image, ready: 'true', results: 'results', attempt: '1' },
      ...{ 'first-result': 'success', 'rest-result': 'success' },
      ...inputs,
    },
    Object.assign({}, ...files),
  );

/** The codes of its warnings. */
export const warningsOf = ({ stdout }: Pick<ActionRun, 'stdout'>): (string | undefined)[] =>
  [...stdout.matchAll(/^::debug::Warning code: (.*)$/gm)].map(([, code]) => code);

/** What tests read of the merged report. */
export interface Merged {
  readonly mode: string;
  readonly attempt: number;
  readonly state: string;
  readonly headline: string;
  readonly warnings: { readonly texts: readonly string[]; readonly omitted: number };
  readonly apps: readonly {
    readonly app: string;
    readonly state: string | null;
    readonly headline: string | null;
    readonly drift: string | null;
    readonly attempt: number | null;
    readonly url: string | null;
    readonly 'report-missing': { readonly kind: string; readonly words: string } | null;
    // biome-ignore lint/suspicious/noExplicitAny: it is what another job left
    readonly report: any;
  }[];
}

/** The merged report of a run. It is valid, and its states are those of the table and of the outputs. */
export function mergedOf(run: ActionRun): Merged {
  const merged: Merged = JSON.parse(run.reports['fleet.json'] ?? '');
  const faults = faultsOfFleetReport(merged);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const of = (rows: readonly { readonly app: string; readonly state: string | null }[]) =>
    JSON.stringify(rows.map(({ app, state }) => [app, state ?? '']));
  const rows = [
    ...run.summary.matchAll(/^\| \[?`([a-z0-9-]+)`(?:\]\([^)]*\))? \| [^|]* \| (?:`([a-z-]+)`)? \|/gm),
  ].map(([, app = '', state = '']) => ({ app, state }));
  for (const other of [rows, JSON.parse(run.outputs['fleet'] ?? '')])
    if (of(other) !== of(merged.apps)) throw new Error(`${of(other)} is not ${of(merged.apps)}`);
  for (const name of ['state', 'headline'] as const)
    if (run.outputs[name] !== merged[name]) throw new Error(`${run.outputs[name]} is not ${merged[name]}`);
  return merged;
}
