/** What GitHub fills in before the shell reads the script. */
const expression = { begin: '${{', end: '}}' };

/** Words that come before the name of a program. */
const before = new Set(
  'if then else elif while until do ! { time sudo exec command env nohup timeout nice'.split(' '),
);

/** A program that a script runs. */
export interface Command {
  /** The program and its arguments, without quotes. */
  readonly words: readonly string[];
  /** Variables that are set for it alone, e.g. `FLY_APP` of `FLY_APP=x flyctl deploy`. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * The programs that a shell script runs, in their order. Comments, quoted texts and the lines of a heredoc are left aside.
 * One way through the text, whatever is in it.
 */
export function commandsOf(script: string): Command[] {
  const commands: Command[] = [];
  const heredocs: string[] = [];
  let words: string[] = [];
  let word: string | undefined;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(commandOf(words));
    words = [];
  };
  const add = (text: string) => {
    word = (word ?? '') + text;
  };
  for (let n = 0; n < script.length; n++) {
    const character = script.charAt(n);
    if (script.startsWith(expression.begin, n)) {
      const whole = upTo(script, n, expression.end);
      add(whole);
      n += whole.length - 1;
    } else if (character === '\\') {
      const end = /^\r?\n/.exec(script.slice(n + 1, n + 3))?.[0];
      if (end === undefined) add(script.charAt(n + 1));
      n += end?.length ?? 1;
    } else if (character === "'") {
      const whole = upTo(script, n, "'");
      add(whole.slice(1, -1));
      n += whole.length - 1;
    } else if (character === '"') {
      const end = endOfQuote(script, n);
      add(script.slice(n + 1, end));
      n = end;
    } else if (character === '#' && word === undefined) {
      n += upTo(script, n, '\n').length - 1;
      if (script.charAt(n) === '\n') n--;
    } else if (script.startsWith('${', n)) {
      const whole = upTo(script, n, '}');
      add(whole);
      n += whole.length - 1;
    } else if (script.startsWith('<<', n)) {
      const [all = '<<', name] = /^<<-?[ \t]*(?:"|'|\\)?([A-Za-z_]\w*)?/.exec(script.slice(n, n + 80)) ?? [];
      if (name !== undefined) heredocs.push(name);
      endWord();
      n += all.length - 1;
    } else if (character === '\n') {
      endCommand();
      n = afterHeredocs(script, n, heredocs.splice(0));
    } else if (';&|()`'.includes(character) || ('{}'.includes(character) && word === undefined)) {
      endCommand();
    } else if (' \t\r'.includes(character)) endWord();
    else add(character);
  }
  endCommand();
  return commands;
}

/** From here to the end of the next such text; without one, to the end. */
function upTo(script: string, from: number, end: string): string {
  const found = script.indexOf(end, from + 1);
  return script.slice(from, found < 0 ? undefined : found + end.length);
}

/** Where a text in double quotes ends. */
function endOfQuote(script: string, from: number): number {
  let n = from + 1;
  while (n < script.length && script.charAt(n) !== '"') n += script.charAt(n) === '\\' ? 2 : 1;
  return n;
}

/** The last character of the last heredoc that begins after this line. */
function afterHeredocs(script: string, from: number, names: readonly string[]): number {
  let at = from;
  for (const name of names) {
    let line: string;
    do {
      line = upTo(script, at, '\n').slice(1);
      at += line.length;
    } while (line !== '' && line.trim() !== name && at < script.length);
  }
  // The line break after the name ends no command.
  return at;
}

function commandOf(given: readonly string[]): Command {
  const variables = new Map<string, string>();
  let n = 0;
  for (; n < given.length; n++) {
    const word = given[n] ?? '';
    const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    // What comes before a program, and that program's own options, such as `timeout -s INT 600`.
    if (name !== undefined) variables.set(name, value);
    else if (!before.has(word) && !(n > 0 && /^(?:-|\d+[smhd]?$)/.test(word))) break;
  }
  return { words: given.slice(n), variables };
}
