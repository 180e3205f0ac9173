import { parse as parseToml, TomlError } from 'smol-toml';
import { isAppName } from '../fly/app-name.ts';
import { UserError } from '../lib/user-error.ts';
import { locationIn } from './location.ts';
import type { InputSource } from './read.ts';

/** A fly.toml: its path as it was given, and its text. */
export interface Config {
  readonly path: string;
  readonly text: string;
}

/**
 * The config that the input `config` names; without one `fly.toml`, where there is one.
 *
 * @throws UserError when the input names a file that is not there.
 */
export function readConfig(source: InputSource): Config | undefined {
  const given = source.input('config');
  const path = given || 'fly.toml';
  const text = source.readFile(path);
  if (text !== undefined) return { path, text };
  if (given === '') return undefined;
  throw new UserError({
    code: 'config-missing',
    found: `The config file "${path}" does not exist in the workspace.`,
    expected: 'the path of a fly.toml, from the root of the repository.',
    fix: 'the input `config`, or check the repository out before this step: `- uses: actions/checkout@v7`.',
  });
}

/**
 * The input `app`, else the `app` of fly.toml, its first key (Fly's reference of fly.toml, "The app name").
 *
 * @throws UserError when there is none, or it is no app's name.
 */
export function readApp(source: InputSource, config: Config | undefined): string {
  const given = source.input('app');
  const app = given !== '' || config === undefined ? given : appOf(config, source.env);
  if (app === '') {
    throw new UserError({
      code: 'app-missing',
      found: config
        ? `The input \`app\` is empty and ${config.path} names no app.`
        : 'The input `app` is empty and there is no fly.toml.',
      expected: 'the name of a Fly.io app.',
      fix: `\`with: app: your-app\`${config ? `, or \`app = "your-app"\` in ${config.path}` : ', or check the repository out before this step so that fly.toml is there'}.`,
    });
  }
  if (!isAppName(app)) {
    throw new UserError({
      code: 'app-invalid',
      found: `The app's name is ${JSON.stringify(app)}.`,
      expected: 'a Fly.io app name: lower-case letters, digits and hyphens, at most 63.',
      fix: given === '' ? `\`app\` in ${config?.path}.` : 'the input `app`.',
    });
  }
  return app;
}

/** The app that a fly.toml names; '' where it names none. @throws UserError when it is no TOML. */
export function appOf(config: Config, env: InputSource['env']): string {
  try {
    const app = parseToml(config.text)['app'];
    return typeof app === 'string' ? app : '';
  } catch (error) {
    throw new UserError(
      {
        code: 'config-invalid',
        found: `${config.path} is no valid TOML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
        expected: 'a fly.toml that flyctl can read.',
        fix: `${config.path}; \`fly config validate\` shows what is wrong.`,
        location: error instanceof TomlError ? locationIn(config.path, error.line, env) : undefined,
      },
      { cause: error },
    );
  }
}
