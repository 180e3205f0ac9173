// Keeps the READMEs true: writes their tables of inputs and outputs from action.yml, and checks every YAML
// example in them against it. `--check` writes nothing and fails where something differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';

interface Part {
  description: string;
  default?: string;
}
interface Action {
  inputs: Record<string, Part>;
  outputs: Record<string, Part>;
}
/** The Chinese of each description, beside the English that it was made from. */
type Translations = Record<'inputs' | 'outputs', Record<string, { en: string; zh: string }>>;

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const action: Action = parse(read('action.yml'));
const translations: Translations = parse(read('docs/action.zh-CN.yml'));
const faults: string[] = [];

/** A Markdown table of inputs or outputs. */
function table(
  parts: Record<string, Part>,
  head: string[],
  describe: (name: string, part: Part) => string,
): string {
  const withDefault = head.length === 3;
  const rows = Object.entries(parts).map(([name, part]) => [
    `\`${name}\``,
    ...(withDefault ? [part.default === undefined ? '' : `\`${part.default}\``] : []),
    describe(name, part).replaceAll('|', '\\|'),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function translated(kind: 'inputs' | 'outputs') {
  return (name: string, { description }: Part): string => {
    const found = translations[kind]?.[name];
    if (found?.en !== description) {
      faults.push(
        `docs/action.zh-CN.yml: ${kind}.${name} is not a translation of what action.yml says now: "${description}"`,
      );
    }
    return found?.zh ?? description;
  };
}

/** Puts a text between `<!-- begin:name -->` and `<!-- end:name -->`. */
function fill(file: string, text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) {
    faults.push(`${file}: there is no ${begin} … ${end}`);
    return text;
  }
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

/** Every `with:` and `steps.….outputs.…` of an example must be something that action.yml has. */
function checkExamples(file: string, text: string): void {
  for (const [, source = ''] of text.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)) {
    const where = `${file}: the example "${source.split('\n')[0]}"`;
    const document = parseDocument(source);
    for (const error of document.errors) faults.push(`${where}: ${error.message}`);
    visit(document.toJS(), where);
    const ids = new Set<string>();
    collectIds(document.toJS(), ids);
    for (const [, id = '', output = ''] of source.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      if (ids.has(id) && !(output in action.outputs)) faults.push(`${where}: there is no output ${output}`);
    }
  }
}

const isOurs = (uses: unknown): boolean =>
  typeof uses === 'string' && /^[\w.-]+\/deploy-fly-image@/.test(uses);

function visit(value: unknown, where: string): void {
  if (typeof value !== 'object' || value === null) return;
  const step = value as Record<string, unknown>;
  if (isOurs(step['uses'])) {
    for (const name of Object.keys((step['with'] as object | undefined) ?? {})) {
      if (!(name in action.inputs)) faults.push(`${where}: there is no input ${name}`);
    }
  }
  for (const each of Object.values(step)) visit(each, where);
}

function collectIds(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const step = value as Record<string, unknown>;
  if (isOurs(step['uses']) && typeof step['id'] === 'string') ids.add(step['id']);
  for (const each of Object.values(step)) collectIds(each, ids);
}

const pages = [
  {
    file: 'README.md',
    inputs: table(action.inputs, ['Input', 'Default', 'Meaning'], (_, { description }) => description),
    outputs: table(action.outputs, ['Output', 'Meaning'], (_, { description }) => description),
  },
  {
    file: 'README.zh-CN.md',
    inputs: table(action.inputs, ['输入', '默认值', '含义'], translated('inputs')),
    outputs: table(action.outputs, ['输出', '含义'], translated('outputs')),
  },
];

for (const { file, inputs, outputs } of pages) {
  const before = read(file);
  const after = fill(file, fill(file, before, 'inputs', inputs), 'outputs', outputs);
  checkExamples(file, after);
  if (after === before) continue;
  if (process.argv.includes('--check'))
    faults.push(`${file}: its tables are not those of action.yml. Run: npm run docs`);
  else writeFileSync(join(root, file), after);
}
for (const [kind, parts] of Object.entries(translations)) {
  for (const name of Object.keys(parts)) {
    if (!(name in action[kind as 'inputs' | 'outputs']))
      faults.push(`docs/action.zh-CN.yml: ${kind}.${name} is gone from action.yml`);
  }
}
// The two READMEs show the same examples, so that neither falls behind.
const examples = (file: string) =>
  [...read(file).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(([, source = '']) =>
    source.replace(/\s*#.*$/gm, ''),
  );
if (JSON.stringify(examples('README.md')) !== JSON.stringify(examples('README.zh-CN.md'))) {
  faults.push('README.md and README.zh-CN.md show different YAML examples');
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log('The READMEs agree with action.yml and with each other.');
