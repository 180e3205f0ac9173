import { expect, test } from '@jest/globals';
import { verdictOf } from '../scripts/audit/verdict.ts';

const refused = '{"message":"405 Method Not Allowed","error":{"summary":""}}';

test.each<[string, string, boolean, 0 | 1, RegExp]>([
  ['nothing known', '{"vulnerabilities":{}}', true, 0, /^0 known/],
  [
    'a vulnerability',
    '{"vulnerabilities":{"yaml":{"severity":"low","range":"<3"}}}',
    false,
    1,
    /^yaml <3: low\n1 known/,
  ],
  ['a registry without advisories', refused, false, 0, /^Not checked.*405/],
  ['a registry without advisories, if the check is required', refused, true, 1, /^Not checked/],
  ['no answer', '', false, 0, /^Not checked/],
  ['no answer, if the check is required', '', true, 1, /^Not checked/],
  ['an unexpected answer', 'null', true, 1, /^Not checked/],
])('%s', (_name, stdout, required, status, words) => {
  const verdict = verdictOf(stdout, required);
  expect([verdict.status, verdict.lines.join('\n')]).toEqual([status, expect.stringMatching(words)]);
});
