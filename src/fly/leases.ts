import { answerOrNone } from '../lib/api-error.ts';
import { HttpError } from '../lib/http-error.ts';
import { Json } from '../lib/json.ts';
import { type FlyApi, getJson } from './api.ts';

/** A lease that ends later than this is not a deploy's, in milliseconds. */
const longest = 60 * 60_000;

/**
 * Whether something holds a machine's lease, as flyctl does while it changes the machine (fly-go, flaps_machines.go, FindLease).
 *
 * @returns undefined if Fly.io does not report it: a token that only reads can be refused.
 */
export async function isLeased(api: FlyApi, machine: string, now: number): Promise<boolean | undefined> {
  const path = `/v1/apps/${encodeURIComponent(api.app)}/machines/${encodeURIComponent(machine)}/lease`;
  const answer = await answerOrNone(getJson(api, path, 64 * 1024));
  if (answer instanceof HttpError) return undefined;
  if (answer.status === 404) return false;
  if (answer.status !== 200) return undefined;
  const data = parse(answer.body.toString('utf8'))?.get('data');
  if (data?.string('nonce') === undefined) return false;
  const end = data.get('expires_at').maybeNumber();
  // Clocks differ. flyctl asks for 13 seconds and renews that (fly-go, flaps_machines.go): a lease for hours is not a deploy's.
  return end === undefined || (end * 1000 > now - 10_000 && end * 1000 < now + longest);
}

function parse(text: string): Json | undefined {
  try {
    return new Json(JSON.parse(text), 'Fly.io’s answer');
  } catch {
    return undefined;
  }
}
