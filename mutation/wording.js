/** The words of a string or template: its text without what is inserted. */
const textOf = ({ node }) =>
  node.type === 'StringLiteral'
    ? node.value
    : node.type === 'TemplateLiteral'
      ? node.quasis.map(({ value }) => value.cooked ?? '').join('')
      : '';

/** Is what a template inserts free of decisions, e.g. `${app.name}`? Only then can all of it be ignored. */
const isPlain = ({ node }) =>
  node.type === 'StringLiteral' ||
  node.expressions.every(({ type }) => type === 'Identifier' || type === 'MemberExpression');

// Texts with a space are sentences for people. Tests assert codes and facts, and `npm run messages` shows each sentence, so
// that another sentence is not a mutant worth a test. Words without a space (names, codes, media types) are mutated.
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'wording',
    value: {
      shouldIgnore: (path) =>
        /\s/.test(textOf(path)) && isPlain(path) ? 'only the wording of a message' : undefined,
    },
  },
];
