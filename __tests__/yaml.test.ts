import { describe, expect, test } from '@jest/globals';
import { mostCharacters, readYaml, Yaml } from '../src/lib/yaml.ts';

const read = async (text: string): Promise<Yaml> => {
  const root = await readYaml(text);
  if (!(root instanceof Yaml)) throw new Error(root.fault);
  return root;
};

describe('aliases', () => {
  test('have the value of the last anchor of that name before them', async () => {
    const root = await read('a: &x one\nb: *x\nc: &x\n  d: two\ne: *x\nf: &y [*x]\ng: *y\n');
    expect(root.get('b').text()).toBe('one');
    expect(root.get('e').get('d').text()).toBe('two');
    expect(root.get('g').items()[0]?.get('d').text()).toBe('two');
  });

  test('without an anchor, or of themselves, are a fault or empty', async () => {
    expect(await readYaml('a: *x\n')).toMatchObject({ line: 1 });
    const root = await readYaml('a: &x [*x]\n');
    expect(root instanceof Yaml ? root.get('a').items()[0]?.items().length : 0).toBeLessThanOrEqual(1);
  });

  test('more than a hundred are refused', async () => {
    const text = (count: number) => `a: &a b\nc:\n${'  - *a\n'.repeat(count)}`;
    expect((await read(text(100))).get('c').texts()).toEqual(Array(100).fill('b'));
    expect(await readYaml(text(101))).toEqual({ fault: 'it has more than 100 aliases', line: 103 });
  });
});

test('a duplicate key is a fault at its line', async () =>
  expect(await readYaml('a:\n  b: 1\n  c: 2\n  b: 3\n')).toMatchObject({ line: 4 }));

test('a file over the size limit is a fault', async () => {
  expect(await readYaml(' '.repeat(mostCharacters))).toBeInstanceOf(Yaml);
  expect(await readYaml(' '.repeat(mostCharacters + 1))).toMatchObject({ line: 1 });
});
