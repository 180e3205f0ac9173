import { printable } from '../github/log.ts';
import type { State } from './states.ts';
import { heading } from './summary/heading.ts';
import { plain } from './summary/markdown.ts';
import type { View } from './view.ts';

/** The most characters of a headline: a notification shows it on one or two lines. */
const most = 500;

/**
 * The first line of the summary as plain text: the output `headline`. The runner does not read it as a command, wherever a
 * script prints it.
 *
 * @param hide takes secrets out of a text, after what Markdown has escaped in them is restored.
 */
export function headlineOf(
  view: () => View,
  app: string | undefined,
  state: State,
  hide: (text: string) => string,
): string {
  const text = printable(hide(plain(orElse(view, `${app ?? 'the app'}: ${state}`)))).trim();
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`.toWellFormed();
}

/** A heading that cannot be rendered is a fault of this action, and must not leave a notification without its text. */
function orElse(view: () => View, otherwise: string): string {
  try {
    return heading(view());
  } catch {
    return otherwise;
  }
}
