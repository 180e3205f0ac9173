import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { checks } from '../src/fleet/checks.ts';
import { deploys } from '../src/fleet/deploys.ts';
import { type FleetInputs, ownKeys, readFleet } from '../src/fleet/list.ts';
import { type Ending, type Result, readResult } from '../src/fleet/result.ts';
import { fleetSummary } from '../src/fleet/table.ts';
import { UserError } from '../src/lib/user-error.ts';
import { drifts } from '../src/verify/drift.ts';
import { thrownBy } from './errors.ts';

const read = (inputs: Partial<FleetInputs>) =>
  readFleet({ app: '', apps: '', first: '', defaults: '{}', ...inputs });

describe('the list of apps', () => {
  test('one app is a list of one', () => {
    const { first, rest } = read({ app: 'app-a', defaults: '{"config":"fly.toml","rollback":true}' });
    expect(first).toEqual([]);
    expect(rest).toEqual([
      {
        app: 'app-a',
        config: 'fly.toml',
        environment: '',
        flags: '',
        'health-url': '',
        'health-status': '',
        'health-body': '',
        'health-timeout': '',
        'verify-command': '',
        'settle-time': '',
        rollback: 'true',
      },
    ]);
  });

  test('values of an app override the defaults, even if they are empty', () => {
    const { rest } = read({
      apps: '["app-a",{"app":"app-b","environment":"eu","health-url":"","rollback":false,"health-status":204}]',
      defaults: '{"environment":"production","health-url":"/up","rollback":true,"FLY":"no key of an app"}',
    });
    expect(rest.map(({ environment }) => environment)).toEqual(['production', 'eu']);
    expect(rest.map((each) => each['health-url'])).toEqual(['/up', '']);
    expect(rest.map(({ rollback }) => rollback)).toEqual(['true', 'false']);
    expect(rest[1]?.['health-status']).toBe('204');
    for (const each of rest) expect(Object.keys(each)).toEqual(['app', ...ownKeys]);
  });

  test('the apps of `first` are deployed first, in the order of the list', () => {
    const { first, rest } = read({ apps: '["a","b","c","d"]', first: 'd, b' });
    expect([first, rest].map((part) => part.map(({ app }) => app))).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
  });

  test.each<[string, Partial<FleetInputs>, string[]]>([
    ['nothing', {}, ['`app`', '`apps`']],
    ['both', { app: 'a', apps: '["b"]' }, ['`app`', '`apps`']],
    ['no JSON', { apps: 'app-a, app-b' }, ['`apps`']],
    ['no list', { apps: '{"app":"a"}' }, ['`apps`', '{"app":"a"}']],
    ['an empty list', { apps: '[]' }, ['`apps`']],
    ['a number', { apps: '[1]' }, ['`apps`, entry 1,', '1']],
    ['null', { apps: '[null]' }, ['`apps`, entry 1,', 'null']],
    ['a nested list', { apps: '["a",["b"]]' }, ['`apps`, entry 2,', '["b"]']],
    ['an app without a name', { apps: '[{"config":"fly.toml"}]' }, ['`apps`, entry 1,', '`app`']],
    ['an invalid name', { apps: '["App A"]' }, ['`apps`, entry 1,', '"App A"', '63']],
    ['a name with a command', { app: 'a\n::error::x' }, [String.raw`"a\n::error::x"`]],
    [
      'an unknown key',
      { apps: '[{"app":"a","health_url":"/"}]' },
      ['entry 1, a,', '"health_url"', ownKeys.join(', ')],
    ],
    ['a key that only the workflow has', { apps: '[{"app":"a","image":"x"}]' }, ['entry 1, a,', '"image"']],
    ['an invalid value', { apps: '[{"app":"a","flags":["-x"]}]' }, ['entry 1, a,', '`flags`', '["-x"]']],
    ['the same app twice', { apps: '["a",{"app":"a"}]' }, ['`apps`', ' a ']],
    ['a `first` that is not in the list', { apps: '["a"]', first: 'b' }, ['`first`', '"b"', '`apps`']],
    ['invalid defaults', { app: 'a', defaults: '[]' }, ['`defaults`', '[]', 'toJSON(inputs)']],
    ['inherited names', { apps: '[{"app":"a","__proto__":{"config":"x"}}]' }, ['"__proto__"']],
    ['too many', { apps: JSON.stringify(Array.from({ length: 257 }, (_, n) => `a${n}`)) }, ['257', '256']],
  ])('%s is an error with its three parts', (_name, inputs, facts) => {
    const error = thrownBy(() => read(inputs));
    expect(error.code).toBe('fleet-list-invalid');
    for (const part of [error.found, error.expected, error.fix]) expect(part).toMatch(/\S/);
    for (const fact of facts) expect(error.message).toContain(fact);
  });

  test('accepts 256 apps and one of `first`, and reports all faults at once', () => {
    const apps = JSON.stringify(Array.from({ length: 257 }, (_, n) => `a${n}`));
    expect(read({ apps, first: 'a0' }).rest).toHaveLength(256);
    const error = thrownBy(() => read({ apps: '["A","a","a",{"app":"b","x":1}]', first: 'z' }));
    expect(error.code).toBe('several-problems');
    expect(error.codes).toEqual(Array.from({ length: 4 }, () => 'fleet-list-invalid'));
    for (const fact of ['"A"', ' a ', '"x"', '"z"']) expect(error.message).toContain(fact);
  });

  test('any JSON is either a list of complete apps or a fault', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (apps, first) => {
        try {
          const fleet = read({ apps, first });
          for (const { app } of [...fleet.first, ...fleet.rest]) expect(app).toMatch(/^[a-z0-9-]{1,63}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe('a result', () => {
  const file = (outcome: string, outputs: Record<string, string>) =>
    readResult(JSON.stringify({ app: 'a', attempt: '1', outcome, outputs }), 'a.json');

  test.each<[string, Record<string, string>, Ending]>([
    ['success', { verified: 'true', deployed: 'true' }, 'verified'],
    ['success', { verified: 'false', deployed: 'true' }, 'not-verified'],
    ['success', { skipped: 'outdated', verified: 'false' }, 'skipped'],
    ['failure', { 'rolled-back': 'true', verified: 'false' }, 'rolled-back'],
    // A failed step is not verified, whatever it wrote before.
    ['failure', { verified: 'true' }, 'failed'],
    ['cancelled', { verified: 'true' }, 'cancelled'],
    ['skipped', {}, 'missing'],
    ['neutral', {}, 'failed'],
  ])('%s with %j is %s', (outcome, outputs, ending) => {
    expect(file(outcome, outputs).ending).toBe(ending);
  });

  test('does not count machines that the deploy left out', () => {
    const machines = [
      { 'runs-image': true },
      { 'runs-image': false },
      { 'runs-image': false, excluded: true },
    ];
    expect(file('failure', { machines: JSON.stringify(machines) }).machines).toEqual({
      all: 2,
      right: 1,
      others: new Map([['', 1]]),
      omitted: 0,
    });
    expect(file('failure', { machines: '[]' }).machines).toBeUndefined();
    expect(thrownBy(() => file('failure', { machines: '[' })).code).toBe('json-invalid');
  });
});

test.each([
  ['deploys', deploys],
  ['checks', checks],
])('the summary of any results of %s is one heading, at most one line and one table', (_name, kind) => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('<script>', '|', '](x)', '`', '\n# x', '![i](u)', 'https://a b)', '|~ ~', '|*b*|'),
  );
  const results = fc.array(
    fc.record({
      app: texts,
      ending: fc.constantFrom<Ending>(
        'verified',
        'not-verified',
        'skipped',
        'failed',
        'missing',
        'cancelled',
      ),
      file: texts,
      isReport: fc.boolean(),
      attempt: fc.constant(1),
      why: fc.constantFrom('', 'it is of another image'),
      skipped: texts,
      image: texts,
      tag: texts,
      drift: fc.constantFrom(undefined, ...drifts),
      digest: texts,
      previousDigest: texts,
      state: texts,
      headline: texts,
      releaseVersion: texts,
      url: texts.map((text) => `https://${text}`),
      placements: texts,
      machines: fc.option(
        fc.record({
          all: fc.nat(),
          right: fc.nat(),
          others: fc.array(fc.tuple(texts, fc.nat()), { maxLength: 5 }).map((list) => new Map(list)),
          omitted: fc.nat(),
        }),
        { nil: undefined },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(texts, results, (image, list) => {
      const html = marked.parse(fleetSummary(kind, image, [], list satisfies Result[])) as string;
      const tags = [...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag);
      expect(new Set(tags)).toEqual(
        new Set([
          ...tags.filter((tag) => ['p', 'code', 'a'].includes(tag ?? '')),
          'h2',
          'table',
          'thead',
          'tbody',
          'tr',
          'th',
          'td',
        ]),
      );
      expect(tags.filter((tag) => tag === 'td')).toHaveLength(7 * list.length);
      expect(tags.filter((tag) => tag === 'h2')).toHaveLength(1);
    }),
    { numRuns: 1000 },
  );
});
