import { isAction } from '../../sandbox/lib/http.ts';
import type { TestWorld } from '../e2e/world.ts';

/** The relevant parts of a flyctl call, with machines and releases named by their role. */
export interface Call {
  /** e.g. `POST machines/old/lease`. */
  readonly what: string;
  /** The fields in the request that a deploy depends on, as JSON. */
  readonly fields: string;
}

/** flyctl's requests to the platform, in order. `before`: the IDs of the machines before the deploy. */
export function traceOf({ fly, registry, mirror }: TestWorld, before: readonly string[]): Call[] {
  return (
    fly.requests
      .filter((request) => !isAction(request))
      // The logs of a release command, and the agent that flyctl starts for them, are not part of a deploy.
      .filter(({ path, body }) => !/\/logs\?/.test(path) && !/WireGuard|organizations|viewer/.test(body))
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
    // The fields that a query requests.
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

/** Each call once, sorted. While flyctl waits, it renews leases and polls machines until they are healthy. */
export const kinds = (calls: readonly Call[]): string[] =>
  [...new Set(calls.map(({ what, fields }) => `${what} ${fields}`))].sort();

/** The first occurrences of a deploy's writes, in order, without leases, which are concurrent for all machines. */
export const order = (calls: readonly Call[]): string[] => [
  ...new Set(
    calls.filter(({ what }) => !/^GET |\/lease/.test(what)).map(({ what, fields }) => `${what} ${fields}`),
  ),
];
