import { releaseCommandMachine } from '../../deploy/remedy.ts';
import { surplusFix } from '../../deploy/surplus.ts';
import type { Links } from '../../github/links.ts';
import type { ErrorText, Location } from '../../lib/user-error.ts';
import { shortDigest } from '../../registry/reference.ts';
import { canTryAgain, errorOf } from '../outcome.ts';
import type { View } from '../view.ts';
import { allRun } from './condition.ts';
import { isSeen, urgencyOf } from './fate.ts';
import { flyUrl, runUrl } from './links.ts';
import { block, code, link, prose } from './markdown.ts';
import { isMoving, previousName } from './names.ts';

/** What to do next: the first question about a failed run. */
export function whatToDo(view: View, links: Links): string | undefined {
  const { failure } = view;
  if (failure === undefined) return undefined;
  const parts =
    failure.kind === 'expected'
      ? [
          '**What to do next**',
          ...backOn(view),
          ...eachOf(failure.texts, ({ fix }) => sentences(fix)),
          ...leftOver(view),
          ...at(failure.location),
          ...nextSteps(view, links),
        ]
      : ['**Unexpected error.** This is a bug in the action: please report it.'];
  return `> [!CAUTION]\n${parts.join('\n\n').replace(/^/gm, '> ').replace(/^> $/gm, '>')}`;
}

export function whatWasFound({ failure, known }: View): string | undefined {
  if (failure === undefined) return undefined;
  if (failure.kind === 'unexpected') return block(failure.message);
  return eachOf(
    failure.texts,
    ({ found, expected }) =>
      `**Found:** ${sentences(shortened(found))}\n\n**Expected:** ${sentences(named(expected, known.image, known.plan))}`,
  ).join('\n\n');
}

/** A paragraph for each problem, numbered where there are several. */
const eachOf = (texts: readonly ErrorText[], paragraph: (text: ErrorText) => string): readonly string[] =>
  texts.map((text, n) => `${texts.length === 1 ? '' : `${n + 1}\\. `}${paragraph(text)}`);

/**
 * A UserError's text: its sentences as prose, in which names can be in backticks; the lines below a sentence, such as YAML
 * or a program's output, unchanged. What comes after an empty line is a sentence again.
 */
export function sentences(text: string): string {
  const parts: { readonly kind: 'prose' | 'lines'; readonly lines: string[] }[] = [];
  let fresh = true;
  for (const line of text.split('\n')) {
    const kind = fresh ? 'prose' : 'lines';
    fresh = line.trim() === '';
    if (fresh) continue;
    const last = parts.at(-1);
    if (last?.kind === 'lines' && kind === 'lines') last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  }
  return parts
    .map(({ kind, lines }) => (kind === 'prose' ? prose(lines[0] ?? '') : block(lines.join('\n'))))
    .join('\n\n');
}

const at = (location: Location | undefined): string[] =>
  location === undefined ? [] : [`In ${code(location.file)}, line ${location.line}.`];

/** Digests that are in full below. */
const shortened = (text: string): string => text.replace(/sha256:[0-9a-f]{64}(?![0-9a-f])/g, shortDigest);

/** The image's digest beside its tag, where that does not move. */
function named(text: string, image: View['known']['image'], plan: View['known']['plan']): string {
  const tag = image !== undefined && !isMoving(plan) ? image.tag : undefined;
  return tag === undefined || image === undefined || text.includes(tag)
    ? text
    : text.replace(shortDigest(image.digest), `\`${tag}\`, $&`);
}

/** What runs after a rollback: production needs no action. */
const backOn = (view: View): string[] =>
  view.rolledBack === undefined
    ? []
    : [`Production is back: ${allRun(view, `${previousName(view)} again`)}.`];

const errorTextHas = (failure: View['failure'], fix: string): boolean =>
  failure?.kind === 'expected' && failure.texts.some((text) => text.fix.includes(fix));

/** Machines that a deploy left behind before it was rolled back: the log warns of them. */
function leftOver({ outcome, app, failure }: View): string[] {
  const rollback = outcome.kind === 'failed' ? outcome.rollback : undefined;
  if (rollback?.kind !== 'rolled-back' || app === undefined) return [];
  const fix = surplusFix(app, rollback.surplus);
  // If flyctl failed, the error contains it already.
  return fix === undefined || errorTextHas(failure, fix) ? [] : [sentences(`Before the next deploy, ${fix}`)];
}

/** Where to continue: at the machines if the deploy touched them, and at the run if a retry can succeed. */
function nextSteps(view: View, links: Links): string[] {
  const { app, known, machines, outcome } = view;
  const touched = isSeen(view) && app !== undefined;
  const drift = outcome.kind === 'compared' ? outcome.drift : undefined;
  // Another image than expected, or a deploy in progress, is not in the app's logs.
  const logs = drift === undefined || drift === 'none';
  const release = releaseCommandMachine(errorOf(outcome));
  const wrong = machines?.find((machine) => urgencyOf(machine, view) === 0 && /^[a-z0-9]+$/.test(machine.id));
  const run = known.plan !== undefined && canTryAgain(outcome) ? runUrl(links) : undefined;
  const advised =
    view.failure?.kind === 'expected' ? view.failure.texts.map(({ fix }) => fix).join('\n') : '';
  const lines = [
    touched &&
      logs &&
      !advised.includes('`fly logs -a') &&
      `fly logs --app ${app}${release === undefined ? '' : ` -i ${release}`}`,
    touched &&
      wrong &&
      drift !== 'busy' &&
      !advised.includes(`fly machine status ${wrong.id}`) &&
      `fly machine status ${wrong.id} --app ${app}`,
  ].filter((line) => typeof line === 'string');
  const pages = [
    run && link('Run the job again', run),
    touched && link('Machines on Fly.io', flyUrl(app, '/machines')),
  ].filter((page) => typeof page === 'string');
  return [
    ...(lines.length === 0 ? [] : [block(lines.join('\n'))]),
    ...(pages.length === 0 ? [] : [pages.join(' · ')]),
  ];
}
