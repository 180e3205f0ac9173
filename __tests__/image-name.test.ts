import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readImage } from '../src/inputs/image-name.ts';
import { UserError } from '../src/lib/user-error.ts';
import { thrownBy } from './errors.ts';
import { digestOf, nothingThere } from './factories.ts';

const source = (image: string) => ({
  input: () => image,
  env: { GITHUB_REPOSITORY: 'Owner/Repo' },
  readFile: () => undefined,
  lookUpProgram: nothingThere,
});
const read = (image: string) => readImage(source(image));
const digest = digestOf('a');

/** The values of the printed `with: image:` lines. */
const linesOf = ({ fix }: UserError): string[] =>
  [...fix.matchAll(/`with: image: ([^`]+)`/g)].map(([, value = '']) => value);

describe('an image', () => {
  test.each(['', '   ', '\n'])('that is %j is the repository’s default image', (text) =>
    expect(read(text)).toMatchObject({ host: 'ghcr.io', path: 'owner/repo', isEmpty: true }),
  );

  test.each([
    [':main', 'ghcr.io/owner/repo:main'],
    [`@${digest}`, `ghcr.io/owner/repo@${digest}`],
    ['/acme/shop', 'ghcr.io/acme/shop'],
    ['/acme/shop:v1', 'ghcr.io/acme/shop:v1'],
    ['/shop', 'ghcr.io/owner/shop'],
    ['ghcr.io/acme/shop:', 'ghcr.io/acme/shop'],
    ['ghcr.io/acme/shop@', 'ghcr.io/acme/shop'],
    ['ghcr.io/acme/shop:@', 'ghcr.io/acme/shop'],
    [`ghcr.io/acme/shop:@${digest}`, `ghcr.io/acme/shop@${digest}`],
    ['ghcr.io//shop:v1', 'ghcr.io/owner/shop:v1'],
    ['ghcr.io/:v1', 'ghcr.io/owner/repo:v1'],
    ['ghcr.io/acme/', 'ghcr.io/acme/repo'],
    // `{{branch}}` of docker/metadata-action is empty for a tag.
    ['ghcr.io/acme/shop:-abc1234', 'ghcr.io/acme/shop'],
  ])('with an empty part, %s, is %s', (text, fixed) => {
    const error = thrownBy(() => read(text));
    expect(error.code).toBe('image-part-empty');
    expect(linesOf(error)).toEqual([fixed]);
  });

  test.each([
    ['repo:feature/x', 'docker.io/library/repo:feature-x'],
    ['ghcr.io/acme/shop:feature/x', 'ghcr.io/acme/shop:feature-x'],
    ['127.0.0.1:5000/acme/shop:dependabot/npm/a@b', undefined],
    ['127.0.0.1:5000/acme/shop:dependabot/npm/a-1.2', '127.0.0.1:5000/acme/shop:dependabot-npm-a-1.2'],
    ['ghcr.io/acme/shop:v1.0+build.5', 'ghcr.io/acme/shop:v1.0-build.5'],
    [`ghcr.io/acme/shop:feature/x@${digest}`, `ghcr.io/acme/shop:feature-x@${digest}`],
    [`ghcr.io/acme/shop:${'x/'.repeat(100)}`, undefined],
  ])('with an invalid tag, %s, is %s', (text, fixed) => {
    const error = thrownBy(() => read(text));
    if (fixed === undefined) return;
    expect(error.code).toBe('image-tag-invalid');
    expect(linesOf(error)).toEqual([fixed]);
  });

  test.each([
    ['lines', 'ghcr.io/acme/shop:main\nghcr.io/acme/shop:main-abc1234\nghcr.io/acme/shop:latest'],
    ['commas', 'ghcr.io/acme/shop:main,ghcr.io/acme/shop:main-abc1234'],
    ['spaces', 'ghcr.io/acme/shop:main  ghcr.io/acme/shop:main-abc1234'],
    ['JSON', '["ghcr.io/acme/shop:main", "ghcr.io/acme/shop:main-abc1234"]'],
  ])('of several in %s is the commit’s own tag, or the repository', (_name, text) => {
    const error = thrownBy(() => read(text));
    expect(error.code).toBe('image-several');
    expect(linesOf(error)).toEqual(['ghcr.io/acme/shop:main-abc1234', 'ghcr.io/acme/shop']);
    for (const part of ['"ghcr.io/acme/shop:main"', '"ghcr.io/acme/shop:main-abc1234"'])
      expect(error.found).toContain(part);
  });

  test('of several repositories is the first that names an image', () => {
    const error = thrownBy(() => read('acme/shop ghcr.io/acme/shop:v1'));
    expect(linesOf(error)).toEqual(['ghcr.io/acme/shop:v1']);
  });

  test('shows only the start of a long list', () => {
    const { found } = thrownBy(() =>
      read(Array.from({ length: 500 }, (_, n) => `acme/${'x'.repeat(900)}:${n}`).join('\n')),
    );
    expect(found.split('\n')).toHaveLength(12);
    expect(found.length).toBeLessThan(3000);
  });

  test.each([
    ['https://ghcr.io/acme/shop:v1', 'ghcr.io/acme/shop:v1'],
    ['https://ghcr.io/acme/shop', 'ghcr.io/acme/shop'],
    ['"ghcr.io/acme/shop:v1"', 'ghcr.io/acme/shop:v1'],
    ['["ghcr.io/acme/shop:v1"]', 'ghcr.io/acme/shop:v1'],
    ['ghcr.io/acme/shop:v1@sha256:abc', 'ghcr.io/acme/shop:v1'],
  ])('that is %s is printed legibly', (text, fixed) => {
    const error = thrownBy(() => read(text));
    expect([error.code, ...linesOf(error)]).toEqual(['reference-invalid', fixed]);
  });

  test('from any text is valid, or the lines that its error prints are', () => {
    const piece = fc.constantFrom(
      'ghcr.io',
      '/',
      ':',
      '@',
      'acme',
      'main',
      digest,
      '-',
      '.',
      ' ',
      ',',
      '\n',
      'x/y',
      '+',
      '::',
      '5000',
      '"',
      '[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        try {
          read(text);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const lines = linesOf(error);
          expect(lines.length).toBeGreaterThan(0);
          for (const line of lines) expect(read(line).path).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
