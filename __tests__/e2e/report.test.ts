import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inFolder } from '../../sandbox/lib/folder.ts';
import { serve } from '../../sandbox/lib/http.ts';
import { builtCommit, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { faultsOfReport } from '../report-schema.ts';
import { inAttestedWorld } from './attested.ts';
import { app, codesOf, inWorld, runAction, tag } from './world.ts';

/** The report of a run, which is valid. */
function reportOf({ reports }: ActionRun, name = `${app}.json`) {
  const report = JSON.parse(reports[name] ?? '');
  expect(faultsOfReport(report)).toEqual([]);
  return report;
}
const warningsOf = ({ log }: ActionRun) =>
  log.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);

test('contains every check and answer with its time, what ran before, and the time to the verdict', () =>
  inWorld(async ({ push, deploy, oldDigest, image }) => {
    const { digest, platformDigest } = push(tag);
    const site = await serve((_, response) => void response.end('ok'));
    const inputs = { 'health-url': `${site.origin}/up`, 'settle-time': '2s' };
    const run = await deploy(workflowRun(), inputs);
    await site.close();
    expect(run.outputs['report']).toMatch(
      new RegExp(`[/\\\\]temp[/\\\\]deploy-fly-image[/\\\\]${app}\\.json$`),
    );
    const report = reportOf(run);
    expect(report).toMatchObject({
      version: 1,
      mode: 'deploy',
      commit: builtCommit,
      image: { reference: `${image}:${tag}`, digest, 'platform-digest': platformDigest, mirrored: false },
      trigger: {
        event: 'workflow_run',
        kind: 'automatic',
        branch: 'main',
        'run-url': 'https://github.com/owner/repo/actions/runs/30433650',
        build: { event: 'push' },
      },
      verification: { 'settle-time-ms': 2000, 'health-url': `${site.origin}/up`, 'checks-omitted': 0 },
      rollback: null,
      warnings: { texts: [], omitted: 0 },
    });
    expect(report['machines-before'].list.map((each: { digest: string }) => each.digest)).toEqual([
      oldDigest,
      oldDigest,
    ]);
    expect(report.machines.list).toEqual(JSON.parse(run.outputs['machines'] ?? ''));
    const { checks, answers } = report.verification;
    expect(checks.length).toBeGreaterThan(1);
    expect(checks.at(-1)).toMatchObject({ of: 'deploy', machines: 2, healthy: 2, incomplete: null });
    expect(answers.length).toBeGreaterThan(0);
    expect(answers[0]).toMatchObject({ kind: 'right', words: null });
    const times = checks.map(({ at }: { at: string }) => at);
    expect(times).toEqual([...times].sort());
    expect(report['began-at'] <= times[0] && times.at(-1) <= report['ended-at']).toBe(true);
    const { durations } = report;
    expect(durations['time-to-verdict-ms']).toBeGreaterThanOrEqual(2000);
    expect(durations['total-ms']).toBeGreaterThanOrEqual(durations['time-to-verdict-ms']);
    expect(durations.stages.map(({ title }: { title: string }) => title)).toEqual(
      expect.arrayContaining(['Deploy', 'Verify']),
    );
    // Nobody is named.
    expect(JSON.stringify(report)).not.toContain('octocat');
  }));

test('of a rollback has its checks, and what runs again', () =>
  inWorld(async ({ push, deploy, fly, oldDigest }) => {
    push(tag);
    fly.behave(app, { trouble: { index: 1, afterLists: 1, kind: 'exit' } });
    const run = await deploy(workflowRun(), { 'settle-time': '20ms', rollback: 'true' });
    const { verdict, rollback, verification, durations, machines } = reportOf(run);
    // The release of the rollback is not another deploy's.
    const problems = machines.list.map(({ problem }: { problem: string | null }) => problem);
    expect(problems).toEqual(['rolled back', 'rolled back']);
    expect(machines.list).toEqual(JSON.parse(run.outputs['machines'] ?? ''));
    expect(verdict.state).toBe('rolled-back');
    expect(verdict.errors.map(({ code }: { code: string }) => code)).toEqual(codesOf(run));
    // The texts are those of the annotation, with what became of the rollback.
    expect(verdict.errors[0].found).toContain('Rolled back: 2 machines run');
    expect(rollback).toMatchObject({ kind: 'rolled-back', to: [{ group: null, digest: oldDigest }] });
    const kinds = verification.checks.map(({ of }: { of: string }) => of);
    expect([kinds[0], kinds.at(-1)]).toEqual(['deploy', 'rollback']);
    expect(durations['time-to-verdict-ms']).toBeLessThan(durations['total-ms']);
  }));

test('has the warnings of the log, and hostile answers as plain text', () =>
  inWorld(async ({ push, deploy }) => {
    push(tag, { revision: '', source: '', attestations: false });
    const hostile = '<img src=x>\n::error::owned ##[error]x \u0000 </script> {{1}}';
    const site = await serve((_, response) => void response.end(hostile));
    const inputs = { 'health-url': `${site.origin}/up`, 'health-body': 'ok', 'health-timeout': '1s' };
    const run = await deploy(workflowRun(), { 'check-revision': 'auto', ...inputs });
    await site.close();
    const report = reportOf(run);
    expect(report.warnings.texts).toHaveLength(1);
    expect(report.warnings.texts).toEqual(warningsOf(run));
    expect(report.verification.answers[0]).toMatchObject({
      kind: 'wrong',
      words: expect.stringContaining('<img src=x> ::error::owned ##[error]x'),
    });
  }));

test('contains no secret, wherever it comes from', () =>
  inWorld(async ({ push, deploy, fly }) => {
    push(tag);
    const flyctl = "console.error('Error: bad token ' + process.env.FLY_API_TOKEN); process.exitCode = 1;";
    const run = await deploy(workflowRun(), {}, { flyctl });
    const report = reportOf(run);
    expect(JSON.stringify(report.verdict.errors)).toContain('bad token ***');
    expect(run.reports[`${app}.json`]).not.toContain(fly.token);
  }));

describe('the verification summary', () => {
  /** Whether it has the fields that SLSA requires, and claims no level that was not checked. */
  const expectValid = (vsa: Record<string, unknown> & { verifiedLevels: string[] }) => {
    expect(vsa).toMatchObject({
      verifier: { id: expect.stringMatching(/^https:/) },
      timeVerified: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      resourceUri: expect.stringMatching(/^oci:/),
      policy: { uri: expect.stringMatching(/^https:/) },
      verificationResult: 'PASSED',
    });
    expect(vsa.verifiedLevels.filter((level) => level.startsWith('SLSA_'))).toEqual(['SLSA_BUILD_LEVEL_0']);
    // What SLSA does not name has a URI as its name.
    const own = Object.keys(vsa).filter((name) => name.includes(':'));
    expect(own).toEqual(['https://github.com/deploy-fly-image/deploy-fly-image/deployment/v1']);
    return vsa[own[0] ?? ''];
  };

  test('names the image, the action’s version and the app', () =>
    inWorld(async ({ push, deploy, image }) => {
      const { digest, platformDigest } = push(tag);
      const env = { GITHUB_ACTION_REPOSITORY: 'deploy-fly-image/deploy-fly-image', GITHUB_ACTION_REF: 'v1' };
      const run = await deploy(workflowRun(), {}, { env });
      expect(run.outputs['report-vsa']).toMatch(
        new RegExp(`[/\\\\]deploy-fly-image[/\\\\]${app}\\.vsa\\.json$`),
      );
      const vsa = JSON.parse(run.reports[`${app}.vsa.json`] ?? '');
      const own = expectValid(vsa);
      expect(vsa).toMatchObject({
        verifier: { id: 'https://github.com/deploy-fly-image/deploy-fly-image' },
        policy: {
          uri: 'https://github.com/deploy-fly-image/deploy-fly-image/blob/v1/docs/what-success-means.md',
        },
        resourceUri: `oci://${image}@${digest}`,
        verifiedLevels: ['SLSA_BUILD_LEVEL_0', 'FLY_MACHINES_RUN_IMAGE'],
      });
      expect(own).toMatchObject({ app, machines: 2, 'platform-digest': platformDigest, attestation: null });
      const { checks } = reportOf(run).verification;
      expect(vsa.timeVerified).toBe(checks.at(-1).at);
    }));

  test('also names the build’s attestation, if that was verified', () =>
    inAttestedWorld(async ({ push, deploy, attest, required: [inputs, options] }) => {
      await attest(push(tag).digest);
      const run = await deploy(workflowRun(), inputs, options);
      const vsa = JSON.parse(run.reports[`${app}.vsa.json`] ?? '');
      expect(expectValid(vsa)).toMatchObject({ attestation: { commit: builtCommit } });
      expect(vsa.verifiedLevels).toContain('BUILD_ATTESTATION_VERIFIED');
      expect(reportOf(run).attestation).toMatchObject({ verified: true, commit: builtCommit });
    }));

  test('of an earlier step is removed by a run that is not verified', () =>
    inFolder('temp', (temp) =>
      inWorld(async ({ push, deploy, fly }) => {
        push(tag);
        const path = join(temp, 'deploy-fly-image', `${app}.vsa.json`);
        const env = { RUNNER_TEMP: temp };
        await deploy(workflowRun(), {}, { env });
        expect(existsSync(path)).toBe(true);
        fly.behave(app, { keepOldImage: 1 });
        const run = await deploy(workflowRun(), {}, { env });
        expect([run.status, run.outputs['report-vsa'], existsSync(path)]).toEqual([1, '', false]);
      }),
    ));
});

describe('the file', () => {
  test('of a run without a valid app has a name that no app has', async () => {
    const inputs = { app: '../../evil', 'fly-api-token': 'x' };
    const run = await runAction({ event: workflowDispatch(), inputs });
    expect(Object.keys(run.reports)).toEqual(['unknown_app.json']);
    expect(reportOf(run, 'unknown_app.json')).toMatchObject({ app: null, verdict: { state: 'failed' } });
    expect(run.outputs['report']).toMatch(/[/\\]unknown_app\.json$/);
  });

  /** A run with a folder of temporary files as it is prepared. */
  const inTemp = (
    prepare: (temp: string, outside: string) => void,
    check: (run: ActionRun, temp: string, outside: string) => void,
  ) =>
    inFolder('temp', (folder) =>
      inWorld(async ({ push, deploy }) => {
        push(tag);
        const [temp, outside] = [join(folder, 'temp'), join(folder, 'outside')];
        for (const each of [temp, outside]) mkdirSync(each);
        prepare(temp, outside);
        const run = await deploy(workflowRun(), {}, { env: { RUNNER_TEMP: temp } });
        expect([run.status, run.outputs['state'], run.outputs['verified']]).toEqual([0, 'deployed', 'true']);
        check(run, temp, outside);
      }),
    );
  const own = 'deploy-fly-image';

  test('replaces a link, and does not write to where it leads', () =>
    inTemp(
      (temp, outside) => {
        mkdirSync(join(temp, own));
        writeFileSync(join(outside, 'file'), 'as before');
        symlinkSync(join(outside, 'file'), join(temp, own, `${app}.json`));
      },
      (run, temp, outside) => {
        const path = join(temp, own, `${app}.json`);
        expect(run.outputs['report']).toBe(path);
        expect(lstatSync(path).isFile()).toBe(true);
        expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('as before');
        expect(warningsOf(run)).toEqual([]);
      },
    ));

  test.each<[string, (temp: string, outside: string) => void]>([
    ['is a link', (temp, outside) => symlinkSync(outside, join(temp, own))],
    ['is a file', (temp) => writeFileSync(join(temp, own), '')],
    ['has a folder of its name', (temp) => mkdirSync(join(temp, own, `${app}.json`), { recursive: true })],
  ])('is left out with one warning if its folder %s, and the deploy succeeds', (_name, prepare) =>
    inTemp(prepare, (run, _temp, outside) => {
      expect(run.outputs['report']).toBe('');
      expect(warningsOf(run)).toEqual([
        expect.stringMatching(/^The report could not be written: .* is (?:not )?a folder\./),
      ]);
      expect(existsSync(join(outside, `${app}.json`))).toBe(false);
    }),
  );

  test('is left out with one warning outside a runner', () =>
    inWorld(async ({ push, deploy }) => {
      push(tag);
      const run = await deploy(workflowRun(), {}, { env: { RUNNER_TEMP: undefined } });
      expect([run.status, run.outputs['report']]).toEqual([0, '']);
      expect(warningsOf(run)).toEqual([expect.stringContaining('RUNNER_TEMP')]);
    }));
});
