// Keeps the documents correct: generates the READMEs' tables of inputs and outputs from action.yml, checks every YAML
// example against the actions and workflows that it uses, compares the two languages, follows links, and measures the
// dependencies' sizes in the bundle, and what a run reads of it and sends. `--check` writes nothing and fails on a difference.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { measureExact } from './bench/exact.ts';
import { faultsOfBench, updateExact } from './bench/page.ts';
import { dependenciesFile, faultsOfDependencies, measureBundle, withSizes } from './docs/dependencies.ts';
import { chinese, english, eventTable } from './docs/events.ts';
import { faultsOfGroups, inputTables, outputTable, type Part, type Parts } from './docs/inputs.ts';
import { messagesPage } from './docs/messages-page.ts';
import { chineseMigration, englishMigration, migrationTables, readResults } from './docs/migration.ts';
import { brokenLinks, codeOf, difference, faultsOfLength, relativeLinks } from './docs/pages.ts';
import { chineseStates, englishStates, statesTable } from './docs/states.ts';
import { faultsOf, read, root } from './docs/workflows.ts';

interface Action {
  inputs: Parts;
  outputs: Parts;
}
/** The Chinese text of each description, with the English text that it translates. */
type Translations = Record<'inputs' | 'outputs', Record<string, { en: string; zh: string }>>;

const action: Action = parse(read('action.yml'));
const translations: Translations = parse(read('docs/action.zh-CN.yml'));
const faults: string[] = faultsOfGroups(action.inputs, read('action.yml'));

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
    inputs: inputTables(
      action.inputs,
      'en',
      ['Input', 'Default', 'Meaning'],
      (_, { description }) => description,
    ),
    outputs: outputTable(action.outputs, ['Output', 'Meaning'], (_, { description }) => description),
  },
  {
    file: 'README.zh-CN.md',
    events: eventTable(chinese),
    inputs: inputTables(action.inputs, 'zh', ['输入', '默认值', '含义'], translated('inputs')),
    outputs: outputTable(action.outputs, ['输出', '含义'], translated('outputs')),
  },
];

for (const { file, ...tables } of [
  ...pages,
  { file: 'docs/report.md', states: statesTable(englishStates) },
  { file: 'docs/report.zh-CN.md', states: statesTable(chineseStates) },
  ...[
    { file: 'docs/migration.md', words: englishMigration },
    { file: 'docs/migration.zh-CN.md', words: chineseMigration },
  ].map(({ file, words }) => ({ file, ...migrationTables(read(file), words, readResults()) })),
]) {
  const before = read(file);
  const after = Object.entries(tables).reduce((text, [name, table]) => fill(file, text, name, table), before);
  if (after === before) continue;
  if (process.argv.includes('--check'))
    faults.push(
      `${file}: its tables are not those of action.yml, src/ and docs/migration.json. Run: npm run docs`,
    );
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
// This must follow the generation of the tables, because it compares the content of the files.
faults.push(
  ...faultsOfLength('README.md', read('README.md')),
  ...relativeLinks('README.md', read('README.md')),
);
for (const english of [
  'README.md',
  'examples/README.md',
  'docs/development.md',
  'docs/doctor.md',
  'docs/drift.md',
  'docs/fleet.md',
  'docs/inputs.md',
  'docs/migration.md',
  'docs/report.md',
  'docs/rollback.md',
  'docs/two-workflows.md',
  'docs/what-success-means.md',
]) {
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

// Sizes need a build, so a check compares only the names.
if (!process.argv.includes('--check')) {
  writeFileSync(join(root, dependenciesFile), withSizes(read(dependenciesFile), measureBundle()));
}
const exact = await measureExact();
if (!process.argv.includes('--check')) updateExact(exact);
faults.push(...faultsOfBench(exact));
const dependencies = read(dependenciesFile);
for (const page of ['CHANGELOG.md', 'docs/releasing.md']) faults.push(...brokenLinks(page, read(page)));
faults.push(
  ...brokenLinks(dependenciesFile, dependencies),
  ...faultsOfDependencies(dependencies, JSON.parse(read('package.json'))),
);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(
  'The documents agree with the actions and workflows, with each other, and their links lead somewhere.',
);
