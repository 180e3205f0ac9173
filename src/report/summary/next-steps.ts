import type { Links } from '../../github/links.ts';
import type { ErrorText, Location } from '../../lib/user-error.ts';
import { isFine } from '../../verify/compare.ts';
import type { View } from '../view.ts';
import { flyUrl, runUrl } from './links.ts';
import { block, code, link, prose } from './markdown.ts';

/** What to do next: the first thing that somebody wants of a red run. */
export function whatToDo(view: View, links: Links): string | undefined {
  const { failure } = view;
  if (failure === undefined) return undefined;
  const parts =
    failure.kind === 'expected'
      ? [
          '**What to do next**',
          ...eachOf(failure.texts, ({ fix }) => advice(fix)),
          ...at(failure.location),
          ...nextSteps(view, links),
        ]
      : ['**Unexpected error.** This is a fault of the action: please report it.'];
  return `> [!CAUTION]\n${parts.join('\n\n').replace(/^/gm, '> ').replace(/^> $/gm, '>')}`;
}

export function whatWasSeen({ failure }: View): string | undefined {
  if (failure === undefined) return undefined;
  if (failure.kind === 'unexpected') return block(failure.message);
  return eachOf(
    failure.texts,
    ({ found, expected }) => `**Found:** ${advice(found)}\n\n**Expected:** ${advice(expected)}`,
  ).join('\n\n');
}

/** A paragraph for each problem, numbered where there are several. */
const eachOf = (texts: readonly ErrorText[], paragraph: (text: ErrorText) => string): readonly string[] =>
  texts.map((text, n) => `${texts.length === 1 ? '' : `${n + 1}\\. `}${paragraph(text)}`);

/**
 * A UserError's text: its sentences as prose, in which names can be in backticks; the lines below a sentence, such as YAML
 * or a program's output, unchanged. What comes after an empty line is a sentence again.
 */
export function advice(text: string): string {
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

/** Where to go from here: to the machines where they were touched, back to the run where another try may do. */
function nextSteps({ app, known, machines, rolledBack }: View, links: Links): string[] {
  const { plan, deployStartedAt } = known;
  const touched = deployStartedAt !== undefined && app !== undefined;
  const wrong = rolledBack === undefined ? machines?.find((machine) => !isFine(machine)) : undefined;
  const run = plan === undefined ? undefined : runUrl(links);
  const lines = [
    touched && `fly logs --app ${app}`,
    touched && wrong && /^[a-z0-9]+$/.test(wrong.id) && `fly machine status ${wrong.id} --app ${app}`,
  ].filter((line) => typeof line === 'string');
  const pages = [
    run && link('Run the job again', run),
    touched && link('Machines at Fly.io', flyUrl(app, '/machines')),
  ].filter((page) => typeof page === 'string');
  return [
    ...(lines.length === 0 ? [] : [block(lines.join('\n'))]),
    ...(pages.length === 0 ? [] : [pages.join(' · ')]),
  ];
}
