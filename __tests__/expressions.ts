import { stripTypeScriptTypes } from 'node:module';

/** Characters after which a slash is a division. After all others it begins an expression. */
const endsValue = /[\w$)\]}'"`]/;

/** The regular expressions in a module, in their order. */
export function expressionsIn(typescript: string): RegExp[] {
  const code = stripTypeScriptTypes(typescript);
  const found: RegExp[] = [];
  let at = 0;
  const skipString = (quote: string) => {
    for (at++; at < code.length && code[at] !== quote; at++) if (code[at] === '\\') at++;
    at++;
  };
  const takeExpression = () => {
    const from = at;
    let inClass = false;
    for (at++; at < code.length && (inClass || code[at] !== '/'); at++) {
      if (code[at] === '\\') at++;
      else if (code[at] === '[') inClass = true;
      else if (code[at] === ']') inClass = false;
    }
    const source = code.slice(from + 1, at);
    const flags = /^[a-z]*/.exec(code.slice(at + 1))?.[0] ?? '';
    at += 1 + flags.length;
    found.push(new RegExp(source, flags));
  };
  /** Reads until the brace that ends a `${…}`, or the end of the module. */
  const read = () => {
    let [last, depth] = ['', 0];
    while (at < code.length) {
      const character = code[at] ?? '';
      const isWord = /return$/.test(code.slice(Math.max(0, at - 8), at).trimEnd());
      if (character === '}' && depth-- === 0) return;
      if (character === '{') depth++;
      if (code.startsWith('//', at)) at = (code.indexOf('\n', at) + code.length + 1) % (code.length + 1);
      else if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 2;
      else if (character === '/' && (isWord || !endsValue.test(last))) {
        takeExpression();
        last = ')';
      } else if (character === '"' || character === "'") {
        skipString(character);
        last = character;
      } else if (character === '`') {
        for (at++; at < code.length && code[at] !== '`'; at++) {
          if (code[at] === '\\') at++;
          else if (code.startsWith('${', at)) {
            at += 2;
            read();
          }
        }
        at++;
        last = '`';
      } else {
        if (character.trim() !== '') last = character;
        at++;
      }
    }
  };
  read();
  return found;
}

/** The source of an expression with its characters as they are. */
const plainSource = ({ source }: RegExp): string =>
  source
    .replace(/\\u\{?([0-9a-fA-F]{4,5})\}?/g, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[a-zA-Z]/g, ' ')
    .replace(/\\(.)/g, '$1');

/** Texts that could be slow to match: a short piece, repeated, before an end that probably does not match. */
function* textsFor(
  expression: RegExp,
  length: number,
): Generator<[start: string, piece: string, end: string]> {
  const plain = plainSource(expression);
  const alphabet = [...new Set(['a', '0', ' ', '\n', '.', ...plain])]
    .filter((each) => !'()|?+^'.includes(each))
    .slice(0, 24);
  const few = alphabet.slice(0, 12);
  const words = (plain.match(/[^()|?+*^\]. ]{2,8}/g) ?? []).slice(0, 3);
  const pieces = [...alphabet, ...words, ...few.flatMap((a) => few.map((b) => a + b))];
  const starts = new Set(['', ...words.slice(0, 2)]);
  for (const piece of pieces) {
    const body = piece.repeat(Math.ceil(length / piece.length));
    for (const start of starts) yield [start, body, '\u0001'];
    yield ['', body, '!'];
  }
}

/** Milliseconds of processor time to match an expression against a whole text: the least of several tries. */
function timeOf(expression: RegExp, text: string, tries: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries; n++) {
    const begin = process.cpuUsage();
    text.replace(expression, '');
    const { user, system } = process.cpuUsage(begin);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Describes a text whose time grows with the square of its length; undefined if none was found. */
export function slowTextFor(expression: RegExp): string | undefined {
  for (const [start, body, end] of textsFor(expression, 4000)) {
    // Linear expressions take about 0.02 ms.
    const once = timeOf(expression, start + body + end, 1);
    if (once < 0.4) continue;
    if (once > 200) return `${JSON.stringify(start + body.slice(0, 8))}…: ${once} ms`;
    const short = timeOf(expression, start + body + end, 3);
    const long = timeOf(expression, start + body.repeat(4) + end, 3);
    if (short > 0.3 && long > 9 * short)
      return `${JSON.stringify(start + body.slice(0, 8))}…: ${short} ms, and ${long} ms for four times as much`;
  }
  return undefined;
}
