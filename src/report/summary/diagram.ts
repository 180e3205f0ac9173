import type { ErrorCode } from '../../lib/error-codes.ts';
import { counted } from '../../lib/format.ts';
import { UserError } from '../../lib/user-error.ts';
import { shortDigest, tagIn } from '../../registry/reference.ts';
import { shortSha } from '../../registry/tag-template.ts';
import type { CheckedMachine } from '../../verify/compare.ts';
import { errorOf } from '../outcome.ts';
import type { View } from '../view.ts';
import { fateOf, isSeen, lookOf, signOf, urgencyOf } from './fate.ts';
import { type Edge, flowchart, type Node } from './mermaid.ts';
import { digestOf, tagOf } from './names.ts';

/** More machines than this are drawn by their regions, more regions by what they run. */
const [mostMachines, mostRegions] = [6, 8];
/** More healthy regions than this are one box. */
const mostGood = 4;

/**
 * From the commit to the machines, as far as the run came. Each arrow to a machine comes from what it runs: where some run
 * another image than the one that was to be deployed, that is drawn too.
 */
export function diagram(view: View): string | undefined {
  const { commit, known } = view;
  const { image, plan, mirror, order } = known;
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const add = (node: Node, from: string | undefined, label?: string) => {
    nodes.push(node);
    if (from !== undefined) edges.push({ from, to: node.id, ...(label === undefined ? {} : { label }) });
    return node.id;
  };
  let last: string | undefined;
  if (commit !== undefined) {
    const subject = order?.between?.commits.find(({ sha }) => sha === commit)?.subject;
    const lines = [`commit ${shortSha(commit)}`, ...(subject ? [cut(subject, 32)] : [])];
    last = add({ id: 'commit', lines, look: 'plain' }, last);
  }
  if (image === undefined) {
    const tag = tagOf(plan);
    const state = withoutImage(view);
    if (tag === undefined || commit === undefined || state === undefined) return undefined;
    const look = state === notFound ? 'bad' : 'unsure';
    add({ id: 'image', lines: [cut(tag, 40), state], look }, last, 'built');
    return flowchart(nodes, edges);
  }
  const name = image.tag === undefined ? [] : [cut(image.tag, 40)];
  const digest = digestOf(view) ?? image.digest;
  last = add({ id: 'image', lines: [...name, shortDigest(digest)], look: 'plain' }, last, 'built');
  if (mirror !== undefined) {
    const { reference, digest } = mirror;
    last = add(
      { id: 'mirror', lines: [cut(reference.host, 40), shortDigest(digest)], look: 'plain' },
      last,
      'copied to',
    );
  }
  const groups = groupsOf(view);
  for (const [n, { lines, look, runs, label }] of groups.entries()) {
    const from = runs === undefined ? last : `other${runs.id}`;
    if (runs !== undefined && !nodes.some(({ id }) => id === from))
      nodes.push({ id: from ?? '', lines: runs.lines, look: 'unknown' });
    const id = `m${n + 1}`;
    nodes.push({ id, lines, look });
    if (from !== undefined) edges.push({ from, to: id, label, dotted: look === 'unsure' });
    const dotted = runs === undefined ? undefined : dottedLabel(look, view);
    if (dotted !== undefined && last !== undefined)
      edges.push({ from: last, to: id, label: dotted, dotted: true });
  }
  return flowchart(nodes, edges);
}

const notFound = 'not found';

/** Why the image is not known: only a registry that answers 404 says that there is none. */
function withoutImage({ outcome }: View): string | undefined {
  const error = errorOf(outcome);
  if (outcome.kind === 'cancelled' || !(error instanceof UserError)) return undefined;
  const states: Partial<Record<ErrorCode, string>> = {
    'image-not-found': notFound,
    'platform-missing': 'has no linux/amd64 image',
  };
  return states[error.code] ?? 'could not be read';
}

/** What this run's image is to machines that run another one. */
function dottedLabel(look: Node['look'], { outcome }: View): string | undefined {
  if (look === 'bad') return 'should run on';
  return outcome.kind === 'skipped' && outcome.reason === 'dry-run' ? 'would run on' : undefined;
}

/** A machine or some, with the arrow that leads to them. */
interface Drawn extends Pick<Node, 'lines' | 'look'> {
  readonly label: string;
  /** The other image that they run; undefined: the one that was to be deployed. */
  readonly runs: { readonly id: number; readonly lines: readonly string[] } | undefined;
}

function groupsOf(view: View): Drawn[] {
  const { machines, app, outcome, known } = view;
  if (machines === undefined || machines.length === 0 || !isSeen(view)) {
    const lines = ['app', app ?? '?'];
    const [old, ...more] = new Map(known.before?.map((each) => [each.digest, each])).values();
    const isOther = old !== undefined && more.length === 0 && !isOurs(old, view);
    if (isOther && known.deployStartedAt === undefined) {
      const still = outcome.kind === 'skipped' && outcome.reason === 'dry-run' ? 'runs on' : 'still runs on';
      return [{ lines, look: 'unknown', label: still, runs: { id: 1, lines: otherLines(old) } }];
    }
    const skipped = outcome.kind === 'skipped' ? outcome.reason : undefined;
    if (skipped === 'unchanged') return [{ lines, look: 'good', label: 'runs on', runs: undefined }];
    const label = skipped === 'dry-run' ? 'would run on' : 'not deployed to';
    return [{ lines, look: 'unknown', label, runs: undefined }];
  }
  const others = [
    ...new Set(machines.filter(({ runsImage }) => !runsImage).map(({ digest }) => digest ?? '?')),
  ];
  const drawn = (machine: CheckedMachine, lines: readonly string[]): Drawn => {
    const digest = machine.digest ?? '?';
    const before = known.before?.find((each) => each.digest === digest);
    const [fate, look] = [fateOf(machine, view), lookOf(machine, view)];
    // What was not seen is not drawn.
    if (look === 'unsure') return { lines, look, label: 'not verified on', runs: undefined };
    return {
      lines,
      look,
      label:
        fate === 'back' || fate === 'reverted'
          ? 'runs again on'
          : machine.runsImage || before === undefined
            ? 'runs on'
            : 'still runs on',
      runs: machine.runsImage
        ? undefined
        : {
            id: others.indexOf(digest) + 1,
            lines: otherLines({ image: before?.image || machine.image, digest: machine.digest }),
          },
    };
  };
  const sorted = [...machines].sort((a, b) => urgencyOf(a, view) - urgencyOf(b, view));
  const by = (some: readonly CheckedMachine[], key: (machine: CheckedMachine) => string) => [
    ...Map.groupBy(some, (machine) => `${machine.digest} ${signOf(machine, view)} ${key(machine)}`).values(),
  ];
  if (machines.length <= mostMachines)
    return sorted.map((machine) =>
      drawn(machine, [`${machine.region} ${signOf(machine, view)}`, machine.id, machine.state]),
    );
  const isGood = (machine: CheckedMachine) => urgencyOf(machine, view) > 0;
  const [bad, good] = [sorted.filter((each) => !isGood(each)), sorted.filter(isGood)];
  const split = (some: readonly CheckedMachine[], most: number) => {
    const regions = by(some, ({ region }) => region);
    return regions.length <= most ? regions : by(some, () => '');
  };
  return [...split(bad, mostRegions), ...split(good, mostGood)].slice(0, 2 * mostRegions).flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const places = new Set(some.map(({ region }) => region));
    const place = places.size === 1 ? first.region : counted(places.size, 'region');
    return [drawn(first, [`${place} ${signOf(first, view)}`, counted(some.length, 'machine')])];
  });
}

type Running = Pick<CheckedMachine, 'image' | 'digest'>;

/** Another image than this run's, in its box. */
function otherLines({ image, digest }: Running): string[] {
  const tag = tagIn(image);
  return [
    ...(tag === '' ? [] : [cut(tag, 40)]),
    digest === undefined ? 'digest not reported' : shortDigest(digest),
  ];
}

const isOurs = ({ digest }: Running, { known: { image } }: View): boolean =>
  digest !== undefined && image?.digests.includes(digest) === true;

const cut = (text: string, most: number): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
