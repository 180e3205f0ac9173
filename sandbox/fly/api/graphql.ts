import { bodyOf, type Incoming, type Outgoing, sendJson } from '../../lib/http.ts';
import type { Platform } from '../platform.ts';
import type { App } from '../types.ts';
import { appCommandData } from './apps.ts';

/** GraphQL: the few queries of a deploy, which differ by the fields that they ask for. */
export async function graphqlApi(platform: Platform, request: Incoming, response: Outgoing): Promise<void> {
  const { query = '', ...body } = bodyOf(request) as {
    query?: string;
    variables?: Record<string, string> | null;
  };
  const variables = body.variables ?? {};
  const app = platform.apps.get(String(variables['appName'] ?? variables['name'] ?? ''));
  if (app?.faults.active('graphql-down') !== undefined)
    return sendJson(response, 500, { errors: [{ message: 'Internal Server Error' }] });
  const errors = [{ message: 'Could not find App', extensions: { code: 'NOT_FOUND' } }];
  if (query.includes('validateWireGuardPeers'))
    return sendJson(response, 200, { data: { validateWireGuardPeers: { invalidPeerIps: [] } } });
  if (query.includes('canPerformBluegreenDeployment'))
    return sendJson(response, 200, { data: { canPerformBluegreenDeployment: true } });
  const data = appCommandData(platform, query, variables);
  if (data !== undefined) return sendJson(response, 200, { data });
  // flyctl asks for an app under other names too: `appcompact:app(…)` (fly-go, resource_apps.go).
  const key = /(\w+)\s*:\s*app\s*\(/.exec(query)?.[1] ?? 'app';
  if (app === undefined) return sendJson(response, 200, { data: { [key]: null }, errors });
  if (key !== 'app') return sendJson(response, 200, { data: { [key]: describe(app) } });
  if (query.includes('hostname'))
    return sendJson(response, 200, { data: { app: { hostname: app.hostname } } });
  if (query.includes('image(ref')) {
    const image = await platform.find(String(variables['imageRef']));
    const found = image && {
      id: `img_${image.platformDigest.slice(7, 23)}`,
      digest: image.platformDigest,
      ref: variables['imageRef'],
      compressedSize: String(image.size),
      manifest: null,
    };
    return sendJson(response, 200, { data: { app: { id: app.name, image: found ?? null } } });
  }
  if (query.includes('releasesUnprocessed')) {
    if (app.faults.active('no-releases') !== undefined)
      return sendJson(response, 200, { data: { app: null }, errors: [{ message: 'Not authorized' }] });
    const nodes = app.releases
      .map(({ version, status, image_ref, created_at }) => ({
        version,
        status,
        imageRef: image_ref,
        createdAt: created_at,
      }))
      .reverse();
    return sendJson(response, 200, { data: { app: { releases: { nodes } } } });
  }
  if (query.includes('currentReleaseUnprocessed')) {
    return sendJson(response, 200, {
      data: { app: { id: app.name, currentReleaseUnprocessed: { configDefinition: { app: app.name } } } },
    });
  }
  if (query.includes('egressIpAddresses'))
    return sendJson(response, 200, { data: { app: { id: app.name, egressIpAddresses: { nodes: [] } } } });
  platform.answerUnknown(request, response);
}

/** An app as commands for its machines ask for it (fly-go, GetAppCompact and GetAppBasic). */
const describe = ({ name, hostname }: App): object => ({
  id: name,
  internalNumericId: 1,
  name,
  hostname,
  cnameTarget: '',
  deployed: true,
  network: 'default',
  status: 'deployed',
  appUrl: `https://${hostname}`,
  platformVersion: 'machines',
  organization: { id: 'org', internalNumericId: '1', slug: 'sandbox', rawSlug: 'sandbox', paidPlan: false },
  postgresAppRole: null,
});
