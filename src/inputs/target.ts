import { flyLogin } from '../fly/api.ts';
import { tokenCommand } from '../lib/advice.ts';
import { UserError } from '../lib/user-error.ts';
import { readApp, readConfig } from './fly-config.ts';
import type { InputReader } from './read.ts';
import { checkToken, tokenOf } from './token.ts';

/**
 * What a run does: `dry-run` finds and checks the image, `verify` compares it with what runs, `doctor` checks the whole setup.
 * Only `deploy` deploys.
 */
type Mode = 'deploy' | 'dry-run' | 'verify' | 'doctor';

/** The app, the credentials for Fly.io, and the mode of the run. */
export interface TargetInputs {
  readonly app: string;
  /** The path of flyctl's config, relative to the workspace; undefined if there is none. */
  readonly config: string | undefined;
  /** '' if none was given, which is possible only in a dry run and for the doctor. */
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
  const mode = reader.choice('mode', ['deploy', 'dry-run', 'verify', 'doctor']);
  if (flyToken === '' && (mode === 'deploy' || mode === 'verify')) {
    problems.push(
      new UserError({
        code: 'fly-token-missing',
        found:
          'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.',
        expected: `A deploy token of the app, created with ${tokenCommand(app === '' ? undefined : app)}.${mode === 'verify' ? ' For `mode: verify`, a token that can only read is enough.' : ''}`,
        fix: 'Add `with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`. Secrets are empty in runs that a fork started, and in jobs without the `environment:` that contains them.',
        input: 'fly-api-token',
      }),
    );
  }
  checkToken(reader, 'fly-api-token', flyToken);
  return { app, config: config?.path, flyToken, flyLogin: flyLogin(flyToken), mode };
}
