// Finds the prose in a file: the paragraphs of Markdown, and the comments and printed texts of other files.
import { parse } from '@textlint/markdown-to-ast';
import jsTokens from 'js-tokens';
import { CST, Lexer, Parser } from 'yaml';

type TxtNode = ReturnType<typeof parse>['children'][number] | ReturnType<typeof parse>;

/** A part of a file. `text` has the same length, with spaces or `…` instead of what is not prose. */
export interface Part {
  readonly from: number;
  readonly text: string;
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** `//` comments on consecutive lines are one text. */
function joined(parts: readonly Part[], source: string): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    const between = last && source.slice(last.from + last.text.length, part.from);
    if (last !== undefined && /^[ \t]*\n[ \t]*$/.test(between ?? ''))
      all[all.length - 1] = { from: last.from, text: `${last.text}${between}${part.text}` };
    else all.push(part);
  }
  return all;
}

/** The strings of a TypeScript file that `isText` accepts. */
export type StringFilter = (before: readonly [string, string]) => boolean;

/** Titles of tests: the first argument of `test`, `describe`, and the functions that their `each` returns. */
export const isTitle: StringFilter = ([name, bracket]) =>
  bracket === '(' && /^(?:test|describe|only|skip|\))$/.test(name);

/** The comments of a TypeScript file, and the strings that `isText` accepts. */
export function textsOfTypeScript(source: string, isText: StringFilter = () => true): Part[] {
  const comments: Part[] = [];
  const strings: Part[] = [];
  /** Open templates, with the text of each so far. */
  const open: { readonly from: number; text: string; readonly counts: boolean }[] = [];
  let offset = 0;
  let before: [string, string] = ['', ''];
  for (const { type, value } of jsTokens(source)) {
    const top = open.at(-1);
    switch (type) {
      case 'SingleLineComment':
        comments.push({ from: offset, text: value.replace('//', '  ') });
        break;
      case 'MultiLineComment':
        comments.push({ from: offset, text: value.replace(/^\/\*\*?|\*\/$|^[ \t]*\*(?!\/)/gm, blank) });
        break;
      case 'StringLiteral':
      case 'NoSubstitutionTemplate':
        if (isText(before)) strings.push({ from: offset, text: ` ${value.slice(1, -1)} ` });
        break;
      case 'TemplateHead':
        open.push({ from: offset, text: ` ${value.slice(1, -2)}  `, counts: isText(before) });
        break;
      case 'TemplateMiddle':
        if (top) top.text += ` ${value.slice(1, -2)}  `;
        break;
      case 'TemplateTail': {
        const done = open.pop();
        if (done === undefined) break;
        const text = `${done.text} ${value.slice(1, -1)} `;
        if (done.counts) strings.push({ from: done.from, text });
        // In a template around this one, it is a value.
        const around = open.at(-1);
        if (around) around.text += '…'.repeat(text.length);
        break;
      }
      default:
        if (top) top.text += '…'.repeat(value.length);
    }
    if (top && (type === 'StringLiteral' || type === 'NoSubstitutionTemplate'))
      top.text += '…'.repeat(value.length);
    if (top && type.endsWith('Comment')) top.text += blank(value);
    if (!/Comment|WhiteSpace|LineTerminator/.test(type)) before = [before[1], value];
    offset += value.length;
  }
  return [...joined(comments, source), ...strings];
}

/** The comments and the scalars of a YAML file. A scalar of one word is a name or a number. */
export function textsOfYaml(source: string): Part[] {
  const comments: Part[] = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(source)) {
    if (CST.tokenType(lexeme) === 'comment') comments.push({ from: offset, text: lexeme.replace('#', ' ') });
    // The lexer adds marks that are not in the source.
    if (source.startsWith(lexeme, offset)) offset += lexeme.length;
  }
  const scalars: Part[] = [];
  for (const token of new Parser().parse(source)) {
    if (token.type !== 'document') continue;
    CST.visit(token, ({ value }) => {
      if (value === undefined || !('source' in value) || value.type === 'alias') return;
      if (/\s/.test(value.source.trim())) {
        const from = source.indexOf(value.source, value.offset);
        if (from >= 0) scalars.push({ from, text: value.source });
      }
    });
  }
  return [...joined(comments, source), ...scalars];
}

/** Comments of YAML and shell code in Markdown. */
const commentOfCode = /(?<=^|\s)# .*$/gm;

/** The texts of pictures in HTML. */
const alternative = /(?<=\salt=")[^"]*/g;

/**
 * The paragraphs, headings and table cells of a Markdown file, with `…` for code and spaces for markup; the comments of its
 * code, and the texts of its pictures.
 */
export function textsOfMarkdown(source: string): Part[] {
  const parts: Part[] = [];
  const add = (node: TxtNode, expression: RegExp) => {
    for (const { index, 0: text } of node.raw.matchAll(expression))
      parts.push({ from: node.range[0] + index, text });
  };
  const visit = (node: TxtNode): void => {
    if (node.type === 'Paragraph' || node.type === 'Header' || node.type === 'TableCell') {
      parts.push({ from: node.range[0], text: proseOf(node) });
      if (node.type === 'Paragraph')
        for (const child of childrenOf(node)) if (child.type === 'Html') add(child, alternative);
    } else if (node.type === 'CodeBlock' && /^\s*```(?:ya?ml|sh|bash)\b/.test(node.raw))
      add(node, commentOfCode);
    else if (node.type === 'Html') add(node, alternative);
    else for (const child of childrenOf(node)) visit(child);
  };
  visit(parse(source));
  return parts;
}

const childrenOf = (node: TxtNode): readonly TxtNode[] =>
  'children' in node ? (node.children as TxtNode[]) : [];

function proseOf(node: TxtNode): string {
  let text = blank(node.raw);
  const write = (at: number, words: string) => {
    text = `${text.slice(0, at)}${words}${text.slice(at + words.length)}`;
  };
  const visit = (each: TxtNode): void => {
    const at = each.range[0] - node.range[0];
    if (each.type === 'Str') write(at, each.raw);
    else if (each.type === 'Code') write(at, '…'.repeat(each.raw.length));
    else for (const child of childrenOf(each)) visit(child);
  };
  visit(node);
  return text;
}
