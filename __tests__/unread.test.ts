import { describe, expect, test } from '@jest/globals';
import { unreadFields, unreadText } from '../src/event/unread.ts';
import { parseJsonObject } from '../src/lib/json.ts';
import { digestOf } from './factories.ts';

// e2e/unread.test.ts runs the printed lines. Here are the names and values that decide which line is printed.

const image = { host: 'ghcr.io', path: 'owner/repo' };
const commit = 'abc1234567890abcdef1234567890abcdef12345';

const unread = (payload: object, context: { tag?: string; isNamed?: boolean } = {}) =>
  unreadFields(parseJsonObject(JSON.stringify(payload), 'the payload'), 'inputs', {
    from: 'inputs',
    branch: 'main',
    image,
    tag: 'main',
    isNamed: false,
    ...context,
  });

const namesIn = (payload: object) => unread(payload)?.fields.map(({ name }) => name);
const lineIn = (payload: object) => unread(payload)?.fields[0]?.line;

describe('the line that reads a field', () => {
  const at = 'ghcr.io/owner/repo';
  test.each<[string, unknown, string]>([
    ['x', digestOf('a'), `image: ${at}@\${{ inputs.x }}`],
    ['digest', 'a'.repeat(64), `image: ${at}@sha256:\${{ inputs.digest }}`],
    ['x', commit, 'commit: ${{ inputs.x }}'],
    ...['sha', 'commit', 'revision', 'rev', 'hash', 'gitsha', 'headsha', 'gitCommit', 'build_sha', 'SHA'].map(
      (name): [string, unknown, string] => [name, 'abc1234', `commit: \${{ inputs.${name} }}`],
    ),
    ['sha', 'a'.repeat(64), 'commit: ${{ inputs.sha }}'],
    ['rev', 1234567, 'commit: ${{ inputs.rev }}'],
    ['image', 'docker.io/other/app:v1', 'image: ${{ inputs.image }}'],
    ...['image', 'tag', 'version', 'release', 'digest', 'image2Tag'].map(
      (name): [string, unknown, string] => [name, 'v1.2', `image: ${at}:\${{ inputs.${name} }}`],
    ),
    ['tag', 7, `image: ${at}:\${{ inputs.tag }}`],
    ['ref', 'dev', 'branch: ${{ inputs.ref }}'],
    ['branch', 'feature/x', 'branch: ${{ inputs.branch }}'],
  ])('%s with %j is %s', (name, value, line) => expect(lineIn({ [name]: value })).toBe(`\`with: ${line}\``));

  test.each<[string, string]>([
    ['sha', 'other'],
    ['sha', 'abc123'],
    ['sha', 'ABC1234'],
    ['sha', 'a'.repeat(65)],
    ['sha', '-abc1234'],
    ['image', 'not a/reference'],
    ['image', 'nginx:1.2'],
    ['tag', '-x'],
    ['ref', 'refs/heads/dev'],
  ])('no input reads %s with %j', (name, value) =>
    expect(unread({ [name]: value })?.fields).toEqual([
      { name, value: JSON.stringify(value), line: undefined },
    ]),
  );

  test.each<[string, unknown]>([
    ['reason', 'abc1234'],
    ['shadow', 'abc1234'],
    ['x', 'a'.repeat(63)],
    ['images', 'v1'],
    ['sha', ''],
    ['sha', null],
    ['sha', true],
    ['sha', ['abc1234']],
    ['a b sha', 'abc1234'],
    ['sha}}', 'abc1234'],
    ['-sha', 'abc1234'],
    [`sha_${'x'.repeat(57)}`, 'abc1234'],
    ...['token', 'secret', 'password', 'passwd', 'key', 'auth', 'credential', 'credentials', 'signature'].map(
      (word): [string, unknown] => [`${word}_sha`, commit],
    ),
  ])('%s with %j is not shown', (name, value) => expect(unread({ [name]: value })).toBeUndefined());

  test('a name can have 60 characters', () =>
    expect(namesIn({ [`sha_${'x'.repeat(56)}`]: 'abc1234' })).toHaveLength(1));

  test('the words of a nested field are those of its whole path', () => {
    expect(unread({ image: { name: { x: 'v1' } } })?.fields[0]).toMatchObject({
      name: 'image.name.x',
      line: `\`with: image: ghcr.io/owner/repo:\${{ inputs.image.name.x }}\``,
    });
    expect(unread({ secret: { sha: commit } })).toBeUndefined();
  });
});

describe('a sender controls the payload', () => {
  test('four levels are read', () => {
    expect(namesIn({ a: { b: { c: { sha: 'abc1234' } } } })).toEqual(['a.b.c.sha']);
    expect(unread({ a: { b: { c: { d: { sha: 'abc1234' } } } } })).toBeUndefined();
  });

  test('200 values are read', () => {
    const others = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, 1]));
    expect(namesIn({ ...others(199), sha: 'abc1234' })).toEqual(['sha']);
    expect(unread({ ...others(200), sha: 'abc1234' })).toBeUndefined();
    expect(namesIn({ a: others(100), b: { ...others(99), sha: 'abc1234' } })).toEqual(['b.sha']);
    expect(unread({ a: others(100), b: { ...others(100), sha: 'abc1234' } })).toBeUndefined();
  });

  test('four fields are shown, first those that an input reads, and of these the commits', () => {
    const payload = { ref: 'refs/heads/x', tag: 'v1', sha: 'abc1234', version: 'v2', branch: 'dev' };
    const { fields, more } = unread(payload) ?? {};
    expect(fields?.map(({ name }) => name)).toEqual(['sha', 'tag', 'version', 'branch']);
    expect(more).toBe(1);
  });

  test('80 characters of a value are shown, as JSON of whole characters', () => {
    expect(unread({ tag: 'x'.repeat(80) })?.fields[0]?.value).toBe(`"${'x'.repeat(80)}"`);
    expect(unread({ tag: 'x'.repeat(81) })?.fields[0]?.value).toBe(`"${'x'.repeat(80)}…"`);
    expect(unread({ tag: '"\n' })?.fields[0]?.value).toBe('"\\"\\n"');
    expect(unread({ tag: `${'x'.repeat(79)}😀` })?.fields[0]?.value).toBe(`"${'x'.repeat(79)}\ufffd…"`);
  });
});

describe('a value that is deployed anyway', () => {
  test.each(['main', 'refs/heads/main', 'v1'])('%s is not shown', (ref) =>
    expect(unread({ ref }, { tag: 'v1' })).toBeUndefined(),
  );

  test.each([
    ['v1', 'app-v1-x'],
    ['feature/x', 'app-feature-x'],
    [commit, 'main-abc1234'],
  ])('%s is read if it is in the tag %s that the step names', (sha, tag) => {
    expect(unread({ sha }, { tag, isNamed: true })).toBeUndefined();
    expect(unread({ sha, version: 'other' }, { tag, isNamed: true })).toBeUndefined();
    expect(unread({ sha }, { tag })?.instead).toBe(`ghcr.io/owner/repo:${tag}`);
  });

  test('a short commit is not shortened further', () =>
    expect(unread({ sha: 'abc12345' }, { tag: 'main-abc1234', isNamed: true })?.fields).toHaveLength(1));
});

describe('the notice', () => {
  const field = { name: 'tag', value: '"v1"', line: '`with: image: x`' };
  const all = { from: 'inputs', fields: [field], more: 0, instead: 'ghcr.io/owner/repo:main' } as const;

  test('names each field, its value and the line', () => {
    const { words, fix } = unreadText(all);
    expect(words).toMatch(/: `tag` is "v1"\. The digest of ghcr\.io\/owner\/repo:main/);
    expect(words).not.toContain('client_payload');
    expect(fix).toContain(': `with: image: x`.');
  });

  test('counts the fields that are not shown', () => {
    const sha = { name: 'sha', value: '"y"', line: '`with: commit: y`' };
    const { words, fix } = unreadText({ ...all, from: 'client_payload', fields: [field, sha], more: 3 });
    expect(words).toMatch(/^`client_payload` .*: `tag` is "v1", `sha` is "y", and 3 more\./);
    expect(fix).toContain('`with: image: x` or `with: commit: y`.');
  });

  test('has no line if no input reads the value', () => {
    const { fix } = unreadText({ ...all, fields: [{ ...field, line: undefined }] });
    expect(fix).not.toMatch(/[`:]/);
  });
});
