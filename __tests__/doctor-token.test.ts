import { expect, test } from '@jest/globals';
import { checkFly } from '../src/doctor/fly.ts';
import { readToken } from '../src/doctor/token.ts';
import type { Answer } from '../src/lib/http.ts';
import type { Finding, FindingCode, Mark } from '../src/report/finding.ts';

// Made with superfly/macaroon v0.3.0 and a key of zeros, so they grant no access.
const made = {
  /** Organization 7, IfPresent(Apps 4242, FeatureSet builder and wg, else read), ValidityWindow until 1800000000. */
  deploy:
    'fm2_lJPEA2tpZMQQpzW1TcLSSEGFV1ly1TpCNMK1aHR0cHM6Ly9hcGkuZmx5LmlvL3YxlgCSBx8NkpQDkYHNEJIfBZGCp2J1aWxkZXIfondnHwEEks5pJIEAzmtJ0gDEIC86ZguQhYnx4GjOR/EnVwrSAFQwP1TyORc9Gnv1MG9t',
  /** Organization 7, until 1800000000. */
  org: 'fm2_lJPEA2tpZMQQODIvxGdRdKqSlwQadNWW/MK1aHR0cHM6Ly9hcGkuZmx5LmlvL3YxlACSBx8Eks5pJIEAzmtJ0gDEICQx457Ai9Cb94bRwEcslZZ1fHNj3IkFzJJupDq51ZXn',
  /** Apps 1 and 5000000000, no window. */
  top: 'fm2_lJPEA2tpZMQQKPYjiHcM0FJp/qEa7HYzH8K1aHR0cHM6Ly9hcGkuZmx5LmlvL3YxlACSBx8DkYIBH88AAAABKgXyAB/EIKNyu5ZSpNCVGO1UXDi+CZb7g7qJgXYwIOjV6bLcFchW',
  /** Apps 0, which is each of them. */
  all: 'fm2_lJPEA2tpZMQQeIZZeMwYDhIFULJcp7yl1cK1aHR0cHM6Ly9hcGkuZmx5LmlvL3YxlACSBx8DkYEAH8Qg+iphJ29BxM8H2nQXEsywvcPsIiQ3RwlwaKz1ZFSQbSA=',
  /** A third party's token, until 1790000000. */
  discharge:
    'fm2_lJPEA2tpZMQQTaVMZqvhzHQCLlazZz02bMK5aHR0cHM6Ly9hcGkuZmx5LmlvL2FhYS92MZIEks5pJIEAzmqxO4DEINhRSdQymfDxNVzqUjbmGtbNAd7SL3q8ewb1hEmFqWBG',
};
const until = 1_800_000_000_000;

test.each([
  ['one app’s deploy token', made.deploy, { kind: 'macaroon', expires: until, apps: [4242] }],
  ['an organization’s', made.org, { kind: 'macaroon', expires: until, apps: undefined }],
  ['one of two apps', made.top, { kind: 'macaroon', expires: undefined, apps: [1, 5_000_000_000] }],
  [
    'one of every app, by the ID for all apps',
    made.all,
    { kind: 'macaroon', expires: undefined, apps: undefined },
  ],
  [
    'one with a discharge that expires earlier',
    `${made.deploy},${made.discharge}`,
    { kind: 'macaroon', expires: 1_790_000_000_000, apps: [4242] },
  ],
  [
    'two, one of them without a limit',
    `${made.deploy}, ${made.org}`,
    { kind: 'macaroon', expires: until, apps: undefined },
  ],
  ['only a discharge', made.discharge, { kind: 'opaque', expires: undefined, apps: undefined }],
  ['a person’s login', 'fo1_abc', { kind: 'user', expires: undefined, apps: undefined }],
  ['a token of another form', 'test-token', { kind: 'opaque', expires: undefined, apps: undefined }],
  ['half a token', made.deploy.slice(0, 60), { kind: 'opaque', expires: undefined, apps: undefined }],
  ['no base64', 'fm2_%%%', { kind: 'opaque', expires: undefined, apps: undefined }],
  [
    'msgpack of something else',
    `fm2_${Buffer.from([0xc0]).toString('base64')}`,
    { kind: 'opaque', expires: undefined, apps: undefined },
  ],
])('%s', async (_name, token, facts) => expect(await readToken(token)).toEqual(facts));

/** The findings about a token to which Fly.io shows these apps, at a time. */
async function found(token: string, now: number, apps: string[] = ['test-battle']): Promise<Finding[]> {
  const sent: string[] = [];
  const { findings } = await checkFly(
    {
      base: 'https://api.machines.dev',
      graphqlBase: 'https://api.machines.dev',
      app: 'test-battle',
      token,
      http: async (url, { headers = {} }): Promise<Answer> => {
        sent.push(headers['authorization'] ?? '');
        const body = url.endsWith('/machines')
          ? []
          : url.includes('org_slug=acme')
            ? { apps: apps.map((name) => ({ name })) }
            : { name: 'test-battle', organization: { slug: 'acme' } };
        return { url, status: 200, headers: new Headers(), body: Buffer.from(JSON.stringify(body)) };
      },
    },
    now,
  );
  expect(new Set(sent).size).toBe(1);
  return findings.filter(({ area }) => area === 'Fly.io token');
}

const day = 24 * 60 * 60 * 1000;

/** Mark and code, and a fact that the text contains. */
type Expected = [Mark, FindingCode, fact?: string];

test.each<[string, string, number, Expected[]]>([
  [
    'a deploy token',
    made.deploy,
    until - 400 * day,
    [
      ['ok', 'token-of-one-app'],
      ['ok', 'token-expires-later', '2027-01-15'],
    ],
  ],
  [
    'one that expires soon',
    made.deploy,
    until - 3.5 * day,
    [
      ['ok', 'token-of-one-app'],
      ['warning', 'token-expires-soon', '2027-01-15, in 3 days'],
    ],
  ],
  [
    'an expired one',
    made.deploy,
    until + day,
    [
      ['ok', 'token-of-one-app'],
      ['bad', 'token-expired', '2027-01-15'],
    ],
  ],
  [
    'an organization’s',
    made.org,
    until - 400 * day,
    [
      ['warning', 'token-of-an-organization'],
      ['ok', 'token-expires-later'],
    ],
  ],
  [
    'one of two apps',
    made.top,
    until,
    [
      ['warning', 'token-of-several-apps', '2 apps'],
      ['ok', 'token-without-expiry'],
    ],
  ],
  [
    'a person’s',
    'fo1_abc',
    until,
    [
      ['warning', 'token-of-a-person'],
      ['skipped', 'token-expiry-unknown'],
    ],
  ],
  [
    'one without readable limits',
    'opaque',
    until,
    [
      ['skipped', 'token-scope-unknown'],
      ['skipped', 'token-expiry-unknown'],
    ],
  ],
])('reports the scope and the expiry of %s', async (_name, token, now, expected) => {
  const findings = await found(token, now);
  expect(findings.map(({ mark, code }) => [mark, code])).toEqual([
    ['ok', 'token-accepted'],
    ...expected.map(([mark, code]) => [mark, code]),
  ]);
  expect(findings[0]?.words).toContain('`test-battle`');
  for (const [n, [, , fact = '']] of expected.entries()) expect(findings[n + 1]?.words).toContain(fact);
  // The fix is this command.
  for (const { mark, fix } of findings)
    if (mark === 'bad' || mark === 'warning')
      expect(fix).toContain('fly tokens create deploy --app test-battle');
});

test('an opaque token that can see other apps has a wide scope', async () =>
  expect((await found('opaque', until, ['test-battle', 'a', 'b']))[1]).toMatchObject({
    mark: 'warning',
    code: 'token-sees-other-apps',
    words: expect.stringContaining('2 other apps'),
  }));
