import type { BlockList } from 'node:net';
import { HttpError } from './http-error.ts';
import { UserError } from './user-error.ts';

// Which hosts are asked, and what they receive. A host that the user names, in an input or a variable, may be anywhere. A
// host that an answer names (a redirect, a token service, the place of an upload) has to be public, unless the answer
// itself came from inside a private network; and credentials stay at the origin that they are for.

/** Is this host (with or without a port) the machine itself? */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);

/**
 * What no public host has as its address: IANA's special-purpose registries, multicast, and 168.63.129.16, where machines
 * of Azure, GitHub's runners among them, find Azure's own services.
 */
const privateIpv4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4'.split(
    ' ',
  );
const privateIpv6 = [
  // The first contains IPv4-compatible addresses, and loopback. BlockList reads IPv4-mapped ones as IPv4.
  ...'::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8'.split(
    ' ',
  ),
  // NAT64 (RFC 6052): an address stands for the IPv4 one in it. On a network without IPv4 every host has such an address.
  ...privateIpv4.map((range) => {
    const [address, bits] = range.split('/');
    return `64:ff9b::${address}/${96 + Number(bits)}`;
  }),
];
// node:net is loaded with the first question: a step that ends at its inputs has none.
const net = () => process.getBuiltinModule('node:net');
let madeRanges: BlockList | undefined;

function privateRanges(): BlockList {
  if (madeRanges !== undefined) return madeRanges;
  madeRanges = new (net().BlockList)();
  for (const range of [...privateIpv4, ...privateIpv6]) {
    const [address = '', bits] = range.split('/');
    madeRanges.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return madeRanges;
}

/** Is this an address that only a private network has? What is not an address counts as one. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = net().isIP(bare);
  return family === 0 || privateRanges().check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Does a URL's host name a place inside a private network by its text: an address, or a name that only resolves there (a
 * name without a dot; RFC 6762, appendix G; Kubernetes' services)? What a public name resolves to, transport.ts checks.
 */
export function isPrivate({ hostname }: URL): boolean {
  const name = hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  if (net().isIP(name) !== 0) return isPrivateAddress(name);
  return (
    !name.includes('.') ||
    /\.(?:localhost|local|internal|intranet|lan|corp|home|private|svc|home\.arpa)$/.test(name)
  );
}

/** Who names a URL: an answer's address, and whether its host was reached inside a private network. */
export interface Naming {
  readonly url: string;
  readonly isPrivate?: boolean | undefined;
}

/** Whether an answer came from inside a private network. */
const isInside = ({ url, isPrivate: reached }: Naming): boolean =>
  reached === true || isPrivate(new URL(url));

/** Whether the host that an answer names must resolve to a public address. The answer's own host is exempt. */
export const mustBePublic = (to: URL, by: Naming): boolean =>
  to.host !== new URL(by.url).host && !isInside(by);

/** Why a URL that an answer names is rejected, as a part of a sentence; undefined if it is accepted. */
export function objection(to: URL | undefined, by: Naming): string | undefined {
  const from = new URL(by.url);
  if (to === undefined) return 'is not a URL';
  const isPlain =
    to.protocol === 'http:' && from.protocol === 'http:' && (isLoopback(to.host) || !isLoopback(from.host));
  if (to.protocol !== 'https:' && !isPlain) return 'is not https';
  if (to.username !== '' || to.password !== '') return 'contains a login';
  if (mustBePublic(to, by) && isPrivate(to)) return 'is inside a private network';
  return undefined;
}

/** The URL in an answer, resolved relative to the answer's own. */
export const resolveUrl = (location: string, { url }: Naming): URL | undefined =>
  URL.canParse(location, url) ? new URL(location, url) : undefined;

/** A request that can be redirected. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer<ArrayBuffer> | undefined;
  /** Whether the host must have a public address. */
  readonly guarded: boolean;
}

/** Headers that reveal neither the client nor the purpose of a request. */
const plainHeaders = ['accept', 'accept-encoding', 'range', 'user-agent'];

/**
 * The next request of a redirect (RFC 9110, 15.4). Within an origin, 301 to 303 make a GET of a POST, and 303 of anything,
 * and the body is dropped. Only GET and HEAD follow to another origin, without credentials: a body is never sent to a host
 * that the user did not choose.
 *
 * @param answer the redirect: its own address, its status and its Location.
 * @throws HttpError when the redirect must not be followed.
 */
export function redirected(
  sent: Sent,
  answer: Naming & { readonly status: number; readonly location: string },
): Sent {
  const from = sent.url;
  const to = resolveUrl(answer.location, { url: from.href });
  const isSafe = sent.method === 'GET' || sent.method === 'HEAD';
  const isHome = to?.origin === from.origin;
  const why =
    objection(to, { url: from.href, isPrivate: answer.isPrivate }) ??
    (isHome || isSafe ? undefined : `is another origin, and a ${sent.method} is not sent to another origin`);
  if (to === undefined || why !== undefined) {
    const where = to === undefined ? 'an invalid URL' : `${to.protocol}//${to.host}`;
    throw new HttpError(
      `${from.origin}${from.pathname}`,
      'redirect',
      `its redirect from ${from.origin} to ${where} was not followed, because the target ${why}`,
    );
  }
  const guarded = to.host === from.host ? sent.guarded : mustBePublic(to, { ...answer, url: from.href });
  const becomesGet = !isSafe && (answer.status === 303 || (answer.status < 303 && sent.method === 'POST'));
  const kept = Object.entries(sent.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return isHome ? !(becomesGet && lower.startsWith('content-')) : plainHeaders.includes(lower);
  });
  return {
    url: to,
    method: becomesGet ? 'GET' : sent.method,
    headers: Object.fromEntries(kept),
    body: becomesGet ? undefined : sent.body,
    guarded,
  };
}

/** Whether a host can be reached over plain HTTP: on this machine, or inside Fly.io's private network. */
const isPlainHost = ({ host, hostname }: URL): boolean =>
  isLoopback(host) || hostname.toLowerCase().endsWith('.internal');

/**
 * The base URL of an API that a variable can redirect. It receives a token, so it must be https, or http where
 * nobody can listen.
 *
 * @throws UserError when the variable is anything else.
 */
export function baseUrl(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: string,
): string {
  const given = env[name] || otherwise;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isPlainHost(url));
  if (isSafe && url.username === '' && url.password === '') return given;
  throw new UserError({
    code: 'variable-invalid',
    found: `${name} is "${given.includes('@') ? `***${given.slice(given.lastIndexOf('@'))}` : given}".`,
    expected: 'A URL that starts with https://, or with http:// for this machine or a host in `.internal`.',
    fix: `Write \`${name}: ${otherwise}\` in the \`env:\` of the workflow, or remove ${name}.`,
  });
}
