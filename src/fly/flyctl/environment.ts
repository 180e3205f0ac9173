type Env = Readonly<Record<string, string | undefined>>;

/**
 * The part of the step's environment that flyctl gets. It lists what flyctl needs, so that secrets of other steps never reach
 * flyctl.
 */
const allowed = [
  // Where programs, homes and temporary files are, on each of the runner's systems.
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|PWD|TZ|TERM|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/,
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES)$/,
  // With the last one, the runner finds and ends processes that a job left running (actions/runner, JobExtension.cs).
  /^(?:RUNNER_TEMP|RUNNER_TRACKING_ID)$/,
  /^(?:CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|CLICOLOR)$/,
  /^(?:HTTPS?|NO|ALL)_PROXY$/,
  /^SSL_CERT_(?:FILE|DIR)$/,
  // Settings of flyctl: its hosts (internal/config/config.go, internal/uiex/client.go,
  // internal/incidents/statuspage.go), its folder, and its verbosity. Other names that begin with FLY_ are not flyctl's.
  /^FLY_(?:API|FLAPS|UIEX)_BASE_URL$/,
  /^FLY_(?:REGISTRY_HOST|STATUSPAGE_UNRESOLVED_INCIDENTS_URL|CONFIG_DIR|AGENT_WG_REGION)$/,
  /^FLY_(?:VERBOSE|LOG_GQL_ERRORS|INCIDENTS_CHECK|NO_INCIDENTS_CHECK)$/,
];

/** The environment of the flyctl child: what it needs, the token, and flyctl's quiet switches. */
export function flyctlEnvironment(env: Env, token: string): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && allowed.some((pattern) => pattern.test(name.toUpperCase()));
  });
  return {
    ...Object.fromEntries(kept),
    // FLY_ACCESS_TOKEN is not there: set but empty, it would hide this one (internal/env/env.go).
    FLY_API_TOKEN: token,
    // One stdout line with the release's id and version (machines_deploymachinesapp.go), if this flyctl supports it.
    FLY_EMIT_RELEASE_JSON: '1',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_SEND_METRICS: '0',
    // flyctl sends its traces, the token in them, over plain HTTP to its collector (internal/tracing/tracing.go).
    FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
  };
}
