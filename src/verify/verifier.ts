import type { FlyApi } from '../fly/api.ts';
import { listMachines, type Machine } from '../fly/machines.ts';
import type { DeployInputs, ImageInputs, VerifyInputs } from '../inputs/inputs.ts';
import { makeHttp, policies } from '../lib/http.ts';
import { UserError } from '../lib/user-error.ts';
import { shortSha } from '../registry/tag-template.ts';
import type { Runtime } from '../runtime.ts';
import { type CheckedMachine, compare, type Expectation, type ExpectedDigests } from './compare.ts';
import { checkHealth, fillBody, type HealthCheck } from './health.ts';
import { type Scope, scopeOf } from './scope.ts';
import { verifyMachines } from './watch.ts';

type VerifierInputs = VerifyInputs & Pick<DeployInputs, 'flags'> & Pick<ImageInputs, 'shortShaLength'>;
type VerifierDeps = Pick<Runtime, 'clock' | 'log' | 'fetch' | 'random'>;

/** The image that the machines should run. */
export interface Target extends ExpectedDigests {
  readonly commit: string | undefined;
}

/** Verifies that the machines of one app run one image. */
export class Verifier {
  readonly scope: Scope;
  readonly #deps: VerifierDeps;
  readonly #inputs: VerifierInputs;
  readonly #api: FlyApi;
  readonly #image: Target;
  readonly #body: string | undefined;
  #seen: readonly CheckedMachine[] | undefined;

  /** @throws UserError when `health-body` names a commit and neither the event nor the image does. */
  constructor(deps: VerifierDeps, inputs: VerifierInputs, api: FlyApi, image: Target) {
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

  list(): Promise<Machine[]> {
    return listMachines(this.#api);
  }

  /** Compares machines with the image. @param since when the deploy began, in milliseconds since 1970. */
  compare(machines: readonly Machine[], since: number, releaseVersion?: string): readonly CheckedMachine[] {
    return compare(machines, this.#expected(since, releaseVersion));
  }

  /** The same, and takes them as the last that were seen. */
  see(machines: readonly Machine[], since: number, releaseVersion?: string): void {
    this.#seen = this.compare(machines, since, releaseVersion);
  }

  /**
   * Checks the machines until all of them run the image, asks the app, waits the settle time and checks again.
   *
   * @returns all machines, those that the deploy does not manage too.
   * @param url of the app, where Fly.io has one.
   * @throws UserError when a machine does not run it, or the app does not answer.
   */
  async verify(
    since: number,
    releaseVersion: string | undefined,
    url: string | undefined,
  ): Promise<readonly CheckedMachine[]> {
    const check = this.#healthCheck(url);
    const http = makeHttp(this.#deps, policies.health);
    await this.#watch(
      this.#expected(since, releaseVersion),
      check && (() => checkHealth(check, { ...this.#deps, http })),
    );
    return this.#seen ?? [];
  }

  /**
   * The same for the image that ran before, without the app's own answer: that is the new image's.
   *
   * @returns the machines that the deploy manages.
   */
  verifyPrevious(of: Expectation['of'], since: number): Promise<readonly CheckedMachine[]> {
    return this.#watch({ of, scope: this.scope, since }, undefined);
  }

  #watch(expected: Expectation, health: (() => Promise<void>) | undefined) {
    const { settleTime, healthTimeout } = this.#inputs;
    return verifyMachines(
      expected,
      { settleTime, healthTimeout },
      {
        ...this.#deps,
        list: () => this.list(),
        seen: (machines) => {
          this.#seen = machines;
        },
        health,
      },
    );
  }

  #expected(since: number, releaseVersion?: string): Expectation {
    return { of: () => this.#image, scope: this.scope, since, releaseVersion };
  }

  #healthCheck(url: string | undefined): HealthCheck | undefined {
    const { healthUrl, healthStatus, healthTimeout } = this.#inputs;
    if (healthUrl === undefined) return undefined;
    const rest = { status: healthStatus, body: this.#body, timeout: healthTimeout };
    if (!healthUrl.startsWith('/')) return { url: healthUrl, ...rest };
    if (url !== undefined) return { url: new URL(healthUrl, url).href, ...rest };
    throw new UserError({
      code: 'app-without-hostname',
      found: `\`health-url\` is "${healthUrl}", and Fly.io does not say which hostname the app has.`,
      expected: 'an app with a hostname, or a whole URL.',
      fix: '`with: health-url: https://…`',
      input: 'health-url',
    });
  }
}

function bodyOf({ healthBody, shortShaLength }: VerifierInputs, { commit, digest }: Target) {
  if (healthBody === undefined) return undefined;
  if (commit === undefined && /\{(?:short-)?sha\}/.test(healthBody)) {
    throw new UserError({
      code: 'health-body-without-commit',
      found: `\`health-body\` is "${healthBody}", and neither the event nor the image says which commit it is.`,
      expected: 'an image with the label org.opencontainers.image.revision.',
      fix: 'the build: `labels: ${{ steps.meta.outputs.labels }}`; or `{digest}` in `health-body`.',
      input: 'health-body',
    });
  }
  const short = commit && shortSha(commit, shortShaLength);
  return fillBody(healthBody, { commit, shortSha: short, digest });
}
