// Stores the messages of tests for docs/messages.md, each as a line of a file in the folder RECORD_MESSAGES.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ActionRun, RunOptions } from '../sandbox/runner/runner.ts';
import type { Message } from '../scripts/docs/message.ts';
import { formatTexts, type UserError } from '../src/lib/user-error.ts';

const folder = process.env['RECORD_MESSAGES'];

/** Stores the text of an error and of its problems. */
export function recordError(error: UserError): void {
  if (folder === undefined) return;
  write(error.each.map((each) => ({ kind: 'error', code: each.code, text: plain(formatTexts([each])) })));
}

/** Stores a run's annotations, the lines of its log, and the heading of its summary. */
export function recordRun(
  run: ActionRun,
  { env = {}, inputs = {} }: Pick<RunOptions, 'env' | 'inputs'>,
): void {
  if (folder === undefined) return;
  const hosts = [
    [env['SANDBOX_GITHUB_REGISTRY'], 'ghcr.io'],
    [env['FLY_REGISTRY_HOST'], 'registry.fly.io'],
    [env['FLY_API_BASE_URL'], 'https://api.machines.dev'],
    [env['GITHUB_API_URL'], 'https://api.github.com'],
    [env['RUNNER_TEMP'], '/home/runner/work/_temp'],
    [run.workspace, '/home/runner/work/repo/repo'],
    [dirname(run.workspace), '/home/runner/work'],
  ] as const;
  const named = (text: string) =>
    plain(hosts.reduce((done, [from, to]) => (from ? done.replaceAll(from, to) : done), text));
  const [, code] = /^::debug::Error code: (\S+)$/m.exec(run.stdout) ?? [];
  const [heading] = /^## .+/m.exec(run.summary) ?? [];
  write([
    ...run.log.annotations.map(
      ({ level, message }): Message => ({
        kind: level,
        ...(level === 'error' && code !== undefined && !code.includes(',') ? { code } : {}),
        text: named(withoutName(message, inputs['app'])),
      }),
    ),
    ...ownLines(run).map((text): Message => ({ kind: 'line', text: named(text) })),
    ...(heading === undefined ? [] : [{ kind: 'heading', text: named(heading.slice(3)) } as const]),
    ...[...run.stdout.matchAll(/^::debug::Finding: (\S+) (\S+)\n((?: {2}.*\n)+)/gm)].map(
      ([, mark, check, text = '']): Message => ({
        kind: 'finding',
        code: check,
        mark,
        text: named(text.replace(/^ {2}/gm, '').trimEnd()),
      }),
    ),
  ]);
}

/** The action's own lines of the log, without its lists of findings. */
function ownLines({ log }: ActionRun): string[] {
  const own: string[] = [];
  let token: string | undefined;
  for (const { text, kind } of log.lines) {
    const [, begin] = /^::stop-commands::(.+)$/.exec(text) ?? [];
    if (begin !== undefined) token = begin;
    else if (token !== undefined) token = text === `::${token}::` ? undefined : token;
    else if ((kind === 'text' || kind === 'group') && /^[A-Z]|^flyctl |: /.test(text)) own.push(text);
  }
  const annotated = new Set(log.annotations.flatMap(({ message }) => message.split('\n')));
  return own.filter(
    (text) => !annotated.has(text) && !/^\[command\]|^ |^Error: |^(?:Expected|Fix): |\/bin\/tar: /.test(text),
  );
}

const withoutName = (message: string, app = ''): string =>
  app !== '' && message.startsWith(`${app}: `) ? message.slice(app.length + 2) : message;

const plain = (text: string): string =>
  text.replace(/(?:127\.0\.0\.1|\[::1\]|localhost):\d+/g, 'registry.example');

function write(messages: readonly Message[]): void {
  if (folder === undefined || messages.length === 0) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(
    join(folder, `${process.pid}.jsonl`),
    messages.map((message) => `${JSON.stringify(message)}\n`).join(''),
  );
}
