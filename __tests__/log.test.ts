import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { RunnerLog } from '../sandbox/runner/log.ts';
import { actionsLog, printable } from '../src/github/log.ts';

/** What the runner reads as a command, as in actions/runner (ActionCommand.cs: TryParseV2, TryParse). */
const isCommand = (line: string) => /^\s*::[^\n]*::/.test(line) || /##\[[^\]]*\]/.test(line);

test.each([
  ['::error::x'],
  ['   ::add-mask::x'],
  ['text ##[error]x'],
  ['\u00a0::error::x'],
  ['\ufeff::error::x'],
  ['::stop-commands::x'],
  ['##[##[error]]'],
])('%j is not printed as a command', (text) => {
  expect(isCommand(printable(text))).toBe(false);
  expect(printable(text).replaceAll('\u200b', '')).toContain('::'.repeat(Number(text.includes('::'))));
});

test.each([
  ['a\nb', 'a b'],
  ['a\r\n::error::b', 'a ::error::b'],
  ['\x1b[31mred\x1b[0m', 'red'],
  ['a\u2028b\u0085c', 'a b c'],
  ['a\u202eb', 'ab'],
  ['plain: text :: here', 'plain: text :: here'],
])('%j is printed as %j', (text, expected) => expect(printable(text)).toBe(expected));

test('no text becomes a command or more than one line', () => {
  const nasty = fc.array(
    fc.constantFrom(
      '::',
      ':',
      '##[',
      '##',
      '[',
      ']',
      'error',
      ' ',
      '\n',
      '\r',
      '\t',
      '\x1b[31m',
      '\u200b',
      'x',
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        nasty.map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        expect(isCommand(printable(text))).toBe(false);
        expect(printable(text)).not.toMatch(/[\n\r]/);
      },
    ),
    { numRuns: 2000 },
  );
});

test('the output of a child process is between stop-commands and its token, on separate lines', async () => {
  let out = '';
  const log = actionsLog((chunk) => {
    out += chunk.toString();
  });
  await log.fenced(async (write) => {
    write(Buffer.from('::error::from the child\nno newline at the end'));
  });
  log.line('after');
  const [first = '', ...rest] = out.split('\n');
  const token = /^::stop-commands::([0-9a-f-]{36})$/.exec(first)?.[1];
  expect(token).toBeDefined();
  expect(rest).toEqual(['::error::from the child', 'no newline at the end', `::${token}::`, 'after', '']);
});

test('a line of this action during such output is a separate line, and its commands follow at the end', async () => {
  let out = '';
  const write = (chunk: Buffer | string) => {
    out += chunk.toString();
    return true;
  };
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(write as never);
  try {
    const log = actionsLog(write);
    await log.fenced(async (child) => {
      child(Buffer.from('half of a line'));
      log.line('::error::of this action');
      log.warning('a warning');
      log.mask('s3cret');
      child(Buffer.from('the rest\n'));
    });
    log.line('after');
  } finally {
    stdout.mockRestore();
  }
  const [first = '', ...rest] = out.split('\n');
  const token = first.replace('::stop-commands::', '');
  const [half, own, child, end, ...after] = rest;
  expect([half, own, child, end]).toEqual([
    'half of a line',
    ':\u200b:error::of this action',
    'the rest',
    `::${token}::`,
  ]);
  expect(after.filter((line) => line !== '')).toEqual([
    '::warning::a warning',
    '::add-mask::s3cret',
    '::add-mask::czNjcmV0',
    'after',
  ]);
});

test('workflow commands are switched on again if the work throws', async () => {
  let out = '';
  const log = actionsLog((chunk) => {
    out += chunk.toString();
  });
  await expect(log.fenced(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(out).toMatch(/^::stop-commands::(.+)\n::\1::\n$/);
});

test('a secret is masked in each form before it is logged, and hidden in files', () => {
  const out: string[] = [];
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => out.push(String(chunk)) > 0);
  try {
    const log = actionsLog(() => {});
    log.mask('s3cret/one\ns3cret/one two');
    log.mask('s3cret/one');
    expect(out.join('').trim().split('\n')).toEqual(
      [
        's3cret/one',
        'czNjcmV0L29uZQ==',
        's3cret%252Fone',
        's3cret/one two',
        'czNjcmV0L29uZSB0d28=',
        's3cret%252Fone%2520two',
      ].map((form) => `::add-mask::${form}`),
    );
    expect(log.hide('a s3cret/one two, czNjcmV0L29uZQ==, s3cret%2Fone; s3cret')).toBe(
      'a ***, ***, ***; s3cret',
    );
  } finally {
    stdout.mockRestore();
  }
});

test('a warning has its file and line, whatever the name of the file', () => {
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const runner = new RunnerLog();
  try {
    const log = actionsLog(() => undefined);
    log.warning('x', { file: 'a,line=9::b\n::error::c%.yml', line: 7 });
    for (const [chunk] of stdout.mock.calls)
      for (const line of String(chunk).trimEnd().split('\n')) runner.add(line);
  } finally {
    stdout.mockRestore();
  }
  expect(runner.annotations).toEqual([
    { level: 'warning', message: 'x', title: undefined, file: 'a,line=9::b ::error::c%.yml', line: 7 },
  ]);
});

test('warnings beyond GitHub’s limit for a step are lines of the log', () => {
  const runner = new RunnerLog();
  const take = (chunk: string | Uint8Array) => {
    for (const line of String(chunk).trimEnd().split('\n')) runner.add(line);
    return true;
  };
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(take);
  try {
    const log = actionsLog(take);
    for (let n = 1; n <= 12; n++) log.warning(`of machine ${n}\n::error::forged`);
    log.notice('another level has its own ten');
  } finally {
    stdout.mockRestore();
  }
  expect(runner.annotations.map(({ level }) => level)).toEqual([...Array(10).fill('warning'), 'notice']);
  expect(runner.text).toContain('\nWarning: of machine 11\n');
  expect(runner.text).toContain('\nWarning: of machine 12\n');
});

test('a long annotation keeps its start and end but no part of a secret, and the log has all of it', () => {
  fc.assert(
    fc.property(fc.nat(9000), fc.nat(9000), (before, after) => {
      let out = '';
      const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
        out += chunk.toString();
        return true;
      });
      try {
        const log = actionsLog((chunk) => {
          out += chunk.toString();
        });
        log.mask('a-secret-of-40-characters-at-any-place-x');
        log.warning(
          `begin ${'.'.repeat(before)}a-secret-of-40-characters-at-any-place-x${'.'.repeat(after)} end`,
        );
      } finally {
        write.mockRestore();
      }
      const message = /^::warning::(.*)$/m.exec(out)?.[1]?.replaceAll('%0A', '\n') ?? '';
      expect(message.length).toBeLessThanOrEqual(4096);
      expect(message).toMatch(/^begin [\s\S]* end$/);
      const whole = before + after + 'begin  end'.length + 40;
      // The runner masks a whole secret. A secret that would be cut is removed or hidden first.
      if (whole > 4096) expect(message).not.toMatch(/secret|characters-at|place/);
      expect(out.split('\n').filter((line) => line.startsWith('begin '))).toHaveLength(whole > 4096 ? 1 : 0);
    }),
  );
});

test('an extremely long text has its start and end in the log, and no part of a secret', () => {
  const secret = 'a-secret-of-40-characters-at-any-place-x';
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 70_000 }), fc.constantFrom('.', '\n'), (length, piece) => {
        let out = '';
        const log = actionsLog((chunk) => {
          out += chunk.toString();
        });
        log.mask(secret);
        // The text is cut in its middle.
        log.line(`begin ${piece.repeat(length / 2)}${secret}${piece.repeat(70_000 - length / 2)} end`);
        expect(out.length).toBeLessThan(66_000);
        expect(out).toMatch(/^begin [\s\S]* end\n$/);
        expect(out).not.toMatch(/secret|characters-at|place/);
      }),
      { numRuns: 50 },
    );
  } finally {
    write.mockRestore();
  }
});
