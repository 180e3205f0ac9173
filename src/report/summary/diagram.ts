import type { Plan } from '../../image/types.ts';
import { counted } from '../../lib/format.ts';
import { shortDigest, tagIn } from '../../registry/reference.ts';
import { shortSha } from '../../registry/tag-template.ts';
import { type CheckedMachine, isFine } from '../../verify/compare.ts';
import type { View } from '../view.ts';
import { digestOf } from './changes.ts';
import { isAsBefore, isBack, signOf } from './machines.ts';
import { type Edge, flowchart, type Node } from './mermaid.ts';

/** More machines than this are drawn by their regions, more regions by what they run. */
const [mostMachines, mostRegions] = [6, 8];

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
    if (tag === undefined || commit === undefined) return undefined;
    add({ id: 'image', lines: [cut(tag, 40), 'is not there'], look: 'bad' }, last, 'built');
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
    const id = add({ id: `m${n + 1}`, lines, look }, from, label);
    if (look === 'bad' && runs !== undefined && last !== undefined)
      edges.push({ from: last, to: id, label: 'should run on', dotted: true });
  }
  return flowchart(nodes, edges);
}

const tagOf = (plan: Plan | undefined): string | undefined =>
  plan === undefined || plan.source === 'pattern'
    ? undefined
    : 'reference' in plan
      ? plan.reference.tag
      : plan.tag;

/** A machine or some, with the arrow that leads to them. */
interface Drawn extends Pick<Node, 'lines' | 'look'> {
  readonly label: string;
  /** The other image that they run; undefined: the one that was to be deployed. */
  readonly runs: { readonly id: number; readonly lines: readonly string[] } | undefined;
}

function groupsOf(view: View): Drawn[] {
  const { machines, app, outcome, known } = view;
  if (machines === undefined || machines.length === 0 || known.deployStartedAt === undefined) {
    const label = {
      'dry-run': 'would go to',
      unchanged: 'runs on',
      none: 'not deployed to',
    } as const;
    const skipped = outcome.kind === 'skipped' ? outcome.reason : undefined;
    const why = skipped === 'dry-run' || skipped === 'unchanged' ? skipped : 'none';
    const look = skipped === 'unchanged' ? 'good' : 'unknown';
    return [{ lines: ['app', app ?? '?'], look, label: label[why], runs: undefined }];
  }
  const others = [
    ...new Set(machines.filter(({ runsImage }) => !runsImage).map(({ digest }) => digest ?? '?')),
  ];
  const drawn = (machine: CheckedMachine, lines: readonly string[]): Drawn => {
    const digest = machine.digest ?? '?';
    const before = known.before?.find((each) => each.digest === digest);
    const tag = tagIn(before?.image || machine.image);
    return {
      lines,
      look:
        machine.excluded || isAsBefore(machine, view)
          ? 'unknown'
          : isBack(machine, view)
            ? 'back'
            : isFine(machine)
              ? 'good'
              : 'bad',
      label: isBack(machine, view)
        ? 'runs again on'
        : machine.runsImage || before === undefined
          ? 'runs on'
          : 'still runs on',
      runs: machine.runsImage
        ? undefined
        : {
            id: others.indexOf(digest) + 1,
            lines: [...(tag === '' ? [] : [cut(tag, 40)]), shortDigest(digest)],
          },
    };
  };
  const by = (key: (machine: CheckedMachine) => string) =>
    [...Map.groupBy(machines, (machine) => `${machine.digest} ${signOf(machine, view)} ${key(machine)}`)].map(
      ([, some]) => some,
    );
  if (machines.length <= mostMachines)
    return machines.map((machine) =>
      drawn(machine, [`${machine.region} ${signOf(machine, view)}`, machine.id, machine.state]),
    );
  const regions = by(({ region }) => region);
  const groups = regions.length <= mostRegions ? regions : by(() => '');
  return groups.slice(0, 2 * mostRegions).flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const places = new Set(some.map(({ region }) => region));
    const place = places.size === 1 ? first.region : counted(places.size, 'region');
    return [drawn(first, [`${place} ${signOf(first, view)}`, counted(some.length, 'machine')])];
  });
}

const cut = (text: string, most: number): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
