/**
 * Why there is no answer: `unconnected`, no connection came about, by DNS, TCP or TLS; `lost`, the connection broke or nothing
 * came in time; `elsewhere`, another host, to which a redirect led, refused; `redirect`, the server names a place that is not
 * followed; `too-large`, the body is over its limit; `out-of-time`, the time for all requests is over; `not-sent`, the request
 * could not be sent. The first three may pass, and only they are tried again.
 */
export type HttpErrorKind =
  | 'unconnected'
  | 'lost'
  | 'elsewhere'
  | 'redirect'
  | 'too-large'
  | 'out-of-time'
  | 'not-sent';

/** No answer could be had. */
export class HttpError extends Error {
  readonly url: string;
  readonly kind: HttpErrorKind;

  constructor(url: string, kind: HttpErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.url = url;
    this.kind = kind;
  }

  /** Whether the next try may have an answer. */
  get mayPass(): boolean {
    return ['unconnected', 'lost', 'elsewhere'].includes(this.kind);
  }
}

/**
 * Codes of errors before a connection stands: of the resolver and the system (Node, "Common system errors", dns), of a proxy's
 * tunnel (Node, "ERR_PROXY_TUNNEL"), and of TLS (Node, "OpenSSL Error Codes" and "Certificate errors").
 */
const beforeConnection =
  /^(?:E(?:NOTFOUND|AI_\w+|NODATA|SERVFAIL|CONNREFUSED|HOSTUNREACH|NETUNREACH|NETDOWN|ADDRNOTAVAIL|TIMEDOUT|PROTO|ACCES|PERM)|ERR_(?:TLS|SSL|PROXY)_\w+|CERT_\w+|CRL_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|INVALID_CA|HOSTNAME_MISMATCH)$/;

/** Did a request fail before there was a connection? Unknown errors count as later ones. */
export function isBeforeConnection(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every(isBeforeConnection);
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && beforeConnection.test(code)) return true;
  // Node's tls module; its code is that of a connection that was reset.
  if (error.message.includes('before secure TLS connection was established')) return true;
  return error.cause !== undefined && isBeforeConnection(error.cause);
}
