import { counted } from '../lib/format.ts';
import { shortDigest } from '../registry/reference.ts';
import { code } from '../report/summary/markdown.ts';
import { goodHeading } from './heading.ts';
import type { Jobs, Kind, Wanted } from './kind.ts';
import { type Result, readResult } from './result.ts';
import { isGood } from './rows.ts';

/** Deploys, whose jobs leave a result each, and their report beside it. */
export const deploys: Kind = {
  read: readResult,
  objection,
  did: 'deployed this image to this app',
  writer: '`deploy-app.yml` can write artifacts named `deploy-image-*`',
  words: {
    verified: '✅ deployed, verified',
    'not-verified': '🚀 deployed, not verified',
    skipped: '⏭️ skipped',
    'rolled-back': '⏪ rolled back',
    failed: '❌ failed',
    cancelled: '🛑 canceled; machines may run different images',
    missing: '⚪ no result',
  },
  columns: ['Digest', 'Before', 'Release', 'Machines on this image'],
  cells: (result) => [
    code(shortDigest(result.digest)),
    code(result.previousDigest === '' ? '' : shortDigest(result.previousDigest)),
    result.releaseVersion === '' ? '' : code(`v${result.releaseVersion}`),
    machinesOnImage(result),
  ],
  fields: () => ({}),
  heading,
};

/** The name of a result's artifact and file. A lone artifact is unpacked without its folder, so the file has it too. */
const fileName = /^deploy-image-([1-9]\d*)-([a-z0-9-]+)-([0-9a-f]{64}|none)\.json$/;

/** The file has the attempt, the app and the image in its name. */
function objection(file: string, result: Result, { digest }: Jobs): string {
  const [, ofAttempt, ofApp, ofDigest] = fileName.exec(file) ?? [];
  const hex = /^sha256:([0-9a-f]{64})$/.exec(result.digest)?.[1] ?? 'none';
  if (ofApp !== result.app) return 'it is in a file of another app';
  if (Number(ofAttempt) !== result.attempt || ofDigest !== hex) return 'it is in a file of another deploy';
  // A deploy that failed early, or was refused, has no image.
  const claims = ['verified', 'not-verified'].includes(result.ending) || result.digest !== '';
  return digest !== '' && claims && result.digest !== digest ? 'it is of another image' : '';
}

/** How many machines run the image, of those that are listed. */
export function machinesOnImage({ machines }: Pick<Result, 'machines'>): string {
  if (machines === undefined) return '';
  const { right, all, omitted } = machines;
  return `${right} of ${all}${omitted === 0 ? '' : `; ${omitted} more not listed`}`;
}

function heading(image: string, wanted: readonly Wanted[], results: readonly Result[]): string {
  const all = counted(results.length, 'app');
  if (image === '' && results.every(({ ending }) => ending === 'missing'))
    return `## ❌ Nothing was deployed to ${all}: no image was found, or the event was refused`;
  const bad = results.filter((result) => !isGood(result)).length;
  if (bad > 0) return `## ❌ ${bad} of ${all} failed`;
  return goodHeading(wanted, results, { done: 'deployed to', what: 'the image', others: 'skipped' });
}
