// Replaces GitHub's CLI, as far as the examples use it. Its issues and runs are in a file of the repository's folder, so that
// one run of a workflow finds what another one left.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Forge, readForge, writeForge } from './forge.ts';

const text = { type: 'string' } as const;
const folder = process.env['SANDBOX_REPOSITORY'] ?? '';

/** The expressions of `--jq` that the examples use. */
const expressions: Readonly<Record<string, (list: readonly Record<string, unknown>[]) => unknown[]>> = {
  '.[].number': (list) => list.map((each) => each['number']),
  '.[].headSha': (list) => list.map((each) => each['headSha']),
};

/** Prints the field that `--json` names, as `--jq` selects it. */
function printJson(
  list: readonly Record<string, unknown>[],
  { json, jq = '' }: { json?: string; jq?: string },
) {
  const select = expressions[jq];
  if (select === undefined || jq !== `.[].${json}`)
    throw new Error(`this stand-in does not know --json ${json} --jq ${jq}`);
  for (const value of select(list)) console.log(String(value));
}

const commands: Readonly<Record<string, (forge: Forge, argv: readonly string[]) => void>> = {
  'run list': ({ runs }, argv) => {
    const options = { workflow: text, branch: text, status: text, limit: text, json: text, jq: text };
    const { values } = parseArgs({ args: [...argv], options });
    const found = runs.filter(
      ({ workflow, branch, conclusion }) =>
        workflow === values.workflow && branch === values.branch && conclusion === values.status,
    );
    printJson(found.toReversed().slice(0, Number(values.limit)), values);
  },
  'issue list': ({ issues }, argv) => {
    const options = { state: text, label: text, limit: text, json: text, jq: text };
    const { values } = parseArgs({ args: [...argv], options });
    const found = issues.filter(({ state, label }) => state === values.state && label === values.label);
    printJson(found.slice(0, Number(values.limit)), values);
  },
  'label create': ({ labels }, argv) => {
    const options = { force: { type: 'boolean' } } as const;
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const [name = ''] = positionals;
    if (labels.includes(name) && values.force !== true)
      throw new Error(`label with name "${name}" already exists`);
    if (!labels.includes(name)) labels.push(name);
  },
  'issue create': ({ issues, labels }, argv) => {
    const options = { title: text, body: text, 'body-file': text, label: text };
    const { values } = parseArgs({ args: [...argv], options });
    const { title = '', label, 'body-file': file } = values;
    if (label !== undefined && !labels.includes(label))
      throw new Error(`could not add label: '${label}' not found`);
    const body = file === undefined ? (values.body ?? '') : readFileSync(file, 'utf8');
    issues.push({ number: issues.length + 1, title, body, label, state: 'open', comments: [] });
  },
  'issue close': ({ issues }, argv) => {
    const options = { comment: text };
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const issue = issues.find(({ number }) => String(number) === positionals[0]);
    if (issue === undefined)
      throw new Error(`could not resolve to an issue with the number of ${positionals[0]}`);
    issue.state = 'closed';
    if (values.comment !== undefined) issue.comments.push(values.comment);
  },
};

const [group = '', verb = '', ...argv] = process.argv.slice(2);
const command = commands[`${group} ${verb}`];
if (command === undefined) throw new Error(`this stand-in has no gh ${group} ${verb}`);
if ((process.env['GH_TOKEN'] ?? '') === '') throw new Error('gh: set the GH_TOKEN environment variable');
const forge = readForge(folder);
command(forge, argv);
writeForge(folder, forge);
