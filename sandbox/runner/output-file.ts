/**
 * Reads a file of `name=value` and `name<<delimiter` (actions/runner, FileCommandManager.cs).
 *
 * @throws if the runner would fail the step.
 */
export function parseOutputFile(text: string): [string, string][] {
  const lines = text.split(/\r?\n/);
  const pairs: [string, string][] = [];
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n] ?? '';
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
      continue;
    }
    const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
    if (heredoc < 0 || name === '' || delimiter === '') throw new Error(`invalid output line "${line}"`);
    const end = lines.indexOf(delimiter, n + 1);
    if (end < 0) throw new Error(`no line "${delimiter}" ends the output ${name}`);
    pairs.push([name, lines.slice(n + 1, end).join('\n')]);
    n = end;
  }
  return pairs;
}
