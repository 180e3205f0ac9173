import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseOutputFile } from '../../sandbox/runner/output-file.ts';

interface Step {
  id?: string;
  run?: string;
  with?: Record<string, string>;
}
const root = join(import.meta.dirname, '..', '..');
const workflow = parse(readFileSync(join(root, '.github/workflows/build-image.yml'), 'utf8'));
const steps: Step[] = workflow.jobs.build.steps;
const script = steps.find(({ id }) => id === 'names')?.run ?? '';

const commit = 'abc1234567890abcdef1234567890abcdef12345';

/** Runs the step that names the image like the runner: its script in a file, with `bash --noprofile --norc -eo pipefail`. */
function nameImage(env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  try {
    writeFileSync(join(folder, 'script.sh'), script);
    writeFileSync(join(folder, 'output'), '');
    const { status, stdout } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'script.sh')],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          GITHUB_OUTPUT: join(folder, 'output'),
          GITHUB_REPOSITORY: 'Owner/Repo',
          GITHUB_EVENT_NAME: 'push',
          GITHUB_REF: 'refs/heads/main',
          GITHUB_REF_NAME: (env['GITHUB_REF'] ?? 'refs/heads/main').replace(/^refs\/(heads|tags|pull)\//, ''),
          REGISTRY: 'ghcr.io',
          IMAGE: '',
          COMMIT: commit,
          PULL_REQUEST: '',
          DEFAULT_BRANCH: 'main',
          ...env,
        },
      },
    );
    return {
      status,
      stdout,
      outputs: Object.fromEntries(parseOutputFile(readFileSync(join(folder, 'output'), 'utf8'))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the name of the image and its tags', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['the default branch', {}, { branch: 'true', default: 'true', prefix: 'main-', tag: 'main-abc1234' }],
    [
      'another branch',
      { GITHUB_REF: 'refs/heads/feature/x' },
      { branch: 'true', default: 'false', prefix: 'feature-x-', tag: 'feature-x-abc1234' },
    ],
    [
      'a schedule, whose event does not name the default branch',
      { GITHUB_EVENT_NAME: 'schedule', DEFAULT_BRANCH: '' },
      { branch: 'true', default: 'true', prefix: 'main-' },
    ],
    [
      'a pull request',
      { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/12/merge', PULL_REQUEST: '12' },
      { branch: 'false', default: 'false', prefix: 'pr-12-', tag: 'pr-12-abc1234' },
    ],
    [
      'a git tag, where {{branch}} is empty',
      { GITHUB_REF: 'refs/tags/v1.2.3' },
      { branch: 'false', default: 'false', prefix: 'sha-', tag: 'sha-abc1234' },
    ],
    [
      'a git tag named like the default branch',
      { GITHUB_REF: 'refs/tags/main' },
      { branch: 'false', default: 'false', prefix: 'sha-' },
    ],
    [
      'a branch that begins with a character that tags cannot begin with',
      { GITHUB_REF: 'refs/heads/émile/é' },
      { branch: 'false', prefix: 'sha-', tag: 'sha-abc1234' },
    ],
    ['a branch that begins with a dot', { GITHUB_REF: 'refs/heads/.x' }, { branch: 'false', prefix: 'sha-' }],
    [
      'a branch that is too long for a tag',
      { GITHUB_REF: `refs/heads/${'x'.repeat(121)}` },
      { branch: 'false', prefix: 'sha-' },
    ],
    [
      'the longest branch that fits in a tag',
      { GITHUB_REF: `refs/heads/feature/${'x'.repeat(112)}` },
      { branch: 'true', tag: `feature-${'x'.repeat(112)}-abc1234` },
    ],
    [
      'a branch whose characters would be escaped',
      { GITHUB_REF: `refs/heads/${'a&'.repeat(30)}` },
      { branch: 'true', tag: `${'a-'.repeat(30)}-abc1234` },
    ],
    [
      'a branch of many bytes that become one dash',
      { GITHUB_REF: `refs/heads/x${'é'.repeat(100)}` },
      { branch: 'true', tag: 'x--abc1234' },
    ],
    [
      'a branch that is a shell command',
      { GITHUB_REF: 'refs/heads/x$(exit${IFS}1)`id`;"\'' },
      { branch: 'true', tag: 'x-exit-IFS-1-id--abc1234' },
    ],
  ])('%s', (_name, env, wanted) => {
    const { status, stdout, outputs } = nameImage(env);
    expect([status, stdout]).toEqual([0, '']);
    expect(outputs).toMatchObject({
      image: 'ghcr.io/owner/repo',
      commit,
      'short-sha': 'abc1234',
      ...wanted,
    });
    expect(Object.values(outputs).join('\n')).not.toMatch(/^-/m);
  });

  test.each([
    ['ghcr.io', 'ghcr.io/Owner/Repo/API', 'ghcr.io/owner/repo/api'],
    ['docker.io', 'docker.io/owner/repo', 'docker.io/owner/repo'],
    ['registry.example.com:5000', '', 'registry.example.com:5000/owner/repo'],
  ])('at %s, given "%s", it is %s', (REGISTRY, IMAGE, image) => {
    expect(nameImage({ REGISTRY, IMAGE }).outputs['image']).toBe(image);
  });

  test.each([
    ['a tag', { IMAGE: 'ghcr.io/owner/repo:main' }, /named "ghcr\.io\/owner\/repo:main"/],
    ['another host', { IMAGE: 'docker.io/owner/repo' }, /begins with the host of `registry`/],
    ['a command of the runner', { IMAGE: 'ghcr.io/x\n::set-env name=A::b' }, /named "ghcr\.io\/x\?::set-env/],
    ['no name', { IMAGE: 'ghcr.io/' }, /named "ghcr\.io\/"/],
    ['pull_request_target', { GITHUB_EVENT_NAME: 'pull_request_target' }, /The event is pull_request_target/],
    ['workflow_run', { GITHUB_EVENT_NAME: 'workflow_run' }, /build on the push/],
  ])('%s is refused with a complete error, and without outputs', (_name, env, message) => {
    const { status, stdout, outputs } = nameImage(env);
    expect(status).toBe(1);
    expect(stdout).toMatch(message);
    expect(stdout).toMatch(/^::error::.+%0AExpected: .+%0AFix: .+\n$/);
    expect(outputs).toEqual({});
  });
});

test('the tags are the documented ones, and none has an empty branch before its dash', () => {
  const meta = steps.find(({ id }) => id === 'meta')?.with ?? {};
  const lines = (meta['tags'] ?? '').trim().split('\n');
  for (const wanted of [
    'type=ref,event=branch',
    'type=sha,prefix=',
    'type=raw,value=${{ steps.names.outputs.cleaned }},',
    'type=raw,value=latest',
  ])
    expect(lines.filter((line) => line.startsWith(wanted)).length).toBeGreaterThan(0);
  expect(meta['tags']).not.toContain('{{branch}}');
  for (const line of lines.filter((each) => each.includes('outputs.cleaned')))
    expect(line).toMatch(/enable=\$\{\{ .*steps\.names\.outputs\.(?:branch|default)\b/);
  const build = steps.find(({ id }) => id === 'build')?.with ?? {};
  expect(build).toMatchObject({
    labels: '${{ steps.meta.outputs.labels }}',
    annotations: '${{ steps.meta.outputs.annotations }}',
    provenance: 'mode=max',
  });
});

describe('the tags are checked before the build', () => {
  const check = steps.find(({ id }) => id === 'check')?.run ?? '';
  const run = (TAGS: string) =>
    spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', check], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], IMAGE: 'ghcr.io:5000/o/r', TAGS },
    });

  test('before the step that builds the image', () => {
    const order = ['meta', 'check', 'build'].map((name) => steps.findIndex(({ id }) => id === name));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  test.each([
    ['', 0],
    ['ghcr.io:5000/o/r:main\nghcr.io:5000/o/r:main-abc1234', 0],
    [`ghcr.io:5000/o/r:${'x'.repeat(128)}`, 0],
    ['ghcr.io:5000/o/r:_x', 0],
  ])('valid: %s', (tags, status) => expect(run(tags)).toMatchObject({ status, stdout: '' }));

  test.each([
    [
      'an invalid first character',
      'ghcr.io:5000/o/r:main\nghcr.io:5000/o/r:-mile',
      /"-mile".* begins with "-"/,
    ],
    ['a dot', 'ghcr.io:5000/o/r:.x', /"\.x".* begins with "\."/],
    [
      'too long with the time',
      `ghcr.io:5000/o/r:${'x'.repeat(113)}-20261124-093000`,
      /it has 129 characters/,
    ],
    ['no tag', 'ghcr.io:5000/o/r:', /it is empty/],
    ['a command of the runner', 'ghcr.io:5000/o/r:-%0A::error::x', /"-\?0A\?\?error\?\?x"/],
  ])('refused: %s', (_name, tags, message) => {
    const { status, stdout } = run(tags);
    expect(status).toBe(1);
    expect(stdout).toMatch(message);
    expect(stdout).toMatch(/^::error::.+%0AExpected: .+%0AFix: .+\n$/);
  });
});

test.each(['names', 'check'])('the script of %s has no syntax errors', (name) => {
  execFileSync('bash', ['-n'], { input: steps.find(({ id }) => id === name)?.run ?? '' });
});
