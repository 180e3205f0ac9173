import { withoutTrailing } from '../lib/text.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { mostCharacters, readYaml } from '../lib/yaml.ts';
import type { InputSource } from './read.ts';
import { locationIn } from './workspace.ts';

/** A config file of flyctl: its path as given, and its text. */
export interface Config {
  readonly path: string;
  readonly text: string;
}

/** The app in a config ('' if there is none), and its line, from 1, if known. */
export interface NamedApp {
  readonly name: string;
  readonly line: number | undefined;
}

/**
 * The app in a config, read as flyctl does: `.json` and `.yaml` by file extension, everything else as TOML (flyctl,
 * internal/appconfig/serde.go, LoadConfig).
 *
 * @throws UserError when the config is not valid in its language.
 */
export async function appOf(config: Config, env: InputSource['env']): Promise<NamedApp> {
  const { path, text } = config;
  if (text.length > mostCharacters) {
    const language = path.endsWith('.json') ? 'JSON' : path.endsWith('.yaml') ? 'YAML' : 'TOML';
    throw invalid(config, language, `it is longer than ${mostCharacters} characters`, undefined, env);
  }
  if (path.endsWith('.json')) return jsonApp(config, env);
  if (path.endsWith('.yaml')) return yamlApp(config, env);
  const { parse, TomlError } = await import('smol-toml');
  try {
    // Integers beyond 53 bits are good TOML, and are not read here.
    const { app } = parse(text, { integersAsBigInt: 'asNeeded' });
    return { name: nameIn(app), line: appLine(text) };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : undefined;
    throw invalid(config, 'TOML', messageOf(error), line, env);
  }
}

async function jsonApp(config: Config, env: InputSource['env']): Promise<NamedApp> {
  let value: unknown;
  try {
    value = JSON.parse(config.text);
  } catch (error) {
    const words = messageOf(error);
    throw invalid(config, 'JSON', words, Number(/line (\d+)/.exec(words)?.[1] ?? 1), env);
  }
  const name = typeof value === 'object' && value !== null ? nameIn(Reflect.get(value, 'app')) : '';
  // JSON is a subset of YAML, and the YAML reader gives line numbers.
  const yaml = await readYaml(config.text);
  return { name, line: 'fault' in yaml ? undefined : lineOf(yaml.get('app')) };
}

async function yamlApp(config: Config, env: InputSource['env']): Promise<NamedApp> {
  const yaml = await readYaml(config.text);
  if ('fault' in yaml) throw invalid(config, 'YAML', yaml.fault, yaml.line, env);
  const app = yaml.get('app');
  return { name: nameIn(app.text()), line: lineOf(app) };
}

const nameIn = (app: unknown): string => (typeof app === 'string' ? app : '');

const lineOf = ({ there, line }: { readonly there: boolean; readonly line: number }): number | undefined =>
  there ? line : undefined;

const invalid = (
  { path }: Config,
  language: string,
  words: string,
  line: number | undefined,
  env: InputSource['env'],
): UserError =>
  new UserError({
    code: 'config-invalid',
    found: `The config ${path} is not valid ${language}: ${withoutTrailing(words.split('\n')[0] ?? '', '.')}.`,
    expected: 'A config that flyctl can read.',
    fix: `Correct ${path}. \`fly config validate --config ${path}\` shows what is wrong.`,
    location: line === undefined ? undefined : locationIn(path, line, env),
  });

/** Text to skip when searching for a top-level key: multi-line strings, strings, comments. */
const inTexts = /"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*/y;

const appKey = /(?:app|"app"|'app')[ \t]*=/y;

/**
 * The line, from 1, of the top-level `app` in a valid fly.toml. Lines in a table or in a multi-line string do not count. Reads
 * the text once, so the time is linear.
 */
export function appLine(toml: string): number | undefined {
  const at = (expression: RegExp, from: number) => {
    expression.lastIndex = from;
    return expression.exec(toml)?.[0].length ?? 0;
  };
  let [line, depth, fresh] = [1, 0, true];
  for (let n = 0; n < toml.length; n++) {
    const character = toml.charAt(n);
    if (character === ' ' || character === '\t') continue;
    if (fresh && at(appKey, n) > 0) return line;
    // After a table header, nothing is at the top level.
    if (fresh && character === '[') return undefined;
    const skipped = at(inTexts, n);
    if (skipped > 0) {
      for (let end = toml.indexOf('\n', n); end >= 0 && end < n + skipped; end = toml.indexOf('\n', end + 1))
        line++;
      n += skipped - 1;
    }
    if (skipped > 0 || !'\r\n'.includes(character)) fresh = false;
    if (skipped > 0) continue;
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    else if (character === '\n') {
      line++;
      fresh = depth === 0;
    }
  }
  return undefined;
}
