import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import pMap from 'p-map';
import { machineClock } from '../../sandbox/fly/clock.ts';
import type { FaultName } from '../../sandbox/fly/faults.ts';
import { startFly } from '../../sandbox/fly/fly.ts';
import { startGitHub } from '../../sandbox/github/github.ts';
import { startRegistry } from '../../sandbox/registry/registry.ts';
import { builtCommit, workflowRun } from '../../sandbox/runner/events.ts';
import { codesOf, runAction } from '../e2e/world.ts';
import { type History, history } from '../law/history.ts';
import { flyImages, meant, repository, tags } from '../law/images.ts';
import { mustSucceed, objection } from '../law/judge.ts';
import { Witness } from '../law/oracle.ts';
import { app, inputsOf, newMachine, withImage } from '../law/world.ts';

// Replays histories of the law like GitHub's runner: the action and flyctl are processes, the platform is a server, and time
// is accelerated by this factor for the action and the platform.
const [count, rate] = [50, 20];

/** Whether a child process and the stand-in can replay the history exactly. */
function isPlayable({ fleet, flyctl, unhealthy, faults }: History): boolean {
  return (
    flyctl.kind !== 'killed' &&
    unhealthy === undefined &&
    fleet.every(({ containers }) => !containers.includes('app')) &&
    // Processes need some time before flyctl starts, so faults from the start would be over by then.
    faults.every(({ name, since, lasts = 0 }) => since !== 'now' || name !== 'busy' || lasts < 3000)
  );
}

/** Faults whose end does not depend on the time that requests take. */
const timeless: readonly FaultName[] = [
  'autostop',
  'autostart',
  'suspend',
  'temporary-machine',
  'no-room',
  'destroy',
  'scale-up',
  'graphql-down',
];

const histories = fc
  .sample(history, { numRuns: 10 * count, seed: 7 })
  .filter(isPlayable)
  .slice(0, count)
  .map((each) => ({
    ...each,
    flyctl: { ...each.flyctl, prints: true },
    dated: true,
    skew: 0,
    settleSeconds: each.settleSeconds % 11,
  }));

/** Replays a history in processes. @returns why its result is wrong, and whether it was a success. */
async function replay(each: History, apiUrl: string) {
  const registry = await startRegistry();
  const images = flyImages(each, registry.host);
  let witness: Witness | undefined;
  const fly = await startFly({
    clock: machineClock(rate),
    startedAgo: 0,
    find: async (reference) => images.get(reference),
    listed: (...list) => witness?.listed(...list),
  });
  try {
    registry.push(repository, tags.meant, meant[each.image]);
    const at = (tag: string) => `${registry.host}/${repository}:${tag}`;
    const before = at(each.same ? tags.meant : tags.old);
    await fly.createApp(
      app,
      each.fleet.map((machine) => newMachine(machine, before)),
    );
    const state = fly.platform.apps.get(app);
    if (state === undefined) throw new Error('no app');
    witness = new Witness(fly.platform, each);
    fly.fault({ method: 'PATCH', path: /releases/, hook: () => witness?.deployed() });
    fly.behave(app, {
      ...(each.staleTag && { staleTag: { image: at(tags.meant), as: at(tags.older) } }),
      ...(each.flyctl.kind === 'fails' && { failUpdate: { index: each.flyctl.at, status: 400 } }),
    });
    for (const fault of each.faults) fly.inject(app, withImage(fault, at));
    const run = await runAction({
      event: workflowRun(),
      inputs: { ...inputsOf(each), 'fly-api-token': fly.token, image: `${registry.host}/${repository}` },
      env: { ...fly.env, GITHUB_API_URL: apiUrl },
      clockRate: rate,
      ...(each.flyctl.kind === 'nothing' && { flyctl: 'process.exit(0);' }),
    });
    const texts = (level: string) =>
      run.log.annotations.filter((annotation) => annotation.level === level).map(({ message }) => message);
    const ending = {
      success: run.status === 0,
      code: codesOf(run)[0],
      outputs: run.outputs,
      errors: texts('error'),
      warnings: texts('warning'),
      witness,
      wrongAfter: witness.wrongNow(state),
      blank: witness.stillBlank(state),
      exits: run.flyctl.filter(({ argv }) => argv[0] === 'deploy').map(({ status }) => status),
      isBack: witness.isBack(state),
      watched: 0,
    };
    const isCertain = each.faults.every(({ name }) => timeless.includes(name));
    const why = objection(each, ending, isCertain && mustSucceed(each));
    return { success: ending.success, why: why && `${why}: ${JSON.stringify(each)}\n${run.stdout}` };
  } finally {
    await Promise.all([registry.close(), fly.close()]);
  }
}

test(`${count} histories have the required result in processes`, async () => {
  expect(histories).toHaveLength(count);
  const github = await startGitHub([builtCommit]);
  try {
    const ends = await pMap(histories, (each) => replay(each, github.origin), { concurrency: 3 });
    expect(ends.flatMap(({ why }) => why ?? [])).toEqual([]);
    const successes = ends.filter(({ success }) => success).length;
    expect([successes > 10, count - successes > 10]).toEqual([true, true]);
  } finally {
    await github.close();
  }
}, 600_000);
