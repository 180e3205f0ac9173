import { flyApi } from '../fly/api.ts';
import type { Machine } from '../fly/machine.ts';
import { type MachineList, readMachineList } from '../fly/machines.ts';
import { listReleases } from '../fly/releases.ts';
import { waitOf, waitWords } from '../fly/trouble.ts';
import type { Log } from '../github/log.ts';
import type { ImageInputs, RegistryInputs, TargetInputs } from '../inputs/inputs.ts';
import { tokenCommand } from '../lib/advice.ts';
import { counted, formatDuration } from '../lib/format.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { type RegistryDeps, sourceSession } from '../registry/connect.ts';
import { flyRepository } from '../registry/hosts.ts';
import { formatReference, parseReference, type Reference, type Repository } from '../registry/reference.ts';
import { rootOf } from './root-of.ts';
import { type SoakDeps, soaked } from './soak.ts';
import type { ChosenBy, Plan } from './types.ts';

/** The app whose image is deployed here. */
export interface ChosenApp {
  readonly by: ChosenBy;
  readonly app: string;
  /** The commit that its image must have been built from; undefined if there is none. */
  readonly commit: string | undefined;
}

export interface RunningDeps extends SoakDeps {
  readonly list: () => Promise<MachineList>;
  /** The repositories that images can come from, besides the app's own on Fly.io. */
  readonly repositories: readonly Repository[];
  /** The app's own repository on Fly.io. */
  readonly copy: Repository;
  /**
   * The digest of the image, or of the index that contains it, by the names that a machine has for it; undefined when the
   * registry does not have it.
   *
   * @throws UserError when the registry cannot be read.
   */
  readonly find: (repository: Repository, digest: string, named: Reference) => Promise<string | undefined>;
  readonly log: Pick<Log, 'line'>;
}

/**
 * What to deploy for `running:APP`: the image that all managed machines of another app run now, according to Fly.io. It is read
 * from the registry that the machines name or, if that does not have it or cannot be read, from the app's own repository on
 * Fly.io, and deployed by digest.
 *
 * @throws UserError when the machines do not all run one image, have not settled or have not run it for the soak time, or when
 *   no registry has the image.
 */
export async function planOfRunning(chosen: ChosenApp, deps: RunningDeps): Promise<Plan> {
  const { app, by, commit } = chosen;
  const list = await deps.list();
  const digest = imageOf(app, list.machines);
  const since = await soaked(app, list, deps);
  deps.log.line(
    `App ${app} runs ${digest} on ${counted(list.machines.length, 'machine')}${since === undefined ? '' : `, for ${formatDuration(since)} or longer`}`,
  );
  const { repository, digest: found } = await locate(app, list.machines, digest, deps);
  const { host, path } = repository;
  const reference = { host, path, digest: found };
  return { source: 'running', by, app, repository: { host, path }, reference, commit, pin: true };
}

/** The one image that all machines run, after they have settled. */
function imageOf(app: string, machines: readonly Machine[]): string {
  const wrong = (code: 'source-app-empty' | 'source-app-unsettled' | 'source-app-mixed', what: string) =>
    new UserError({
      code,
      found: `${what}${machines.map((machine) => `\n  ${lineOf(machine)}`).join('')}`,
      expected: `One image that every machine of app "${app}" runs, because that image is deployed here.`,
      fix: `Deploy "${app}" until every machine runs one image, then run this job again. Or name what to deploy: \`with: select: digest:sha256:…\`.`,
    });
  if (machines.length === 0)
    throw wrong('source-app-empty', `App "${app}" has no machine that \`flyctl deploy\` manages.`);
  const digests = new Set(
    machines.map(({ digest, containers }) => (containers.length > 0 ? '' : (digest ?? ''))),
  );
  const [digest = ''] = digests;
  if (digests.size > 1) throw wrong('source-app-mixed', `The machines of app "${app}" run several images:`);
  if (digest === '')
    throw wrong(
      'source-app-unsettled',
      `Fly.io does not report which image the machines of app "${app}" run:`,
    );
  if (machines.some((machine) => machine.host !== 'ok' || waitOf(machine, undefined) !== undefined))
    throw wrong('source-app-unsettled', `The machines of app "${app}" have not settled:`);
  return digest;
}

function lineOf(machine: Machine): string {
  const wait = waitOf(machine, undefined);
  const image = machine.containers.length > 0 ? 'several containers' : (machine.digest ?? 'no digest');
  const host = machine.host === 'ok' ? '' : `, its host is ${machine.host}`;
  return `${machine.id} (${machine.region}): ${machine.state}, ${image}${host}${wait === undefined ? '' : `, ${waitWords(wait)}`}`;
}

/** Where the image can be read: in the repositories that the machines name, then in the app's own on Fly.io. */
async function locate(
  app: string,
  machines: readonly Machine[],
  digest: string,
  { repositories, copy, find, log }: RunningDeps,
): Promise<{ readonly repository: Repository; readonly digest: string }> {
  const isCopy = ({ host, path }: Repository) => host === copy.host && path === copy.path;
  const named = machines.flatMap(({ image, configuredImage }) => {
    const at = referenceIn(image);
    return at === undefined ? [] : [{ at, configured: referenceIn(configuredImage) ?? at }];
  });
  const first = named.filter(({ at }) => !isCopy(at));
  const tried: string[] = [];
  let foreign: string | undefined;
  const seen = new Set<string>();
  for (const { at, configured } of [...first, { at: copy, configured: copy }]) {
    const { host, path } = at;
    const name = formatReference({ host, path });
    if (seen.has(name)) continue;
    seen.add(name);
    const known = isCopy(at) || repositories.some((each) => each.host === host && each.path === path);
    if (!known) {
      foreign ??= name;
      tried.push(`${name}: not the repository in \`image\``);
      continue;
    }
    try {
      const own = configured.host === host && configured.path === path ? configured : at;
      const found = await find({ host, path }, digest, own);
      if (found !== undefined) return { repository: { host, path }, digest: found };
      tried.push(`${name}: not found (404)`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      tried.push(`${name}: ${error.found}`);
    }
    log.line(`Could not read the image from ${tried.at(-1)}`);
  }
  throw new UserError({
    code: 'source-image-gone',
    found: `App "${app}" runs ${digest}, but it could not be read from any registry:${tried.map((each) => `\n  ${each.split('\n')[0]}`).join('')}`,
    expected: 'The image in the registry that it came from, or in Fly.io’s.',
    fix:
      foreign === undefined
        ? `Build and deploy "${app}" again.`
        : `Let this step use its logins there: \`with: image: ${foreign}\`. Or build and deploy "${app}" again.`,
  });
}

/** The image reference in a machine's text; undefined if it is not one. */
function referenceIn(text: string): Reference | undefined {
  try {
    return parseReference(text);
  } catch {
    return undefined;
  }
}

/**
 * `planOfRunning` with real data: asks Fly.io for the other app's machines, and the registries for the image.
 *
 * @throws UserError as `planOfRunning` does, and when the other app cannot be read.
 */
export async function planByRunning(
  rt: RegistryDeps & { readonly log: Log },
  inputs: ImageInputs & RegistryInputs & TargetInputs,
  chosen: ChosenApp,
): Promise<Plan> {
  const { app } = chosen;
  const { sourceApp } = inputs;
  const api = flyApi(rt, { app, flyToken: sourceApp.token, mode: inputs.mode });
  return planOfRunning(chosen, {
    list: async () =>
      readMachineList(api).catch((error) => {
        throw error instanceof UserError ? explained(error, app) : error;
      }),
    soakTime: inputs.soakTime,
    releases: () => listReleases(api),
    now: () => rt.clock.now(),
    repositories: [{ host: inputs.image.host, path: inputs.image.path }, flyRepository(inputs.app, rt.env)],
    copy: flyRepository(app, rt.env),
    find: async (repository, digest, named) => {
      const session = sourceSession(rt, { ...inputs, flyLogin: sourceApp.login }, repository, 0);
      return rootOf(session, digest, [named.digest, named.tag, digest]);
    },
    log: rt.log,
  });
}

/** The error for another app that the token cannot read. Other errors stay as they are. */
function explained(error: UserError, app: string): UserError {
  if (error.code !== 'fly-unauthorized' && error.code !== 'fly-app-not-found') return error;
  return new UserError(
    {
      code: 'source-app-unreadable',
      found: `${messageOf(error).split('\n')[0]} A deploy token can read only its own app: for any other app, Fly.io answers that it does not exist.`,
      expected: `A token that can read app "${app}", whose image is deployed.`,
      fix: `Add \`with: source-app-token: \${{ secrets.FLY_SOURCE_TOKEN }}\`, and store a token from ${tokenCommand(app)} in that secret. Or correct the name in \`select\`.`,
      input: 'source-app-token',
    },
    { cause: error },
  );
}
