import type { Http } from '../lib/http.ts';
import { parseJsonObject } from '../lib/json.ts';
import { readSnappy } from '../lib/snappy.ts';
import { messageOf } from '../lib/user-error.ts';

/**
 * An attestation as GitHub lists it: its bundle, which nobody has verified, or where to get that. Since July 2026 GitHub stores
 * bundles on another host, whose URLs are signed and expire.
 */
export type ListedAttestation =
  | { readonly bundle: object }
  | { readonly url: string }
  /** Neither. */
  | { readonly url?: undefined };

/** A part of the list. */
export interface AttestationPage {
  readonly listed: readonly ListedAttestation[];
  /** Where the list goes on; undefined where it ends. */
  readonly next: string | undefined;
}

/** GitHub returns no more of them at once. */
export const attestationsOnPage = 100;

/** @throws UserError when it is not JSON. */
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

/** A bundle is some ten kilobytes; one of a release with thousands of files some hundred. */
const largestBundle = 16 * 1024 * 1024;

/**
 * Gets a bundle from where GitHub stores it, without the token: the URL itself is what gives access, so it is in no text.
 *
 * @param apiUrl of GitHub's API, which named the URL.
 * @throws Error with the reason.
 */
export async function fetchBundle(http: Http, apiUrl: string, url: string): Promise<object> {
  if (!URL.canParse(url)) throw new Error('GitHub gave a URL for it that is none');
  const { host } = new URL(url);
  const request = { headers: { accept: '*/*' }, limit: largestBundle, namedBy: { url: apiUrl } };
  const { status, body } = await http(url, request).catch((error: unknown) => {
    throw new Error(`${host} could not be asked: ${messageOf(error)}`, { cause: error });
  });
  if (status !== 200) throw new Error(`${host} answered ${status}`);
  let bundle: unknown;
  try {
    // A block begins with its length, and a bundle of 123 bytes, which is what "{" would be, is not possible.
    const plain = body[0] === 0x7b ? body : readSnappy(body, largestBundle);
    bundle = JSON.parse(plain.toString('utf8'));
  } catch (error) {
    throw new Error(`what ${host} has is not a bundle: ${messageOf(error)}`);
  }
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle))
    throw new Error(`what ${host} has is not a bundle`);
  return bundle;
}
