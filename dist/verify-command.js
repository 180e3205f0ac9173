export const id = 663;
export const ids = [663];
export const modules = {

/***/ 663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readVerifyCommand: () => (/* binding */ readVerifyCommand)
/* harmony export */ });
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8377);
/* harmony import */ var _lib_secret_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1622);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8569);




function readVerifyCommand(reader) {
    const text = reader.text('verify-command') ?? '';
    const [name, ...argv] = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    if (name === undefined)
        return undefined;
    const { source } = reader;
    const { lookUpProgram } = source;
    const secret = tokenIn([name, ...argv], source.env, (0,_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .secretsOf */ .F)(source));
    if (secret !== undefined)
        throw tokenError(secret);
    const unused = unusedLines(name, argv);
    if (unused !== undefined)
        throw unusedError(name, unused);
    const unfilled = argv.find((each, n) => isUnfilled(each) && !/^-\w*c$/.test(argv[n - 1] ?? ''));
    if (unfilled !== undefined)
        throw unfilledError(unfilled, [name, ...argv]);
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
function tokenIn(words, env, secrets) {
    const forms = secrets.flatMap(_lib_secret_js__WEBPACK_IMPORTED_MODULE_2__/* .formsOf */ .XP);
    const contains = (text) => forms.some((form) => text === form || (form.length >= _lib_secret_js__WEBPACK_IMPORTED_MODULE_2__/* .shortestSecret */ .bs && text.includes(form)));
    const variable = Object.entries(env).find(([name, value]) => (0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwnVariable */ .XK)(name) && value !== undefined && contains(value));
    if (variable !== undefined)
        return { kind: 'variable', name: variable[0] };
    return words.some(contains) ? { kind: 'argument' } : undefined;
}
function tokenError(place) {
    const where = place.kind === 'argument'
        ? 'A line of `verify-command`'
        : `The variable ${place.name}, which the test gets,`;
    const remove = place.kind === 'argument' ? 'Remove that line.' : `Remove the line \`${place.name}:\` from \`env:\`.`;
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'input-conflict',
        found: `${where} contains a token or password of this step.`,
        expected: 'A test without the secrets that deploy.',
        fix: `${remove} If the test needs a token, create another one, and pass it as \`env: VERIFY_TOKEN: \${{ secrets.VERIFY_TOKEN }}\`.`,
        input: 'verify-command',
    });
}
const isUnfilled = (argument) => /^(?:--?[\w-]{1,60}=)?["']?\$\{?(?:APP_URL|COMMIT|DIGEST|RELEASE_VERSION|VERIFY_\w+)\b/.test(argument);
function unfilledError(argument, words) {
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'input-invalid',
        found: `\`verify-command\` contains the argument "${argument}", but it runs without a shell, so the variable would not be filled in.`,
        expected: 'A program that reads the variable itself, or a shell that fills it in.',
        fix: `Let a shell run it:\n${inShell(words.map(quoted).join(' '))}`,
        input: 'verify-command',
    });
}
function quoted(word) {
    if (isUnfilled(word))
        return `"${word.replace(/["']/g, '')}"`;
    return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
const isCommand = (line) => /^[^-\s]\S*\s/.test(line);
const usesArguments = /\$\{?[#!]?[\d@*]|\$#|\bshift\b|\bfor \w{1,60} ?;|argv/i;
function unusedLines(name, argv) {
    if (!/(?:^|[/\\])(?:(?:ba|da|k|z)?sh|python[\d.]*)(?:\.exe)?$/i.test(name))
        return undefined;
    let isInline = false;
    for (let n = 0; n < argv.length; n++) {
        const word = argv[n] ?? '';
        if (/^[-+]\w*[oO]$/.test(word))
            n++;
        else if (/^[-+]/.test(word))
            isInline ||= /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word);
        else
            return isInline && n + 1 < argv.length && !usesArguments.test(word) ? argv.slice(n) : undefined;
    }
    return undefined;
}
const isPart = (line) => /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|[{}()#])(?:[\s;]|$)|[\\|&;{(]$/.test(line);
function unusedError(name, [script = '', ...unused]) {
    const all = [script, ...unused];
    const joins = !/python/i.test(name) && !all.some(isPart);
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'input-invalid',
        found: `After \`-c\`, ${name} runs only the line "${script}". ${unused.length === 1 ? 'The line after it' : `The ${unused.length} lines after it`} would not run, because each line is one argument.`,
        expected: 'A script on one line, or in a file.',
        fix: joins
            ? `Write the script on one line:\n${inShell(all.join(' && '))}`
            : 'Write the script in a file that can be executed, check it out, and name it: `with: verify-command: ./smoke-test`.',
        input: 'verify-command',
    });
}
function missingError(name, argv, lookUp) {
    const isPath = name.includes('/') || /^(?:\.{1,2}|[A-Za-z]:)\\/.test(name);
    const [first = '', ...rest] = name.split(/\s+/);
    const several = rest.length > 0;
    const found = several
        ? `The first line of \`verify-command\` is "${name}", and there is no program of that name.`
        : `\`verify-command\` names the program "${name}", ${isPath ? 'and there is no such file' : 'which is not on PATH'}.`;
    const at = (fix) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'verify-command-missing',
        found,
        expected: 'A program on PATH, or the path of a file in the workspace, with one argument on each further line.',
        fix,
        input: 'verify-command',
    });
    const isScript = several && argv.some(isCommand);
    if (isScript || (several && /[$|&;<>*"'`()]/.test(name)))
        return at(`Let a shell run it:\n${inShell(isScript ? [name, ...argv].join(' && ') : [name, ...argv.map(quoted)].join(' '))}`);
    if (several)
        return at(`Write each argument on its own line:\n${lines([first, ...rest, ...argv])}`);
    if (!isPath && lookUp(`./${name}`).kind !== 'missing')
        return at(`Write the path of that file:\n${lines([`./${name}`, ...argv])}`);
    return isPath
        ? at(`Correct the path, which begins at the workspace. If the file is in the repository, check it out first:\n- uses: actions/checkout@v7`)
        : at(`Install "${name}" in an earlier step, or write the path of a file in the workspace, such as \`./${name}\`.`);
}
function notExecutableError(name, argv, why) {
    const at = (found, fix) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
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
            return at('which is not executable', `Make it executable in the repository: \`git update-index --chmod=+x ${name.replace(/^\.\//, '')}\`. Or name the program that reads it:\n${lines(['sh', name, ...argv])}`);
        case 'no-interpreter':
            return at('whose first line does not name the program that reads it', `Begin the file with a line such as \`#!/bin/sh\`. Or name the program here:\n${lines(['sh', name, ...argv])}`);
        case 'other-interpreter': {
            const { interpreter } = why;
            return interpreter.endsWith('\r')
                ? at('whose lines end like those of Windows, so that the program in its first line is not found', `Keep Unix line endings in the file, with this line in .gitattributes:\n${name.replace(/^\.\//, '')} text eol=lf`)
                : at(`whose first line names ${interpreter}, which does not exist`, `Install ${interpreter} in an earlier step, or correct the first line, such as \`#!/usr/bin/env ${interpreter.split('/').at(-1)}\`.`);
        }
        case 'batch':
            return at('a batch file, which only cmd can start', `Let cmd run it:\n${lines(['cmd', '/d', '/c', 'call', name.replaceAll('/', '\\'), ...argv])}\nBut cmd gives characters such as & and % in the arguments a meaning. With arguments that are not fixed texts, name a program, such as \`node test.mjs\`.`);
        case 'no-program':
            return at('which is not a program on Windows', `Name the program that reads it:\n${lines([...readerOf(why.extension), name, ...argv])}`);
    }
}
function readerOf(extension) {
    if (/^\.[cm]?[jt]s$/.test(extension))
        return ['node'];
    if (extension === '.ps1')
        return ['pwsh', '-File'];
    return extension === '.py' ? ['python'] : ['sh'];
}
const inShell = (text) => lines(['bash', '-c', text]);
const lines = (words) => ['with:', '  verify-command: |', ...words.map((word) => `    ${word}`)].join('\n');


/***/ })

};
