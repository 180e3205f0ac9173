import { batchCommand, isBatch } from './windows.ts';

const [longest, mostOutput] = [10_000, 64 * 1024];

/** What a program answered: its exit status, undefined when it was ended, and the beginning of its stdout. */
interface Answered {
  readonly status: number | undefined;
  readonly stdout: string;
}

/**
 * Asks a program one short question, with a text on its stdin unless that is empty; undefined when it cannot be started.
 * Without `env` the program gets the environment of this process.
 */
export type Ask = (
  file: string,
  argv: readonly string[],
  stdin: string,
  env: Record<string, string> | undefined,
  limit?: number,
) => Promise<Answered | undefined>;

/** Asks for at most ten seconds. What the program writes to stderr is dropped: it may contain secrets. */
export const makeAsk =
  (platform: NodeJS.Platform, own: Readonly<Record<string, string | undefined>>): Ask =>
  async (file, argv, stdin, env, limit = longest) => {
    if (stdin === '') return askPlainly(file, argv, env, limit);
    if (platform !== 'win32' || !isBatch(file))
      return askWithInput({ file, argv, verbatim: false }, stdin, env, limit);
    const command = batchCommand(file, argv, own);
    return command && askWithInput({ ...command, verbatim: true }, stdin, env, limit);
  };

export const askProgram = makeAsk(process.platform, process.env);

/**
 * By @actions/exec. It cannot end a child: one that does not answer in time is left behind, its pipes close when the step
 * ends, and GitHub's runner kills it at the end of the job.
 */
async function askPlainly(
  file: string,
  argv: readonly string[],
  env: Record<string, string> | undefined,
  limit: number,
): Promise<Answered | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answered>((resolve) => {
    timer = setTimeout(() => resolve({ status: undefined, stdout: '' }), limit);
  });
  const { getExecOutput } = await import('@actions/exec');
  // In quotes, as what is outside of them is split at spaces.
  const answer = getExecOutput(`"${file}"`, [...argv], {
    ...(env && { env }),
    silent: true,
    ignoreReturnCode: true,
  });
  try {
    const answered = answer.then(({ exitCode, stdout }) => ({
      status: exitCode ?? undefined,
      stdout: stdout.slice(0, mostOutput),
    }));
    return await Promise.race([answered, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * By node itself. @actions/exec does not listen to errors of a child's stdin, so a program that ends without reading its
 * question, as a broken credential helper does, would end the step with an uncaught EPIPE.
 */
const askWithInput = (
  {
    file,
    argv,
    verbatim,
  }: { readonly file: string; readonly argv: readonly string[]; readonly verbatim: boolean },
  stdin: string,
  env: Record<string, string> | undefined,
  limit: number,
): Promise<Answered | undefined> =>
  new Promise((resolve) => {
    const child = process.getBuiltinModule('node:child_process').spawn(file, argv, {
      ...(env && { env }),
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limit,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(0, mostOutput);
    });
    // A failure shows in its answer.
    child.stdin.on('error', () => undefined).end(stdin);
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve({ status: status ?? undefined, stdout }));
  });
