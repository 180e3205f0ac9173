// Reads Markdown pages, and compares what two languages of a page must have in common.
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';
import { read, root } from './workflows.ts';

/** Every token of a page, including those in lists, quotes and cells, in the order of the page. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  walkTokens(lexer(text), (token) => {
    tokens.push(token);
  });
  return tokens;
}

/** The code blocks of a page, with their language. */
export const codeOf = (text: string): { lang: string; text: string }[] =>
  tokensOf(text)
    .filter((token): token is Tokens.Code => token.type === 'code')
    .map(({ lang, text: code }) => ({ lang: lang ?? '', text: code }));

/** Code without comments, which are translated. */
const withoutComments = (code: string): string =>
  code
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#(?!\{).*$/, '').trimEnd())
    .filter((line) => line !== '')
    .join('\n');

/** What must be the same in every language, in the order of the page: headings, tables, lists and code. */
function skeleton(text: string): string[] {
  const parts: string[] = [];
  for (const token of tokensOf(text)) {
    if (token.type === 'heading') parts.push(`a heading of level ${(token as Tokens.Heading).depth}`);
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      parts.push(`a table of ${rows.length} × ${header.length}`);
    }
    if (token.type === 'list') parts.push(`a list of ${(token as Tokens.List).items.length}`);
    if (token.type === 'code') {
      const { lang, text: code } = token as Tokens.Code;
      parts.push(`code in ${lang || 'no language'}:\n${withoutComments(code)}`);
    }
  }
  return parts;
}

/** The first difference between two pages in what they must have in common. */
export function difference(one: string, other: string): readonly [string, string] | undefined {
  const [left, right] = [skeleton(one), skeleton(other)];
  for (let n = 0; n < Math.max(left.length, right.length); n++) {
    if (left[n] !== right[n]) return [left[n] ?? 'nothing more', right[n] ?? 'nothing more'];
  }
  return undefined;
}

/** GitHub's anchor of a heading (html-pipeline, toc_filter.rb): lower case, no punctuation, a hyphen for a space. */
export const anchorOf = (heading: string): string =>
  heading
    .replace(/<[^>]*>/g, '')
    .replace(/[`*]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');

/** The anchors of a page. The second one of the same text ends in -1. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const token of tokensOf(text)) {
    if (token.type !== 'heading') continue;
    const base = anchorOf((token as Tokens.Heading).text);
    let name = base;
    for (let n = 1; anchors.has(name); n++) name = `${base}-${n}`;
    anchors.add(name);
  }
  return anchors;
}

/** A file of this repository on GitHub, as a page and as it is. */
const own =
  /^https:\/\/(?:github\.com\/deploy-fly-image\/deploy-fly-image\/(?:blob|tree)|raw\.githubusercontent\.com\/deploy-fly-image\/deploy-fly-image)\/main\//;

/** Where the links and images of a page lead, those in HTML included. */
const targetsOf = (text: string): string[] =>
  tokensOf(text).flatMap((token) => {
    if (token.type === 'link' || token.type === 'image') return [(token as Tokens.Link).href];
    if (token.type !== 'html') return [];
    return [...token.raw.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map(([, target = '']) => target);
  });

/** Links of a page to a file or a heading that does not exist. Links to other places on the web are not followed. */
export function brokenLinks(page: string, text: string): string[] {
  const broken: string[] = [];
  for (const href of targetsOf(text)) {
    if (/^[a-z]+:/i.test(href) && !own.test(href)) continue;
    const [path = '', anchor] = href.replace(own, '').split('#').map(decodeURIComponent);
    const from = own.test(href) ? '.' : dirname(page);
    const file = path === '' ? page : normalize(join(from, path));
    if (path !== '' && !existsSync(join(root, file))) broken.push(`${page}: ${href} leads to no file`);
    else if (
      anchor !== undefined &&
      file.endsWith('.md') &&
      !anchorsOf(file === page ? text : read(file)).has(anchor)
    )
      broken.push(`${page}: ${href} leads to no heading of ${file}`);
  }
  return broken;
}

/** Links that lead nowhere on the Marketplace, which shows the README under another address. */
export const relativeLinks = (page: string, text: string): string[] =>
  targetsOf(text)
    .filter((href) => !/^(?:https:|#)/.test(href))
    .map((href) => `${page}: ${href} is relative, and so leads nowhere on the Marketplace`);

/** The maximum number of words in the README, counted like `wc -w`: of all text, and of text outside tables and code. */
const limits = { all: 3200, prose: 1500 };

/** A reference by its commit, with the version in a comment. */
const pinned = /(@[0-9a-f]{40}) # (v[\d.]+)$/gm;

/**
 * The number of words of a page, counted like `wc -w`, and of those outside tables and code. The version after a commit does
 * not count, so that a release does not change the number.
 */
export function wordsOf(text: string): { all: number; prose: number } {
  const count = (part: string): number => part.replaceAll(pinned, '$1').match(/\S+/g)?.length ?? 0;
  const others = tokensOf(text).filter(({ type }) => type === 'table' || type === 'code');
  const all = count(text);
  return { all, prose: all - others.reduce((sum, { raw }) => sum + count(raw), 0) };
}

export function faultsOfLength(page: string, text: string): string[] {
  const { all, prose } = wordsOf(text);
  return [
    ...(all > limits.all
      ? [`${page} has ${all} words, more than ${limits.all}: cut ${all - limits.all}, or move some to docs/`]
      : []),
    ...(prose > limits.prose
      ? [
          `${page} has ${prose} words outside of tables and code, more than ${limits.prose}: cut ${prose - limits.prose}, or move some to docs/`,
        ]
      : []),
  ];
}
