import { counted } from '../../lib/format.ts';
import { shortDigest } from '../../registry/reference.ts';
import type { CheckedMachine } from '../../verify/compare.ts';
import { wordsOf } from '../machines.ts';
import type { View } from '../view.ts';
import { fateOf, isSeen, legendOf, signOf, urgencyOf } from './fate.ts';
import { code, table, text } from './markdown.ts';

/** A fleet of hundreds is read on Fly.io's own page. */
const mostRows = 100;
/** From this many machines up, those that run the image are folded away. */
const fleet = 10;
/** The most characters of a failure's cause, whose whole text is in the error, and of a name: a hundred rows must fit on the page. */
const [mostOfCause, mostOfName] = [160, 80];

/** One row for each machine. Those that need action come first. */
export function machines(view: View): string | undefined {
  const { machines } = view;
  if (machines === undefined || machines.length === 0 || !isSeen(view)) return undefined;
  const sorted = [...machines].sort((a, b) => urgencyOf(a, view) - urgencyOf(b, view));
  const isFolded = (machine: CheckedMachine) => machines.length >= fleet && fateOf(machine, view) === 'fine';
  const [open, folded] = [sorted.filter((each) => !isFolded(each)), sorted.filter(isFolded)];
  const shown = open.slice(0, mostRows);
  const kept = folded.slice(0, mostRows - shown.length);
  const left = machines.length - shown.length - kept.length;
  const parts = [
    '### Machines',
    shown.length > 0 && rows(shown, view),
    legendOf(open, view),
    kept.length > 0 &&
      `<details><summary>${counted(folded.length, 'machine')} ${folded.length === 1 ? 'runs' : 'run'} the image</summary>\n\n${rows(kept, view)}\n\n</details>`,
    left > 0 && `…and ${left} more.`,
  ];
  return parts.filter((part) => typeof part === 'string').join('\n\n');
}

function rows(some: readonly CheckedMachine[], view: View): string {
  const groups = new Set(view.machines?.map(({ group }) => group)).size > 1;
  const notesOf = (machine: CheckedMachine) =>
    ['back', 'unchanged', 'excluded'].includes(fateOf(machine, view)) ? '' : (wordsOf(machine) ?? '');
  const notes = some.some((machine) => notesOf(machine) !== '');
  const row = (machine: CheckedMachine) => [
    signOf(machine, view),
    code(machine.id, mostOfName),
    ...(groups ? [code(machine.group, mostOfName)] : []),
    code(machine.region, mostOfName),
    view.missing.has(machine.id) ? text(machine.state, mostOfName) : stateOf(machine),
    machine.digest === undefined ? 'not reported' : code(shortDigest(machine.digest).slice('sha256:'.length)),
    ...(notes ? [text(notesOf(machine), mostOfCause)] : []),
  ];
  const head = [
    '',
    'Machine',
    ...(groups ? ['Process group'] : []),
    'Region',
    'State',
    'Digest',
    ...(notes ? ['Details'] : []),
  ];
  return table(head, some.map(row));
}

const stateOf = ({ state, host }: CheckedMachine): string =>
  `${code(state, mostOfName)}${host === 'ok' ? '' : ` · host ${code(host, mostOfName)}`}`;
