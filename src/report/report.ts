import type { Attested } from '../attestation/attestation.ts';
import type { Release } from '../deploy/deploy.ts';
import type { Previous } from '../deploy/previous.ts';
import type { Trigger } from '../event/trigger.ts';
import type { Machine } from '../fly/machines.ts';
import type { CommitOrder } from '../image/age.ts';
import type { Plan } from '../image/plan.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { RevisionCheck } from '../image/revision.ts';
import type { Clock } from '../lib/clock.ts';
import type { Mirror } from '../mirror/mirror.ts';
import { formatReference, isCommit } from '../registry/reference.ts';
import { shortSha } from '../registry/tag-template.ts';
import type { CheckedMachine } from '../verify/compare.ts';
import type { Finding } from './finding.ts';
import { machinesOutput } from './machines.ts';

/** A step of the deploy and how long it took. */
export interface Step {
  readonly name: string;
  readonly ms: number;
  readonly ok: boolean;
}

/** All that is known of a run so far. Filled along the way, so that a failure reports what came before it. */
export class Report {
  app: string | undefined;
  shortShaLength = 7;
  trigger: Trigger | undefined;
  plan: Plan | undefined;
  image: ResolvedImage | undefined;
  revision: RevisionCheck = 'unchecked';
  /** Who signed that the image was built from the commit, where that was asked for. */
  attested: Attested | undefined;
  /** The copy at Fly.io's registry, where one was needed. */
  mirror: Mirror | undefined;
  /** The machines before the deploy; undefined when they could not be read. */
  before: readonly Machine[] | undefined;
  release: Release | undefined;
  /** The machines as they were last seen. */
  machines: readonly CheckedMachine[] | undefined;
  deployed = false;
  verified = false;
  skipped: 'dry-run' | 'already-running' | 'outdated' | 'refused' | undefined;
  /** How the commit stands to what ran before. */
  order: CommitOrder | undefined;
  /** What runs again, where the deploy was rolled back. */
  rolledBack: readonly Previous[] | undefined;
  /** The app's own URL, as Fly.io says it. */
  url: string | undefined;
  /** When flyctl was started, in milliseconds since 1970; undefined when it was not. */
  deployStartedAt: number | undefined;
  /** Looks at the machines. */
  look: (() => Promise<Machine[]>) | undefined;
  /** Done when no flyctl runs. */
  flyctl: Promise<unknown> = Promise.resolve();
  /** What the doctor found; undefined where a deploy was asked for. */
  checks: readonly Finding[] | undefined;
  failure: Error | undefined;
  readonly steps: Step[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does a step of the deploy and takes its time. */
  async step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const begin = this.#clock.now();
    let ok = false;
    try {
      const result = await work();
      ok = true;
      return result;
    } finally {
      this.steps.push({ name, ms: this.#clock.now() - begin, ok });
    }
  }

  /** The commit that the image was, or should have been, built from. A label can hold anything: only a commit id counts. */
  get commit(): string | undefined {
    const labelled = this.image?.revision?.commit ?? '';
    return this.plan?.commit ?? (isCommit(labelled) ? labelled : undefined);
  }

  /** What ran before: one image, or undefined when machines ran several, or nothing is known. */
  get previous(): { readonly image: string; readonly digest: string } | undefined {
    const [first, ...rest] = this.before ?? [];
    if (first?.digest === undefined || rest.some(({ digest }) => digest !== first.digest)) return undefined;
    return { image: first.image, digest: first.digest };
  }

  /** flyctl's own word on the release, or what the machines carry. */
  get releaseVersion(): string | undefined {
    return this.release?.version ?? only(this.#released().map(({ releaseVersion }) => releaseVersion));
  }

  get releaseId(): string | undefined {
    return this.release?.id ?? only(this.#released().map(({ releaseId }) => releaseId));
  }

  #released(): readonly CheckedMachine[] {
    return this.deployed ? (this.machines ?? []) : [];
  }

  /** Every output, '' where nothing is known, so that a failed step leaves none unwritten. */
  outputs(): Record<string, string> {
    const { image, plan, commit, previous } = this;
    const values = {
      image: image ? formatReference((this.mirror ?? image).reference) : '',
      'source-image': image ? formatReference(image.reference) : '',
      digest: image?.digest ?? '',
      'platform-digest': image?.platformDigest ?? '',
      tag: image?.tag ?? '',
      commit: commit ?? '',
      'short-sha': commit === undefined ? '' : shortSha(commit, this.shortShaLength),
      source: plan?.source ?? '',
      mirrored: String(this.mirror !== undefined),
      deployed: String(this.deployed),
      skipped: this.skipped ?? '',
      'release-id': this.releaseId ?? '',
      'release-version': this.releaseVersion ?? '',
      'previous-image': previous?.image ?? '',
      'previous-digest': previous?.digest ?? '',
      machines: machinesOutput(this.machines ?? []),
      verified: String(this.verified),
      'rolled-back': String(this.rolledBack !== undefined),
      url: this.url ?? '',
    };
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        oneLine(name === 'machines' ? value : value.slice(0, mostOfOutput)),
      ]),
    );
  }
}

/** No reference, id or URL is longer: what is, only Fly.io or a registry that means harm can say. */
const mostOfOutput = 4096;

/** An output is one line: what Fly.io or an image says could otherwise be read as another output by who prints it to a file. */
const oneLine = (value: string): string => value.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');

/** The one value that all of them are; undefined when they differ. */
function only(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...rest] = values;
  return rest.every((value) => value === first) ? first : undefined;
}
