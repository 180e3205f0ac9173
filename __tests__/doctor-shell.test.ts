import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deployCommands } from '../src/doctor/deploy-commands.ts';
import { commandsOf } from '../src/doctor/shell.ts';

test.each<[string, string]>([
  ['alone', 'flyctl deploy'],
  ['by its short name, with more spaces', 'fly   deploy'],
  ['by its path', '~/.fly/bin/flyctl deploy'],
  ['in quotes', '"flyctl" \'deploy\''],
  ['behind a flag with a value', 'flyctl -a x deploy'],
  ['behind a flag without', 'flyctl --verbose deploy --app=x'],
  ['across lines', 'flyctl \\\n  deploy \\\n  --image x:main'],
  ['across lines of Windows', 'flyctl \\\r\n  deploy\r\n'],
  ['in a script of many lines', 'set -e\necho go\nflyctl deploy --now\necho done'],
  ['behind &&', 'cd x && fly deploy'],
  ['behind a pipe', 'yes | fly deploy'],
  ['behind a semicolon', 'echo x; fly deploy'],
  ['in a condition', 'if ! flyctl deploy; then exit 1; fi'],
  ['behind then', 'if true; then flyctl deploy; fi'],
  ['in braces', '{ flyctl deploy; }'],
  ['in a subshell', '(flyctl deploy)'],
  ['in a substitution', 'URL=$(flyctl deploy)'],
  ['behind variables', 'FLY_API_TOKEN=${{ secrets.FLY_API_TOKEN }} flyctl deploy'],
  ['behind a variable with spaces', 'A="b c" flyctl deploy'],
  ['behind sudo and timeout', 'sudo -E timeout 10m flyctl deploy'],
  ['behind a heredoc', 'cat <<EOF > x\nfly status\nEOF\nflyctl deploy'],
  ['behind a comment', '# deploys\nflyctl deploy # now'],
  [
    'behind an expression with quotes',
    "echo ${{ github.event_name == 'push' && 'a' || 'b' }}\nflyctl deploy",
  ],
])('a deploy %s is found', (_name, script) => expect(deployCommands(script)).toHaveLength(1));

test.each<[string, string]>([
  ['a comment', '# flyctl deploy'],
  ['a comment behind a command', 'echo x # flyctl deploy'],
  ['a text', 'echo "flyctl deploy"'],
  ['a text in single quotes', "echo 'x; flyctl deploy'"],
  ['a text of many lines', 'echo "\nflyctl deploy\n"'],
  ['words of another command', 'echo flyctl deploy'],
  ['a heredoc', "cat <<-'EOF'\n\tflyctl deploy\n\tEOF\n"],
  ['a heredoc without an end', 'cat <<EOF\nflyctl deploy'],
  ['another command', 'flyctl status; flyctl apps list'],
  ['a name that only begins so', 'flyctl-deploy; fly deploy-x; butterfly deploy'],
  ['an image that is only built', 'flyctl deploy --build-only'],
  ['help', 'flyctl deploy --help'],
  ['nothing', ''],
])('%s is not a deploy', (_name, script) => expect(deployCommands(script)).toEqual([]));

test('a deploy has its app and its config', () => {
  const [plain] = deployCommands('flyctl deploy');
  expect(plain).toMatchObject({ app: undefined, config: 'fly.toml' });
  expect(deployCommands('fly -a x deploy -c a/fly.toml')).toMatchObject([{ app: 'x', config: 'a/fly.toml' }]);
  expect(deployCommands('cd api\nFLY_APP=x fly deploy')).toMatchObject([
    { app: 'x', config: 'api/fly.toml' },
  ]);
});

test('whatever a script is, there are commands or none, in a time that grows with its length', () => {
  const parts = [
    'fly',
    ' deploy',
    '\n',
    '\\',
    '"',
    "'",
    '${{',
    '}}',
    '${',
    '}',
    '<<EOF',
    '#',
    '$(',
    ')',
    ';',
    ' ',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts, 'EOF'), { maxLength: 40 }), (all) => {
      deployCommands(all.join(''));
    }),
    { numRuns: 500 },
  );
  for (const part of parts) {
    const begin = performance.now();
    commandsOf(part.repeat(100_000));
    expect(performance.now() - begin).toBeLessThan(5000);
  }
});
