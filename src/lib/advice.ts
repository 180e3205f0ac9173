/** Sentences and lines that several errors advise. Each is a part of a `fix`, without its full stop where one may follow. */

/** Lets one deploy of an app end before the next begins. */
export const concurrencyOf = (app: string): string =>
  `concurrency:\n  group: deploy-${app}\n  cancel-in-progress: false`;

/** The same where the app is not known. */
export const concurrencyLines = concurrencyOf('<app>');

/** For what passes by itself, or is an outage of Fly.io's. */
export const retryFly = 'run the job again; https://status.flyio.net tells of outages.';

/** For what passes by itself, or is an outage of GitHub's. */
export const retryGitHub = 'run the job again; https://www.githubstatus.com tells of outages.';

/** What Node needs to go through a proxy. */
export const behindProxy = 'behind a proxy set `NODE_USE_ENV_PROXY: 1` in the job’s `env:`';

/** The command that makes a token for deploys of one app. */
export const tokenCommand = (app?: string): string =>
  `\`fly tokens create deploy${app === undefined ? '' : ` --app ${app}`}\``;

/** Where a token of an app comes from, and where it goes. */
export const newFlyToken = (app: string): string =>
  `make one with ${tokenCommand(app)}, and store it as the secret behind \`fly-api-token\`.`;
