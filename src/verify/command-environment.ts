import type { AppUrl } from '../fly/app.ts';
import { environmentFor, isOwnVariable } from '../lib/environment.ts';

/** What the user's own test gets to know about the deploy. */
export interface Told {
  readonly url: AppUrl;
  readonly commit: string | undefined;
  /** Of the manifest, or of the index if there is one. */
  readonly digest: string;
  readonly releaseVersion: string | undefined;
}

/** Which job and run it is: a test can write them into what it creates. */
const run = [
  /^GITHUB_(?:ACTOR|BASE_REF|HEAD_REF|JOB|REF|REF_NAME|REF_TYPE|REPOSITORY|RUN_ATTEMPT|RUN_ID|RUN_NUMBER|SERVER_URL|SHA|WORKFLOW|WORKSPACE)$/,
  /^RUNNER_(?:ARCH|NAME|OS|TOOL_CACHE)$/,
];

/**
 * The environment of the user's own test: what programs need, the run's own names, four variables about the deploy, which are
 * empty where nothing is known, and every variable whose name begins with `VERIFY_`. No token is among them: the inputs refuse a
 * `VERIFY_` variable that contains one.
 */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { url, commit, digest, releaseVersion }: Told,
): Record<string, string> {
  const own = Object.entries(env).flatMap(([name, value]) =>
    isOwnVariable(name) && value !== undefined ? [[name, value]] : [],
  );
  return {
    ...environmentFor(env, run),
    ...Object.fromEntries(own),
    APP_URL: url === 'none' ? '' : url,
    COMMIT: commit ?? '',
    DIGEST: digest,
    RELEASE_VERSION: releaseVersion ?? '',
  };
}
