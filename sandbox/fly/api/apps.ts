import type { Platform } from '../platform.ts';

const organization = {
  id: 'org',
  internalNumericId: '1',
  slug: 'sandbox',
  rawSlug: 'sandbox',
  name: 'Sandbox',
  type: 'SHARED',
  paidPlan: false,
  billable: true,
  viewerRole: 'admin',
  addOns: { nodes: [] },
};

/**
 * The data of the queries that `flyctl apps list`, `apps create` and `apps destroy` send (internal/command/apps); undefined for
 * another query.
 */
export function appCommandData(
  platform: Platform,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): object | undefined {
  const nodes = [...platform.apps.values()].map(({ name, hostname }) => ({
    id: name,
    name,
    hostname,
    deployed: true,
    status: 'deployed',
    platformVersion: 'machines',
    network: 'default',
    organization,
    currentRelease: null,
  }));
  if (query.includes('apps(type'))
    return { apps: { pageInfo: { hasNextPage: false, endCursor: '' }, nodes } };
  if (query.includes('organizations(')) return { organizations: { nodes: [organization] } };
  if (query.includes('organization(slug')) return { organization };
  // Of all queries of one app, only that of `apps destroy` asks for addresses of requests.
  const app = nodes.find(({ name }) => name === variables['appName']);
  if (query.includes('sharedIpAddress') && app !== undefined) return { app };
  return undefined;
}
