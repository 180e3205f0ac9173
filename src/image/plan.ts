import type { Trigger } from '../event/types.ts';
import type { ImageInputs, Selection, TrustInputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import { isTag, namesImage, type Reference, type Repository } from '../registry/reference.ts';
import { cleanBranch, namesCommit, renderTags } from '../registry/tag-template.ts';
import type { ChosenBy, Plan } from './types.ts';

/** Which image is selected, and by what. */
export interface Choice {
  readonly by: ChosenBy;
  readonly selection:
    | Selection
    | {
        readonly form: 'reference';
        readonly reference: Reference;
        /** The tag that it was published with, and the commit in it, if the event is about a package. */
        readonly published?: string;
        readonly commit?: string | undefined;
      };
}

type PlanInputs = ImageInputs & Pick<TrustInputs, 'checkRevision' | 'attestation'>;

/**
 * What an event and the inputs choose: the input `select`; else a full reference in `image`; else the commit that the
 * event or the input `commit` names; else the image whose publication is the event; else `manual-select`.
 */
export function choose(trigger: Trigger, inputs: ImageInputs): Choice {
  const { image, select, manualSelect } = inputs;
  const commit = typedCommit(trigger, inputs) ?? (trigger.kind === 'automatic' ? trigger.commit : undefined);
  if (select !== undefined) return { by: 'select', selection: select };
  if (namesImage(image)) return { by: 'image', selection: { form: 'reference', reference: image } };
  if (commit !== undefined) return { by: 'commit', selection: { form: 'commit', commit } };
  if (trigger.kind === 'manual' && trigger.published !== undefined) {
    // The digest is the published image; the tag can have moved to another image since.
    const { digest, tag: published, commit } = trigger.published;
    const reference = { host: image.host, path: image.path, digest };
    return { by: 'event', selection: { form: 'reference', reference, published, commit } };
  }
  return { by: 'manual-select', selection: manualSelect };
}

/** The commit that the event is about; for a package, the digits in its tag if they are a commit's. */
export const eventCommitOf = (trigger: Trigger): string | undefined =>
  trigger.kind === 'automatic' ? trigger.commit : trigger.published?.commit;

/** The longest of several abbreviations of one commit. */
const longest = (commit: string, ...known: (string | undefined)[]): string =>
  known.reduce<string>((most, each) => (each?.startsWith(most) ? each : most), commit);

/** The input `commit`, completed if the event names the same commit. */
const typedCommit = (trigger: Trigger, { commit }: Pick<ImageInputs, 'commit'>): string | undefined =>
  commit && longest(commit, eventCommitOf(trigger));

/**
 * The commit that a named image must have been built from. Users who name an image can want one that is older than the event's
 * commit, so the comparison is strict only if an input or the sender of the event also names a commit.
 */
export function strictCommit(trigger: Trigger, inputs: PlanInputs): string | undefined {
  const isNamed = trigger.event === 'repository_dispatch' || inputs.checkRevision === 'require';
  return typedCommit(trigger, inputs) ?? (isNamed ? eventCommitOf(trigger) : undefined);
}

/**
 * Turns the choice into what to look up in the registry.
 *
 * @throws UserError when a template does not render a valid tag for this branch.
 */
export function makePlan(
  {
    by,
    selection,
  }: {
    readonly by: ChosenBy;
    readonly selection: Exclude<Choice['selection'], { form: 'release' | 'running' }>;
  },
  trigger: Trigger,
  inputs: PlanInputs,
): Plan {
  const { image, shaTag } = inputs;
  const { branch } = trigger;
  const repository: Repository = { host: image.host, path: image.path };
  const filled = (text: string) => text.replaceAll('{branch}', cleanBranch(branch));
  const commit = strictCommit(trigger, inputs);
  const pin = inputs.deployBy !== 'tag';
  const common = { by, repository, commit, pin };
  switch (selection.form) {
    case 'reference': {
      const { reference, published } = selection;
      return {
        ...common,
        source: 'reference',
        reference,
        ...(published === undefined ? {} : { published }),
        commit: commit ?? selection.commit,
        pin: pin || reference.digest !== undefined,
      };
    }
    case 'digest': {
      const reference = { ...repository, digest: selection.digest };
      return { ...common, source: 'reference', reference, pin: true };
    }
    case 'tag': {
      const tag = valid(filled(selection.tag), by, `tag:${selection.tag}`, branch);
      return { ...common, source: 'digest', tag };
    }
    case 'newest':
      return { ...common, source: 'pattern', pattern: filled(selection.pattern) };
    case 'commit': {
      const wanted = longest(selection.commit, inputs.commit, eventCommitOf(trigger));
      const rendered = renderTags(shaTag, { branch, commit: wanted });
      const own = { ...common, commit: wanted };
      // A template without a commit is a moving tag: its current image is deployed by digest.
      if (!namesCommit(shaTag)) {
        const moving = valid(rendered.at(-1) ?? '', 'sha-tag', shaTag, branch);
        return { ...own, source: 'digest', tag: moving };
      }
      const [first = rendered[0], otherTag] = rendered.filter(isTag);
      const tag = valid(first, 'sha-tag', shaTag, branch);
      return { ...own, source: 'sha-tag', tag, otherTag, branch, pin: !byTag(trigger, inputs) };
    }
  }
}

/** Only the SHA tag of an automatic run's commit is deployed by tag, unless an input overrides that. */
const byTag = ({ kind }: Trigger, { deployBy, attestation }: PlanInputs): boolean =>
  deployBy === 'tag' || (deployBy === 'auto' && kind === 'automatic' && attestation.mode === 'off');

function valid(tag: string, by: ChosenBy | 'sha-tag', template: string, branch: string): string {
  if (isTag(tag)) return tag;
  throw new UserError({
    code: 'tag-invalid',
    found: `The input \`${by}\` "${template}" renders "${tag}" for branch "${branch}", which is not a valid tag.`,
    expected: 'At most 128 letters, digits, ".", "_" and "-". The first character cannot be "." or "-".',
    fix: `In \`with: ${by}:\`, replace {branch} with the text that the build puts there.`,
    input: by,
  });
}
