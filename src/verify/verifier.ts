import type { FlyApi } from '../fly/api.ts';
import { type AppUrl, usualUrl } from '../fly/app.ts';
import type { Machine } from '../fly/machine.ts';
import { listMachines } from '../fly/machines.ts';
import type { Release } from '../fly/releases.ts';
import type { DeployInputs, VerifyInputs } from '../inputs/inputs.ts';
import { makeHttp, policies } from '../lib/http.ts';
import { UserError } from '../lib/user-error.ts';
import { shortSha } from '../registry/tag-template.ts';
import type { Runtime } from '../runtime.ts';
import { OwnTest } from './command.ts';
import { commandEnvironment } from './command-environment.ts';
import { type CheckedMachine, compare, type Expectation, type ExpectedDigests, managed } from './compare.ts';
import { releaseUnknown } from './errors.ts';
import { fillBody, type HealthCheck, HealthMonitor } from './health.ts';
import { type AnswerRecord, Journal, type MachineCheckRecord } from './journal.ts';
import { type Baseline, knowsReleases, type Observation, Observer, readBaseline } from './observe.ts';
import { type Scope, scopeOf } from './scope.ts';
import { type Watched, watch } from './watch.ts';

type VerifierInputs = VerifyInputs & Pick<DeployInputs, 'flags' | 'deployTimeout'>;
type VerifierDeps = Pick<Runtime, 'clock' | 'log' | 'fetch' | 'random' | 'env' | 'runTest'>;

/** The image that the machines should run. */
export interface Target extends ExpectedDigests {
  readonly commit: string | undefined;
}

/** Verifies that the machines of one app run one image. */
export class Verifier {
  readonly scope: Scope;
  /** All checks of this run. */
  readonly journal: Journal;
  readonly #deps: VerifierDeps;
  readonly #inputs: VerifierInputs;
  readonly #api: FlyApi;
  readonly #image: Target;
  readonly #body: string | undefined;
  #seen: readonly CheckedMachine[] | undefined;
  #observer: Observer | undefined;

  /** @throws UserError when `health-body` names a commit and neither the event nor the image does. */
  constructor(
    deps: VerifierDeps,
    inputs: VerifierInputs,
    api: FlyApi,
    image: Target,
    journal: Journal = new Journal(),
  ) {
    this.journal = journal;
    this.#deps = deps;
    this.#inputs = inputs;
    this.#api = api;
    this.#image = image;
    this.scope = scopeOf(inputs.flags);
    this.#body = bodyOf(inputs, image);
  }

  /** The machines as they were last seen, compared with the image; undefined before the first check. */
  get seen(): readonly CheckedMachine[] | undefined {
    return this.#seen;
  }

  list(): Promise<readonly Machine[]> {
    return listMachines(this.#api);
  }

  /** Reads the machines right before something is deployed. @throws UserError when Fly.io refuses. */
  baseline(): Promise<Baseline> {
    return readBaseline(this.#api, this.#deps.clock);
  }

  /**
   * Checks which machines there are. All checks of a run are by one observer: no machine that it has seen once is forgotten,
   * whatever a list before another deploy leaves out.
   *
   * @param before the app right before the first deploy. @throws UserError when Fly.io refuses.
   */
  observe(before: Baseline): Promise<Observation> {
    const concerns = (machine: Machine) => this.scope(machine, true);
    this.#observer ??= new Observer({ ...this.#deps, api: this.#api }, before, concerns);
    return this.#observer.observe();
  }

  /** Compares machines with the image. @param before the machines before the deploy; undefined where there was none. */
  compare(
    machines: readonly Machine[],
    before: readonly Machine[] | undefined,
    release?: Release,
  ): readonly CheckedMachine[] {
    return compare(machines, this.#expected(before, release));
  }

  /** Compares machines with the image and keeps the result as `seen`. */
  see(machines: readonly Machine[], before: readonly Machine[] | undefined, release?: Release): void {
    this.#seen = this.compare(machines, before, release);
  }

  /**
   * Checks the machines, and requests the app's URL, until each machine runs the image and has settled.
   *
   * @param before the app right before the deploy; @param release as flyctl reported it; @param url of the app, if Fly.io
   *   has one.
   * @throws UserError if a machine does not run it, or the app does not answer.
   */
  verify(before: Baseline, release: Release | undefined, url: AppUrl | undefined): Promise<Watched> {
    const expected = this.#expected(before.list.machines, release);
    return this.#watch('deploy', before, expected, {
      health: this.#healthMonitor(url),
      test: this.#ownTest(url),
    });
  }

  /**
   * Requests the app's URL until it answers as the inputs describe, without a deploy. Nothing without `health-url`.
   *
   * @param checksPass whether all machines have health checks on Fly.io. @throws UserError if the app does not answer in time.
   */
  async answer(url: AppUrl | undefined, checksPass: boolean): Promise<void> {
    const health = this.#healthMonitor(url);
    while (health !== undefined) {
      await health.ask();
      if (health.isRight) return;
      const unreachable = health.unreachable(checksPass);
      if (unreachable !== undefined) throw unreachable;
      await this.#deps.clock.sleep(2000);
    }
  }

  #healthMonitor(url: AppUrl | undefined): HealthMonitor | undefined {
    const check = this.#healthCheck(url);
    if (check === undefined) return undefined;
    const http = makeHttp(this.#deps, policies.health);
    const answered = (answer: AnswerRecord) => this.journal.answers.add(answer);
    return new HealthMonitor(check, { ...this.#deps, http, answered });
  }

  /** The same for the previous image, without requests to the app and without the user's own test: both are for the new image. */
  verifyPrevious(before: Baseline, expected: Pick<Expectation, 'of' | 'release'>): Promise<Watched> {
    return this.#watch(
      'rollback',
      before,
      { ...expected, app: this.#api.app, scope: this.scope, before: before.list.machines },
      {},
    );
  }

  async #watch(
    of: MachineCheckRecord['of'],
    before: Baseline,
    expected: Expectation,
    { health, test }: { readonly health?: HealthMonitor | undefined; readonly test?: OwnTest | undefined },
  ): Promise<Watched> {
    const { settleTime, healthTimeout } = this.#inputs;
    const newestBefore = before.newestRelease ?? (knowsReleases(before) ? undefined : 'unknown');
    const watched = await watch(
      { ...expected, beforeAt: before.at, newestBefore },
      { settleTime, healthTimeout },
      {
        ...this.#deps,
        observe: () => this.observe(before),
        seen: (machines, check) => {
          this.#seen = machines;
          this.journal.checks.add({ ...check, of });
        },
        health,
        test,
      },
    );
    // An error about a machine is more specific, and has been thrown by now.
    const known = managed(watched.machines).every((machine) => expected.release(machine) !== undefined);
    if (!known && newestBefore === 'unknown') throw releaseUnknown(this.#api.app);
    return watched;
  }

  #ownTest(url: AppUrl | undefined): OwnTest | undefined {
    const { verifyCommand: command, deployTimeout: timeout } = this.#inputs;
    if (command === undefined) return undefined;
    const { clock, log, env, runTest: run } = this.#deps;
    const { commit, digest } = this.#image;
    const { url: known, guessed } = this.#urlOr(url, 'The variable APP_URL of `verify-command` is');
    return new OwnTest(
      {
        ...command,
        timeout,
        guessedUrl: guessed ? known : undefined,
        env: (releaseVersion) => commandEnvironment(env, { url: known, commit, digest, releaseVersion }),
      },
      { run, clock, log, ended: (record) => this.journal.tested(record) },
    );
  }

  /** The app's URL, or the default one. @param use where that is used, for the log. */
  #urlOr(url: AppUrl | undefined, use: string): { readonly url: AppUrl; readonly guessed: boolean } {
    if (url !== undefined) return { url, guessed: false };
    const usual = usualUrl(this.#api.app);
    this.#deps.log.line(`Fly.io does not report the app’s hostname. ${use} the default one, ${usual}.`);
    return { url: usual, guessed: true };
  }

  #expected(before: readonly Machine[] | undefined, release: Release | undefined): Expectation {
    return { app: this.#api.app, of: () => this.#image, release: () => release, scope: this.scope, before };
  }

  #healthCheck(url: AppUrl | undefined): HealthCheck | undefined {
    const { healthUrl, healthStatus, healthTimeout } = this.#inputs;
    if (healthUrl === undefined) return undefined;
    const rest = { status: healthStatus, body: this.#body, timeout: healthTimeout };
    if (!healthUrl.startsWith('/')) return { url: healthUrl, ...rest };
    const { url: known, guessed } = this.#urlOr(url, 'The health check uses');
    if (known !== 'none') return { url: new URL(healthUrl, known).href, guessed, ...rest };
    throw new UserError({
      code: 'app-without-hostname',
      found: `\`health-url\` is the path "${healthUrl}", but Fly.io has no hostname for the app.`,
      expected: 'A whole URL, or an app with a hostname.',
      fix: `Write the whole URL: \`with: health-url: https://<hostname>${healthUrl}\`.`,
      input: 'health-url',
    });
  }
}

function bodyOf({ healthBody }: VerifierInputs, { commit, digest }: Target) {
  if (healthBody === undefined) return undefined;
  if (commit === undefined && /\{(?:short-)?sha\}/.test(healthBody)) {
    throw new UserError({
      code: 'health-body-without-commit',
      found: `\`health-body\` is "${healthBody}", but neither the event nor the image names a commit.`,
      expected: 'An image with the label org.opencontainers.image.revision.',
      fix: 'Give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`, or use `{digest}` in `health-body`.',
      input: 'health-body',
    });
  }
  const short = commit && shortSha(commit);
  return fillBody(healthBody, { commit, shortSha: short, digest });
}
