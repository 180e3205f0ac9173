import { environmentFor } from '../../lib/environment.ts';

/**
 * Settings of flyctl: its hosts (internal/config/config.go, internal/uiex/client.go, internal/incidents/statuspage.go), its
 * folder, and its verbosity. Other names that begin with FLY_ are not flyctl's.
 */
const settings = [
  /^FLY_(?:API|FLAPS|UIEX)_BASE_URL$/,
  /^FLY_(?:REGISTRY_HOST|STATUSPAGE_UNRESOLVED_INCIDENTS_URL|CONFIG_DIR|AGENT_WG_REGION)$/,
  /^FLY_(?:VERBOSE|LOG_GQL_ERRORS|INCIDENTS_CHECK|NO_INCIDENTS_CHECK)$/,
];

/** The environment of the flyctl child: what it needs, the token, and flyctl's quiet switches. */
export function flyctlEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  token: string,
): Record<string, string> {
  return {
    ...environmentFor(env, settings),
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
