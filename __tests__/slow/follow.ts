import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { gte } from 'semver';
import { inFolder } from '../../sandbox/lib/folder.ts';
import type { ActionRun, RunOptions } from '../../sandbox/runner/runner.ts';
import { app, codesOf, inWorld, type TestWorld, tag } from '../e2e/world.ts';
import type { Failure } from './failures.ts';

/** The advice of a run: its errors and warnings. */
export const adviceOf = ({ log }: ActionRun): string =>
  log.annotations
    .filter(({ level }) => level !== 'notice')
    .map(({ message }) => message)
    .join('\n');

/** The arguments of each `fly …` line in a run's advice. */
export const commandsIn = (advice: string): string[][] =>
  [...advice.matchAll(/^fly (machine .*)$/gm)].map(([, argv = '']) => argv.split(' '));

/** Runs a printed command. @throws if it fails. */
const runPrinted = (
  { fly }: TestWorld,
  flyctl: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> =>
  inFolder('fly', (folder) =>
    promisify(execFile)(flyctl, argv, {
      cwd: folder,
      env: {
        ...fly.env,
        ...env,
        PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
        HOME: folder,
        FLY_API_TOKEN: fly.token,
      },
    }),
  );

export interface Player {
  /** Path of the flyctl that runs printed commands. */
  readonly flyctl: string;
  readonly version: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly deploy: (
    world: TestWorld,
    inputs: Readonly<Record<string, string>>,
    options: Pick<RunOptions, 'signalAfter'>,
  ) => Promise<ActionRun>;
}

const ids = ({ fly }: TestWorld) => fly.machines(app).map(({ id }) => id);

/**
 * Causes a failure, then follows exactly its advice: runs the printed command and deploys again. That deploy must be
 * verified without warnings, and leave as many machines as before, all of which get requests.
 */
export const follow = (failure: Failure, { flyctl, version, env, deploy }: Player): Promise<void> =>
  inWorld(
    async (world) => {
      const { fly, image, oldDigest } = world;
      // flyctl compares images by tag, which an image deployed by digest does not have.
      const byDigest = failure.inputs?.['deploy-by'] === 'digest';
      const old = { region: 'fra', image: `${image}${byDigest ? `@${oldDigest}` : ':main-0000000'}` };
      await fly.createApp(app, failure.machines?.(world) ?? [old, old]);
      const { platformDigest } = world.push(tag);
      const before = ids(world);
      failure.prepare(world);
      const first = await deploy(world, failure.inputs ?? {}, failure.options ?? {});
      const after = ids(world);
      const { finishesSince, mayFinish = false } = failure;
      const finishes =
        (finishesSince !== undefined && gte(version, finishesSince)) || (mayFinish && first.status === 0);
      const { code, leaves, destroys } = finishes
        ? { code: undefined, leaves: 2, destroys: undefined }
        : failure;
      expect([codesOf(first), after.length, first.stderr]).toEqual([
        code === undefined ? [] : [code],
        leaves,
        '',
      ]);
      const marked = fly
        .machines(app)
        .filter(({ config }) => config.metadata['fly_bluegreen_deployment_tag'] === 'safe_to_destroy')
        .map(({ id }) => id);
      fly.clearFaults();
      fly.behave(app, {});

      const commands = commandsIn(adviceOf(first));
      const expected = {
        old: [before.filter((id) => after.includes(id))],
        new: [after.filter((id) => !before.includes(id))],
        marked: [marked],
        none: [],
      }[destroys ?? 'none'];
      expect(commands.map(([, , , , , ...named]) => named)).toEqual(expected);
      for (const argv of commands) await runPrinted(world, flyctl, argv, env);
      expect(fly.machines(app)).toHaveLength(2);

      const again = await deploy(world, failure.inputs ?? {}, {});
      expect([again.status, again.outputs['verified'], adviceOf(again)]).toEqual([0, 'true', '']);
      expect(
        fly.machines(app).map(({ image_ref, state, cordoned }) => [image_ref.digest, state, cordoned]),
      ).toEqual([
        [platformDigest, 'started', false],
        [platformDigest, 'started', false],
      ]);
      expect(fly.unknown).toEqual([]);
    },
    { machines: [] },
  );
