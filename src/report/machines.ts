import { failureWords, waitWords } from '../fly/trouble.ts';
import { type CheckedMachine, isFine } from '../verify/compare.ts';

/** The state of a machine beside its digest, as a part of a sentence. */
export function wordsOf({ failure, waitingFor, supersededBy, excluded }: CheckedMachine): string | undefined {
  if (excluded) return 'excluded by `flags`';
  if (failure !== undefined) return failureWords(failure);
  if (supersededBy !== undefined) return `in a later release, v${supersededBy}`;
  return waitingFor && waitWords(waitingFor);
}

/**
 * GitHub takes 1 MB of outputs a job, measured as UTF-16 (docs, "Passing information between jobs"): half a million
 * characters, of which the other outputs need some.
 */
const [mostCharacters, mostOfText] = [400_000, 500];

const cut = (text: string): string =>
  text.length > mostOfText ? `${text.slice(0, mostOfText)}…`.toWellFormed() : text;

/**
 * The output `machines`: a JSON array, at most 400,000 characters long. Of a fleet that does not fit, which is one of more
 * than a thousand machines, those that are not healthy come first, then the others as far as there is room.
 */
export function machinesOutput(machines: readonly CheckedMachine[]): string {
  const whole = `[${machines.map(asJson).join(',')}]`;
  if (whole.length <= mostCharacters) return whole;
  const kept: string[] = [];
  let room = mostCharacters - '[]'.length;
  for (const machine of [...machines].sort((a, b) => Number(isFine(a)) - Number(isFine(b)))) {
    const json = asJson(machine);
    room -= json.length + ','.length;
    if (room < 0) break;
    kept.push(json);
  }
  return `[${kept.join(',')}]`;
}

function asJson(machine: CheckedMachine): string {
  const words = wordsOf(machine);
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
