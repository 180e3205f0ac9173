type Env = Readonly<Record<string, string | undefined>>;

/** Variables that most programs need: none of them contains a secret of another step. */
const common = [
  // Where programs, homes and temporary files are, on each of the runner's systems.
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|PWD|TZ|TERM|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/,
  // Windows: DNS and TLS need the first one. libuv adds some of them to every child (src/win/process.c, required_vars).
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|DRIVERDATA|PSMODULEPATH)$/,
  /^(?:USERPROFILE|USERNAME|USERDOMAIN|HOMEDRIVE|HOMEPATH|LOGONSERVER|COMPUTERNAME|APPDATA|LOCALAPPDATA|PUBLIC)$/,
  /^(?:ALLUSERSPROFILE|PROGRAMDATA|(?:COMMON)?PROGRAM(?:FILES(?:\(X86\)|\(ARM\))?|W6432))$/,
  /^(?:NUMBER_OF_PROCESSORS|PROCESSOR_(?:ARCHITECTURE|ARCHITEW6432|IDENTIFIER|LEVEL|REVISION))$/,
  // With the last one, the runner finds and ends processes that a job left running (actions/runner, JobExtension.cs).
  /^(?:RUNNER_TEMP|RUNNER_TRACKING_ID)$/,
  /^(?:CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|CLICOLOR)$/,
  /^(?:HTTPS?|NO|ALL)_PROXY$/,
  /^SSL_CERT_(?:FILE|DIR)$/,
];

/**
 * The part of the step's environment that a program gets. It lists what the program needs, so that secrets of other steps never
 * reach it. Names keep their spelling: on Windows, `Path` is the same variable as `PATH`.
 *
 * @param more expressions for the names of further variables, in capitals.
 */
export function environmentFor(env: Env, more: readonly RegExp[]): Record<string, string> {
  const allowed = [...common, ...more];
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && allowed.some((pattern) => pattern.test(name.toUpperCase()));
  });
  return Object.fromEntries(kept);
}

/** A variable. On Windows, it can have another spelling: a copy of `process.env` finds only the exact one. */
export function variable(env: Env, name: string, platform: NodeJS.Platform): string | undefined {
  if (platform !== 'win32' || env[name] !== undefined) return env[name];
  return Object.entries(env).find(
    ([each, value]) => each.toUpperCase() === name.toUpperCase() && value !== undefined,
  )?.[1];
}

/** Whether a variable is for the user's own test. */
export const isOwnVariable = (name: string): boolean => name.startsWith('VERIFY_');
