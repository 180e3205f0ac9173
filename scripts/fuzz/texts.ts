import fc from 'fast-check';

/** Difficult pieces for parsers: brackets, quotes, escapes, breaks, bidi characters, half a surrogate, inherited names. */
const odd = [
  ...[
    '"',
    "'",
    '\\',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u2028',
    '\u202e',
    '\ud800',
    '\ufeff',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
  ],
  ...[
    '=',
    '#',
    '-',
    '--',
    '/',
    '..',
    '@',
    '*',
    '${{ x }}',
    '::error::',
    '<',
    '>',
    '&',
    '`',
    '%',
    '0',
    '-1',
    '1e999',
  ],
  ...['__proto__', 'constructor', 'null', 'true', 'é', '中', '😀'],
];

type Change = readonly [at: number, length: number, text: string, times: number];

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.oneof(fc.constant(0), fc.nat(12)),
  fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 6 }), fc.constant('')),
  fc.oneof({ weight: 8, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(400) }),
);

/** Almost valid texts: one of these with some characters removed and others inserted. */
export const nearly = (...seeds: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 6 })).map(([seed, changes]) =>
    changes.reduce((text, [at, length, put, times]) => {
      const n = Math.floor(at * text.length);
      return text.slice(0, n) + put.repeat(times) + text.slice(n + length);
    }, seed),
  );

/** Any JSON, with difficult strings. */
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(...odd, '', null, true, 0, -1, 1.5, [], {}, [null], [[]]),
);

/** Almost valid JSON: one of these with some values replaced or removed. */
export const nearlyJson = (...seeds: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(200), fc.oneof(anyJson, fc.constant(undefined))), { maxLength: 5 }),
    )
    .map(([seed, changes]) =>
      changes.reduce<unknown>((value, [n, put]) => replaced(value, { n }, put), structuredClone(seed)),
    );

/** The value with its n-th part replaced. Counting starts at the root and wraps around. */
function replaced(value: unknown, counter: { n: number }, put: unknown): unknown {
  if (counter.n-- === 0) return put;
  if (Array.isArray(value)) return value.map((each) => (counter.n < 0 ? each : replaced(each, counter, put)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, counter.n < 0 ? each : replaced(each, counter, put)]),
  );
}
