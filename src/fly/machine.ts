import type { Json } from '../lib/json.ts';

/** A machine as the Machines API shows it (fly-go, machine_types.go, Machine). */
export interface Machine {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** `started`, `stopped`, `suspended`, … */
  readonly state: string;
  readonly group: string;
  /** Digest that Fly.io resolved the image to; undefined if it reports none. */
  readonly digest: string | undefined;
  /** `registry/repository[:tag]`, as Fly.io resolved it. */
  readonly image: string;
  /** The reference in the machine's config. */
  readonly configuredImage: string;
  /** The images of its containers, if it has any. `image` and `digest` are then not those of each of them. */
  readonly containers: readonly Container[];
  /** The image's labels, as far as Fly.io reports them. */
  readonly labels: ReadonlyMap<string, string>;
  /** The host's `ok`, `unknown` or `unreachable`. */
  readonly host: string;
  /** Each version of the machine has another one: an update or a revert changes it. */
  readonly instanceId: string | undefined;
  readonly releaseId: string | undefined;
  readonly releaseVersion: string | undefined;
  /** The mark that a bluegreen deploy leaves on a machine: `safe_to_destroy` on the old ones. */
  readonly bluegreenTag: string | undefined;
  /** Whether Fly.io's proxy sends it no requests. */
  readonly cordoned: boolean;
  /** Whether it is a standby, is scheduled, or was created without a launch. */
  readonly startsLater: boolean;
  /** Whether its root file system outlives updates, so that older files can hide those of the image. */
  readonly keepsRootfs: boolean;
  /** Newest first, in Fly.io's order: their times are those of hosts, whose clocks can differ. */
  readonly events: readonly MachineEvent[];
  readonly checks: readonly MachineCheck[];
}

/** A container of a machine that runs several images; only its configured reference is known. */
interface Container {
  readonly name: string;
  readonly image: string;
}

/** The last result of a health check of a machine's services. */
interface MachineCheck {
  readonly name: string;
  /** `passing`, `warning` or `critical`. */
  readonly status: string;
  readonly output: string;
}

export interface MachineEvent {
  readonly id?: string | undefined;
  readonly type: string;
  readonly status: string;
  readonly source: string;
  /** Milliseconds since 1970, on the clock of Fly.io's host. */
  readonly timestamp: number;
  /** How a process ended; undefined for other events (fly-go, machine_types.go, MachineExitEvent). */
  readonly exit: MachineExit | undefined;
}

export interface MachineExit {
  readonly code: number;
  readonly outOfMemory: boolean;
  /** A user or Fly.io's proxy stopped it. */
  readonly requested: boolean;
}

/** How deploys treat a machine. */
export type Management =
  /** Deploys update it. */
  | 'managed'
  /** `fly machine run` or the API created it; deploys do not touch it. */
  | 'unmanaged'
  /** It runs a release command, a console or a test, and is removed afterwards. */
  | 'temporary'
  | 'destroyed';

// fly-go, machine_types.go: what IsFlyAppsReleaseCommand and IsFlyAppsConsole check.
const temporaryGroups = ['fly_app_release_command', 'fly_app_console', 'fly_app_test_machine_command'];

/** How deploys treat a machine (fly-go, flaps_machines.go, ListFlyAppsMachines). */
export function managementOf(json: Json): Management {
  const state = json.get('state').value;
  if (state === 'destroyed' || state === 'destroying') return 'destroyed';
  const metadata = configOf(json).get('metadata');
  const group = metadata.string('fly_process_group') ?? '';
  if (metadata.string('process_group') === 'release_command' || temporaryGroups.includes(group))
    return 'temporary';
  return metadata.string('fly_platform_version') === 'v2' ? 'managed' : 'unmanaged';
}

/** `incomplete_config` replaces it if the host is unreachable (fly-go, Machine.GetConfig). */
function configOf(json: Json): Json {
  const config = json.get('config');
  return config.value === undefined || config.value === null ? json.get('incomplete_config') : config;
}

/** A text, or an earlier one that is equal. */
const shared = <T extends string | undefined>(text: T, earlier: T | undefined): T =>
  text === earlier && earlier !== undefined ? earlier : text;

const sharedLabels = (
  labels: Machine['labels'],
  earlier: Machine['labels'] | undefined,
): Machine['labels'] =>
  earlier !== undefined &&
  labels.size === earlier.size &&
  [...labels].every(([name, text]) => earlier.get(name) === text)
    ? earlier
    : labels;

/** @param other machine whose texts are used where they are equal: each copy for thousands of machines would take memory. */
export function readMachine(json: Json, other?: Machine): Machine {
  const image = json.get('image_ref');
  const config = configOf(json);
  const metadata = config.get('metadata');
  const [registry, repository, tag] = ['registry', 'repository', 'tag'].map((key) =>
    image.get(key).maybeText(),
  );
  return {
    id: json.get('id').text(),
    name: json.get('name').maybeText() ?? '',
    region: json.get('region').maybeText() ?? '?',
    state: json.get('state').maybeText() ?? 'unknown',
    group: metadata.string('fly_process_group') ?? 'app',
    digest: shared(image.get('digest').maybeText(), other?.digest),
    configuredImage: shared(config.get('image').maybeText() ?? '', other?.configuredImage),
    containers: config
      .get('containers')
      .items()
      .map((container) => ({
        name: container.get('name').maybeText() ?? '?',
        image: container.get('image').maybeText() ?? '',
      })),
    labels: sharedLabels(image.get('labels').strings(), other?.labels),
    image: shared(
      `${[registry, repository].filter((part) => part !== undefined).join('/')}${tag === undefined ? '' : `:${tag}`}`,
      other?.image,
    ),
    host: json.get('host_status').maybeText() ?? 'ok',
    instanceId: json.get('instance_id').maybeText(),
    releaseId: shared(metadata.string('fly_release_id'), other?.releaseId),
    releaseVersion: metadata.string('fly_release_version'),
    bluegreenTag: metadata.string('fly_bluegreen_deployment_tag'),
    cordoned: json.get('cordoned').value === true,
    startsLater: startsLater(config),
    keepsRootfs:
      isAlways(config.get('guest').get('persist_rootfs')) || isAlways(config.get('rootfs').get('persist')),
    events: json
      .get('events')
      .items()
      .map((event) => ({
        id: event.get('id').maybeText(),
        type: event.get('type').maybeText() ?? '',
        status: event.get('status').maybeText() ?? '',
        source: event.get('source').maybeText() ?? '',
        timestamp: event.get('timestamp').maybeNumber() ?? 0,
        exit: readExit(event.get('request')),
      })),
    checks: json
      .get('checks')
      .items()
      .map((check) => ({
        name: check.get('name').maybeText() ?? '?',
        status: check.get('status').maybeText() ?? 'unknown',
        output: check.get('output').maybeText() ?? '',
      }))
      // Added by Fly.io for old versions of flyctl (fly-go, machine_types.go, RemoveCompatChecks).
      .filter(({ name }) => !name.startsWith('bg_deployments_compat')),
  };
}

/** flyctl updates such machines without a launch (flyctl, machines_launchinput.go, shouldSkipLaunch). */
const startsLater = (config: Json): boolean =>
  config.get('standbys').items().length > 0 ||
  config.get('schedule').maybeText() !== undefined ||
  config.get('skip_launch').value === true;

/** `always`, or its number in older answers (fly-go, machine_types.go, MachinePersistRootfs). */
const isAlways = ({ value }: Json): boolean => value === 'always' || value === 3;

/** An exit is in `exit_event`, or in that of a `MonitorEvent` (fly-go, machine_types.go, MachineRequest). */
function readExit(request: Json): MachineExit | undefined {
  const [monitored, direct] = [request.get('MonitorEvent').get('exit_event'), request.get('exit_event')];
  const exit = isThere(monitored) ? monitored : direct;
  if (!isThere(exit)) return undefined;
  return {
    code: exit.get('guest_exit_code').maybeNumber() || (exit.get('exit_code').maybeNumber() ?? 0),
    outOfMemory: exit.get('oom_killed').value === true,
    requested: exit.get('requested_stop').value === true,
  };
}

const isThere = ({ value }: Json): boolean => value !== undefined && value !== null;
