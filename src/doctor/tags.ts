import { newestTag } from '../image/newest-tag.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { counted } from '../lib/format.ts';
import { imageTags, shapeOf } from '../registry/commit-tags.ts';
import { metadataLines } from '../registry/metadata-lines.ts';
import { cleanBranch, commitInTag, digitsFor, namesCommit, plainTemplate } from '../registry/tag-template.ts';
import type { Finding } from '../report/finding.ts';

type TagInputs = Pick<Inputs, 'shaTag' | 'manualSelect'>;

const shown = 3;
const examples = (tags: readonly string[]): string => tags.slice(-shown).join(', ');

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

/**
 * Holds what the inputs look for against the tags that exist: those of commits, and the moving one that a run by hand takes.
 *
 * @param given as the registry lists them.
 */
export function tagFindings(given: readonly string[], inputs: TagInputs, branch: string): Finding[] {
  const { tags } = imageTags(given);
  if (tags.length === 0) {
    const fix = `the build, which must push one before anything can be deployed:\n${metadataLines(inputs.shaTag)}`;
    return [
      {
        area: 'Image',
        mark: 'bad',
        code: 'repository-without-tags',
        words: 'The repository has no tag yet.',
        fix,
      },
    ];
  }
  return [
    ...(namesCommit(inputs.shaTag) ? [ofCommits(tags, inputs, branch)] : []),
    ...ofMoving(tags, inputs, branch),
  ];
}

function ofCommits(tags: readonly string[], inputs: TagInputs, branch: string): Finding {
  const { shaTag } = inputs;
  const ours = commitTags(tags, inputs, branch);
  if (ours.length > 0) {
    const words = `\`sha-tag\` "${shaTag}" fits ${counted(ours.length, 'tag')} of branch "${branch}", e.g. ${examples(ours)}.`;
    return { area: 'Image', mark: 'ok', code: 'commit-tags-found', words };
  }
  const shape = shapeOf(tags, branch);
  const found = `None of the repository’s ${counted(tags.length, 'tag')} is what \`sha-tag\` "${shaTag}" makes for branch "${branch}"`;
  const build = `let the build make the tags that this step looks for:\n${metadataLines(shaTag)}`;
  if (shape === undefined)
    return {
      area: 'Image',
      mark: 'bad',
      code: 'commit-tags-missing',
      words: `${found}, and \`sha-tag\` can describe none: ${examples(tags)}.`,
      fix: build,
    };
  const lines = [
    ...(shape.branch === undefined ? [] : [`  branch: ${quoted(shape.branch)}`]),
    ...(shape.template === plainTemplate(shaTag) ? [] : [`  sha-tag: ${quoted(shape.template)}`]),
  ];
  return {
    area: 'Image',
    mark: 'bad',
    code: 'commit-tags-of-other-form',
    words: `${found}; there are ${examples(shape.tags)}.`,
    fix: `take the tags that there are:\nwith:\n${lines.join('\n')}\nOr ${build}`,
  };
}

/** A text that a tag can be is safe in quotes. */
const quoted = (text: string): string => `"${text}"`;

/** What a run by hand would deploy, where it is found by a tag. */
function ofMoving(tags: readonly string[], { manualSelect }: TagInputs, branch: string): Finding[] {
  const filled = (text: string) => text.replaceAll('{branch}', cleanBranch(branch));
  const area = 'Image';
  switch (manualSelect.form) {
    case 'newest': {
      const pattern = filled(manualSelect.pattern);
      const newest = newestTag(tags, pattern).tag;
      if (newest !== undefined) {
        const words = `A run by hand would deploy ${newest}, the newest tag like "${pattern}".`;
        return [{ area, mark: 'ok', code: 'newest-tag-found', words }];
      }
      const words = `No tag is like "${pattern}" of \`manual-select\`, so a run by hand would find no image.`;
      const fix = "with:\n  manual-select: 'newest:{branch}-*'";
      return [{ area, mark: 'warning', code: 'newest-tag-missing', words, fix }];
    }
    case 'tag': {
      const moving = filled(manualSelect.tag);
      if (tags.includes(moving)) {
        const words = `The moving tag "${moving}" is there, for runs by hand.`;
        return [{ area, mark: 'ok', code: 'moving-tag-found', words }];
      }
      const words = `The moving tag "${moving}" is not there, so a run by hand would find no image.`;
      const fix =
        'a line more in the build:\n- uses: docker/metadata-action@v6\n  with:\n    tags: |\n      type=ref,event=branch\nOr name another one in the step: `with: manual-select: tag:…`.';
      return [{ area, mark: 'warning', code: 'moving-tag-missing', words, fix }];
    }
    default:
      return [];
  }
}
