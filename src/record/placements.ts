import { type Json, parseJsonObject } from '../lib/json.ts';
import { plainLine } from '../lib/text.ts';
import type { CheckedMachine } from '../verify/compare.ts';

/** Which image runs in one process group and region. Its texts are single lines without secrets, as long as GitHub accepts. */
export interface Placement {
  /** The image where it was found, without its tag and digest. */
  readonly image: string;
  /** The digest of the index if there is one: builds attest that. */
  readonly digest: string;
  readonly group: string;
  /** '' if Fly.io did not report it. */
  readonly region: string;
}

/** Placements, and how many others there were. */
export interface Placements {
  readonly list: readonly Placement[];
  readonly omitted: number;
}

/** An image that runs on machines. */
export type PlacedImage = Pick<Placement, 'image' | 'digest'>;

/** How many of one app are listed: each is a request to GitHub. Fly.io has fewer regions. */
export const mostPlacements = 100;

/** GitHub accepts 256 characters for `<app>-<group>`, and an app’s name has at most 63. It accepts 128 for a region. */
const longest = { group: 192, region: 128 };

const cleaned = (text: string, most: number): string =>
  plainLine(text).trim().slice(0, most).toWellFormed().trim();

/**
 * One placement for each process group and region in which machines are that the deploy manages, sorted.
 *
 * @param imageOf the image that the machines of a process group run. @param hide takes secrets out of what Fly.io wrote.
 */
export function placementsOf(
  machines: readonly Pick<CheckedMachine, 'group' | 'region' | 'excluded'>[],
  imageOf: (group: string) => PlacedImage,
  hide: (text: string) => string,
): Placements {
  const found = new Map<string, Placement>();
  for (const { group: rawGroup, region: rawRegion, excluded } of machines) {
    if (excluded) continue;
    const group = cleaned(hide(rawGroup), longest.group);
    // The machine of an unknown region has this one.
    const region = cleaned(hide(rawRegion === '?' ? '' : rawRegion), longest.region);
    const key = `${group}\n${region}`;
    if (!found.has(key)) found.set(key, { ...imageOf(rawGroup), group, region });
  }
  const all = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, placement]) => placement);
  return { list: all.slice(0, mostPlacements), omitted: Math.max(0, all.length - mostPlacements) };
}

/**
 * Reads the output `placements` of another step, which can contain anything.
 *
 * @param of whose output it is, for messages. @throws UserError when it is not such a list.
 */
export function readPlacements(text: string, of: string): Placement[] {
  if (text === '') return [];
  const list = parseJsonObject(`{"placements":${text}}`, `the placements of ${of}`).get('placements');
  if (!Array.isArray(list.value)) throw list.error('A list');
  return list
    .items()
    .slice(0, mostPlacements)
    .map((each) => ({
      image: matching(each.get('image'), /^[\w.:/-]{1,256}$/, 'A name of an image'),
      digest: matching(each.get('digest'), /^sha256:[0-9a-f]{64}$/, 'A sha256 digest'),
      group: cleaned(each.get('group').maybeText() ?? '', longest.group),
      region: cleaned(each.get('region').maybeText() ?? '', longest.region),
    }));
}

function matching(json: Json, form: RegExp, expected: string): string {
  const text = json.text();
  if (!form.test(text)) throw json.error(expected);
  return text;
}
