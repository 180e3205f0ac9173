import { parse as parseToml, TomlError } from 'smol-toml';
import { messageOf, UserError } from '../lib/user-error.ts';
import { readYaml } from '../lib/yaml.ts';
import type { InputSource } from './read.ts';
import { locationIn } from './workspace.ts';

/** A config of flyctl's: its path as it was given, and its text. */
export interface Config {
  readonly path: string;
  readonly text: string;
}

/** The app that a config names, '' where it names none, and its line, from 1, where that is known. */
export interface NamedApp {
  readonly name: string;
  readonly line: number | undefined;
}

/**
 * The app that a config names, read as flyctl reads the file: `.json` and `.yaml` by their names, everything else as TOML
 * (flyctl, internal/appconfig/serde.go, LoadConfig).
 *
 * @throws UserError when it cannot be read so.
 */
export async function appOf(config: Config, env: InputSource['env']): Promise<NamedApp> {
  const { path, text } = config;
  if (path.endsWith('.json')) return jsonApp(config, env);
  if (path.endsWith('.yaml')) return yamlApp(config, env);
  try {
    return { name: nameIn(parse(text)['app']), line: appLine(text) };
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
  // JSON is YAML, whose reader knows the lines.
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

/** Integers beyond 53 bits are good TOML, and are not read here. */
const parse = (toml: string) => parseToml(toml, { integersAsBigInt: 'asNeeded' });

const invalid = (
  { path }: Config,
  language: string,
  words: string,
  line: number | undefined,
  env: InputSource['env'],
): UserError =>
  new UserError({
    code: 'config-invalid',
    found: `${path} is no valid ${language}: ${words.split('\n')[0]}`,
    expected: 'a config that flyctl can read.',
    fix: `${path}; \`fly config validate --config ${path}\` shows what is wrong.`,
    location: line === undefined ? undefined : locationIn(path, line, env),
  });

/**
 * The line, from 1, of a fly.toml's top-level `app`: the one with which its beginning comes to have one. Lines that only
 * look so, in a table or in a text of several lines, are none.
 */
export function appLine(toml: string): number | undefined {
  const lines = toml.split(/\r?\n/);
  const appIn = (count: number): unknown => parse(lines.slice(0, count).join('\n'))['app'];
  for (const [n, line] of lines.entries()) {
    if (!/^\s*(?:app|"app"|'app')\s*=/.test(line)) continue;
    try {
      if (appIn(n) === undefined && appIn(n + 1) !== undefined) return n + 1;
    } catch {
      // The beginning ends within a value.
    }
  }
  return undefined;
}
