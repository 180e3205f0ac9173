type Env = Readonly<Record<string, string | undefined>>;

/** Variables that most programs need: none of them contains a secret of another step. */
const common = [
  // Where programs, homes and temporary files are, on each of the runner's systems.
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|PWD|TZ|TERM|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/,
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES)$/,
  // With the last one, the runner finds and ends processes that a job left running (actions/runner, JobExtension.cs).
  /^(?:RUNNER_TEMP|RUNNER_TRACKING_ID)$/,
  /^(?:CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|CLICOLOR)$/,
  /^(?:HTTPS?|NO|ALL)_PROXY$/,
  /^SSL_CERT_(?:FILE|DIR)$/,
];

/**
 * The part of the step's environment that a program gets. It lists what the program needs, so that secrets of other steps never
 * reach it.
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
