import { styleText } from 'node:util';
import { marked, type Token, type Tokens } from 'marked';

type Style = Parameters<typeof styleText>[0];
/** Colors a text, or returns it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colors as far as the stream, NO_COLOR, and FORCE_COLOR allow them. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (style, text) =>
    styleText(style, text, { stream });

/** No colors. */
export const plain: Paint = (_style, text) => text;

/** Breaks a text into lines of at most so many characters. */
export function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** Renders a step summary for a terminal: GitHub's Markdown as far as summaries use it, a Mermaid flowchart as a tree. */
export function renderMarkdown(markdown: string, paint: Paint): string {
  return blocks(marked.lexer(markdown), paint)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function blocks(tokens: readonly Token[], paint: Paint): string[] {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'heading':
        return ['', paint('bold', inline(token.tokens, paint)), ''];
      case 'paragraph':
        return [inline(token.tokens, paint), ''];
      case 'blockquote':
        return [...quote(token as Tokens.Blockquote, paint), ''];
      case 'table':
        return [...table(token as Tokens.Table, paint), ''];
      case 'list':
        return [...(token as Tokens.List).items.map((item) => `  • ${inline(item.tokens, paint)}`), ''];
      case 'code':
        return [token['lang'] === 'mermaid' ? tree(token['text'], paint) : indent(token['text']), ''];
      case 'html':
        return html(token['text'], paint);
      default:
        return [];
    }
  });
}

function inline(tokens: readonly Token[] | undefined, paint: Paint): string {
  return (tokens ?? [])
    .map((token): string => {
      switch (token.type) {
        case 'codespan':
          return paint('cyan', token['text']);
        case 'strong':
          return paint('bold', inline(token.tokens, paint));
        case 'link':
          return paint('underline', inline(token.tokens, plain));
        case 'html':
          return '';
        default:
          return 'tokens' in token ? inline(token.tokens, paint) : decode('text' in token ? token.text : '');
      }
    })
    .join('');
}

/** GitHub's alerts are quotes whose first line is `[!CAUTION]` or another name. */
function quote({ tokens, text }: Tokens.Blockquote, paint: Paint): string[] {
  const [, kind = ''] = /^\[!(\w+)\]/.exec(text) ?? [];
  const style: Style = kind === 'CAUTION' ? 'red' : kind === 'WARNING' ? 'yellow' : 'blue';
  return blocks(tokens, paint)
    .join('\n')
    .replace(`[!${kind}]`, '')
    .trim()
    .split('\n')
    .map((line) => `${paint(style, '┃')} ${line}`);
}

/** Shows `<pre>`, and the summary of `<details>`; the other tags in a step summary have no text. */
function html(source: string, paint: Paint): string[] {
  const parts = [...source.matchAll(/<(pre|summary)>([\s\S]*?)<\/\1>/g)];
  return parts.flatMap(([, tag, text = '']) =>
    tag === 'pre' ? [indent(decode(text)), ''] : [paint('bold', decode(text)), ''],
  );
}

function table({ header, rows }: Tokens.Table, paint: Paint): string[] {
  const texts = [header, ...rows].map((cells) => cells.map(({ tokens }) => inline(tokens, plain)));
  const widths = header.map((_, column) => Math.max(...texts.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly Tokens.TableCell[], row: number) =>
    cells
      .map(({ tokens }, column) => {
        const missing = (widths[column] ?? 0) - (texts[row]?.[column]?.length ?? 0);
        return `${inline(tokens, paint)}${' '.repeat(missing)}`;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [
    paint('bold', line(header, 0)),
    paint('dim', rule),
    ...rows.map((cells, n) => mark(line(cells, n + 1), paint)),
  ];
}

const mark = (text: string, paint: Paint): string =>
  text.replace('✓', paint('green', '✓')).replace('✗', paint('red', '✗'));

/** The flowchart of a summary: each node once, under the node whose arrow leads to it. */
function tree(source: string, paint: Paint): string {
  const nodes = new Map<string, { text: string; style: string }>();
  const edges: { from: string; to: string; label: string }[] = [];
  for (const line of source.split('\n')) {
    const [, id, label = '', style = ''] = /^\s*(\w+)\["(.*)"\]:::(\w+)$/.exec(line) ?? [];
    if (id !== undefined) nodes.set(id, { text: mermaidText(label), style });
    const [, from, text = '', to] = /^\s*(\w+) -->(?:\|"(.*)"\|)? (\w+)$/.exec(line) ?? [];
    if (from !== undefined && to !== undefined) edges.push({ from, to, label: mermaidText(text) });
  }
  const show = (id: string): string => {
    const { text = id, style = '' } = nodes.get(id) ?? {};
    return style === 'good' ? paint('green', text) : style === 'bad' ? paint('red', text) : text;
  };
  const lines: string[] = [];
  const walk = (id: string, before: string) => {
    const children = edges.filter(({ from }) => from === id);
    for (const [n, { to, label }] of children.entries()) {
      const last = n === children.length - 1;
      lines.push(`${before}${last ? '└' : '├'}─ ${paint('dim', label)}${label && ' '}→ ${show(to)}`);
      walk(to, `${before}${last ? ' ' : '│'}  `);
    }
  };
  for (const id of nodes.keys()) {
    if (edges.some(({ to }) => to === id)) continue;
    lines.push(`  ${show(id)}`);
    walk(id, '  ');
  }
  return lines.join('\n');
}

const mermaidText = (label: string): string =>
  label
    .replaceAll('<br/>', ' ')
    .replace(/#(\d+);/g, (_, codePoint: string) => String.fromCodePoint(Number(codePoint)));

const decode = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, codePoint: string) => String.fromCodePoint(Number(codePoint)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&');

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
