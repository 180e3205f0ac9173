import type { Machine } from '../../fly/machine.ts';
import { counted } from '../../lib/format.ts';
import { type CheckedMachine, managed } from '../../verify/compare.ts';
import type { View } from '../view.ts';
import { type Fate, fateOf } from './fate.ts';
import { code, text } from './markdown.ts';
import { imageName, otherName } from './names.ts';

// The sentence about what production runs: `1 of 3 machines still runs main-0000000 (sin)`.

/** The subject and the verb of a sentence about some of all machines. */
const some = (count: number, all: number, one: string, many: string): string =>
  count === all
    ? all === 1
      ? `its machine ${one}`
      : `all ${all} machines ${many}`
    : `${count} of ${counted(all, 'machine')} ${count === 1 ? one : many}`;

/** All machines that the deploy is for, as those that run something. */
export function allRun(view: View, what: string, verb: readonly [string, string] = ['runs', 'run']): string {
  const machines = view.machines ?? [];
  const meant = managed(machines).length;
  return `${some(meant, machines.length, ...verb)} ${what}`;
}

/** What ran before the deploy, as what runs now; undefined where that was not read. */
export function runsAsBefore(view: View, verb: readonly [string, string]): string | undefined {
  const { before } = view.known;
  if (before === undefined) return undefined;
  return before.length === 0
    ? 'the app has no machine'
    : `${some(before.length, before.length, ...verb)} ${imagesOf(before, view)}`;
}

/** One image by its name, several by their number. */
export function imagesOf(machines: readonly Machine[], view: View): string {
  const images = new Map(machines.map((machine) => [machine.digest ?? machine.image, machine]));
  const [first] = images.values();
  if (images.size !== 1 || first === undefined) return `${images.size} different images`;
  const { image } = view.known;
  return first.digest !== undefined && image?.digests.includes(first.digest)
    ? imageName(view)
    : otherName(first, view);
}

type Phrase = (
  machines: readonly CheckedMachine[],
  view: View,
) => readonly [one: string, many: string, what: string];

/** What is wrong with machines, the worst first. */
const phrases: readonly (readonly [Fate, Phrase])[] = [
  ['not-back', (_, view) => ['still runs', 'still run', imageName(view)]],
  ['reverted', (those, view) => ['is back on', 'are back on', imagesOf(those, view)]],
  [
    'other-image',
    (those, view) => {
      const still = those.every(({ id, digest }) => {
        const old = view.beforeById.get(id);
        return old !== undefined && old.digest === digest;
      });
      const images = imagesOf(those, view);
      return still ? ['still runs', 'still run', images] : ['runs', 'run', images];
    },
  ],
  [
    'unhealthy',
    ({ length }, view) => ['runs', 'run', `${imageName(view)} and ${length === 1 ? 'is' : 'are'} unhealthy`],
  ],
  ['changed', () => ['was', 'were', 'changed after the deploy']],
  ['not-updated', () => ['was', 'were', 'not updated by this deploy']],
  [
    'other-deploy',
    (those, view) => {
      const [version, ...more] = new Set(those.map(({ supersededBy }) => supersededBy));
      const release =
        more.length > 0 || version === undefined ? 'releases' : `release ${text(`v${version}`, 40)}`;
      return ['runs', 'run', `${imagesOf(those, view)} in ${release} of another deploy`];
    },
  ],
  ['missing', () => ['is', 'are', 'missing from Fly.io’s list']],
  [
    'unreachable',
    ({ length }) => ['is', 'are', length === 1 ? 'on an unreachable host' : 'on unreachable hosts'],
  ],
  ['unverified', () => ['could', 'could', 'not be verified']],
];

/** Kinds of trouble that a heading has room for. */
const mostKinds = 2;

/** Which machines are not as they should be, and where; undefined where all are. */
export function troubleOf(view: View): string | undefined {
  const all = view.machines ?? [];
  const meant = managed(all);
  const groups = phrases.flatMap(([fate, phrase]) => {
    const machines = meant.filter((machine) => fateOf(machine, view) === fate);
    return machines.length === 0 ? [] : [{ fate, machines, words: phrase(machines, view) }];
  });
  if (groups.length === 0) return undefined;
  const told = groups.slice(0, mostKinds).map(({ fate, machines, words: [one, many, what] }, n) => {
    const count = machines.length;
    const subject = n === 0 ? some(count, all.length, one, many) : `${count} ${count === 1 ? one : many}`;
    return `${subject} ${what}${placesOf(machines, all)}${fate === 'reverted' ? ', reverted by Fly.io' : ''}`;
  });
  const rest = groups.slice(mostKinds).reduce((sum, { machines }) => sum + machines.length, 0);
  return [...told, ...(rest === 0 ? [] : [`${rest} more not verified`])].join('; ');
}

/** Regions that a heading has room for. */
const mostRegions = 3;

/** Where these machines are, unless they are all there are. */
function placesOf(machines: readonly Machine[], all: readonly Machine[]): string {
  if (machines.length === all.length) return '';
  const regions = [...new Set(machines.map(({ region }) => region))].filter((region) => region.trim() !== '');
  if (regions.length === 0) return '';
  return regions.length > mostRegions
    ? ` (${counted(regions.length, 'region')})`
    : ` (${regions.map((region) => code(region.slice(0, 20))).join(', ')})`;
}
