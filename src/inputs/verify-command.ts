import { isOwnVariable } from '../lib/environment.ts';
import type { NotExecutable, Program } from '../lib/program.ts';
import { formsOf, shortestSecret } from '../lib/secret.ts';
import { UserError } from '../lib/user-error.ts';
import type { InputReader } from './read.ts';
import { secretsOf } from './secrets.ts';

/** The user's own test, found and ready to start. */
export interface VerifyCommand {
  /** Path of the program. */
  readonly file: string;
  /** The program as it was given. */
  readonly name: string;
  readonly argv: readonly string[];
}

/**
 * Reads the input `verify-command`: a program and its arguments, one on each line. No quotes, no shell. Spaces around a line,
 * and empty lines, do not count. The program is looked up now, so that nothing is deployed if it is not there.
 *
 * @returns undefined where it was not given.
 * @throws UserError where it is not valid.
 */
export function readVerifyCommand(reader: InputReader): VerifyCommand | undefined {
  const text = reader.text('verify-command') ?? '';
  const [name, ...argv] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (name === undefined) return undefined;
  const { source } = reader;
  const { lookUpProgram } = source;
  const secret = tokenIn([name, ...argv], source.env, secretsOf(source));
  if (secret !== undefined) throw tokenError(secret);
  const unused = unusedLines(name, argv);
  if (unused !== undefined) throw unusedError(name, unused);
  // What follows `-c` is a shell's own text.
  const unfilled = argv.find((each, n) => isUnfilled(each) && !/^-\w*c$/.test(argv[n - 1] ?? ''));
  if (unfilled !== undefined) throw unfilledError(unfilled, [name, ...argv]);
  const found = lookUpProgram(name);
  switch (found.kind) {
    case 'found':
      return { file: found.path, name, argv };
    case 'missing':
      throw missingError(name, argv, lookUpProgram);
    case 'not-executable':
      throw notExecutableError(name, argv, found.why);
  }
}

/** Where a token of this step is: an argument, or a variable of the test. */
type TokenPlace = { readonly kind: 'argument' } | { readonly kind: 'variable'; readonly name: string };

function tokenIn(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
): TokenPlace | undefined {
  const forms = secrets.flatMap(formsOf);
  const contains = (text: string) =>
    forms.some((form) => text === form || (form.length >= shortestSecret && text.includes(form)));
  const variable = Object.entries(env).find(
    ([name, value]) => isOwnVariable(name) && value !== undefined && contains(value),
  );
  if (variable !== undefined) return { kind: 'variable', name: variable[0] };
  return words.some(contains) ? { kind: 'argument' } : undefined;
}

function tokenError(place: TokenPlace): UserError {
  const where =
    place.kind === 'argument'
      ? 'A line of `verify-command`'
      : `The variable ${place.name}, which the test gets,`;
  const remove =
    place.kind === 'argument' ? 'Remove that line.' : `Remove the line \`${place.name}:\` from \`env:\`.`;
  return new UserError({
    code: 'input-conflict',
    found: `${where} contains a token or password of this step.`,
    expected: 'A test without the secrets that deploy.',
    fix: `${remove} If the test needs a token, create another one, and pass it as \`env: VERIFY_TOKEN: \${{ secrets.VERIFY_TOKEN }}\`.`,
    input: 'verify-command',
  });
}

/** Whether only a shell would fill in this argument. */
const isUnfilled = (argument: string): boolean =>
  /^(?:--?[\w-]{1,60}=)?["']?\$\{?(?:APP_URL|COMMIT|DIGEST|RELEASE_VERSION|VERIFY_\w+)\b/.test(argument);

function unfilledError(argument: string, words: readonly string[]): UserError {
  return new UserError({
    code: 'input-invalid',
    found: `\`verify-command\` contains the argument "${argument}", but it runs without a shell, so the variable would not be filled in.`,
    expected: 'A program that reads the variable itself, or a shell that fills it in.',
    fix: `Let a shell run it:\n${inShell(words.map(quoted).join(' '))}`,
    input: 'verify-command',
  });
}

/** An argument as a shell needs it: a variable is filled in, everything else stays as it is. */
function quoted(word: string): string {
  if (isUnfilled(word)) return `"${word.replace(/["']/g, '')}"`;
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether a line is more likely another command than an argument. */
const isCommand = (line: string): boolean => /^[^-\s]\S*\s/.test(line);

/** What in a script uses the arguments after it. */
const usesArguments = /\$\{?[#!]?[\d@*]|\$#|\bshift\b|\bfor \w{1,60} ?;|argv/i;

/**
 * The script and the lines after it, if these would never run: after `-c`, a shell or Python executes one argument, and the
 * others are only its parameters. A test of such lines would succeed without having run.
 */
function unusedLines(name: string, argv: readonly string[]): readonly string[] | undefined {
  if (!/(?:^|[/\\])(?:(?:ba|da|k|z)?sh|python[\d.]*)(?:\.exe)?$/i.test(name)) return undefined;
  let isInline = false;
  for (let n = 0; n < argv.length; n++) {
    const word = argv[n] ?? '';
    if (/^[-+]\w*[oO]$/.test(word)) n++;
    else if (/^[-+]/.test(word)) isInline ||= /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word);
    else return isInline && n + 1 < argv.length && !usesArguments.test(word) ? argv.slice(n) : undefined;
  }
  return undefined;
}

/** Lines that only make sense together with others. */
const isPart = (line: string): boolean =>
  /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|[{}()#])(?:[\s;]|$)|[\\|&;{(]$/.test(line);

function unusedError(name: string, [script = '', ...unused]: readonly string[]): UserError {
  const all = [script, ...unused];
  const joins = !/python/i.test(name) && !all.some(isPart);
  return new UserError({
    code: 'input-invalid',
    found: `After \`-c\`, ${name} runs only the line "${script}". ${unused.length === 1 ? 'The line after it' : `The ${unused.length} lines after it`} would not run, because each line is one argument.`,
    expected: 'A script on one line, or in a file.',
    fix: joins
      ? `Write the script on one line:\n${inShell(all.join(' && '))}`
      : 'Write the script in a file that can be executed, check it out, and name it: `with: verify-command: ./smoke-test`.',
    input: 'verify-command',
  });
}

function missingError(name: string, argv: readonly string[], lookUp: (name: string) => Program): UserError {
  const isPath = name.includes('/') || /^(?:\.{1,2}|[A-Za-z]:)\\/.test(name);
  const [first = '', ...rest] = name.split(/\s+/);
  const several = rest.length > 0;
  const found = several
    ? `The first line of \`verify-command\` is "${name}", and there is no program of that name.`
    : `\`verify-command\` names the program "${name}", ${isPath ? 'and there is no such file' : 'which is not on PATH'}.`;
  const at = (fix: string) =>
    new UserError({
      code: 'verify-command-missing',
      found,
      expected:
        'A program on PATH, or the path of a file in the workspace, with one argument on each further line.',
      fix,
      input: 'verify-command',
    });
  const isScript = several && argv.some(isCommand);
  if (isScript || (several && /[$|&;<>*"'`()]/.test(name)))
    return at(
      `Let a shell run it:\n${inShell(isScript ? [name, ...argv].join(' && ') : [name, ...argv.map(quoted)].join(' '))}`,
    );
  if (several) return at(`Write each argument on its own line:\n${lines([first, ...rest, ...argv])}`);
  if (!isPath && lookUp(`./${name}`).kind !== 'missing')
    return at(`Write the path of that file:\n${lines([`./${name}`, ...argv])}`);
  return isPath
    ? at(
        `Correct the path, which begins at the workspace. If the file is in the repository, check it out first:\n- uses: actions/checkout@v7`,
      )
    : at(
        `Install "${name}" in an earlier step, or write the path of a file in the workspace, such as \`./${name}\`.`,
      );
}

function notExecutableError(name: string, argv: readonly string[], why: NotExecutable): UserError {
  const at = (found: string, fix: string) =>
    new UserError({
      code: 'verify-command-not-executable',
      found: `\`verify-command\` names "${name}", ${found}.`,
      expected: 'A file that can be started.',
      fix,
      input: 'verify-command',
    });
  switch (why.kind) {
    case 'folder':
      return at('which is a folder', `Name a file in it, such as \`with: verify-command: ${name}/test.sh\`.`);
    case 'permission':
      return at(
        'which is not executable',
        `Make it executable in the repository: \`git update-index --chmod=+x ${name.replace(/^\.\//, '')}\`. Or name the program that reads it:\n${lines(['sh', name, ...argv])}`,
      );
    case 'no-interpreter':
      return at(
        'whose first line does not name the program that reads it',
        `Begin the file with a line such as \`#!/bin/sh\`. Or name the program here:\n${lines(['sh', name, ...argv])}`,
      );
    case 'other-interpreter': {
      const { interpreter } = why;
      return interpreter.endsWith('\r')
        ? at(
            'whose lines end like those of Windows, so that the program in its first line is not found',
            `Keep Unix line endings in the file, with this line in .gitattributes:\n${name.replace(/^\.\//, '')} text eol=lf`,
          )
        : at(
            `whose first line names ${interpreter}, which does not exist`,
            `Install ${interpreter} in an earlier step, or correct the first line, such as \`#!/usr/bin/env ${interpreter.split('/').at(-1)}\`.`,
          );
    }
    case 'batch':
      return at(
        'a batch file, which only cmd can start',
        `Let cmd run it:\n${lines(['cmd', '/d', '/c', 'call', name.replaceAll('/', '\\'), ...argv])}\nBut cmd gives characters such as & and % in the arguments a meaning. With arguments that are not fixed texts, name a program, such as \`node test.mjs\`.`,
      );
    case 'no-program':
      return at(
        'which is not a program on Windows',
        `Name the program that reads it:\n${lines([...readerOf(why.extension), name, ...argv])}`,
      );
  }
}

/** What starts a script on Windows, by the script's extension. */
function readerOf(extension: string): string[] {
  if (/^\.[cm]?[jt]s$/.test(extension)) return ['node'];
  if (extension === '.ps1') return ['pwsh', '-File'];
  return extension === '.py' ? ['python'] : ['sh'];
}

const inShell = (text: string): string => lines(['bash', '-c', text]);

const lines = (words: readonly string[]): string =>
  ['with:', '  verify-command: |', ...words.map((word) => `    ${word}`)].join('\n');
