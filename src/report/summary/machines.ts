import { shortDigest } from '../../registry/reference.ts';
import { type CheckedMachine, isFine } from '../../verify/compare.ts';
import { wordsOf } from '../machines.ts';
import type { View } from '../view.ts';
import { code, table, text } from './markdown.ts';

/** A fleet of hundreds is read on Fly.io's own page. */
const mostRows = 100;

/** One row for each machine, those that are wrong first: they are what one looks for. */
export function machines(view: View): string | undefined {
  const { machines, known } = view;
  if (machines === undefined || machines.length === 0 || known.deployStartedAt === undefined)
    return undefined;
  const sorted = [...machines].sort((a, b) => Number(isFine(a)) - Number(isFine(b)));
  const groups = new Set(machines.map(({ group }) => group)).size > 1;
  const notesOf = (machine: CheckedMachine) =>
    isBack(machine, view)
      ? 'runs again what it ran before'
      : isAsBefore(machine, view)
        ? 'unchanged'
        : (wordsOf(machine) ?? '');
  const notes = machines.some((machine) => notesOf(machine) !== '');
  const row = (machine: CheckedMachine) => [
    signOf(machine, view),
    code(machine.id),
    ...(groups ? [code(machine.group)] : []),
    code(machine.region),
    `${code(machine.state)}${machine.host === 'ok' ? '' : ` · host ${code(machine.host)}`}`,
    machine.digest === undefined ? 'not reported' : code(shortDigest(machine.digest).slice('sha256:'.length)),
    // Cut so that no row wraps: all of it stands above, in what was seen.
    ...(notes ? [text(notesOf(machine), 46)] : []),
  ];
  const head = [
    '',
    'Machine',
    ...(groups ? ['Process group'] : []),
    'Region',
    'State',
    'Digest',
    ...(notes ? [''] : []),
  ];
  const more = sorted.length > mostRows ? `\n\n…and ${sorted.length - mostRows} more.` : '';
  return `### Machines\n\n${table(head, sorted.slice(0, mostRows).map(row))}${more}`;
}

/** Was the deploy taken back, and does this machine run again what it ran before it? */
export const isBack = (machine: CheckedMachine, { rolledBack }: View): boolean =>
  rolledBack !== undefined &&
  !machine.excluded &&
  rolledBack.some(
    ({ group, digest }) => (group === undefined || group === machine.group) && digest === machine.digest,
  );

/** Did a deploy that failed leave this machine as it was? */
export const isAsBefore = (machine: CheckedMachine, { production }: View): boolean =>
  production?.kind === 'unchanged' && !machine.excluded;

/** What became of a machine, as one sign. */
export const signOf = (machine: CheckedMachine, view: View): string => {
  if (machine.excluded || isAsBefore(machine, view)) return '–';
  return isBack(machine, view) ? '↩' : isFine(machine) ? '✓' : '✗';
};
