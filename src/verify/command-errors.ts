import type { VerifyCommand } from '../inputs/verify-command.ts';
import type { Exit } from '../lib/child.ts';
import { twice } from '../lib/duration.ts';
import { isOwnVariable } from '../lib/environment.ts';
import { formatDuration } from '../lib/format.ts';
import { formsOf, shortestSecret, withoutSecrets } from '../lib/secret.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { correctImage } from './errors.ts';

/** How the test runs. */
export interface CommandPlan extends VerifyCommand {
  /** Its environment, with the version of the release that the machines run. */
  readonly env: (releaseVersion: string | undefined) => Record<string, string>;
  /** Time limit in milliseconds. */
  readonly timeout: number;
  /** The URL in its environment, if that is a guess. */
  readonly guessedUrl: string | undefined;
}

/** How many lines of each of its outputs an error repeats. */
const tailLines = 12;

/** What the end of the user's own test means; undefined if it succeeded. @param env its environment. */
export function commandError(
  { name, timeout, guessedUrl }: CommandPlan,
  exit: Exit,
  env: Readonly<Record<string, string>>,
): UserError | undefined {
  const { status, signal, timedOut, stopped } = exit;
  if (status === 0 && !timedOut && !stopped) return undefined;
  const all = 'Every machine ran the image.';
  const output = outputOf(exit, env);
  const at = (code: UserError['code'], found: string, fix: string) =>
    new UserError({ code, found: `${found}\n${output}`, expected: 'Exit status 0.', fix });
  if (timedOut)
    return at(
      'verify-command-timed-out',
      `\`verify-command\` (${name}) did not end within ${formatDuration(timeout)}, and was interrupted. ${all} Its last output:`,
      `${correctImage} If the test needs longer, set twice the time: \`with: deploy-timeout: ${twice(timeout)}\`.`,
    );
  // A test that is interrupted can still exit with 0.
  if (status === undefined || stopped)
    return at(
      'verify-command-killed',
      `\`verify-command\` (${name}) was ${stopped ? 'stopped before its end' : `ended by ${signal}`}. ${all} Whether the app works is unknown. Its last output:`,
      'Check what ended the test: often the runner has too little memory. Then run the job again.',
    );
  if (guessedUrl !== undefined)
    return at(
      'verify-command-unclear',
      `\`verify-command\` (${name}) exited with status ${status}. But Fly.io did not report the app’s hostname, so APP_URL was a guess, ${guessedUrl}. ${all} Whether the app works is unknown. Its last output:`,
      'Run the job again. Or write the whole URL in the arguments of `verify-command`.',
    );
  return at(
    'verify-command-failed',
    `\`verify-command\` (${name}) exited with status ${status}. ${all} Its last output:`,
    `${correctImage} If the test is wrong, correct \`verify-command\`.`,
  );
}

/** The test was there before the deploy, and could not be started after it. */
export function notStartedError({ name }: CommandPlan, reason: unknown): UserError {
  return new UserError({
    code: 'verify-command-not-started',
    found: `\`verify-command\` (${name}) could not be started: ${messageOf(reason)}. Every machine ran the image. Whether the app works is unknown.`,
    expected: 'A program that this runner can start.',
    fix: `Start it in an earlier step of the job to see why it cannot: \`- run: ${name}\`. Then run the job again.`,
    input: 'verify-command',
  });
}

/** Its last lines, without the values of its `VERIFY_` variables: they can be secrets, and end up in a file. */
function outputOf({ stdout, errorTail }: Exit, env: Readonly<Record<string, string>>): string {
  const tail = [stdout, errorTail]
    .flatMap((text) =>
      text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .slice(-tailLines),
    )
    .join('\n');
  // A value of several lines is hidden line by line, because the output can be cut within it.
  const values = Object.entries(env)
    .filter(([name]) => isOwnVariable(name))
    .flatMap(([, value]) => value.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestSecret)
    .flatMap(formsOf);
  return tail === '' ? '(no output)' : withoutSecrets(tail, values);
}
