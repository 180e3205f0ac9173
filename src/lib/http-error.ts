/**
 * Why there is no answer: `unconnected`, DNS, TCP or TLS failed before a connection; `lost`, the connection broke or timed out;
 * `elsewhere`, the target of a redirect refused; `redirect`, a redirect must not be followed; `too-large`, the body is over its
 * limit; `out-of-time`, the time for all requests is over; `not-sent`, the request could not be sent. The first three can be
 * temporary, and only they are retried.
 */
export type HttpErrorKind =
  | 'unconnected'
  | 'lost'
  | 'elsewhere'
  | 'redirect'
  | 'too-large'
  | 'out-of-time'
  | 'not-sent';

/** There is no answer. */
export class HttpError extends Error {
  readonly url: string;
  readonly kind: HttpErrorKind;

  constructor(url: string, kind: HttpErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.url = url;
    this.kind = kind;
  }

  /** Whether a retry can succeed. */
  get mayPass(): boolean {
    return ['unconnected', 'lost', 'elsewhere'].includes(this.kind);
  }
}

/**
 * Codes of errors before a connection is established: of the resolver and the system (Node, "Common system errors", dns), of a proxy's
 * tunnel (Node, "ERR_PROXY_TUNNEL"), and of TLS (Node, "OpenSSL Error Codes" and "Certificate errors").
 */
const beforeConnection =
  /^(?:E(?:NOTFOUND|AI_\w+|NODATA|SERVFAIL|CONNREFUSED|HOSTUNREACH|NETUNREACH|NETDOWN|ADDRNOTAVAIL|TIMEDOUT|PROTO|ACCES|PERM)|ERR_(?:TLS|SSL|PROXY)_\w+|CERT_\w+|CRL_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|INVALID_CA|HOSTNAME_MISMATCH)$/;

/** Whether a request failed before there was a connection. Unknown errors count as later ones. */
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
