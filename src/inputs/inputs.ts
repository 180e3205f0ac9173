import { parseDuration } from '../lib/duration.ts';
import { allOf, UserError } from '../lib/user-error.ts';
import { takesGithubToken } from '../registry/hosts.ts';
import { isTag, namesImage, parseReference, type Reference } from '../registry/reference.ts';
import type { PasswordLogin } from '../registry/session.ts';
import { cleanBranch, placeholders, renderTag, unknownPlaceholders } from '../registry/tag-template.ts';
import { parseFlags } from './flags.ts';
import { readApp, readConfig } from './fly-config.ts';

/** All inputs of the step, checked. Durations are milliseconds; an input that was left empty and has no default is undefined. */
export interface Inputs {
  readonly app: string;
  /** Path of fly.toml as given, relative to the workspace; undefined when there is none. */
  readonly config: string | undefined;
  /** '' in a dry run that was given none. */
  readonly flyToken: string;
  readonly image: Reference;
  /** The image as it was spelled, when its repository had upper-case letters. */
  readonly loweredFrom: string | undefined;
  /** undefined: the repository's default branch, which the event knows. */
  readonly branch: string | undefined;
  readonly shaTag: string;
  readonly shortShaLength: number;
  readonly commit: string | undefined;
  /** `previous`, or a version without `v`. */
  readonly release: string | undefined;
  readonly tag: string;
  /** A glob in which `{branch}` may stand. */
  readonly tagPattern: string | undefined;
  readonly deployBy: 'auto' | 'digest' | 'tag';
  readonly allowEvents: readonly string[];
  readonly onRefusal: 'fail' | 'skip';
  readonly waitForImage: number;
  readonly checkRevision: 'auto' | 'require' | 'off';
  readonly requireAttestation: boolean;
  /** `owner/repo/.github/workflows/file.yml`. */
  readonly attestationWorkflow: string | undefined;
  /** Text of the file that `trusted-root` names. */
  readonly trustedRoot: string | undefined;
  /** The login that the inputs give. */
  readonly registryLogin: PasswordLogin | undefined;
  /** The job's own token as a login, where the image is at GitHub's registry. */
  readonly githubLogin: PasswordLogin | undefined;
  readonly mirror: 'auto' | 'always' | 'never';
  readonly mirrorPlatforms: 'amd64' | 'all';
  /** A version without `v`, e.g. `0.4.80`. */
  readonly flyctlVersion: string | undefined;
  readonly flags: readonly string[];
  readonly noCache: boolean;
  readonly verify: boolean;
  readonly settleTime: number;
  /** A path on the app's own URL, or a URL. */
  readonly healthUrl: string | undefined;
  readonly healthStatus: number | undefined;
  readonly healthBody: string | undefined;
  readonly healthTimeout: number;
  readonly rollback: boolean;
  readonly rollbackReleaseCommand: boolean;
  readonly ifOutdated: 'skip' | 'fail' | 'deploy';
  readonly skipIfRunning: boolean;
  readonly deployTimeout: number;
  readonly githubToken: string;
  readonly dryRun: boolean;
  /** Check the whole setup in place of a deploy. */
  readonly doctor: boolean;
}

/** Where inputs come from. */
export interface InputSource {
  /** The trimmed text of an input, '' when it was not given (`core.getInput`). */
  readonly input: (name: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file of the workspace as text, undefined when there is none. */
  readonly readFile: (path: string) => string | undefined;
}

/** Secrets as they were given, for masking before anything else is looked at. Empty ones are left out. */
export function secretsOf({ input, env }: InputSource): string[] {
  const given = [
    input('fly-api-token'),
    env['FLY_API_TOKEN'],
    input('registry-password'),
    input('github-token'),
  ];
  return given.filter((secret): secret is string => secret !== undefined && secret !== '');
}

/**
 * Reads and checks every input. Nothing but the environment and the config file is looked at.
 *
 * @throws UserError with all faults of all inputs.
 */
export function readInputs(source: InputSource): Inputs {
  const faults: UserError[] = [];
  const { input, env } = source;

  /** Notes a fault and goes on, so that all of them are found. */
  const check = <T>(name: string, read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      faults.push(error.at({ input: name }));
      return otherwise;
    }
  };
  const wrong = (name: string, expected: string): UserError =>
    new UserError({
      found: `The input \`${name}\` is "${input(name)}".`,
      expected,
      fix: `\`with: ${name}:\``,
      input: name,
    });
  const flag = (name: string, otherwise: boolean): boolean => {
    const text = input(name);
    if (text === '') return otherwise;
    // YAML 1.2 core schema, as core.getBooleanInput reads it.
    if (/^(?:true|True|TRUE)$/.test(text)) return true;
    if (/^(?:false|False|FALSE)$/.test(text)) return false;
    faults.push(wrong(name, 'true or false.'));
    return otherwise;
  };
  const duration = (name: string, otherwise: string): number => {
    const ms = parseDuration(input(name) || otherwise);
    if (ms === undefined)
      faults.push(wrong(name, 'a duration with units and of at most 24h, e.g. 20s, 2m, 1m30s, or 0.'));
    return ms ?? 0;
  };
  const choice = <T extends string>(name: string, choices: readonly [T, ...T[]]): T => {
    const text = input(name) || choices[0];
    const found = choices.find((each) => each === text);
    if (found === undefined) faults.push(wrong(name, `one of ${choices.join(', ')}.`));
    return found ?? choices[0];
  };

  const config = check('config', () => readConfig(source), undefined);
  const app = check('app', () => readApp(source, config), '');
  const flyToken = input('fly-api-token') || env['FLY_API_TOKEN']?.trim() || '';
  const dryRun = flag('dry-run', false);
  const doctor = flag('doctor', false);
  if (doctor && !dryRun)
    faults.push(
      new UserError({
        found: 'The input `doctor` is "true" and `dry-run` is not.',
        expected: 'both: a run that checks the setup deploys nothing.',
        fix: '`with: dry-run: true` beside `doctor: true`; or take `doctor` away to deploy.',
      }),
    );
  if (flyToken === '' && !dryRun) {
    faults.push(
      new UserError({
        found:
          'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.',
        expected: 'a deploy token of the app, made with `fly tokens create deploy`.',
        fix: '`with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`. Secrets are empty in runs that a fork started, and in a job without the `environment:` that holds them.',
        input: 'fly-api-token',
      }),
    );
  } else if (/[^\x21-\x7e ]/.test(flyToken)) {
    faults.push(
      new UserError({
        found: 'The Fly.io token has a line break or another character that no token has.',
        expected: 'the token as one line.',
        fix: 'the secret behind `fly-api-token`: paste the token again, without what stands around it.',
        input: 'fly-api-token',
      }),
    );
  }

  const { loweredFrom, ...image } = check('image', () => readImage(source), {
    host: '',
    path: '',
  } as ReturnType<typeof parseReference>);

  const length = input('short-sha-length') || '7';
  if (!/^\d{1,2}$/.test(length) || Number(length) < 4 || Number(length) > 64) {
    faults.push(wrong('short-sha-length', 'a whole number from 4 to 64; docker/metadata-action cuts to 7.'));
  }
  const shortShaLength = Number(length) || 7;
  const branch = input('branch') || undefined;
  const shaTag = input('sha-tag') || '{branch}-{sha}';
  const commit = input('commit').toLowerCase() || undefined;
  check('sha-tag', () => checkTemplate(shaTag, branch, shortShaLength), undefined);
  if (commit !== undefined) {
    const least = shaTag.includes('{full-sha}') ? 40 : shortShaLength;
    if (!/^[0-9a-f]{4,64}$/.test(commit) || commit.length < least) {
      faults.push(wrong('commit', `a commit id of ${least} or more hexadecimal digits.`));
    }
  }
  const tag = input('tag') || '{branch}';
  if (!isTag(tag.replaceAll('{branch}', cleanBranch(branch ?? 'main')))) {
    faults.push(
      wrong('tag', 'a tag, in which {branch} may stand: letters, digits, ".", "_", "-", at most 128.'),
    );
  }

  const tagPattern = input('tag-pattern') || undefined;
  if (tagPattern !== undefined) {
    if (!isTag(tagPattern.replaceAll('{branch}', 'main').replace(/[*?]/g, 'x')) || !/[*?]/.test(tagPattern))
      faults.push(
        wrong(
          'tag-pattern',
          'a tag in which * stands for any characters, ? for one, and {branch} for the branch.',
        ),
      );
    if (input('tag') !== '' && input('tag') !== '{branch}')
      faults.push(wrong('tag', 'nothing beside `tag-pattern`, which names the tag of manual runs too.'));
  }

  const release = input('release').replace(/^v(?=\d)/, '') || undefined;
  if (release !== undefined) {
    if (!/^(?:previous|[1-9]\d{0,8})$/.test(release))
      faults.push(wrong('release', '"previous", or the version of a release, e.g. 41.'));
    const others = ['commit', 'tag-pattern'].filter((name) => input(name) !== '');
    if (namesImage(image)) others.push('image');
    for (const name of others)
      faults.push(wrong(name, 'nothing that names another image beside `release`, which names one too.'));
  }

  const allowEvents = (input('allow-events') || 'push').split(/[\s,]+/).filter((event) => event !== '');
  for (const event of allowEvents) {
    if (!/^[a-z_]+$/.test(event))
      faults.push(wrong('allow-events', 'names of events, e.g. push, workflow_dispatch.'));
  }
  const flyctlVersion = input('flyctl-version').replace(/^v/, '') || undefined;
  if (flyctlVersion !== undefined && !/^\d+\.\d+\.\d+$/.test(flyctlVersion))
    faults.push(
      wrong('flyctl-version', 'one version, e.g. 0.4.80: the newest of tomorrow is another program.'),
    );
  const flags = check('flags', () => parseFlags(input('flags')), []);
  const [username, password] = [input('registry-username'), input('registry-password')];
  if (username !== '' && password === '') {
    faults.push(
      new UserError({
        found: 'The input `registry-username` is set and `registry-password` is not.',
        expected: 'both, or neither: then the job’s actor and `github-token` are used.',
        fix: '`with: registry-password: ${{ secrets.… }}`',
        input: 'registry-username',
      }),
    );
  }
  const actor = env['GITHUB_ACTOR'] || 'x';
  const githubToken = takesGithubToken(image.host, env['GITHUB_SERVER_URL'] ?? '')
    ? input('github-token')
    : '';

  const attestationWorkflow = input('attestation-workflow') || undefined;
  if (
    attestationWorkflow !== undefined &&
    !/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/.test(attestationWorkflow)
  )
    faults.push(
      wrong('attestation-workflow', 'a workflow file, e.g. owner/repo/.github/workflows/build.yml.'),
    );
  const trustedRoot = input('trusted-root');
  if (trustedRoot !== '' && source.readFile(trustedRoot) === undefined)
    faults.push(wrong('trusted-root', 'a file that is there, as `gh attestation trusted-root` writes it.'));
  const [healthUrl, healthBody] = [input('health-url') || undefined, input('health-body') || undefined];
  const healthStatus = input('health-status');
  if (healthUrl !== undefined && !/^\/(?!\/)[\x21-\x7e]*$/.test(healthUrl) && !isWebUrl(healthUrl))
    faults.push(wrong('health-url', 'a path that begins with one "/", or a whole http(s) URL.'));
  if (healthStatus !== '' && !/^[1-5]\d\d$/.test(healthStatus))
    faults.push(wrong('health-status', 'one status, from 100 to 599, or nothing for 200 to 399.'));
  for (const name of ['health-status', 'health-body']) {
    if (input(name) !== '' && healthUrl === undefined)
      faults.push(wrong(name, '`health-url` beside it, which says what is asked.'));
  }

  const inputs: Inputs = {
    app,
    config: config?.path,
    flyToken,
    image,
    loweredFrom,
    branch,
    shaTag,
    shortShaLength,
    commit,
    release,
    tag,
    tagPattern,
    deployBy: choice('deploy-by', ['auto', 'digest', 'tag']),
    allowEvents: Object.freeze(allowEvents),
    onRefusal: choice('on-refusal', ['fail', 'skip']),
    waitForImage: duration('wait-for-image', '2m'),
    checkRevision: choice('check-revision', ['auto', 'require', 'off']),
    requireAttestation: flag('require-attestation', false),
    attestationWorkflow,
    trustedRoot: trustedRoot === '' ? undefined : source.readFile(trustedRoot),
    registryLogin: password === '' ? undefined : { username: username || actor, password },
    githubLogin: githubToken === '' ? undefined : { username: actor, password: githubToken },
    mirror: choice('mirror', ['auto', 'always', 'never']),
    mirrorPlatforms: choice('mirror-platforms', ['amd64', 'all']),
    flyctlVersion,
    flags: Object.freeze(flags),
    noCache: flag('no-cache', false),
    verify: flag('verify', true),
    settleTime: duration('settle-time', '20s'),
    healthUrl,
    healthStatus: healthStatus === '' ? undefined : Number(healthStatus),
    healthBody,
    healthTimeout: duration('health-timeout', '2m'),
    rollback: flag('rollback', false),
    rollbackReleaseCommand: flag('rollback-release-command', false),
    ifOutdated: choice('if-outdated', ['skip', 'fail', 'deploy']),
    skipIfRunning: flag('skip-if-running', false),
    deployTimeout: duration('deploy-timeout', '30m'),
    githubToken: input('github-token'),
    dryRun,
    doctor,
  };
  if (faults.length > 0) throw allOf(faults);
  return Object.freeze(inputs);
}

function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

function readImage({ input, env }: InputSource): ReturnType<typeof parseReference> {
  const given = input('image');
  if (given !== '') return parseReference(given);
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[^/\s]+\/[^/\s]+$/.test(repository)) {
    throw new UserError({
      found: `The input \`image\` is empty and GITHUB_REPOSITORY is "${repository}".`,
      expected: 'an image, or a run on GitHub that says whose repository it is.',
      fix: '`with: image: ghcr.io/owner/repo`',
    });
  }
  return parseReference(`ghcr.io/${repository}`);
}

function checkTemplate(template: string, branch: string | undefined, shortLength: number): void {
  const rendered = renderTag(template, {
    branch: branch ?? 'main',
    commit: '0123456789abcdef'.repeat(4),
    shortLength,
  });
  const unknown = unknownPlaceholders(template);
  const found =
    unknown.length > 0
      ? `The input \`sha-tag\` is "${template}": {${unknown.join('}, {')}} is no placeholder.`
      : !isTag(rendered)
        ? `The input \`sha-tag\` is "${template}", which renders "${rendered}": no valid tag.`
        : undefined;
  if (found === undefined) return;
  throw new UserError({
    found,
    expected: `a template of a tag; placeholders are {${placeholders.join('}, {')}}. A tag has letters, digits, ".", "_", "-", begins with none of "." and "-", and is at most 128 long.`,
    fix: '`with: sha-tag:`; for the tags of `type=sha,prefix={{branch}}-` leave it out.',
  });
}
