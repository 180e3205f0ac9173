import { appUrl } from '../fly/app.ts';
import { listMachines, type MachinesApi } from '../fly/machines.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { makeHttp } from '../lib/http.ts';
import { UserError } from '../lib/user-error.ts';
import { shortSha } from '../registry/tag-template.ts';
import type { Report } from '../report/report.ts';
import type { World } from '../runtime.ts';
import { type CheckedMachine, type Expectation, type VerifyWorld, verifyMachines } from './compare.ts';
import { checkHealth, fillBody, type HealthCheck } from './health.ts';
import { type Scope, scopeOf } from './scope.ts';

/** How this run proves that the machines run the image. */
export interface Proof {
  readonly scope: Scope;
  readonly expected: (since: number) => Expectation;
  /** @throws UserError when they do not, or the app does not answer. */
  readonly verify: (since: number) => Promise<void>;
  /** The same for another expectation, without the app's own answer: that is the new image's. */
  readonly verifyAgain: (expected: Expectation, seen: VerifyWorld['seen']) => Promise<CheckedMachine[]>;
}

/** @throws UserError when `health-body` names a commit and nobody says which one it is. */
export function makeProof(world: World, inputs: Inputs, report: Report, api: MachinesApi): Proof {
  const { clock, log } = world;
  const scope = scopeOf(inputs.flags);
  const { image } = report;
  if (image === undefined) throw new Error('the image is looked at before the machines');
  const body = bodyOf(inputs, report);
  const patience = { settleTime: inputs.settleTime, healthTimeout: inputs.healthTimeout };
  const list = () => listMachines(api);
  const expected = (since: number): Expectation => ({
    of: () => image,
    scope,
    since,
    releaseVersion: report.release?.version,
  });

  const healthUrl = async (): Promise<string> => {
    const given = inputs.healthUrl ?? '';
    if (!given.startsWith('/')) return given;
    if (report.url !== undefined) return new URL(given, report.url).href;
    throw new UserError({
      found: `\`health-url\` is "${given}", and Fly.io does not say which hostname the app has.`,
      expected: 'an app with a hostname, or a whole URL.',
      fix: '`with: health-url: https://…`',
      input: 'health-url',
    });
  };
  const http = makeHttp({ ...world, debug: log.debug }, { tries: 1, timeout: 10_000, longestWait: 0 });

  return {
    scope,
    expected,
    verify: async (since) => {
      report.url ??= await appUrl(api);
      const url = inputs.healthUrl === undefined ? undefined : await healthUrl();
      const check: HealthCheck | undefined =
        url === undefined
          ? undefined
          : { url, status: inputs.healthStatus, body, timeout: inputs.healthTimeout };
      await verifyMachines(expected(since), patience, {
        list,
        clock,
        log: log.line,
        seen: (machines) => {
          report.machines = machines;
        },
        health: check && (() => checkHealth(check, { http, clock, log: log.line })),
      });
    },
    verifyAgain: (other, seen) =>
      verifyMachines(other, patience, { list, clock, log: log.line, seen, health: undefined }),
  };
}

function bodyOf({ healthBody, shortShaLength }: Inputs, { commit, image }: Report): string | undefined {
  if (healthBody === undefined) return undefined;
  if (commit === undefined && /\{(?:short-)?sha\}/.test(healthBody)) {
    throw new UserError({
      found: `\`health-body\` is "${healthBody}", and neither the event nor the image says which commit it is.`,
      expected: 'an image with the label org.opencontainers.image.revision.',
      fix: 'the build: `labels: ${{ steps.meta.outputs.labels }}`; or `{digest}` in `health-body`.',
      input: 'health-body',
    });
  }
  const short = commit && shortSha(commit, shortShaLength);
  return fillBody(healthBody, { commit, shortSha: short, digest: image?.digest ?? '' });
}
