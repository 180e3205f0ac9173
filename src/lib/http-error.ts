/**
 * Why there is no answer: `lost`, the connection broke or nothing came in time, which may pass; `redirect`, the server names
 * a place that is not followed; `too-large`, the body is over its limit; `out-of-time`, the time for all requests is over;
 * `not-sent`, the request could not be sent. Only `lost` is tried again.
 */
export type HttpErrorKind = 'lost' | 'redirect' | 'too-large' | 'out-of-time' | 'not-sent';

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
}
