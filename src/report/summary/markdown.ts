import { plainLine, shortened } from '../../lib/text.ts';

/**
 * Text from outside inside GitHub's Markdown, as code: nothing in it is markup, a link, a mention or an
 * image. Plain text goes into backticks, everything else into `<code>` with entities.
 */
export function code(text: string, most = 500): string {
  const plain = plainLine(shortened(text, most)).trim();
  if (plain === '') return '';
  return /^[\w.:/@+=,-]+$/.test(plain) ? `\`${plain}\`` : `<code>${entities(plain)}</code>`;
}

/**
 * One line from outside as plain text, cut to so many characters. GitHub links mentions, issues and addresses after
 * entities are read: an invisible joiner keeps it from that.
 */
export function text(outside: string, most = 500): string {
  const characters = [...plainLine(outside.slice(0, 4 * most)).trim()];
  return unlinked(
    characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join(''),
  );
}

const unlinked = (words: string): string =>
  entities(words.replace(/[@#]|:(?=\/\/)|www(?=\.)|gh(?=-\d)/gi, '$&\u2060'));

/** A sentence that can contain untrusted text. Text in backticks is code, and digests are shortened. */
export const prose = (sentence: string): string =>
  plainLine(shortened(sentence, mostText))
    .split(/`([^`]*)`/)
    .map((part, n) => (n % 2 === 1 ? code(part) : part.split(digest).map(plainOrDigest).join('')))
    .join('');

const digest = /(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/;
const plainOrDigest = (part: string, n: number): string => (n % 2 === 1 ? code(part) : unlinked(part));

/** A page shows no more of one text, in characters; all of it is in the log. */
const mostText = 16_000;

/** Several lines from outside, shown as they are, indentation too. In `<pre>` only HTML is markup; long lines are broken, as a page that scrolls sideways is not read, unless they are there to be copied. */
export function block(text: string, width = 100): string {
  const lines = unindented(
    cut(text.trimEnd())
      .split('\n')
      .map((line) => plainLine(line).trimEnd()),
  ).flatMap((line) => wrap(line, width));
  return `<pre>${lines.join('\n').replace(/[&<>]/g, entity)}</pre>`;
}

/** Lines without what all of them are indented by, and without empty ones before the first. */
function unindented(lines: readonly string[]): string[] {
  const first = Math.max(
    0,
    lines.findIndex((line) => line !== ''),
  );
  const shown = lines.slice(first);
  const margin = shown
    .filter((line) => line !== '')
    .reduce(
      (least, line) => Math.min(least, line.length - line.trimStart().length),
      Number.POSITIVE_INFINITY,
    );
  return shown.map((line) => line.slice(margin));
}

const cut = (text: string): string =>
  text.length <= mostText
    ? text
    : `${text.slice(0, mostText)}\n… ${text.length - mostText} characters more, in the log`;

/** Breaks a line at spaces, where it has any, into lines of about this many characters. */
function wrap(line: string, width: number): string[] {
  const margin = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = margin;
  for (const word of line.slice(margin.length).split(' ')) {
    if (current.trim() !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = `${margin}  ${word}`;
    } else {
      current += current === margin ? word : ` ${word}`;
    }
  }
  return [...lines, current];
}

/** A link. What could end it is percent-encoded in its target; its text is Markdown already. */
export const link = (text: string, url: string): string =>
  `[${text}](${url.replace(/[()[\]\\\s<>"`|]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), tableRow(head.map(() => '---')), ...rows.map(tableRow)].join('\n');
}

/** A row of a table. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const entity = (character: string): string => `&#${character.charCodeAt(0)};`;

/** Every character that HTML or Markdown could take for markup, as an entity. */
const entities = (text: string): string => text.replace(/[&<>"'`|\\*_[\]#~$@:]/g, entity);

/** A heading, whose parts from outside are code or have entities for what could be markup, as the text that it shows. */
export const plain = (markdown: string): string =>
  markdown
    .replace(/^## \S+ /, '')
    .replace(/<\/?code>|`/g, '')
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)));
