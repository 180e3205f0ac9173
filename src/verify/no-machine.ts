import { narrowingFlags } from '../inputs/flags.ts';
import { counted } from '../lib/format.ts';
import type { UserErrorParts } from '../lib/user-error.ts';

const either = new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * Why no machine counts: the app has none, or flags exclude all of them.
 *
 * @param excluded how many machines flags exclude. @param when the end of the sentence, such as `, after the deploy`.
 */
export function noneManaged(
  app: string,
  excluded: number,
  when = '',
): Pick<UserErrorParts, 'found' | 'expected' | 'fix'> {
  const expected = 'At least one machine that runs the image.';
  const list = `\`fly machine list -a ${app}\``;
  if (excluded === 0)
    return {
      found: `App "${app}" has no machine that deploys manage${when}.`,
      expected,
      fix: `Check ${list}. Deploys do not touch machines that \`fly machine run\` created.`,
    };
  const all = excluded === 1 ? 'the only machine' : `all ${counted(excluded, 'machine')}`;
  const flags = either.format(narrowingFlags.map((name) => `\`${name}\``));
  return {
    found: `\`flags\` excludes ${all} of app "${app}"${when}.`,
    expected,
    fix: `Correct ${flags} in \`with: flags:\`, so that at least one machine of ${list} is left.`,
  };
}
