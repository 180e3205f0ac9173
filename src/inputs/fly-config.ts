import { isAppName } from '../fly/app-name.ts';
import { withoutTrailing } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import { appOf, type Config } from './config-app.ts';
import type { InputSource } from './read.ts';

/** Where flyctl looks for a config, in its order (flyctl, internal/command/command.go, appConfigFilePaths). */
const usualPaths = ['fly.toml', 'fly.json', 'fly.yaml'];
const usual = 'fly.toml, fly.json or fly.yaml';

/** The first of these files that is there. */
const firstOf = (paths: readonly string[], { readFile }: InputSource): Config | undefined => {
  for (const path of paths) {
    const text = readFile(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
};

/**
 * The config that the input `config` names, a file or a folder with a fly.toml; without one that which flyctl finds, where
 * there is any.
 *
 * @throws UserError when the input names what is not there.
 */
export function readConfig(source: InputSource): Config | undefined {
  const given = source.input('config');
  if (given === '') return firstOf(usualPaths, source);
  const inFolder = `${withoutTrailing(given, '/')}/fly.toml`;
  const found = firstOf([given, inFolder], source);
  if (found !== undefined) return found;
  throw new UserError({
    code: 'config-missing',
    found: `The config "${given}" does not exist in the workspace, and neither does "${inFolder}".`,
    expected: 'the path of a config, or of the folder with its fly.toml, from the root of the repository.',
    fix: 'the input `config`, or check the repository out before this step: `- uses: actions/checkout@v7`.',
    input: 'config',
  });
}

/** The line that names an app in a config of this language. */
export function appLineIn({ path }: Config, app = 'your-app'): string {
  if (path.endsWith('.json')) return `"app": "${app}"`;
  return path.endsWith('.yaml') ? `app: ${app}` : `app = "${app}"`;
}

/**
 * The input `app`, else the `app` of the config, its first key (Fly's reference of fly.toml, "The app name").
 *
 * @throws UserError when there is none, or it is no app's name.
 */
export async function readApp(source: InputSource, config: Config | undefined): Promise<string> {
  const given = source.input('app');
  const app = given !== '' || config === undefined ? given : (await appOf(config, source.env)).name;
  if (app === '') {
    throw new UserError({
      code: 'app-missing',
      found: config
        ? `The input \`app\` is empty and ${config.path} names no app.`
        : `The input \`app\` is empty and there is no ${usual}.`,
      expected: 'the name of a Fly.io app.',
      fix: `\`with: app: your-app\`${config ? `, or \`${appLineIn(config)}\` in ${config.path}` : `, or check the repository out before this step so that its ${usual} is there`}.`,
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
