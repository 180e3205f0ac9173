import { flyLogin } from '../fly/api.ts';
import { tokenCommand } from '../lib/advice.ts';
import { UserError } from '../lib/user-error.ts';
import { readApp, readConfig } from './fly-config.ts';
import type { InputReader } from './read.ts';
import { checkToken, tokenOf } from './token.ts';

/** What a run does: `dry-run` finds and checks the image, `doctor` checks the whole setup; neither deploys. */
type Mode = 'deploy' | 'dry-run' | 'doctor';

/** The app, how Fly.io is reached, and what the run is for. */
export interface TargetInputs {
  readonly app: string;
  /** Path of flyctl's config, relative to the workspace; undefined when there is none. */
  readonly config: string | undefined;
  /** '' where nothing is deployed and none was given. */
  readonly flyToken: string;
  /** The token as a login for Fly.io's registry. */
  readonly flyLogin: { readonly username: string; readonly password: string };
  readonly mode: Mode;
}

export async function readTargetInputs(reader: InputReader): Promise<TargetInputs> {
  const { source, problems } = reader;
  const config = reader.check('config', () => readConfig(source), undefined);
  const app = await reader.checkLater('app', () => readApp(source, config), '');
  const flyToken = tokenOf(source);
  const mode = reader.choice('mode', ['deploy', 'dry-run', 'doctor']);
  if (flyToken === '' && mode === 'deploy') {
    problems.push(
      new UserError({
        code: 'fly-token-missing',
        found:
          'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.',
        expected: `a deploy token of the app, made with ${tokenCommand()}.`,
        fix: '`with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`. Secrets are empty in runs that a fork started, and in a job without the `environment:` that holds them.',
        input: 'fly-api-token',
      }),
    );
  }
  checkToken(reader, 'fly-api-token', flyToken);
  return { app, config: config?.path, flyToken, flyLogin: flyLogin(flyToken), mode };
}
