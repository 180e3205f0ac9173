import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../src/lib/user-error.ts';
import { formatReference, isDigest, isTag, parseReference, tagIn } from '../src/registry/reference.ts';
import { thrownBy } from './errors.ts';
import { digestOf } from './factories.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('parseReference', () => {
  test.each([
    ['ghcr.io/owner/repo', { host: 'ghcr.io', path: 'owner/repo' }],
    ['ghcr.io/owner/repo:main-abc1234', { host: 'ghcr.io', path: 'owner/repo', tag: 'main-abc1234' }],
    [`ghcr.io/owner/repo@${digest}`, { host: 'ghcr.io', path: 'owner/repo', digest }],
    [`ghcr.io/owner/repo:v1@${digest}`, { host: 'ghcr.io', path: 'owner/repo', tag: 'v1', digest }],
    ['localhost:5000/a/b:1', { host: 'localhost:5000', path: 'a/b', tag: '1' }],
    ['127.0.0.1:5000/owner/repo', { host: '127.0.0.1:5000', path: 'owner/repo' }],
    ['[::1]:5000/owner/repo:x', { host: '[::1]:5000', path: 'owner/repo', tag: 'x' }],
    ['localhost/repo', { host: 'localhost', path: 'repo' }],
    ['nginx', { host: 'docker.io', path: 'library/nginx' }],
    ['nginx:1.27', { host: 'docker.io', path: 'library/nginx', tag: '1.27' }],
    ['owner/repo', { host: 'docker.io', path: 'owner/repo' }],
    ['index.docker.io/owner/repo', { host: 'docker.io', path: 'owner/repo' }],
    ['registry.fly.io/app:deployment-01', { host: 'registry.fly.io', path: 'app', tag: 'deployment-01' }],
    ['ghcr.io/a/b/c__d.e-f', { host: 'ghcr.io', path: 'a/b/c__d.e-f' }],
    ['GHCR.IO/owner/repo', { host: 'ghcr.io', path: 'owner/repo' }],
  ])('%s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  test('makes the repository lower-case with a notice, and leaves the tag unchanged', () => {
    expect(parseReference('ghcr.io/Owner/Repo:Main')).toEqual({
      host: 'ghcr.io',
      path: 'owner/repo',
      tag: 'Main',
      loweredFrom: 'ghcr.io/Owner/Repo:Main',
    });
  });

  test.each([
    [''],
    ['ghcr.io/'],
    ['ghcr.io/owner/'],
    ['ghcr.io//repo'],
    ['ghcr.io/owner/repo:'],
    ['ghcr.io/owner/repo:-x'],
    [`ghcr.io/owner/repo:${'a'.repeat(129)}`],
    ['ghcr.io/owner/repo@'],
    ['ghcr.io/owner/repo@null'],
    ['ghcr.io/owner/repo@sha256:abc'],
    ['ghcr.io/owner/repo@sha512:abc'],
    ['ghcr.io/-owner/repo'],
    ['ghcr.io/owner/repo name'],
    ['ghcr.io/owner/repo\n::error::x'],
    ['--app=other'],
    ['https://ghcr.io/owner/repo'],
    ['-evil.io/owner/repo'],
    [`ghcr.io/${'a'.repeat(300)}`],
  ])('refuses %j and describes a valid reference', (text) => {
    const { code, found, expected } = thrownBy(() => parseReference(text));
    expect(code).toBe('reference-invalid');
    expect(found).toContain(`"${text}"`);
    expect(expected).toContain('[host/]owner/name');
  });

  test('a reference that is read, written and read again is the same', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,5})?$/);
    const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/), { nil: undefined });
    const hash = fc.option(
      fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.constantFrom('ghcr.io', 'localhost:5000', '[::1]:1', 'docker.io'),
        fc.array(part, { minLength: 2, maxLength: 4 }),
        tag,
        hash,
        (host, parts, tag, digest) => {
          const reference = { host, path: parts.join('/'), ...(tag && { tag }), ...(digest && { digest }) };
          expect(parseReference(formatReference(reference))).toEqual(reference);
        },
      ),
    );
  });

  test('rejects exactly what the grammar of distribution/reference rejects', () => {
    // The grammar in reference.go, for a canonical name: domain with a dot, a port or localhost, then path, tag, digest.
    const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
    const domain = `(?:(?:${label}\\.)+${label}(?::[0-9]+)?|${label}(?:\\.${label})*:[0-9]+|localhost(?::[0-9]+)?)`;
    const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
    const grammar = new RegExp(
      // The text before the first slash is a host if it contains a dot or a colon (normalize.go, splitDockerDomain).
      `^(?:${domain}/|(?![^/]*[.:][^/]*/))${component}(?:/${component})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
    );
    const piece = fc.constantFrom(
      ...['a', 'b1', 'A', '.', '-', '_', '__', '--', '/', ':', '@', 'ghcr.io', 'localhost', '5000', ' ', 'é'],
      digest,
      'sha256:abc',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        let accepted = true;
        try {
          // The grammar refuses upper-case letters in a path. The action makes them lower-case with a notice.
          accepted = parseReference(text).loweredFrom === undefined;
        } catch {
          accepted = false;
        }
        expect([text, accepted]).toEqual([text, grammar.test(text)]);
      }),
      { numRuns: 5000 },
    );
  });

  test('no text gives a reference that begins with a hyphen or contains white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        let made: string;
        try {
          made = formatReference(parseReference(text));
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          return;
        }
        expect(made).toMatch(/^[a-z0-9[][\x21-\x7e]*$/);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['main-abc1234', true],
  ['_x', true],
  ['.x', false],
  ['-x', false],
  ['', false],
  ['a/b', false],
  ['é', false],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
])('isTag(%j) is %s', (text, expected) => expect(isTag(text)).toBe(expected));

test.each([
  [digest, true],
  [digest.toUpperCase(), false],
  ['null', false],
  [`${digest}\n`, false],
])('isDigest(%j) is %s', (text, expected) => expect(isDigest(text)).toBe(expected));

test.each([
  ['ghcr.io/o/r:main-abc1234', 'main-abc1234'],
  [`ghcr.io/o/r:main@${digestOf('a')}`, 'main'],
  [`127.0.0.1:5000/o/r@${digestOf('a')}`, ''],
  ['127.0.0.1:5000/o/r', ''],
  ['', ''],
])('the tag of %s is %j', (reference, tag) => expect(tagIn(reference)).toBe(tag));
