import type { TestWorld } from '../e2e/world.ts';

/** A call of flyctl's: what matters of it, machines and releases by the part they play. */
export interface Call {
  /** e.g. `POST machines/old/lease`. */
  readonly what: string;
  /** The fields of what was sent that a deploy hangs on, as JSON. */
  readonly fields: string;
}

/** What flyctl asked the platform for, in its order. `before`: the ids of the machines that were there. */
export function traceOf({ fly, registry, mirror }: TestWorld, before: readonly string[]): Call[] {
  return (
    fly.requests
      .filter(({ headers }) => headers['user-agent'] !== 'deploy-fly-image')
      // The logs of a release command, and the agent that flyctl starts for them: no part of a deploy.
      .filter(({ path, body }) => !/\/logs\?/.test(path) && !/WireGuard|organizations/.test(body))
      .map(({ method, path, body }) => {
        const url = new URL(path, 'http://fly');
        const place = url.pathname
          .replace(/^\/v1\/apps\/[^/]+/, 'app')
          .replace(/\/machines\/(\w+)/, (_, id: string) => `/machines/${before.includes(id) ? 'old' : 'new'}`)
          .replace(/\/releases\/\w+/, '/releases/id');
        const query = ['state', 'kill', 'ttl'].flatMap((name) =>
          url.searchParams.has(name) ? [`${name}=${url.searchParams.get(name)}`] : [],
        );
        const json = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
        return {
          what: `${method} ${place}${query.length > 0 ? `?${query.join('&')}` : ''}`,
          fields: JSON.stringify(fieldsOf(json))
            .replaceAll(registry.host, 'registry')
            .replaceAll(mirror.host, 'registry.fly.io'),
        };
      })
  );
}

function fieldsOf(json: Record<string, unknown>): object {
  const config = json['config'] as
    | { image?: string; auto_destroy?: boolean; metadata?: Record<string, string>; services?: object[] }
    | undefined;
  const query = typeof json['query'] === 'string' ? json['query'] : '';
  return {
    // Of a query, the fields that it asks for.
    query: query
      .replace(/^[^{]*|\([^)]*\)/g, '')
      .match(/\w+/g)
      ?.join(' '),
    ...pick(
      json,
      'app_name',
      'image',
      'strategy',
      'status',
      'builder_type',
      'skip_launch',
      'skip_service_registration',
      'value',
    ),
    ...(config && {
      image: config.image,
      auto_destroy: config.auto_destroy,
      checks: (config.services ?? []).length > 0,
      version: config.metadata?.['fly_release_version'],
      flyctl: 'fly_flyctl_version' in (config.metadata ?? {}),
      group: config.metadata?.['fly_process_group'],
      canary: config.metadata?.['fly_canary'],
    }),
  };
}

const pick = (json: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(names.filter((name) => json[name] !== undefined).map((name) => [name, json[name]]));

/** Each call once, sorted: a lease is taken again and again while one waits, a machine looked at until it is well. */
export const kinds = (calls: readonly Call[]): string[] =>
  [...new Set(calls.map(({ what, fields }) => `${what} ${fields}`))].sort();

/** The order in which a deploy's writes come first. Leases, which come and go at the same time for all machines, left out. */
export const order = (calls: readonly Call[]): string[] => [
  ...new Set(
    calls.filter(({ what }) => !/^GET |\/lease/.test(what)).map(({ what, fields }) => `${what} ${fields}`),
  ),
];
