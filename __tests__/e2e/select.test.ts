import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { startSigstore } from '../../sandbox/github/sigstore.ts';
import { builtCommit, push, schedule, workflowDispatch, workflowRun } from '../../sandbox/runner/events.ts';
import type { ActionRun } from '../../sandbox/runner/runner.ts';
import { codesOf, errorOf, inWorld, type TestWorld, tag } from './world.ts';

const other = 'd'.repeat(40);
const messagesOf = (run: ActionRun, level: string): string[] =>
  run.log.annotations.filter((each) => each.level === level).map(({ message }) => message);

/** The image of another commit than the event's, under every name that a selection can use. */
const named = ({ push: pushImage }: TestWorld) => {
  pushImage(tag);
  pushImage('main');
  const options = { revision: other, seed: 'other' };
  pushImage(`main-${other.slice(0, 7)}`, options);
  pushImage('v1.9.0', { revision: 'e'.repeat(40), seed: 'older' });
  return pushImage('v1.10.0', options);
};

/** Each form, what it selects, and the output `source`. */
const forms: [form: string, select: (digest: string) => string, source: string, tag: string][] = [
  ['commit', () => `commit:${other}`, 'sha-tag', `main-${other.slice(0, 7)}`],
  ['tag', () => 'tag:v1.10.0', 'digest', 'v1.10.0'],
  ['newest', () => 'newest:v*', 'pattern', 'v1.10.0'],
  ['digest', (digest) => `digest:${digest}`, 'reference', ''],
];

describe.each([
  ['a push', () => push()],
  ['a manual run', () => workflowDispatch()],
  ['a schedule', () => schedule()],
] as const)('select in %s', (event, make) => {
  test.each(forms)('%s: deploys what it names, whatever the event', (form, select, source, looked) =>
    inWorld(async (world) => {
      const { digest } = named(world);
      const run = await world.deploy(make(), { select: select(digest) });
      expect([run.status, codesOf(run)]).toEqual([0, []]);
      expect(run.outputs).toMatchObject({ digest, source, tag: looked, commit: other, verified: 'true' });
      // Only an automatic run deploys a SHA tag as a tag.
      const byTag = form === 'commit' && event === 'a push';
      expect(run.outputs['image']).toBe(`${world.image}${byTag ? `:${looked}` : `@${digest}`}`);
      expect(run.log.text.includes(`Using digest: ${world.image}@${digest}`)).toBe(!byTag);
    }),
  );
});

test.each(forms)('manual-select, %s: does not affect automatic runs', (_form, select, source) =>
  inWorld(async (world) => {
    const { digest } = named(world);
    const inputs = { 'manual-select': select(digest) };
    expect((await world.deploy(push(), inputs)).outputs).toMatchObject({ source: 'sha-tag', tag });
    const byHand = await world.deploy(workflowDispatch(), inputs);
    expect(byHand.outputs).toMatchObject({ digest, source, verified: 'true' });
  }),
);

describe('a selected image of another commit than the event’s', () => {
  const [, ...inventive] = forms;
  test.each(inventive)('%s: is deployed with a warning that names both', (_form, select) =>
    inWorld(async (world) => {
      const { digest } = named(world);
      const run = await world.deploy(push(), { select: select(digest) });
      const [warning = '', ...more] = messagesOf(run, 'warning');
      expect([run.status, more]).toEqual([0, []]);
      for (const fact of [other, builtCommit, '`select`', '`with: check-revision: require`'])
        expect(warning).toContain(fact);
    }),
  );

  test.each(inventive)('%s: fails with check-revision: require, which the warning prints', (_form, select) =>
    inWorld(async (world) => {
      const { digest } = named(world);
      const run = await world.deploy(push(), { select: select(digest), 'check-revision': 'require' });
      expect(codesOf(run)).toEqual(['revision-mismatch']);
      expect(run.flyctl).toEqual([]);
    }),
  );

  test.each(inventive)('%s: fails if the input `commit` names another', (_form, select) =>
    inWorld(async (world) => {
      const { digest } = named(world);
      for (const event of [push(), workflowDispatch()]) {
        const run = await world.deploy(event, { select: select(digest), commit: builtCommit });
        expect(codesOf(run)).toEqual(['revision-mismatch']);
      }
      const same = await world.deploy(push(), { select: select(digest), commit: other });
      expect([same.status, messagesOf(same, 'warning')]).toEqual([0, []]);
    }),
  );
});

test('`select: commit:` does not accept the image of another commit', () =>
  inWorld(async (world) => {
    world.push(`main-${other.slice(0, 7)}`);
    const run = await world.deploy(push(), { select: `commit:${other}` });
    expect(codesOf(run)).toEqual(['revision-mismatch']);
  }));

test('compares the longer of two spellings of a commit', () =>
  inWorld(async (world) => {
    world.push(tag, { revision: `${builtCommit.slice(0, 10)}${'f'.repeat(30)}` });
    const inputs = { select: `commit:${builtCommit.slice(0, 7)}`, commit: builtCommit };
    expect(codesOf(await world.deploy(workflowDispatch(), inputs))).toEqual(['revision-mismatch']);
  }));

test('a selected image is never outdated', () =>
  inWorld(async (world) => {
    const { digest } = world.push('main', { revision: builtCommit });
    await world.deploy(workflowDispatch(), { select: 'tag:main' });
    const run = await world.deploy(push(), { select: 'tag:main-0000000', 'on-outdated': 'fail' });
    expect([run.status, run.outputs['deployed'], run.outputs['previous-digest']]).toEqual([
      0,
      'true',
      expect.stringMatching(/^sha256:/),
    ]);
    expect(digest).not.toBe(run.outputs['digest']);
  }));

test('select: release:current deploys what the newest release deployed', () =>
  inWorld(async (world) => {
    const { digest } = world.push(tag);
    await world.deploy(workflowRun());
    world.push('main', { revision: other, seed: 'other' });
    const run = await world.deploy(workflowDispatch(), { select: 'release:current' });
    expect(run.outputs).toMatchObject({ digest, source: 'release', verified: 'true' });
  }));

describe('deploy-by', () => {
  test.each([
    ['auto', '@'],
    ['digest', '@'],
    ['tag', ':'],
  ])('%s deploys a given tag as %s', (by, sign) =>
    inWorld(async (world) => {
      const { digest } = world.push('v1', { revision: other });
      for (const inputs of [{ select: 'tag:v1' }, { image: `${world.image}:v1` }]) {
        const run = await world.deploy(push(), { ...inputs, 'deploy-by': by });
        expect(run.outputs['image']).toBe(`${world.image}${sign === '@' ? `@${digest}` : ':v1'}`);
      }
    }),
  );
});

describe('attestation: warn', () => {
  test('deploys an image without an attestation by digest, and reports what `require` would refuse', () =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      const run = await world.deploy(workflowRun(), { attestation: 'warn' });
      expect([run.status, run.outputs['image']]).toEqual([0, `${world.image}@${digest}`]);
      const warnings = messagesOf(run, 'warning');
      expect(warnings).toEqual([expect.stringContaining('actions/attest-build-provenance')]);
      expect(warnings[0]).toContain(digest);
      expect(run.summary).toContain('Not attested');
      const refused = await world.deploy(workflowRun(), { attestation: 'require' });
      expect(codesOf(refused)).toEqual(['attestation-missing']);
    }));

  test('does not warn about an attested image, with or without a given signer', () =>
    inWorld(async (world) => {
      const { digest } = world.push(tag);
      const sigstore = await startSigstore();
      try {
        const statement = {
          _type: 'https://in-toto.io/Statement/v1',
          subject: [{ name: 'image', digest: { sha256: digest.slice('sha256:'.length) } }],
          predicateType: 'https://slsa.dev/provenance/v1',
          predicate: {},
        };
        const signer = 'owner/repo/.github/workflows/build.yml';
        const claims = {
          iss: 'https://token.actions.githubusercontent.com',
          repository: 'owner/repo',
          sha: builtCommit,
          ref: 'refs/heads/main',
          job_workflow_ref: `${signer}@refs/heads/main`,
        };
        world.github.attestations.set(digest, [await sigstore.attest(statement, claims)]);
        const options = { files: { 'root.json': sigstore.trustedRoot } };
        for (const attestation of ['warn', 'require', signer]) {
          const run = await world.deploy(
            workflowRun(),
            { attestation, 'trusted-root': 'root.json' },
            options,
          );
          expect([run.status, run.outputs['image'], messagesOf(run, 'warning')]).toEqual([
            0,
            `${world.image}@${digest}`,
            [],
          ]);
        }
        const inputs = { attestation: 'owner/repo/.github/workflows/other.yml', 'trusted-root': 'root.json' };
        const refused = await world.deploy(workflowRun(), inputs, options);
        expect(codesOf(refused)).toEqual(['attestation-missing']);
        expect(errorOf(refused)).toContain('other.yml');
      } finally {
        await sigstore.close();
      }
    }));
});

describe('an input that does not exist', () => {
  /** The lines of `with:` that an error prints, as inputs. */
  const printed = (run: ActionRun): Record<string, string> =>
    Object.fromEntries(
      [...errorOf(run).matchAll(/`with: ([\w-]+): ([^`]*)`/g)].map(([, name = '', value = '']) => [
        name,
        String(parse(value)),
      ]),
    );

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ release: 'previous' }, { select: 'release:previous' }],
    [{ tag: 'v1' }, { 'manual-select': 'tag:v1' }],
    [{ 'tag-pattern': '{branch}-*' }, { 'manual-select': 'newest:{branch}-*' }],
    [{ 'dry-run': 'true' }, { mode: 'dry-run' }],
    [{ doctor: 'true' }, { mode: 'doctor' }],
    [{ 'require-attestation': 'true' }, { attestation: 'require' }],
    [
      { 'attestation-workflow': 'o/r/.github/workflows/b.yml' },
      { attestation: 'o/r/.github/workflows/b.yml' },
    ],
    [{ 'rollback-release-command': 'true' }, { rollback: 'with-release-command' }],
    [{ 'short-sha-length': '9' }, { 'sha-tag': '{branch}-{sha:9}' }],
    [{ 'if-outdated': 'deploy' }, { 'on-outdated': 'deploy' }],
    [{ 'skip-if-running': 'true' }, { 'on-unchanged': 'skip' }],
  ])('but did in an earlier draft is refused with the line to write: %j', (given, line) =>
    inWorld(async (world) => {
      const run = await world.deploy(workflowRun(), {}, { unknownInputs: given });
      expect(codesOf(run)).toEqual(['input-removed']);
      expect(printed(run)).toEqual(line);
      expect(world.fly.requests).toEqual([]);
      // The printed line is accepted. A later error is about something else.
      const next = await world.deploy(workflowRun(), { ...line, mode: line['mode'] ?? 'dry-run' });
      expect(codesOf(next).filter((code) => /^(?:input|tag)-/.test(code))).toEqual([]);
    }),
  );

  test.each([{ verify: 'false' }, { 'mirror-platforms': 'all' }, { 'dry-run': 'false' }, { release: '' }])(
    'and has no replacement is refused: %j',
    (given) =>
      inWorld(async (world) => {
        const run = await world.deploy(workflowRun(), {}, { unknownInputs: given });
        expect(codesOf(run)).toEqual(['input-removed']);
        expect(errorOf(run)).toContain(`Remove the line \`${Object.keys(given)[0]}:\``);
      }),
  );

  test.each([
    ['settle-tme', '45s', 'settle-time: 45s'],
    ['helth-url', '/healthz', 'health-url: /healthz'],
    ['rolback', 'true', 'rollback: true'],
    ['on_outdated', 'fail', 'on-outdated: fail'],
  ])('but is similar to one is refused: %s', (name, value, line) =>
    inWorld(async (world) => {
      world.push(tag);
      const run = await world.deploy(workflowRun(), {}, { unknownInputs: { [name]: value } });
      expect(codesOf(run)).toEqual(['input-unknown']);
      expect(errorOf(run)).toContain(`\`with: ${line}\``);
      expect(world.fly.requests).toEqual([]);
      const fixed = await world.deploy(workflowRun(), { ...printed(run), mode: 'dry-run' });
      expect(fixed.status).toBe(0);
    }),
  );

  test('and contains a secret does not show it', () =>
    inWorld(async (world) => {
      const secret = 'FlyV1 fm2_not-to-be-seen';
      const run = await world.deploy(workflowRun(), {}, { unknownInputs: { 'fly-api-tokn': secret } });
      expect(codesOf(run)).toEqual(['input-unknown']);
      expect(run.log.text + run.summary).not.toContain('not-to-be-seen');
    }));

  test('and is not similar to one is a warning, because other programs also set such variables', () =>
    inWorld(async (world) => {
      world.push(tag);
      const env = { INPUT_WHO_TO_GREET: 'world', 'INPUT_::error::x\n%0A': 'y' };
      const run = await world.deploy(workflowRun(), {}, { env });
      expect([run.status, run.outputs['verified']]).toEqual([0, 'true']);
      const warnings = messagesOf(run, 'warning');
      expect(warnings).toEqual([expect.stringContaining('"who_to_greet"')]);
    }));

  test('is reported together with all other faults of the inputs', () =>
    inWorld(async (world) => {
      const run = await world.deploy(
        workflowRun(),
        {
          select: 'branch:main',
          mode: 'plan',
          'manual-select': 'newest:main',
        },
        { unknownInputs: { release: '41', 'settle-tme': '1m' } },
      );
      expect([...codesOf(run)].sort()).toEqual([
        'input-invalid',
        'input-invalid',
        'input-invalid',
        'input-removed',
        'input-unknown',
      ]);
      expect(world.fly.requests).toEqual([]);
    }));
});
