import { newestTag } from '../image/newest-tag.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { counted } from '../lib/format.ts';
import { imageTags, shapeOf } from '../registry/commit-tags.ts';
import { metadataLines } from '../registry/metadata-lines.ts';
import { cleanBranch, commitInTag, digitsFor, namesCommit, plainTemplate } from '../registry/tag-template.ts';
import { type Finding, named } from '../report/finding.ts';
import { eitherOr } from './either-or.ts';

type TagInputs = Pick<Inputs, 'shaTag' | 'manualSelect'>;

const shown = 3;
const examples = (tags: readonly string[]): string => tags.slice(-shown).map(named).join(', ');

/** The tags that `sha-tag` makes of commits of this branch: of its form, and cut to its length. */
export function commitTags(
  tags: readonly string[],
  { shaTag }: Pick<TagInputs, 'shaTag'>,
  branch: string,
): string[] {
  const whole = shaTag.includes('{full-sha}');
  const digits = digitsFor(shaTag);
  return tags.filter((tag) => {
    const commit = commitInTag(tag, shaTag, branch);
    return (
      commit !== undefined &&
      (whole ? commit.length === 40 || commit.length === 64 : commit.length === digits)
    );
  });
}

/** Why the tag of a commit is not there: its form is another one, or the build writes none. */
export const commitTagCause = 'tags of commits';
/** Nothing was pushed yet. */
export const noTags = 'no tags';
/** One tag is not there. */
export const tagCause = (tag: string): string => `tag ${tag}`;

/**
 * Compares what the inputs select with the tags that exist: those of commits, and the moving one that a manual run takes.
 *
 * @param given as the registry lists them.
 */
export function tagFindings(given: readonly string[], inputs: TagInputs, branch: string): Finding[] {
  const { tags } = imageTags(given);
  if (tags.length === 0)
    return [
      {
        area: 'Image',
        mark: 'bad',
        code: 'repository-without-tags',
        words: 'The image repository has no tag.',
        fix: `Run the workflow that builds and pushes the image. These lines write its tags:\n${metadataLines(inputs.shaTag)}`,
        cause: noTags,
      },
    ];
  return [
    ...(namesCommit(inputs.shaTag) ? [ofCommits(tags, inputs, branch)] : []),
    ...ofMoving(tags, inputs, branch),
  ];
}

function ofCommits(tags: readonly string[], inputs: TagInputs, branch: string): Finding {
  const { shaTag } = inputs;
  const ours = commitTags(tags, inputs, branch);
  if (ours.length > 0) {
    const words = `${counted(ours.length, 'tag')} of branch ${named(branch)} ${ours.length === 1 ? 'matches' : 'match'} \`sha-tag\` ${named(shaTag)}, e.g. ${examples(ours)}.`;
    return { area: 'Image', mark: 'ok', code: 'commit-tags-found', words };
  }
  const shape = shapeOf(tags, branch);
  const missing = `No tag of the image repository matches \`sha-tag\` ${named(shaTag)} for branch ${named(branch)}.`;
  const build = `let the build write the tags that \`sha-tag\` describes:\n${metadataLines(shaTag)}`;
  if (shape === undefined)
    return {
      area: 'Image',
      mark: 'bad',
      code: 'commit-tags-missing',
      words: `${missing} Its ${counted(tags.length, 'tag')}, such as ${examples(tags)}, ${tags.length === 1 ? 'does' : 'do'} not name a commit.`,
      fix: eitherOr([build]),
      cause: commitTagCause,
    };
  const lines = [
    ...(shape.branch === undefined ? [] : [`  branch: ${quoted(shape.branch)}`]),
    ...(shape.template === plainTemplate(shaTag) ? [] : [`  sha-tag: ${quoted(shape.template)}`]),
  ];
  return {
    area: 'Image',
    mark: 'bad',
    code: 'commit-tags-of-other-form',
    words: `${missing} It has tags of another form, such as ${examples(shape.tags)}.`,
    fix: eitherOr([`select the tags that exist:\nwith:\n${lines.join('\n')}`, build]),
    cause: commitTagCause,
  };
}

/** A text that a tag can be is safe in quotes. */
const quoted = (text: string): string => `"${text}"`;

/** What a manual run would deploy, where it is found by a tag. */
function ofMoving(tags: readonly string[], inputs: TagInputs, branch: string): Finding[] {
  const { manualSelect, shaTag } = inputs;
  const filled = (text: string) => text.replaceAll('{branch}', cleanBranch(branch));
  const area = 'Image';
  // What a manual run could take instead.
  const ours = commitTags(tags, inputs, branch);
  const pattern =
    ours.length === 0 ? undefined : `newest:${shaTag.replace(/\{(?:full-)?sha(?::\d+)?\}/g, '*')}`;
  const instead =
    pattern === undefined
      ? []
      : [`let manual runs deploy the newest image of a commit:\nwith:\n  manual-select: ${quoted(pattern)}`];
  switch (manualSelect.form) {
    case 'newest': {
      const wanted = filled(manualSelect.pattern);
      const newest = newestTag(tags, wanted).tag;
      if (newest !== undefined) {
        const words = `A manual run would deploy ${named(newest)}, the newest tag that matches ${named(wanted)}.`;
        return [{ area, mark: 'ok', code: 'newest-tag-found', words }];
      }
      const words = `No tag matches ${named(wanted)} of \`manual-select\`, so a manual run would find no image.`;
      const fix = eitherOr([...instead, 'correct the pattern in the input `manual-select`.']);
      return [{ area, mark: 'warning', code: 'newest-tag-missing', words, fix }];
    }
    case 'tag': {
      const moving = filled(manualSelect.tag);
      if (tags.includes(moving)) {
        const words = `The moving tag ${named(moving)}, which manual runs deploy, exists.`;
        return [{ area, mark: 'ok', code: 'moving-tag-found', words }];
      }
      const words = `The moving tag ${named(moving)} does not exist, so a manual run would find no image.`;
      const build = metadataLines(manualSelect.tag.includes('{branch}') ? manualSelect.tag : moving);
      const fix = eitherOr([`let the build write the tag:\n${build}`, ...instead]);
      return [{ area, mark: 'warning', code: 'moving-tag-missing', words, fix, cause: tagCause(moving) }];
    }
    default:
      return [];
  }
}
