import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { WorkflowRun } from '../../sandbox/act/act.ts';
import { fork, push, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import { app, type TestWorld } from '../e2e/world.ts';
import { examples, read } from '../workflows.ts';
import { type ActWorld, inActWorld, readmeWorkflow, withInputs } from './act-world.ts';
import { digests, realFlyctl } from './flyctl-world.ts';

// Runs whole workflows on act. sandbox/act/act.ts lists what act does not support, and thus what is not tested here.

const declared = Object.keys(parse(read('action.yml')).outputs).sort();

/** Requests that change something on Fly.io. */
const changes = ({ fly }: TestWorld) =>
  fly.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/'));

/** A step of docs/two-workflows.md, as a job of it contains it. */
function documentedStep(words: string): string {
  const found = examples().find(
    ({ name, text }) => name.startsWith('docs/two-workflows.md') && /^- /.test(text) && text.includes(words),
  );
  if (found === undefined) throw new Error(`docs/two-workflows.md has no step with ${words}`);
  return found.text.replaceAll(/^(?=.)/gm, '      ');
}

/** The outputs that reached the step after the deploy. */
const handedOn = (run: WorkflowRun, job?: string) => JSON.parse(run.step('always', job).log);

const jobToken = ({ registry }: ActWorld) => registry.addUser('octocat', 'ghs_token-of-the-job');

describe('the two workflows in the docs', () => {
  const build = readmeWorkflow('.github/workflows/build.yml', 'docker/');
  const deploy = withInputs(readmeWorkflow('.github/workflows/deploy.yml', 'workflow_run'), {
    image: 'ghcr.io/owner/repo',
    'settle-time': '500ms',
    flags: '--dns-checks=false',
  });
  /** The steps that the page offers beside its two files: one before the deploy, and one after it. */
  const withSteps = (text: string) =>
    text.replace('      - id: deploy\n', (step) => `${documentedStep('setup-flyctl')}${step}`) +
    documentedStep('previous-image');

  test('a push is built, and the real flyctl from setup-flyctl deploys the built image', () =>
    inActWorld(
      async (world) => {
        jobToken(world);
        const built = await world.run(build, push());
        expect([built.status, built.jobs]).toEqual([0, { build: 'success' }]);
        const { digest } = built.step('4').outputs;
        expect(built.step('meta').outputs['tags']?.split('\n')).toEqual(
          ['main', 'latest', world.builtTag].map((tag) => `${world.image}:${tag}`),
        );
        expect(built.step('4').log).toContain(`pushed ${world.image}:${world.builtTag} ${digest}`);

        const run = await world.run(withSteps(deploy), workflowRun(), {
          flyctl: realFlyctl,
          flyctlOnPath: false,
        });
        expect([run.status, run.jobs]).toEqual([0, { deploy: 'success' }]);
        const { outputs, summary } = run.step('deploy');
        expect(outputs).toMatchObject({
          digest,
          image: `${world.image}:${world.builtTag}`,
          commit: world.repository.built,
          verified: 'true',
        });
        expect(digests(world)).toEqual(Array(2).fill(outputs['platform-digest']));
        expect(summary).toContain(`all 2 machines run \`${world.builtTag}\``);
        // The last step of the workflow gets them through the environment.
        expect(run.step('3').log).toBe(
          `Runs now - ${world.image}:${world.builtTag}, was - ${world.image}:main-0000000\n`,
        );
        expect(run.log).not.toContain(world.fly.token);
      },
      // The newer head is broken, so this works only if the built commit is checked out.
      { later: { 'fly.toml': 'this is no TOML' } },
    ));

  test('a manual run deploys the digest of the moving tag', () =>
    inActWorld(async (world) => {
      const { digest, platformDigest } = world.push('main', { revision: world.repository.built });
      const run = await world.run(deploy, workflowDispatch());
      expect([run.status, run.step('deploy').outputs['image']]).toEqual([0, `${world.image}@${digest}`]);
      expect(digests(world)).toEqual([platformDigest, platformDigest]);
    }));

  test('a private image is copied with the login of the job’s token', () =>
    inActWorld(async (world) => {
      jobToken(world);
      world.registry.addRepository('owner/repo', 'private');
      const { platformDigest } = world.pushBuilt();
      const login = { 'registry-username': 'octocat', 'registry-password': '${{ secrets.GITHUB_TOKEN }}' };
      const run = await world.run(withInputs(deploy, login), workflowRun());
      expect([run.status, run.step('deploy').outputs['mirrored']]).toEqual([0, 'true']);
      expect(digests(world)).toEqual([platformDigest, platformDigest]);
    }));

  test('a failed build does not start a job', () =>
    inActWorld(async (world) => {
      world.pushBuilt();
      const run = await world.run(deploy, workflowRun({ conclusion: 'failure' }));
      expect([run.status, run.jobs, run.steps, changes(world)]).toEqual([0, {}, [], []]);
    }));

  test('a build of a fork whose branch is also named main is refused', () =>
    inActWorld(async (world) => {
      world.pushBuilt();
      const run = await world.run(deploy, workflowRun({ head_repository: fork }));
      expect([run.status, run.jobs, run.flyctl]).toEqual([1, { deploy: 'failure' }, []]);
      // act can lose the output of a step that ends immediately, but not the summary.
      expect(run.log).toMatch(/built a commit of stranger\/repo/);
      expect(changes(world)).toEqual([]);
    }));
});

/** A workflow that uses the action in its own repository and passes its outputs on. */
const workflow = `
name: Deploy
on: [push, workflow_run, workflow_dispatch]
jobs:
  deploy:
    runs-on: ubuntu-latest
    outputs:
      image: \${{ steps.deploy.outputs.image }}
      deployed: \${{ steps.deploy.outputs.deployed }}
    steps:
      - uses: actions/checkout@v7
      - id: deploy
        uses: ./
        with:
          app: test-battle
          fly-api-token: \${{ secrets.FLY_API_TOKEN }}
          image: ghcr.io/owner/repo
          settle-time: \${{ vars.SETTLE_TIME }}
      - id: green
        run: echo green
      - id: always
        if: always()
        env:
          OUTPUTS: \${{ toJSON(steps.deploy.outputs) }}
        run: echo "$OUTPUTS"
      - id: cancelled
        if: cancelled()
        run: echo cancelled
  report:
    needs: deploy
    if: always()
    runs-on: ubuntu-latest
    steps:
      - id: report
        env:
          RESULT: \${{ needs.deploy.result }}
          IMAGE: \${{ needs.deploy.outputs.image }}
          DEPLOYED: \${{ needs.deploy.outputs.deployed }}
        run: echo "$RESULT $IMAGE $DEPLOYED"
`;
const vars = { SETTLE_TIME: '300ms' };

describe('the action in its own repository', () => {
  test('after a push: every output reaches the next step and the next job', () =>
    inActWorld(
      async (world) => {
        const { platformDigest } = world.pushBuilt();
        const run = await world.run(workflow, push(), { vars });
        expect([run.status, run.jobs]).toEqual([0, { deploy: 'success', report: 'success' }]);
        const { outputs } = run.step('deploy');
        expect(Object.keys(outputs).sort()).toEqual(declared);
        expect(handedOn(run)).toEqual(outputs);
        expect(run.step('green').log).toBe('green\n');
        expect(run.step('report').log).toBe(`success ${world.image}:${world.builtTag} true\n`);
        expect(digests(world)).toEqual([platformDigest, platformDigest]);
      },
      { action: true },
    ));

  test('after a revert by Fly.io: fails, and every output reaches the step that always runs', () =>
    inActWorld(
      async (world) => {
        const { platformDigest } = world.pushBuilt();
        world.fly.behave(app, { revertMachine: { index: 1, afterLists: 1 } });
        const run = await world.run(workflow, push(), { vars });
        expect([run.status, run.jobs]).toEqual([1, { deploy: 'failure', report: 'success' }]);
        const { outputs, outcome, summary } = run.step('deploy');
        expect([outcome, outputs['deployed'], outputs['verified']]).toEqual(['failure', 'true', 'false']);
        expect(Object.keys(outputs).sort()).toEqual(declared);
        expect(handedOn(run)).toEqual(outputs);
        expect(run.steps.map(({ id }) => id)).not.toContain('green');
        expect(run.step('report').log).toBe(`failure ${world.image}:${world.builtTag} true\n`);
        expect(summary).toContain('reverted by flyd');
        expect(digests(world)).toEqual([platformDigest, world.oldDigest]);
      },
      { action: true },
    ));

  test('refused, without an `if:`: every output exists, and nothing is changed', () =>
    inActWorld(
      async (world) => {
        world.pushBuilt();
        const run = await world.run(workflow, workflowRun({ conclusion: 'failure' }), { vars });
        expect([run.status, run.jobs['deploy'], run.flyctl]).toEqual([1, 'failure', []]);
        expect(Object.keys(handedOn(run)).sort()).toEqual(declared);
        expect(handedOn(run)).toMatchObject({ image: '', deployed: 'false', verified: 'false' });
        expect(changes(world)).toEqual([]);
      },
      { action: true },
    ));

  test('canceled part-way: flyctl exits, and known outputs reach the step that always runs', () =>
    inActWorld(
      async (world) => {
        const { platformDigest } = world.pushBuilt();
        // The second machine is slow.
        world.fly.fault({ method: 'POST', path: /\/machines\/\w+$/, after: 1, delayMs: 5000, status: 503 });
        let cancelled = false;
        // act kills a canceled step, unlike GitHub's runner, which interrupts it. act leaves a step with `if: always()`
        // alone, so this test interrupts it.
        const run = await world.run(workflow.replace('uses: ./', 'uses: ./\n        if: always()'), push(), {
          vars,
          onLine: (line, cancel) => {
            if (cancelled || !line.includes('[2/2] Updating')) return;
            cancelled = true;
            cancel.step();
            cancel.job();
          },
        });
        expect([run.status, run.jobs['deploy']]).toEqual([1, 'failure']);
        expect(run.log).toMatch(/::error::.*\(SIGINT\) .*\bmachines\b/);
        expect(run.flyctl.map(({ status }) => status)).toEqual([127]);
        const { outputs, summary } = run.step('deploy');
        expect(Object.keys(outputs).sort()).toEqual(declared);
        expect(handedOn(run)).toEqual(outputs);
        expect(outputs).toMatchObject({
          deployed: 'false',
          verified: 'false',
          commit: world.repository.built,
        });
        expect(
          JSON.parse(outputs['machines'] ?? '').map((machine: { digest: string }) => machine.digest),
        ).toEqual([platformDigest, world.oldDigest]);
        expect(summary).toContain('canceled (SIGINT)');
        expect(run.steps.map(({ id }) => id)).not.toContain('green');
        expect(run.step('cancelled').log).toBe('cancelled\n');
      },
      { action: true },
    ));
});

describe('a called workflow for two apps', () => {
  const called = `
name: Deploy apps
on:
  workflow_call:
    inputs:
      apps:
        type: string
        required: true
    secrets:
      token:
        required: true
jobs:
  deploy:
    strategy:
      fail-fast: false
      max-parallel: 1
      matrix:
        app: \${{ fromJSON(inputs.apps) }}
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - id: deploy
        uses: deploy-fly-image/deploy-fly-image@v1
        with:
          app: \${{ matrix.app }}
          fly-api-token: \${{ secrets.token }}
          image: ghcr.io/owner/repo
          settle-time: 300ms
      - id: always
        if: always()
        env:
          OUTPUTS: \${{ toJSON(steps.deploy.outputs) }}
        run: echo "$OUTPUTS"
`;
  const calling = `
name: Release
on: push
jobs:
  call:
    uses: ./.github/workflows/deploy-apps.yml
    with:
      apps: '["test-battle", "test-battle-eu"]'
    secrets:
      token: \${{ secrets.FLY_API_TOKEN }}
  after:
    needs: call
    if: always()
    runs-on: ubuntu-latest
    steps:
      - id: after
        env:
          RESULT: \${{ needs.call.result }}
        run: echo "$RESULT"
`;
  const eu = 'test-battle-eu';
  const jobs = [`call/deploy (app=${app})`, `call/deploy (app=${eu})`] as const;
  const secondApp = (world: ActWorld) =>
    world.fly.createApp(eu, [{ region: 'fra', image: `${world.image}:main-0000000` }]);
  const run = (world: ActWorld) => world.run(calling, push(), { called: { 'deploy-apps.yml': called } });

  test('deploys both', () =>
    inActWorld(async (world) => {
      const { platformDigest } = world.pushBuilt();
      await secondApp(world);
      const done = await run(world);
      expect([done.status, done.jobs]).toEqual([
        0,
        { [jobs[0]]: 'success', [jobs[1]]: 'success', after: 'success' },
      ]);
      expect(done.step('after').log).toBe('success\n');
      for (const job of jobs) expect(handedOn(done, job)).toMatchObject({ verified: 'true' });
      expect([...digests(world), ...world.fly.machines(eu).map(({ image_ref }) => image_ref.digest)]).toEqual(
        Array(3).fill(platformDigest),
      );
    }));

  test('deploys one if the other fails, and the call fails', () =>
    inActWorld(async (world) => {
      const { platformDigest } = world.pushBuilt();
      await secondApp(world);
      world.fly.behave(app, { failUpdate: { index: 0, status: 422, body: 'insufficient resources' } });
      const done = await run(world);
      expect([done.status, done.jobs[jobs[0]]]).toEqual([1, 'failure']);
      expect(handedOn(done, jobs[0])).toMatchObject({ deployed: 'false', verified: 'false' });
      expect(handedOn(done, jobs[1])).toMatchObject({ deployed: 'true', verified: 'true' });
      expect(world.fly.machines(eu).map(({ image_ref }) => image_ref.digest)).toEqual([platformDigest]);
      expect(digests(world)).toEqual([world.oldDigest, world.oldDigest]);
    }));
});
