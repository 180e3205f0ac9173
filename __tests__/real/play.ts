import { expect } from '@jest/globals';
import { app, codesOf, errorOf, inWorld, noRollbackOf, type TestWorld, tag } from '../e2e/world.ts';
import { deployReally, digests, fleet, toml } from './flyctl-world.ts';
import { eventOf, type Scenario } from './scenarios.ts';
import { type Call, kinds, order, traceOf } from './trace.ts';
import { kindsOf } from './versions.ts';

/** The final machines and the release, and the calls. */
async function play(scenario: Scenario, flyctl: 'stand-in' | { readonly path: string }): Promise<Call[]> {
  let calls: Call[] = [];
  await inWorld(
    async (world) => {
      const image = world.push(eventOf(scenario).name === 'workflow_dispatch' ? 'main' : tag);
      const ran = scenario.same === true ? { image: `${world.image}:${tag}` } : {};
      await fleet(world, scenario.machines ?? 2, { ...ran, ...scenario.fleet });
      const before = world.fly.machines(app).map(({ id }) => id);
      scenario.prepare?.(world);
      for (const fault of scenario.faults ?? [])
        world.fly.inject(app, fault.image === 'meant' ? { ...fault, image: `${world.image}:${tag}` } : fault);
      const text = scenario.toml ?? toml;
      const run = await deployReally(
        world,
        { ...scenario.inputs },
        {
          files: text === '' ? {} : { 'fly.toml': text },
          ...(flyctl === 'stand-in' ? { flyctl: true } : { realFlyctl: flyctl.path }),
        },
        eventOf(scenario),
      );
      const errors = run.log.annotations
        .filter(({ level }) => level === 'error')
        .map(({ message }) => message);
      if (scenario.error !== undefined) expect(errorOf(run)).toMatch(scenario.error);
      else if (scenario.code === undefined)
        expect([flyctl, run.status, ...errors, run.stderr]).toEqual([flyctl, 0, '']);
      if (scenario.code !== undefined) expect(codesOf(run)).toEqual([scenario.code]);
      expect(run.outputs['verified']).toBe(String(isVerified(scenario)));
      if (scenario.notRolledBack !== undefined) expect(noRollbackOf(run)).toBe(scenario.notRolledBack);
      const warnings = run.log.annotations.filter(({ level }) => level === 'warning');
      if (scenario.warning !== undefined)
        expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(scenario.warning)]);
      expect(run.outputs).toMatchObject(scenario.outputs ?? {});
      expect(digests(world).map((digest) => digest === image.platformDigest)).toEqual(scenario.runs);
      checkRelease(world, scenario, run.outputs);
      expect(world.fly.unknown).toEqual([]);
      calls = traceOf(world, before);
    },
    { machines: [] },
  );
  return calls;
}

function checkRelease({ fly }: TestWorld, scenario: Scenario, outputs: Record<string, string>) {
  const { release = [] } = scenario;
  const made = fly.releases(app).toSorted((a, b) => a.version - b.version);
  expect(made.map(({ status }) => status)).toEqual([release].flat());
  const last = made.at(-1);
  if (isVerified(scenario))
    expect(outputs).toMatchObject({ 'release-id': last?.id, 'release-version': String(last?.version) });
}

const isVerified = ({ error, code }: Scenario): boolean => error === undefined && code === undefined;

/** The result of the stand-in in each scenario, which is the same for every comparison. */
const standIns = new Map<Scenario, Promise<Call[]>>();
function standInOf(scenario: Scenario): Promise<Call[]> {
  const played = standIns.get(scenario) ?? play(scenario, 'stand-in');
  standIns.set(scenario, played);
  return played;
}

/** Runs a scenario with the stand-in and with a real flyctl. Both must end as expected and make the same calls. */
export async function itIsTheSame(
  scenario: Scenario,
  flyctl: { readonly path: string; readonly version: string },
): Promise<void> {
  const [standIn, real] = [await standInOf(scenario), await play(scenario, flyctl)];
  if (scenario.onlyTheEnd) return;
  expect(kinds(real)).toEqual(kindsOf(flyctl.version, kinds(standIn), scenario));
  expect(order(real)).toEqual(order(standIn));
}
