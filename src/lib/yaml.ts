import type { Alias, Document, LineCounter, Node, YAMLMap } from 'yaml';
import { messageOf } from './user-error.ts';

/** GitHub does not read larger workflows, and flyctl's configs are never larger. */
export const mostCharacters = 256 * 1024;

/** More aliases than real files have. Each can stand for everything before it. */
const mostAliases = 100;

/** A value of an untrusted YAML file, with its line. */
export class Yaml {
  /** From 1. */
  readonly line: number;
  readonly #node: unknown;
  readonly #file: File;

  constructor(node: unknown, file: File, line: number) {
    this.#file = file;
    this.#node = file.isAlias(node) ? file.targets.get(node) : node;
    this.line = line;
  }

  /** The value under a key; if there is none, an empty value on the same line. */
  get(key: string): Yaml {
    return this.entries().find(([name]) => name === key)?.[1] ?? new Yaml(undefined, this.#file, this.line);
  }

  /** Keys and values of a mapping, each on the line of its key; none for anything else. */
  entries(): [string, Yaml][] {
    const [node, file] = [this.#node, this.#file];
    if (!file.isMap(node)) return [];
    const known = file.entries.get(node);
    if (known !== undefined) return known;
    const made = node.items.map(({ key, value }): [string, Yaml] => [
      file.isScalar(key) ? String(key.value) : '',
      new Yaml(value, file, file.lineOf(key) ?? this.line),
    ]);
    file.entries.set(node, made);
    return made;
  }

  /** Elements of a sequence; of anything else, none. */
  items(): Yaml[] {
    const [node, file] = [this.#node, this.#file];
    if (!file.isSeq(node)) return [];
    const known = file.items.get(node);
    if (known !== undefined) return known;
    const made = node.items.map((each) => new Yaml(each, file, file.lineOf(each) ?? this.line));
    file.items.set(node, made);
    return made;
  }

  /** A scalar as text, numbers and the like as they are written; undefined for anything else, and for null. */
  text(): string | undefined {
    if (!this.#file.isScalar(this.#node) || this.#node.value === null) return undefined;
    const { value, source } = this.#node;
    return typeof value === 'string' ? value : (source ?? String(value));
  }

  /** Texts of a sequence, or one text alone, as GitHub takes either. */
  texts(): string[] {
    const one = this.text();
    return one === undefined ? this.items().flatMap((item) => item.text() ?? []) : [one];
  }

  get there(): boolean {
    return this.#node !== undefined && this.#node !== null;
  }

  get isMap(): boolean {
    return this.#file.isMap(this.#node);
  }
}

type Library = typeof import('yaml');
type File = Pick<Library, 'isMap' | 'isSeq' | 'isScalar' | 'isAlias'> & {
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly lineOf: (node: unknown) => number | undefined;
  /** What was read of a node, so that each alias of it costs no more than the first. */
  readonly entries: WeakMap<object, [string, Yaml][]>;
  readonly items: WeakMap<object, Yaml[]>;
};

/** @returns the root, or why the text is not valid YAML, and the line. */
export async function readYaml(
  text: string,
): Promise<Yaml | { readonly fault: string; readonly line: number }> {
  if (text.length > mostCharacters)
    return { fault: `it is longer than ${mostCharacters} characters`, line: 1 };
  // Slow to load and seldom needed.
  const yaml = await import('yaml');
  const lines: LineCounter = new yaml.LineCounter();
  let document: Document;
  try {
    // The library's search for duplicate keys is quadratic.
    document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  } catch (error) {
    // A file of a hundred thousand brackets is deeper than any stack.
    return { fault: messageOf(error), line: 1 };
  }
  const [error] = document.errors;
  if (error !== undefined) return { fault: error.message, line: lines.linePos(error.pos[0]).line };
  const lineOf = (node: unknown) => {
    const start = (node as Node | null | undefined)?.range?.[0];
    return start === undefined ? undefined : lines.linePos(start).line;
  };
  const { targets, fault } = linked(document, yaml);
  if (fault !== undefined) return { fault: fault.words, line: lineOf(fault.at) ?? 1 };
  const { isMap, isSeq, isScalar, isAlias } = yaml;
  const read = { entries: new WeakMap(), items: new WeakMap() };
  return new Yaml(document.contents, { isMap, isSeq, isScalar, isAlias, targets, lineOf, ...read }, 1);
}

/** Walks through a document once: the targets of its aliases, and the first thing that GitHub would reject. */
function linked(
  document: Document,
  { visit, isScalar }: Library,
): {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly fault: { readonly words: string; readonly at: unknown } | undefined;
} {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  let fault: { readonly words: string; readonly at: unknown } | undefined;
  const twice = ({ items }: YAMLMap) => {
    const seen = new Set<unknown>();
    return items.find(({ key }) => isScalar(key) && seen.size === seen.add(key.value).size)?.key;
  };
  visit(document, {
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
    },
    Alias: (_key, node) => {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
      if (targets.size > mostAliases) fault = { words: `it has more than ${mostAliases} aliases`, at: node };
      return fault && visit.BREAK;
    },
    Map: (_key, node) => {
      if (node.anchor) anchors.set(node.anchor, node);
      const at = twice(node);
      if (at !== undefined) fault = { words: 'Map keys must be unique', at };
      return fault && visit.BREAK;
    },
  });
  return { targets, fault };
}
