import type { Trigger } from '../event/types.ts';
import type { ImageInputs, TrustInputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import { isTag, namesImage, type Repository } from '../registry/reference.ts';
import { cleanBranch, namesCommit, renderTag } from '../registry/tag-template.ts';
import type { Plan } from './types.ts';

/**
 * From an event and the inputs to what to look for. An `image` with a tag or digest is taken as it is; the
 * input `commit` names a SHA tag also by hand; else an automatic run wants its commit's SHA tag, and a
 * manual one the digest behind the moving tag, or behind the newest tag of a pattern.
 *
 * @throws UserError when a template renders no valid tag with this branch.
 */
export function makePlan(trigger: Trigger, inputs: ImageInputs & Pick<TrustInputs, 'checkRevision'>): Plan {
  const { image, deployBy } = inputs;
  const repository: Repository = { host: image.host, path: image.path };
  const automatic = trigger.kind === 'automatic';

  if (namesImage(image)) {
    // Whoever names an image may mean an older one than the event's commit: only a commit that is named too is compared
    // strictly, by an input or by who sent the event.
    const isNamed = trigger.event === 'repository_dispatch' || inputs.checkRevision === 'require';
    const strict = automatic && isNamed ? trigger.commit : undefined;
    const pin = image.digest !== undefined || deployBy === 'digest';
    return { source: 'reference', repository, reference: image, commit: inputs.commit ?? strict, pin };
  }

  if (trigger.kind === 'manual' && trigger.published !== undefined && inputs.commit === undefined) {
    // The digest is what was published; the tag may be another image's by now.
    const { digest, commit, tag: published } = trigger.published;
    const reference = { ...repository, digest };
    return { source: 'reference', repository, reference, published, commit, pin: true };
  }

  const commit = inputs.commit ?? (automatic ? trigger.commit : undefined);
  const pin = deployBy === 'digest' || (deployBy === 'auto' && !automatic);
  const { branch } = trigger;
  if (commit !== undefined) {
    const rendered = renderTag(inputs.shaTag, { branch, commit, shortLength: inputs.shortShaLength });
    const tag = valid(rendered, 'sha-tag', inputs.shaTag, branch);
    // A template without a commit is a moving tag: what it is now is deployed, not what it will be.
    return namesCommit(inputs.shaTag)
      ? { source: 'sha-tag', repository, tag, commit, branch, pin }
      : { source: 'digest', repository, tag, commit, pin: deployBy !== 'tag' };
  }
  if (inputs.tagPattern !== undefined) {
    const pattern = inputs.tagPattern.replaceAll('{branch}', cleanBranch(branch));
    return { source: 'pattern', repository, pattern, commit: undefined, pin };
  }
  const tag = valid(inputs.tag.replaceAll('{branch}', cleanBranch(branch)), 'tag', inputs.tag, branch);
  return { source: 'digest', repository, tag, commit: undefined, pin };
}

function valid(tag: string, input: string, template: string, branch: string): string {
  if (isTag(tag)) return tag;
  throw new UserError({
    code: 'tag-invalid',
    found: `The input \`${input}\` "${template}" renders "${tag}" for branch "${branch}": no valid tag.`,
    expected: 'letters, digits, ".", "_", "-"; the first is none of "." and "-"; at most 128.',
    fix: `\`with: ${input}:\` with a text in place of {branch}, the same that the build writes.`,
    input,
  });
}
