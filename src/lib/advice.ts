/** Sentences and lines that several errors advise. */

/** Keeps deploys of an app from overlapping. */
export const concurrencyLines = (app = '<app>'): string =>
  `concurrency:\n  group: deploy-${app}\n  cancel-in-progress: false`;

/** For failures of Fly.io that are usually temporary. */
export const retryFly = 'Run the job again. If it still fails, check https://status.flyio.net.';

/** For failures of GitHub that are usually temporary. */
export const retryGitHub = 'Run the job again. If it still fails, check https://www.githubstatus.com.';

/** What Node needs to go through a proxy. */
export const behindProxy = 'Behind a proxy, set `NODE_USE_ENV_PROXY: 1` in the job’s `env:`.';

/** The command that creates a token for deploys of one app. */
export const tokenCommand = (app?: string): string =>
  `\`fly tokens create deploy${app === undefined ? '' : ` --app ${app}`}\``;

/** Where a token of an app comes from, and where it goes. */
export const newFlyToken = (app: string): string =>
  `Create a token with ${tokenCommand(app)} and store it as the secret behind \`fly-api-token\`.`;
