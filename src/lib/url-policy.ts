import { BlockList, isIP } from 'node:net';

/** Is this host (with or without a port) the machine itself? Only then is plain HTTP spoken. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);

// IANA's special-purpose address registries: what no public host has as its address.
const privateRanges = new BlockList();
for (const range of [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 198.18.0.0/15',
  '::/128 ::1/128 fc00::/7 fe80::/10',
].flatMap((line) => line.split(' '))) {
  const [address = '', bits] = range.split('/');
  privateRanges.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
}

/**
 * Does a URL's host name a place inside a network: an address of a private range, or a name that only
 * resolves there? A public registry that points to one is not to be followed with credentials, or at all.
 */
export function isPrivate({ hostname }: URL): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  // Mapped addresses are written `::ffff:7f00:1` by URL; BlockList reads them as the IPv4 ones they are.
  const family = isIP(name);
  if (family !== 0) return privateRanges.check(name, family === 6 ? 'ipv6' : 'ipv4');
  return /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)\.?$/.test(name);
}

/** Does the way from one URL to another lose encryption? */
export const isDowngraded = (to: URL, from: Pick<URL, 'protocol'>): boolean =>
  to.protocol !== 'https:' && to.protocol !== from.protocol;

/** May a redirect be followed: never from https to http, never from a public host to an address inside this network. */
export const mayRedirect = (from: URL, to: URL): boolean =>
  !isDowngraded(to, from) && (!isPrivate(to) || isPrivate(from));

/** The headers that go along with a redirect: credentials are for the origin that was asked, and for no other. */
export const redirectedHeaders = (
  from: URL,
  to: URL,
  headers: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => to.origin === from.origin || name.toLowerCase() !== 'authorization',
    ),
  );
