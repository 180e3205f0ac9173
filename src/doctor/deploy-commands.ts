import { posix } from 'node:path';
import { shortened } from '../lib/text.ts';
import type { Yaml } from '../lib/yaml.ts';
import { type AddFinding, named } from '../report/finding.ts';
import { type Command, commandsOf } from './shell.ts';

/** What commands that deploy are compared with. */
export interface DeployRules {
  /** The app that this step deploys. */
  readonly app: string;
  /** The config in the workspace, and the app that it names, '' where it names none. */
  readonly config: { readonly path: string; readonly app: string } | undefined;
}

/** A `flyctl deploy` of a script. */
export interface DeployCommand {
  readonly words: string;
  /** The app that it names, by a flag or a variable. */
  readonly app: string | undefined;
  /** The path of its config, from where the script begins. */
  readonly config: string;
}

/** Flags of flyctl that take a value, and can come before the name of a command. */
const valued = new Map([
  ['-a', 'app'],
  ['--app', 'app'],
  ['-c', 'config'],
  ['--config', 'config'],
  ['-t', 'token'],
  ['--access-token', 'token'],
  ['-o', 'organization'],
  ['--org', 'organization'],
]);

/** A finding shows no more of a command, in characters. */
const mostShown = 80;

/** A list shows no more of them for one file. */
const mostFindings = 10;

/** The commands of a shell script that deploy with flyctl. */
export function deployCommands(script: string): DeployCommand[] {
  let folder = '.';
  return commandsOf(script).flatMap((command) => {
    const [program = '', ...words] = command.words;
    if (program === 'cd' || program === 'pushd') folder = posix.join(folder, words.at(-1) ?? '.');
    return /(?:^|\/)fly(?:ctl)?(?:\.exe)?$/.test(program) ? deployOf(command, folder) : [];
  });
}

function deployOf({ words, variables }: Command, folder: string): DeployCommand[] {
  const values = new Map<string, string>();
  const plain: string[] = [];
  const shown = ['flyctl'];
  for (let n = 1; n < words.length; n++) {
    const word = words[n] ?? '';
    const [flag = '', ...value] = word.split('=');
    const kind = valued.get(flag);
    if (kind === undefined) {
      plain.push(word);
      shown.push(word);
      continue;
    }
    const given = value.length > 0 ? value.join('=') : (words[++n] ?? '');
    values.set(kind, given);
    shown.push(flag, kind === 'token' ? '…' : given);
  }
  const [name] = plain.filter((word) => !word.startsWith('-'));
  if (name !== 'deploy' || plain.some((word) => ['-h', '--help', '--build-only'].includes(word))) return [];
  const text = shown.join(' ');
  return [
    {
      words: shortened(text, mostShown),
      app: values.get('app') ?? variables.get('FLY_APP'),
      config: posix.join(folder, values.get('config') ?? 'fly.toml'),
    },
  ];
}

/**
 * Finds what else deploys the app: commands in the job of this step, unless they are for another app, and in other jobs if
 * they are for this one.
 *
 * @param own the id of the job of this step, where it is in this workflow.
 */
export function otherDeploys(
  root: Yaml,
  own: string | undefined,
  { app, config }: DeployRules,
  add: AddFinding,
): void {
  let found = 0;
  for (const [id, job] of root.get('jobs').entries())
    for (const step of job.get('steps').items()) {
      const places = [step, job, root];
      const folder = [step, ...places.map((place) => place.get('defaults').get('run'))]
        .map((place) => place.get('working-directory').text())
        .find((text) => text !== undefined);
      const variable = (name: string) =>
        places.map((place) => place.get('env').get(name).text()).find((text) => text !== undefined);
      const [script, at] = scriptOf(step);
      const command = deployCommands(script).find((each) => {
        const given = resolved(each.app ?? variable('FLY_APP'), variable);
        if (given !== undefined) return given === app || (id === own && given.includes('$'));
        const path = posix.join(folder ?? '.', each.config);
        if (config === undefined || posix.normalize(config.path) !== path) return false;
        return id === own || config.app === app;
      });
      if (command === undefined || ++found > mostFindings) continue;
      const what =
        id === own
          ? `Job ${named(id)} also runs ${named(command.words)}.`
          : `Job ${named(id)} also deploys app ${named(app)}, with ${named(command.words)}.`;
      add(
        'warning',
        'deploy-without-verification',
        at,
        `${what} Nothing verifies the image that this command deploys.`,
        'Remove the command: the action runs `flyctl deploy` itself. Pass flags of the command in its input `flags`.',
      );
    }
}

/** The shell script of a step; Fly.io's older action runs flyctl with its `args`. */
function scriptOf(step: Yaml): readonly [string, Yaml] {
  const [run, uses, args] = [step.get('run'), step.get('uses'), step.get('with').get('args')];
  if (/^superfly\/flyctl-actions@/.test(uses.text() ?? '')) return [`flyctl ${args.text() ?? ''}`, args];
  return [run.text() ?? '', run];
}

/** A text with the variables that the workflow sets. */
function resolved(
  text: string | undefined,
  variable: (name: string) => string | undefined,
): string | undefined {
  if (text === undefined) return undefined;
  const [, inExpression, inBraces, plain] =
    /^(?:\$\{\{\s*env\.(\w+)\s*\}\}|\$\{(\w+)\}|\$(\w+))$/.exec(text) ?? [];
  const name = inExpression ?? inBraces ?? plain;
  return name === undefined ? text : (variable(name) ?? text);
}
