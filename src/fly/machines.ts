import { behindProxy, newFlyToken, retryFly } from '../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../lib/api-error.ts';
import type { Answer } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { Json } from '../lib/json.ts';
import { messageOf } from '../lib/user-error.ts';
import { type FlyApi, getJson } from './api.ts';

/** A machine that deploys manage, as the Machines API shows it. */
export interface Machine {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** `started`, `stopped`, `suspended`, … */
  readonly state: string;
  readonly group: string;
  /** Digest that Fly.io resolved the image to; undefined where it reports none. */
  readonly digest: string | undefined;
  /** `registry/repository[:tag]`, as Fly.io resolved it. */
  readonly image: string;
  /** The reference that the machine was told to run. */
  readonly configuredImage: string;
  /** The image's labels, as far as Fly.io shows them. */
  readonly labels: ReadonlyMap<string, string>;
  /** The host's `ok`, `unknown` or `unreachable`. */
  readonly host: string;
  readonly releaseId: string | undefined;
  readonly releaseVersion: string | undefined;
  /** Newest first. */
  readonly events: readonly MachineEvent[];
  readonly checks: readonly MachineCheck[];
}

/** A health check of a machine's services, as Fly.io last saw it. */
interface MachineCheck {
  readonly name: string;
  /** `passing`, `warning` or `critical`. */
  readonly status: string;
  readonly output: string;
}

export interface MachineEvent {
  readonly type: string;
  readonly status: string;
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** How a process ended; undefined for other events (fly-go, machine_types.go, MachineExitEvent). */
  readonly exit: MachineExit | undefined;
}

export interface MachineExit {
  readonly code: number;
  readonly outOfMemory: boolean;
  /** Somebody, or Fly.io's proxy, asked it to stop. */
  readonly requested: boolean;
}

const listLimit = 32 * 1024 * 1024;

// fly-go, machine_types.go: what IsFlyAppsReleaseCommand and IsFlyAppsConsole look at.
const temporaryGroups = ['fly_app_release_command', 'fly_app_console', 'fly_app_test_machine_command'];

/**
 * Lists the machines of the app that deploys manage: platform version v2, not destroyed, none of a release
 * command, a console or a test (fly-go, flaps_machines.go, ListFlyAppsMachines). Stopped ones count: they hold
 * the image that they will start with.
 *
 * @throws UserError when Fly.io refuses, or its answer is no list of machines.
 */
export async function listMachines(api: FlyApi): Promise<Machine[]> {
  const { app } = api;
  const path = `/v1/apps/${encodeURIComponent(app)}/machines`;
  const answer = await answerOrNone(getJson(api, path, listLimit));
  if (answer instanceof HttpError || answer.status !== 200)
    throw apiError({ service: machinesService, resource: app, answer });
  let list: unknown;
  try {
    list = JSON.parse(answer.body.toString('utf8'));
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw apiError({ service: machinesService, resource: app, answer });
  return new Json(list, 'the list of machines').items().filter(isManaged).map(readMachine);
}

function isManaged(json: Json): boolean {
  const state = json.get('state').value;
  const metadata = configOf(json).get('metadata').strings();
  return (
    state !== 'destroyed' &&
    state !== 'destroying' &&
    metadata.get('fly_platform_version') === 'v2' &&
    metadata.get('process_group') !== 'release_command' &&
    !temporaryGroups.includes(metadata.get('fly_process_group') ?? '')
  );
}

/** `incomplete_config` stands in where the host cannot be reached (fly-go, Machine.GetConfig). */
function configOf(json: Json): Json {
  const config = json.get('config');
  return config.value === undefined || config.value === null ? json.get('incomplete_config') : config;
}

function readMachine(json: Json): Machine {
  const image = json.get('image_ref');
  const metadata = configOf(json).get('metadata').strings();
  const [registry, repository, tag] = ['registry', 'repository', 'tag'].map((key) =>
    image.get(key).maybeText(),
  );
  return {
    id: json.get('id').text(),
    name: json.get('name').maybeText() ?? '',
    region: json.get('region').maybeText() ?? '?',
    state: json.get('state').maybeText() ?? 'unknown',
    group: metadata.get('fly_process_group') ?? 'app',
    digest: image.get('digest').maybeText(),
    configuredImage: configOf(json).get('image').maybeText() ?? '',
    labels: image.get('labels').strings(),
    image: `${[registry, repository].filter((part) => part !== undefined).join('/')}${tag === undefined ? '' : `:${tag}`}`,
    host: json.get('host_status').maybeText() ?? 'ok',
    releaseId: metadata.get('fly_release_id'),
    releaseVersion: metadata.get('fly_release_version'),
    events: json
      .get('events')
      .items()
      .map((event) => ({
        type: event.get('type').maybeText() ?? '',
        status: event.get('status').maybeText() ?? '',
        source: event.get('source').maybeText() ?? '',
        timestamp: event.get('timestamp').maybeNumber() ?? 0,
        exit: readExit(event.get('request').get('exit_event')),
      })),
    checks: json
      .get('checks')
      .items()
      .map((check) => ({
        name: check.get('name').maybeText() ?? '?',
        status: check.get('status').maybeText() ?? 'unknown',
        output: check.get('output').maybeText() ?? '',
      })),
  };
}

function readExit(json: Json): MachineExit | undefined {
  if (json.value === undefined || json.value === null) return undefined;
  return {
    code: json.get('guest_exit_code').maybeNumber() || (json.get('exit_code').maybeNumber() ?? 0),
    outOfMemory: json.get('oom_killed').value === true,
    requested: json.get('requested_stop').value === true,
  };
}

const reachable = {
  expected: 'the app’s machines from Fly.io’s Machines API.',
  fix: `run the job again; ${behindProxy}.`,
};
const list = { expected: 'the app’s machines as a list.', fix: retryFly };

/** The Machines API, asked for the machines of an app. */
const machinesService: Service<string, Answer> = {
  found: (app, answer) => {
    if (answer instanceof HttpError) return `No answer from ${answer.url}: ${messageOf(answer)}.`;
    const words = answer.body.toString('utf8').replace(/\s+/g, ' ').slice(0, 200);
    return `Fly.io’s Machines API answered ${answer.status} for the machines of app "${app}"${words === '' ? '' : `: ${words}`}`;
  },
  advice: {
    'no-answer': () => ({ code: 'fly-unreachable', ...reachable }),
    unusable: () => ({ code: 'fly-unexpected-answer', ...reachable }),
    'rate-limited': () => ({ code: 'fly-rate-limited', ...list }),
    temporary: () => ({ code: 'fly-unavailable', ...list }),
    denied: (app) => ({
      code: 'fly-unauthorized',
      expected: 'a token that may read and deploy this app.',
      fix: newFlyToken(app),
      input: 'fly-api-token',
    }),
    'not-found': (app) => ({
      code: 'fly-app-not-found',
      expected: 'an app of that name, which the token may see.',
      fix: `the input \`app\`, or create the app first: \`fly apps create ${app}\`. A token of another app sees it as missing too.`,
      input: 'app',
    }),
    unexpected: () => ({ code: 'fly-unexpected-answer', ...list }),
  },
};
