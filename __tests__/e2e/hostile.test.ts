import { expect, test } from '@jest/globals';
import { startSigstore } from '../../sandbox/github/sigstore.ts';
import { runnerSecrets } from '../../sandbox/runner/environment.ts';
import { builtCommit, workflowRun } from '../../sandbox/runner/events.ts';
import { onPosix } from '../platforms.ts';
import { app, changesOf, codesOf, errorOf, inWorld, tag } from './world.ts';

/** What an attacker would write into a text that is printed. */
const attack = 'x\n::error::forged\n::add-path::/evil\n##[set-env name=A]b\r::set-output name=image::forged';
const ourCommands = new Set([
  'add-mask',
  'stop-commands',
  'group',
  'endgroup',
  'error',
  'warning',
  'notice',
  'debug',
]);

test('flyctl gets the token and its quiet switches, but nothing else that it could leak', () =>
  inWorld(async ({ deploy, push, fly }) => {
    push(tag);
    const run = await deploy(
      workflowRun(),
      {},
      {
        env: {
          FLY_ACCESS_TOKEN: '',
          DEPLOY_TRIGGER: 'launch',
          FLYCTL_OUTPUT_HAR: '/tmp/x.har',
          LOG_LEVEL: 'debug',
          GITHUB_TOKEN: runnerSecrets.github,
          HTTPS_PROXY: '',
          NODE_OPTIONS: '--no-warnings',
          AWS_SECRET_ACCESS_KEY: 'of-another-step',
          MY_DATABASE_URL: 'postgres://of-another-step',
          FLY_METRICS_TOKEN: 'of-another-step',
          FLY_GHA_ERROR_ANNOTATION: '1',
          FLY_CONFIG_DIR: '/tmp/fly-config',
          SSL_CERT_FILE: '/etc/ssl/own.pem',
        },
      },
    );
    expect(run.status).toBe(0);
    const env = run.flyctl[0]?.env ?? {};
    expect(env).toMatchObject({
      FLY_API_TOKEN: fly.token,
      FLY_EMIT_RELEASE_JSON: '1',
      FLY_NO_UPDATE_CHECK: '1',
      FLY_SEND_METRICS: '0',
      FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
      FLY_FLAPS_BASE_URL: fly.origin,
    });
    const names = Object.keys(env);
    for (const name of [
      'FLY_ACCESS_TOKEN',
      'DEPLOY_TRIGGER',
      'FLYCTL_OUTPUT_HAR',
      'LOG_LEVEL',
      'NODE_OPTIONS',
      'GITHUB_OUTPUT',
      'GITHUB_ENV',
      'GITHUB_PATH',
      'GITHUB_STEP_SUMMARY',
      'GITHUB_TOKEN',
    ]) {
      expect(names).not.toContain(name);
    }
    expect(names.filter((name) => /^(?:INPUT|ACTIONS|AWS|MY)_/.test(name))).toEqual([]);
    expect(env).toMatchObject({
      FLY_CONFIG_DIR: '/tmp/fly-config',
      SSL_CERT_FILE: '/etc/ssl/own.pem',
      CI: 'true',
    });
    expect(Object.values(env)).not.toContain('of-another-step');
    expect(names).not.toContain('FLY_GHA_ERROR_ANNOTATION');
    expect(Object.values(env)).not.toContain(runnerSecrets.github);
    expect(Object.values(env)).not.toContain(runnerSecrets.runtime);
  }));

test('no secret is in argv, log, outputs or summary, even if everything fails', () =>
  inWorld(async ({ deploy, push, fly, registry }) => {
    registry.addRepository('owner/repo', 'private');
    registry.addUser('me', 'registry-password-1');
    push(tag);
    const flyctl = "console.error('token', process.env.FLY_API_TOKEN); process.exitCode = 1;";
    const inputs = { 'registry-username': 'me', 'registry-password': 'registry-password-1' };
    const run = await deploy(workflowRun(), inputs, { flyctl, env: { RUNNER_DEBUG: '1' } });
    expect(codesOf(run)).toEqual(['flyctl-failed']);
    expect(errorOf(run)).toContain('token');
    const tokens = registry.requests.flatMap(
      ({ headers }) => /^(?:Bearer|Basic) (.+)/.exec(headers['authorization'] ?? '')?.[1] ?? [],
    );
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [fly.token, 'registry-password-1', runnerSecrets.github, ...tokens]) {
      for (const shown of [run.log.text, JSON.stringify(run.outputs), run.summary]) {
        // The runner masks the log, but not files.
        expect(shown).not.toContain(secret);
      }
    }
    // Each secret was masked before anything that could contain it was printed.
    const lines = run.stdout.split('\n');
    const masked = lines.indexOf(`::add-mask::${fly.token}`);
    expect(masked).toBeGreaterThanOrEqual(0);
    expect(lines.findIndex((line) => line.includes(fly.token))).toBe(masked);
  }));

const macaroons = ['fm2_lJPECAAAAAAAAl4jxBAq', 'fm2_lJPETgQgkwnwBwaAlz9n'] as const;
const both = macaroons.join(',');

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['the input', { 'fly-api-token': `FlyV1 ${both}` }, {}],
  ['FLY_API_TOKEN', { 'fly-api-token': '' }, { FLY_API_TOKEN: `FlyV1 ${both}` }],
  ['FLY_ACCESS_TOKEN', {}, { FLY_ACCESS_TOKEN: `FlyV1 ${both}` }],
  ['source-app-token', { 'source-app-token': `FlyV1 ${both}` }, {}],
])('shows no part of a token in the form that Fly.io prints: %s', (_name, inputs, env) =>
  inWorld(
    async ({ deploy, push }) => {
      push(tag);
      const shapes = [`FlyV1 ${both}`, both, ...macaroons, macaroons[1].slice('fm2_'.length)];
      const said = shapes.flatMap((each) => [
        each,
        Buffer.from(each).toString('base64'),
        encodeURIComponent(each),
      ]);
      const flyctl = `for (const each of ${JSON.stringify(said)}) console.error('Error: token', each, 'here'); process.exitCode = 1;`;
      const run = await deploy(workflowRun(), inputs, { flyctl, env });
      expect([run.status, codesOf(run), run.flyctl.length > 0 || run.log.text.includes('here')]).toEqual([
        1,
        ['flyctl-failed'],
        true,
      ]);
      for (const shown of [run.log.text, run.summary, JSON.stringify([run.outputs, run.log.annotations])])
        for (const each of said) expect(shown).not.toContain(each);
      const lines = run.stdout.split('\n');
      const first = lines.findIndex((line) => line !== '' && !line.startsWith('::add-mask::'));
      for (const each of said)
        expect(lines.slice(0, first)).toContain(`::add-mask::${each.replaceAll('%', '%25')}`);
    },
    { flyOptions: { token: both } },
  ),
);

test('flyctl’s output is only text to the runner, in the log and in the error', () =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const flyctl = `const text = ${JSON.stringify(attack)}; process.stdout.write(text); process.stderr.write(text + '\\n::stop-commands::a\\n'); process.exitCode = 1;`;
    const run = await deploy(workflowRun(), {}, { flyctl });
    expect(run.log.annotations).toHaveLength(1);
    expect(codesOf(run)).toEqual(['flyctl-failed']);
    expect(errorOf(run)).toContain('forged');
    for (const { name } of run.log.commands) expect(ourCommands).toContain(name);
    expect(run.log.commands.filter(({ name }) => name === 'stop-commands')).toHaveLength(1);
    expect(run.outputs['image']).not.toContain('forged');
  }));

test.each([
  ['a branch', () => workflowRun({ head_branch: attack })],
  ['a workflow’s name', () => workflowRun({ name: attack })],
  ['a fork’s name', () => workflowRun({ head_repository: { id: 9, full_name: attack } })],
  ['an event', () => workflowRun({ event: attack })],
  ['a commit', () => workflowRun({ head_sha: attack })],
])('%s is only text to the runner', (_name, event) =>
  inWorld(async ({ deploy, push }) => {
    push(tag);
    const run = await deploy(event());
    for (const { name } of run.log.commands) expect(ourCommands).toContain(name);
    expect(run.log.annotations.filter(({ message }) => message.startsWith('forged'))).toEqual([]);
    for (const [name, value] of Object.entries(run.outputs)) expect([name, value]).not.toContain('forged');
  }),
);

test('labels, machines and a registry’s messages are only text to the runner', () =>
  inWorld(async ({ deploy, push, registry, fly }) => {
    push('main-old', { labels: { 'org.opencontainers.image.revision': attack }, seed: 'x' });
    const image = `${registry.host}/owner/repo:main-old`;
    await fly.createApp(app, [{ region: attack, image, group: attack, state: attack }]);
    const mismatch = await deploy(workflowRun(), { image });
    for (const { name } of mismatch.log.commands) expect(ourCommands).toContain(name);
    registry.fault({
      path: /manifests/,
      status: 403,
      body: JSON.stringify({ errors: [{ code: attack, message: attack }] }),
    });
    const refused = await deploy(workflowRun());
    expect(refused.log.annotations).toHaveLength(1);
    for (const { name } of refused.log.commands) expect(ourCommands).toContain(name);
  }));

test('a fork’s build is a notice with `on-refusal: skip`, and nothing is changed', () =>
  inWorld(async ({ deploy, push, fly, asked }) => {
    push(tag);
    const run = await deploy(workflowRun({ head_repository: { id: 9, full_name: 'stranger/repo' } }), {
      'on-refusal': 'skip',
    });
    expect(run.status).toBe(0);
    expect(run.outputs).toMatchObject({ deployed: 'false', skipped: 'refused', image: '' });
    expect(run.log.annotations).toEqual([
      expect.objectContaining({
        level: 'notice',
        message: expect.stringContaining('stranger/repo'),
      }),
    ]);
    expect([run.flyctl, asked(), changesOf(fly)]).toEqual([[], [], []]);
    expect(run.summary).toMatch(/^## .*`test-battle`/);
  }));

test('`attestation: require` deploys only what this repository’s workflow signed', () =>
  inWorld(async ({ deploy, push, github, fly }) => {
    const { digest } = push(tag);
    const sigstore = await startSigstore();
    try {
      const statement = {
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: 'image', digest: { sha256: digest.slice('sha256:'.length) } }],
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: {},
      };
      const claims = {
        iss: 'https://token.actions.githubusercontent.com',
        repository: 'owner/repo',
        sha: builtCommit,
        ref: 'refs/heads/main',
        job_workflow_ref: 'owner/repo/.github/workflows/build.yml@refs/heads/main',
      };
      const inputs = { attestation: 'require', 'trusted-root': 'root.json' };
      const options = { files: { 'root.json': sigstore.trustedRoot } };

      github.attestations.set(digest, [
        await sigstore.attest(statement, { ...claims, repository: 'stranger/repo' }),
      ]);
      const refused = await deploy(workflowRun(), inputs, options);
      expect(codesOf(refused)).toEqual(['attestation-missing']);
      for (const fact of [digest, 'https://github.com/stranger/repo', builtCommit])
        expect(errorOf(refused)).toContain(fact);
      expect([refused.flyctl, changesOf(fly)]).toEqual([[], []]);

      github.attestations.set(digest, [await sigstore.attest(statement, claims)]);
      const run = await deploy(workflowRun(), inputs, options);
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      expect(run.log.text).toContain(
        `Attested: built from commit ${builtCommit} by https://github.com/owner/repo/`,
      );
      expect(run.summary).toContain('Attested: signed by');
    } finally {
      await sigstore.close();
    }
  }));

onPosix('Node cannot send Ctrl+C to the console of another program').each(['SIGINT', 'SIGTERM'] as const)(
  '%s reaches flyctl, and the step waits for its end and reports it',
  (signal) =>
    inWorld(async ({ deploy, push }) => {
      push(tag);
      const flyctl = `
      for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {
        console.error('Error: context canceled by ' + name);
        setTimeout(() => process.exit(127), 100);
      });
      setTimeout(() => {}, 60000);
      console.log('deploying');`;
      const run = await deploy(workflowRun(), {}, { flyctl, signalAfter: { line: 'deploying', signal } });
      expect(codesOf(run)).toEqual(['deploy-cancelled']);
      expect(errorOf(run)).toMatch(
        new RegExp(`${signal}.*status 127\\b.*\\n.*canceled by ${signal}[\\s\\S]*fly machine list`),
      );
      expect(run.outputs).toMatchObject({ commit: builtCommit, deployed: 'false' });
      expect(run.ms).toBeLessThan(10_000);
    }),
);
