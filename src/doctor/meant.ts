import { runnerWords } from '../attestation/words.ts';
import type { Trigger } from '../event/types.ts';
import { flyApi } from '../fly/api.ts';
import { findImage } from '../image/find.ts';
import { oneWord, sayingOf } from '../image/revision.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { formatReference } from '../registry/reference.ts';
import type { Facts } from '../report/facts.ts';
import { type Finding, named } from '../report/finding.ts';
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
  const name = formatReference({
    ...image.repository,
    ...(image.tag === undefined ? {} : { tag: image.tag }),
  });
  const byDigest = image.reference.digest === undefined ? '' : ' by its digest';
  const would = `This run would deploy ${named(name)}${byDigest}, ${image.digest}.`;
  const found: Finding[] = [{ area: 'Image', mark: 'ok', code: 'image-found', words: would }];
  if (beside?.kind === 'differs')
    found.push({
      area: 'Image',
      mark: 'warning',
      code: 'image-of-other-commit',
      words: `The image ${sayingOf(beside.image)} ${oneWord(beside.image.commit)}, but the event is about ${named(beside.event)}.`,
      fix: 'If another commit must not be deployed, make the step fail:\nwith:\n  check-revision: require',
    });
  if (attested === undefined) return found;
  if (attested.kind === 'not-attested') {
    const { found: words, fix } = attested.error;
    return [...found, { area: 'Image', mark: 'warning', code: 'image-not-attested', words, fix }];
  }
  const words = `The image is attested: ${named(attested.signer)} built it from commit ${named(attested.commit)} for ${named(attested.ref)}${runnerWords(attested.runner, ', on ')}.`;
  return [...found, { area: 'Image', mark: 'ok', code: 'image-attested', words }];
}
