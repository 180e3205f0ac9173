// Keeps the documents true: writes the READMEs' tables of inputs and outputs from action.yml, checks every YAML
// example against the actions and workflows that it uses, compares the two languages, follows links, and measures what
// the dependencies take of the bundle. `--check` writes nothing and fails where something differs.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dependenciesFile, faultsOfDependencies, measureBundle, withSizes } from './docs/dependencies.ts';
import { chinese, english, eventTable } from './docs/events.ts';
import { messagesPage } from './docs/messages.ts';
import { brokenLinks, codeOf, difference } from './docs/pages.ts';
import { faultsOf, read, root } from './docs/workflows.ts';

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

const pages = [
  {
    file: 'README.md',
    events: eventTable(english),
    inputs: table(action.inputs, ['Input', 'Default', 'Meaning'], (_, { description }) => description),
    outputs: table(action.outputs, ['Output', 'Meaning'], (_, { description }) => description),
  },
  {
    file: 'README.zh-CN.md',
    events: eventTable(chinese),
    inputs: table(action.inputs, ['输入', '默认值', '含义'], translated('inputs')),
    outputs: table(action.outputs, ['输出', '含义'], translated('outputs')),
  },
];

for (const { file, ...tables } of pages) {
  const before = read(file);
  const after = Object.entries(tables).reduce((text, [name, table]) => fill(file, text, name, table), before);
  if (after === before) continue;
  if (process.argv.includes('--check'))
    faults.push(`${file}: its tables are not those of action.yml and src/event/events.ts. Run: npm run docs`);
  else writeFileSync(join(root, file), after);
}
const messagesFile = 'docs/messages.md';
if (!existsSync(join(root, messagesFile)) || read(messagesFile) !== messagesPage()) {
  if (process.argv.includes('--check'))
    faults.push(`${messagesFile}: it does not list the errors of the source. Run: npm run docs`);
  else writeFileSync(join(root, messagesFile), messagesPage());
}
for (const [kind, parts] of Object.entries(translations)) {
  for (const name of Object.keys(parts)) {
    if (!(name in action[kind as 'inputs' | 'outputs']))
      faults.push(`docs/action.zh-CN.yml: ${kind}.${name} is gone from action.yml`);
  }
}
// After the tables were written, so that what is compared is what stands there.
for (const english of ['README.md', 'examples/README.md', 'docs/migration.md']) {
  const chinese = english.replace(/\.md$/, '.zh-CN.md');
  const differ = difference(read(english), read(chinese));
  if (differ !== undefined) faults.push(`${english} has ${differ[0]} where ${chinese} has ${differ[1]}`);
  for (const page of [english, chinese]) {
    faults.push(...brokenLinks(page, read(page)));
    for (const { lang, text } of codeOf(read(page))) {
      if (!/^ya?ml$/.test(lang)) continue;
      for (const fault of faultsOf(text))
        faults.push(`${page}: the example "${text.split('\n')[0]}": ${fault}`);
    }
  }
}

// Sizes take a build, so a check compares the names alone.
if (!process.argv.includes('--check')) {
  writeFileSync(join(root, dependenciesFile), withSizes(read(dependenciesFile), measureBundle()));
}
const dependencies = read(dependenciesFile);
faults.push(
  ...brokenLinks(dependenciesFile, dependencies),
  ...faultsOfDependencies(dependencies, JSON.parse(read('package.json'))),
);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(
  'The documents agree with the actions and workflows, with each other, and their links lead somewhere.',
);
