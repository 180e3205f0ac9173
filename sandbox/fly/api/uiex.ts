import { bodyOf, type Incoming, type Outgoing, sendJson } from '../../lib/http.ts';
import type { Platform } from '../platform.ts';
import type { App, Release } from '../types.ts';

/** uiex, `/api/v1/…`: organizations, builds and releases (flyctl, internal/uiex). */
export async function uiexApi(platform: Platform, request: Incoming, response: Outgoing): Promise<void> {
  const { method, url } = request;
  const path = url.pathname.replace('/api/v1/', '');
  const body = bodyOf(request);
  if (method === 'GET' && path.startsWith('organizations/')) {
    return sendJson(response, 200, {
      organization: { id: 'org', internal_numeric_id: 1, slug: path.split('/')[1], name: 'Sandbox' },
    });
  }
  if (method === 'POST' && (path === 'builds' || path === 'builds/finish')) {
    return sendJson(response, 200, {
      id: 1,
      status: path === 'builds' ? 'started' : 'completed',
      wallclock_time_ms: 1,
    });
  }
  if (method === 'POST' && path === 'releases') {
    const app = platform.apps.get(String(body['app_name']));
    if (app === undefined) return sendJson(response, 404, { error: 'Could not find App' });
    if ((await platform.find(String(body['image']))) === undefined)
      return sendJson(response, 404, { error: `Could not find image ${body['image']}` });
    const strategy = String(body['strategy'] ?? 'ROLLING');
    const release = platform.createRelease(app, String(body['image']), strategy);
    app.faults.reached('release');
    return sendJson(response, 201, { release });
  }
  if (method === 'PATCH' && path.startsWith('releases/')) {
    const [app, release] = releaseOf(platform, path.split('/')[1]);
    if (release === undefined) return sendJson(response, 404, { error: 'Could not find release' });
    release.status = String(body['status']);
    if (release.status !== 'running') {
      app.afterDeploy.deployFinished();
      app.faults.reached('end');
    }
    return sendJson(response, 200, { release });
  }
  // A deploy token cannot read logs, so flyctl continues without them (machines_releasecommand.go, waitForLogs).
  if (method === 'GET' && /^apps\/[^/]+\/logs$/.test(path))
    return sendJson(response, 401, { error: 'unauthorized' });
  const listed = /^apps\/([^/]+)\/releases(\/current)?$/.exec(path);
  const app = listed === null ? undefined : platform.apps.get(listed[1] ?? '');
  if (method !== 'GET' || app === undefined) return platform.answerUnknown(request, response);
  if (listed?.[2] === undefined) return sendJson(response, 200, { releases: app.releases.toReversed() });
  const current = app.releases.at(-1);
  return current === undefined
    ? sendJson(response, 404, { error: 'no release' })
    : sendJson(response, 200, { release: current });
}

function releaseOf(platform: Platform, id: string | undefined): [App, Release] | [undefined, undefined] {
  for (const app of platform.apps.values()) {
    const release = app.releases.find((each) => each.id === id);
    if (release !== undefined) return [app, release];
  }
  return [undefined, undefined];
}
