import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mostPlacements, type PlacedImage, placementsOf, readPlacements } from '../src/record/placements.ts';
import { recordOf } from '../src/record/write.ts';
import { thrownBy } from './errors.ts';
import { digestOf } from './factories.ts';

const image = { image: 'ghcr.io/owner/repo', digest: digestOf('a') };
const at = (group: string, region: string, excluded = false) => ({ group, region, excluded });
const places = (machines: ReturnType<typeof at>[], hide = (text: string) => text) =>
  placementsOf(machines, () => image, hide).list.map(({ group, region }) => `${group}/${region}`);

describe('placements', () => {
  test.each<[string, ReturnType<typeof at>[], string[]]>([
    ['no machine', [], []],
    ['one place of several machines', [at('app', 'fra'), at('app', 'fra')], ['app/fra']],
    [
      'each group in each of its regions, sorted',
      [at('worker', 'fra'), at('app', 'sin'), at('app', 'fra')],
      ['app/fra', 'app/sin', 'worker/fra'],
    ],
    [
      'not of machines that the deploy does not manage',
      [at('app', 'fra'), at('app', 'sin', true)],
      ['app/fra'],
    ],
    ['an unknown region', [at('app', '?')], ['app/']],
    [
      'texts with line breaks and control characters',
      [at('a\n::error::b', 'f\u0000r')],
      ['a ::error::b/f r'],
    ],
    ['groups that look the same are one', [at('a\u200b', 'fra'), at('a', 'fra')], ['a/fra']],
    // A separator of texts is not one of places.
    ['groups and regions that are the same together', [at('a b', 'c'), at('a', 'b c')], ['a/b c', 'a b/c']],
    ['a group that is too long', [at('x'.repeat(300), 'fra')], [`${'x'.repeat(192)}/fra`]],
  ])('%s', (_what, machines, expected) => expect(places(machines)).toEqual(expected));

  test('contain no secret', () =>
    expect(places([at('the-token', 'fra')], (text) => text.replace('the-token', '***'))).toEqual([
      '***/fra',
    ]));

  test('have the image of their process group', () => {
    const images: Record<string, PlacedImage> = { app: image, worker: { ...image, digest: digestOf('b') } };
    const { list } = placementsOf(
      [at('worker', 'fra'), at('app', 'fra')],
      (group) => images[group] ?? image,
      (t) => t,
    );
    expect(list.map(({ group, digest }) => [group, digest])).toEqual([
      ['app', digestOf('a')],
      ['worker', digestOf('b')],
    ]);
  });

  test('are no more than GitHub should be asked for', () => {
    const machines = Array.from({ length: mostPlacements + 5 }, (_, n) => at(`g${n}`, 'fra'));
    const { list, omitted } = placementsOf(
      machines,
      () => image,
      (text) => text,
    );
    expect([list.length, omitted]).toEqual([mostPlacements, 5]);
  });

  const hostile = [
    '',
    '?',
    'a\nb',
    '::error::x',
    '${{ x }}',
    '\ud800',
    'é'.repeat(300),
    '__proto__',
    'a\u202eb',
  ];
  const texts = fc.oneof(
    fc.constantFrom('app', 'worker', 'fra', 'sin', ...hostile),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const machines = fc.array(fc.record({ group: texts, region: texts, excluded: fc.boolean() }), {
    maxLength: 60,
  });

  test('are unique and cover each managed machine, whatever Fly.io names its groups and regions', () =>
    fc.assert(
      fc.property(machines, (given) => {
        const { list, omitted } = placementsOf(
          given,
          () => image,
          (text) => text,
        );
        const managed = given.filter(({ excluded }) => !excluded);
        const groups = new Set(managed.map(({ group }) => group)).size;
        const regions = new Set(managed.map(({ region }) => region)).size;
        expect(list.length + omitted).toBeLessThanOrEqual(groups * regions);
        expect(list.length > 0).toBe(managed.length > 0);
        const names = list.map((each) => recordOf({ ...each, app: 'x'.repeat(63) }, 'production', 'o/r'));
        const keys = names.map((each) => JSON.stringify([each.deployment_name, each.physical_environment]));
        expect(new Set(keys).size).toBe(keys.length);
        for (const { deployment_name, physical_environment = 'x' } of names) {
          expect(deployment_name).toMatch(/^x{63}(?:-.+)?$/);
          expect(deployment_name.length).toBeLessThanOrEqual(256);
          expect(physical_environment.length).toBeLessThanOrEqual(128);
          for (const text of [deployment_name, physical_environment]) {
            expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/);
            expect([text.isWellFormed(), text.trim() !== '']).toEqual([true, true]);
          }
        }
        // Each machine is at one of the places: alone, it has the same place.
        for (const machine of managed)
          for (const one of placementsOf(
            [machine],
            () => image,
            (text) => text,
          ).list)
            if (omitted === 0) expect(list).toContainEqual(one);
        // Another step reads the same.
        expect(readPlacements(JSON.stringify(list), 'app')).toEqual(list);
      }),
    ));
});

describe('the output of another step', () => {
  test.each<[string, string, string]>([
    ['is not JSON', '[', 'json-invalid'],
    ['is not a list', '{}', 'field-invalid'],
    ['breaks out of its field', '[]},{"x":[', 'json-invalid'],
    ['has an image with other characters', JSON.stringify([{ ...image, image: 'a b' }]), 'field-invalid'],
    ['has no image', '[{}]', 'field-invalid'],
    [
      'has an image that is too long',
      JSON.stringify([{ ...image, image: 'x'.repeat(257) }]),
      'field-invalid',
    ],
    ['has another digest', JSON.stringify([{ ...image, digest: 'sha512:x' }]), 'field-invalid'],
  ])('%s: refused', (_what, text, code) =>
    expect(thrownBy(() => readPlacements(text, 'app-a')).code).toBe(code),
  );

  test('is cleaned again, and cut to what a step writes', () => {
    const hostile = { ...image, group: `a\n${'x'.repeat(300)}`, region: 5, extra: true };
    const list = readPlacements(JSON.stringify(Array(500).fill(hostile)), 'app-a');
    expect(list).toHaveLength(mostPlacements);
    expect(list[0]).toEqual({ ...image, group: `a ${'x'.repeat(190)}`, region: '' });
    expect(readPlacements('', 'app-a')).toEqual([]);
  });
});

test('a record has the name of the repository without its owner, and no region if it is unknown', () => {
  const placed = { ...image, app: 'test-battle', group: 'app', region: '' };
  expect(recordOf(placed, 'production', 'Owner/re.po')).toEqual({
    name: 'ghcr.io/owner/repo',
    digest: digestOf('a'),
    status: 'deployed',
    logical_environment: 'production',
    cluster: 'fly.io',
    deployment_name: 'test-battle-app',
    github_repository: 're.po',
  });
  expect(recordOf({ ...placed, group: '' }, 'production', 'o/r').deployment_name).toBe('test-battle');
});
