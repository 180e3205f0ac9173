import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { challengeOf, parseChallenges } from '../src/registry/challenge.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);

test.each([
  [
    'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    [['bearer', { realm: 'https://ghcr.io/token', service: 'ghcr.io', scope: 'repository:user/image:pull' }]],
  ],
  ['Basic realm="Registry, with a comma"', [['basic', { realm: 'Registry, with a comma' }]]],
  [
    'Basic realm="a", Bearer realm="https://r/t", service=plain',
    [
      ['basic', { realm: 'a' }],
      ['bearer', { realm: 'https://r/t', service: 'plain' }],
    ],
  ],
  ['Bearer realm="say \\"hi\\" \\\\"', [['bearer', { realm: 'say "hi" \\' }]]],
  ['bearer REALM="x"', [['bearer', { realm: 'x' }]]],
  ['Bearer realm = "x" , service = "y"', [['bearer', { realm: 'x', service: 'y' }]]],
  [
    'Negotiate dG9rZW4=, Basic realm="x"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
    ],
  ],
  ['Negotiate', [['negotiate', {}]]],
  ['Negotiate  dG9rZW4', [['negotiate', {}]]],
  [' , Bearer realm=x', [['bearer', { realm: 'x' }]]],
  ['Bearer realm="x", service=, scope="y"', [['bearer', { realm: 'x' }]]],
  ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
  ['Bearer realm="never ends', [['bearer', {}]]],
  ['', []],
  ['=', []],
])('%s', (header, expected) => expect(read(header)).toEqual(expected));

test('reads any header to its end, and no parameter name or scheme contains a separator', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (header) => {
      for (const { scheme, params } of parseChallenges(header)) {
        for (const name of [scheme, ...params.keys()]) expect(name).toMatch(/^[^\s",=]+$/);
      }
    }),
    { numRuns: 1000 },
  );
});

test('parameters quoted by the grammar are read unchanged', () => {
  const value = fc.stringMatching(/^[\x20-\x7e]{0,30}$/);
  fc.assert(
    fc.property(value, value, (realm, service) => {
      const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
      expect(read(`Bearer realm=${quote(realm)}, service=${quote(service)}`)).toEqual([
        ['bearer', { realm, service }],
      ]);
    }),
  );
});

test.each([
  ['Basic realm="a", Bearer realm="b"', 'bearer', 'b'],
  ['Negotiate, Basic realm="a"', 'basic', 'a'],
  ['Negotiate', undefined, undefined],
  [undefined, undefined, undefined],
])('the challenge to answer of %s is %s', (header, scheme, realm) => {
  const challenge = challengeOf(new Headers(header === undefined ? {} : { 'www-authenticate': header }));
  expect([challenge?.scheme, challenge?.params.get('realm')]).toEqual([scheme, realm]);
});
