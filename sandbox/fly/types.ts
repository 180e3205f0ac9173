import type { AfterDeploy } from './after-deploy.ts';
import type { FaultSchedule } from './faults.ts';

export interface MachineConfig {
  image: string;
  metadata: Record<string, string>;
  guest: object;
  [key: string]: unknown;
}

/** A machine as the Machines API reports it (fly-go, machine_types.go). */
export interface Machine {
  readonly id: string;
  readonly name: string;
  state: string;
  readonly region: string;
  /** A new one for each version of the machine. */
  instance_id: string;
  version: string;
  image_ref: {
    registry: string;
    repository: string;
    tag?: string;
    digest: string;
    labels: Record<string, string>;
  };
  config: MachineConfig;
  readonly created_at: string;
  updated_at: string;
  /** Newest first. */
  events: MachineEvent[];
  checks: object[];
  host_status: string;
  /** Whether the proxy sends no requests to it. */
  cordoned: boolean;
  readonly private_ip: string;
}

interface MachineEvent {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly request?: object;
}

/** A release as uiex reports it (flyctl, internal/uiex/releases.go). */
export interface Release {
  readonly id: string;
  readonly version: number;
  /** `pending`, `running`, and at the end `complete`, `failed`, or `interrupted`. */
  status: string;
  readonly image_ref: string;
  readonly strategy: string;
  readonly created_at: string;
  /** Another deploy than the one under test made it. */
  readonly another?: true;
}

/**
 * Faults of an app: ways in which a successful `flyctl deploy` leaves machines that do not run the image, or in which it
 * fails. Machines are numbered in the order of the list, from 0. A fault with `afterLists` happens once, after this number
 * of lists by the action since flyctl finished. It does not affect a second deploy, such as a rollback.
 */
export interface Behavior {
  /** Revert a machine to its old image. */
  readonly revertMachine?: { readonly index: number; readonly afterLists: number };
  /** Answer 200 to a machine's update, but leave it on its old image. */
  readonly keepOldImage?: number;
  /** Resolve references to an older image, like a platform that caches the digest of a tag. */
  readonly staleTag?: { readonly image: string | readonly string[]; readonly as: string };
  /** Refuse a machine's update: the machines before it have the new image, the others the old one. */
  readonly failUpdate?: { readonly index: number; readonly status: number; readonly body?: string };
  /** Break an updated machine: its process exits once or repeatedly, it runs out of memory, or its check fails. */
  readonly trouble?: {
    readonly index: number;
    readonly afterLists: number;
    readonly kind: 'exit' | 'loop' | 'oom' | 'critical';
  };
  /** Give all machines a later release of the same image, like another deploy. */
  readonly laterRelease?: { readonly afterLists: number };
  /** Fail every health check of a machine that starts. */
  readonly neverHealthy?: boolean;
  /** Let the process of every machine that starts crash repeatedly. */
  readonly crashing?: boolean;
  /** Exit status of the release command. Defaults to 0. */
  readonly releaseCommand?: { readonly exitCode: number };
  /**
   * How a machine that is updated to an image that it cannot unpack is reverted: after this number of milliseconds (300),
   * without an event, or never.
   */
  readonly brokenImage?: { readonly after?: number; readonly silent?: boolean; readonly kept?: boolean };
  /** Fields of a machine that the API reports instead of the actual ones. */
  readonly report?: (machine: Machine) => object;
  /** Report the digest of an index. Fly.io reports that of its linux/amd64 manifest. */
  readonly reportIndexDigest?: boolean;
}

/** An initial machine of an app. */
export interface NewMachine {
  /** Defaults to a unique one. */
  readonly id?: string;
  readonly region: string;
  /** A reference, resolved in its registry like that of a deploy. */
  readonly image?: string;
  readonly group?: string;
  readonly state?: string;
  /** Replaces the metadata that a deploy writes. */
  readonly metadata?: Record<string, string>;
  readonly hostStatus?: string;
  /** More of its config, such as `standbys`, `containers` or `rootfs`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface App {
  readonly name: string;
  hostname: string;
  readonly machines: Machine[];
  /** Destroyed machines, which the API still reports by their ID. */
  readonly destroyed: Machine[];
  readonly releases: Release[];
  /** Machine → nonce and end of its lease, in milliseconds since 1970. */
  readonly leases: Map<string, { nonce: string; until: number }>;
  behavior: { -readonly [Name in keyof Behavior]: Behavior[Name] };
  readonly afterDeploy: AfterDeploy;
  readonly faults: FaultSchedule;
}

/** The platform's own record of a machine's current version, which can differ from its report. */
export interface Vitals {
  /** When it was first started, or set without a start: milliseconds since 1970. */
  since: number;
  started: boolean;
  /** Its process has failed. */
  broken: boolean;
}
