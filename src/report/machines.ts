import type { Machine } from '../fly/machine.ts';
import { failureWords, waitWords } from '../fly/trouble.ts';
import { fitting } from '../lib/fitting.ts';
import { shortened } from '../lib/text.ts';
import { type CheckedMachine, isFine } from '../verify/compare.ts';

/** The state of a machine beside its digest, as a part of a sentence. */
export function wordsOf({ failure, waitingFor, supersededBy, excluded }: CheckedMachine): string | undefined {
  if (excluded) return 'excluded by `flags`';
  if (failure !== undefined) return failureWords(failure);
  if (supersededBy !== undefined) return `in release v${supersededBy} of another deploy`;
  return waitingFor && waitWords(waitingFor);
}

/**
 * GitHub takes 1 MB of outputs a job, measured as UTF-16 (docs, "Passing information between jobs"): half a million
 * characters, of which the other outputs need some.
 */
const [mostCharacters, mostOfText] = [400_000, 500];

const cut = (text: string): string => shortened(text, mostOfText);

/**
 * The output `machines`: a JSON array, at most 400,000 characters long, and how many machines it omits. Of a fleet that does not
 * fit, which is one of more than a thousand machines, those with a problem come first; the others are there as far as there is
 * room.
 *
 * @param rolledBack whether all of them run again what ran before: then the later release is the rollback's own.
 */
export function machinesOutput(
  machines: readonly CheckedMachine[],
  rolledBack: boolean,
): {
  readonly json: string;
  readonly omitted: number;
} {
  const sizeOf = ({ length }: string) => length + ','.length;
  const { texts, omitted } = fitting(
    machines,
    isFine,
    (machine) => asJson(machine, rolledBack),
    sizeOf,
    mostCharacters - '[]'.length,
  );
  return { json: `[${texts.join(',')}]`, omitted };
}

/** Machines for the report, and how many it omits: no more than fit into the output. */
interface Listed {
  readonly list: readonly unknown[];
  readonly omitted: number;
}

/** The machines as they were last seen, as the output `machines` has them. */
export function machinesNow(machines: readonly CheckedMachine[], rolledBack: boolean): Listed {
  const { json, omitted } = machinesOutput(machines, rolledBack);
  return { list: JSON.parse(json), omitted };
}

/** The machines before the deploy. */
export function machinesBefore(machines: readonly Machine[]): Listed {
  const asText = ({ id, name, region, state, group, image, digest, releaseVersion }: Machine) =>
    JSON.stringify({
      ...{ id: cut(id), name: cut(name), region: cut(region), state: cut(state), group: cut(group) },
      image: cut(image),
      digest: digest === undefined ? null : cut(digest),
      'release-version': releaseVersion === undefined ? null : cut(releaseVersion),
    });
  const { texts, omitted } = fitting(
    machines,
    () => true,
    asText,
    ({ length }) => length + 1,
    mostCharacters,
  );
  return { list: texts.map((text) => JSON.parse(text)), omitted };
}

function asJson(machine: CheckedMachine, rolledBack: boolean): string {
  const isBack = rolledBack && machine.supersededBy !== undefined && !machine.excluded;
  const words = isBack ? 'rolled back' : wordsOf(machine);
  return JSON.stringify({
    id: cut(machine.id),
    name: cut(machine.name),
    region: cut(machine.region),
    state: cut(machine.state),
    group: cut(machine.group),
    image: cut(machine.image),
    digest: machine.digest === undefined ? null : cut(machine.digest),
    'runs-image': machine.runsImage,
    excluded: machine.excluded,
    problem: words === undefined ? null : cut(words),
  });
}
