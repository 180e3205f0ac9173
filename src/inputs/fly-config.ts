import { isAppName } from '../fly/app-name.ts';
import { withoutTrailing } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import { appOf, type Config } from './config-app.ts';
import type { InputSource } from './read.ts';

/** Where flyctl searches for a config, in this order (flyctl, internal/command/command.go, appConfigFilePaths). */
const usualPaths = ['fly.toml', 'fly.json', 'fly.yaml'];
const usual = 'fly.toml, fly.json or fly.yaml';

/** The first of these files that exists. */
const firstOf = (paths: readonly string[], { readFile }: InputSource): Config | undefined => {
  for (const path of paths) {
    const text = readFile(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
};

/**
 * The config that the input `config` names, as a file or as a folder with a fly.toml; without that input, the config that flyctl
 * finds, if any.
 *
 * @throws UserError when the input names a config that does not exist.
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
    expected: 'The path of a config, or of the folder with its fly.toml, from the root of the repository.',
    fix: 'Correct the path in the input `config`. Or check the repository out before this step: `- uses: actions/checkout@v7`.',
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
 * @throws UserError when there is none, or when it is not a valid app name.
 */
export async function readApp(source: InputSource, config: Config | undefined): Promise<string> {
  const given = source.input('app');
  const app = given !== '' || config === undefined ? given : (await appOf(config, source.env)).name;
  if (app === '') {
    throw new UserError({
      code: 'app-missing',
      found: config
        ? `The input \`app\` is empty and ${config.path} does not name an app.`
        : `The input \`app\` is empty and there is no ${usual}.`,
      expected: 'The name of a Fly.io app.',
      fix: `Add \`with: app: your-app\`${config ? `, or \`${appLineIn(config)}\` in ${config.path}` : `. Or check the repository out before this step, so that its ${usual} exists`}.`,
    });
  }
  if (!isAppName(app)) {
    throw new UserError({
      code: 'app-invalid',
      found: `The app name is ${JSON.stringify(app)}, which is not valid on Fly.io.`,
      expected: 'A Fly.io app name: at most 63 lower-case letters, digits and hyphens.',
      fix:
        given === '' && config !== undefined
          ? `Correct \`app\` in ${config.path}, such as \`${appLineIn(config)}\`.`
          : 'Correct the input `app`, such as `with: app: your-app`.',
    });
  }
  return app;
}
