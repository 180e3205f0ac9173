import type { Http } from '../lib/http.ts';
import { parseJsonObject } from '../lib/json.ts';
import { readSnappy } from '../lib/snappy.ts';
import { messageOf } from '../lib/user-error.ts';

/**
 * An attestation as GitHub lists it: its bundle, which is not yet verified, or the bundle's URL. Since July 2026 GitHub stores
 * bundles on another host, whose URLs are signed and expire.
 */
export type ListedAttestation =
  | { readonly bundle: object }
  | { readonly url: string }
  /** Neither. */
  | { readonly url?: undefined };

/** One page of the list. */
export interface AttestationPage {
  readonly listed: readonly ListedAttestation[];
  /** The cursor of the next page; undefined on the last page. */
  readonly next: string | undefined;
}

/** The most attestations that GitHub returns on one page. */
export const attestationsOnPage = 100;

/** Reads one page of the list. @throws UserError when it is not JSON. */
export function readAttestationPage(text: string, link: string | undefined): AttestationPage {
  const items = parseJsonObject(text, 'GitHub’s list of attestations').get('attestations').items();
  const listed = items.slice(0, attestationsOnPage).map((each): ListedAttestation => {
    const bundle = each.get('bundle').value;
    if (typeof bundle === 'object' && bundle !== null) return { bundle };
    const url = each.get('bundle_url').maybeText();
    return url === undefined ? {} : { url };
  });
  return { listed, next: nextOf(link) };
}

/** The cursor of the next page (GitHub's docs, "Using pagination in the REST API"). */
function nextOf(link = ''): string | undefined {
  const [, next = ''] = /<([^<>]{1,4000})>;\s*rel="next"/.exec(link) ?? [];
  return (URL.canParse(next) && new URL(next).searchParams.get('after')) || undefined;
}

/** In bytes. A bundle has about ten kilobytes; that of a release with thousands of files, some hundred. */
const largestBundle = 16 * 1024 * 1024;

/**
 * Gets a bundle from the host where GitHub stores it, without the token. The URL itself grants access, so no text contains it.
 *
 * @param apiUrl the URL of GitHub's API, which returned the bundle's URL.
 * @throws Error with the reason.
 */
export async function fetchBundle(http: Http, apiUrl: string, url: string): Promise<object> {
  if (!URL.canParse(url)) throw new Error('GitHub returned an invalid URL for it');
  const { host } = new URL(url);
  const request = { headers: { accept: '*/*' }, limit: largestBundle, namedBy: { url: apiUrl } };
  const { status, body } = await http(url, request).catch((error: unknown) => {
    throw new Error(`${host} did not answer: ${messageOf(error)}`, { cause: error });
  });
  if (status !== 200) throw new Error(`${host} answered ${status}`);
  let bundle: unknown;
  try {
    // A Snappy block begins with its length. "{" would be a length of 123 bytes, which is too short for a bundle.
    const plain = body[0] === 0x7b ? body : readSnappy(body, largestBundle);
    bundle = JSON.parse(plain.toString('utf8'));
  } catch (error) {
    throw new Error(`the answer of ${host} is not a bundle: ${messageOf(error)}`);
  }
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle))
    throw new Error(`the answer of ${host} is not a bundle`);
  return bundle;
}
