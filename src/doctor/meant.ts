import type { Trigger } from '../event/types.ts';
import { flyApi } from '../fly/api.ts';
import { findImage } from '../image/find.ts';
import { oneWord, sayingOf } from '../image/revision.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { formatReference } from '../registry/reference.ts';
import type { Facts } from '../report/facts.ts';
import type { Finding } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';

/** A runtime whose lines are for whoever debugs a run: the list of findings has what they say. */
export const quiet = (rt: Runtime): Runtime => {
  const { debug } = rt.log;
  return { ...rt, log: { ...rt.log, line: debug, warning: (words) => debug(words) } };
};

/** The image that this run would deploy, found as a deploy finds it, but without waiting for it. */
export async function meant(rt: Runtime, inputs: Inputs, trigger: Trigger, facts: Facts): Promise<Finding[]> {
  const { image, beside } = await findImage(quiet(rt), { ...inputs, waitForImage: 0 }, trigger, {
    api: flyApi(rt, inputs),
    recorder: facts.untimed,
  });
  const { attested } = facts.known;
  const would = `This run would deploy ${formatReference(image.reference)}, ${image.digest}.`;
  const found: Finding[] = [{ area: 'Image', mark: 'ok', code: 'image-found', words: would }];
  if (beside?.kind === 'differs')
    found.push({
      area: 'Image',
      mark: 'warning',
      code: 'image-of-other-commit',
      words: `It ${sayingOf(beside.image)} ${oneWord(beside.image.commit)}, and the event is about ${beside.event}.`,
      fix: '`with: check-revision: require` to fail then.',
    });
  if (attested === undefined) return found;
  if (attested.kind === 'not-attested') {
    const { found: words, fix } = attested.error;
    return [...found, { area: 'Image', mark: 'warning', code: 'image-not-attested', words, fix }];
  }
  const words = `The image is attested: ${attested.signer} built it from commit ${attested.commit}.`;
  return [...found, { area: 'Image', mark: 'ok', code: 'image-attested', words }];
}
