import { expect, test } from '@jest/globals';
import { readToken } from '../src/doctor/macaroon.ts';

// Made with superfly/macaroon v0.3.0 and a key of zeros: they open nothing.
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
  /** Another party's, until 1790000000. */
  discharge:
    'fm2_lJPEA2tpZMQQTaVMZqvhzHQCLlazZz02bMK5aHR0cHM6Ly9hcGkuZmx5LmlvL2FhYS92MZIEks5pJIEAzmqxO4DEINhRSdQymfDxNVzqUjbmGtbNAd7SL3q8ewb1hEmFqWBG',
};
const until = 1_800_000_000_000;

test.each([
  ['one app’s deploy token', made.deploy, { kind: 'macaroon', expires: until, apps: [4242] }],
  ['an organization’s', made.org, { kind: 'macaroon', expires: until, apps: undefined }],
  ['one of two apps', made.top, { kind: 'macaroon', expires: undefined, apps: [1, 5_000_000_000] }],
  [
    'one of every app by the id that stands for all',
    made.all,
    { kind: 'macaroon', expires: undefined, apps: undefined },
  ],
  [
    'one with a discharge that ends sooner',
    `${made.deploy},${made.discharge}`,
    { kind: 'macaroon', expires: 1_790_000_000_000, apps: [4242] },
  ],
  [
    'two, of which one has no limit',
    `${made.deploy}, ${made.org}`,
    { kind: 'macaroon', expires: until, apps: undefined },
  ],
  ['a discharge alone', made.discharge, { kind: 'opaque', expires: undefined, apps: undefined }],
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
