import type { BuildRef } from '../event/build-ref.ts';
import type { ImageInputs } from '../inputs/inputs.ts';
import type { Clock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import { capitalized } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';
import { type CommitTag, commitsIn, tagsOfCommit } from '../registry/commit-tags.ts';
import { headDigest } from '../registry/manifest.ts';
import { metadataLines, type NoBranch } from '../registry/metadata-lines.ts';
import { formatReference, isDigest, isTag, type Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { branchForms, cleanBranch, shortSha } from '../registry/tag-template.ts';
import { closest, listOf, similarTags, some } from './tag-list.ts';
import type { Plan } from './types.ts';

/** What a run is about, besides its plan. */
export interface About {
  readonly eventCommit: string | undefined;
  readonly branch: string;
  readonly buildRef: BuildRef;
}

interface NotFoundDeps {
  readonly session: Session;
  readonly clock: Clock;
}

/**
 * The error for an image that does not exist: what was looked up, what the repository has instead, and the input that finds it.
 * Changing the build is advised only if no tag there is of the commit.
 */
export async function notFound(
  plan: Plan,
  wanted: Reference,
  waited: number,
  inputs: Pick<ImageInputs, 'shaTag'>,
  about: About,
  deps: NotFoundDeps,
): Promise<UserError> {
  const name = formatReference(wanted);
  const after = waited > 0 ? ` after ${formatDuration(waited)} of waiting` : '';
  const missing = `There is no image ${name}${after} (404).`;
  const named = plan.by === 'event' ? 'image' : plan.by;
  const input = 'reference' in plan ? { input: named } : {};
  const failure = (found: string, expected: string, fix: string) =>
    new UserError({ code: 'image-not-found', found, expected, fix, ...input });
  const expected =
    plan.source === 'sha-tag'
      ? `The tag ${plan.otherTag === undefined ? plan.tag : `${plan.tag} or ${plan.otherTag}`}, which the build of commit ${plan.commit} pushes.`
      : 'reference' in plan
        ? `The image that the input \`${named}\` names.`
        : `The tag "${wanted.tag}", whose digest is deployed.`;
  if (plan.source === 'reference' && plan.published !== undefined)
    return failure(
      missing,
      `The image that was published with tag ${plan.published}. It has since been deleted.`,
      'Publish it again, which sends a new event. Or deploy the newest image with a manual run of this workflow.',
    );
  if (wanted.tag === undefined || wanted.digest !== undefined)
    return failure(
      missing,
      expected,
      `Correct the digest in \`with: ${named}:\`. It must be the digest of a manifest or an index: the config’s digest (\`.config.digest\`) does not name an image.`,
    );

  const build = buildAdvice(plan, wanted.tag, inputs.shaTag, about);
  const orWait = plan.source === 'sha-tag' ? 'wait longer for it (`with: wait-for-image: 5m`), or ' : '';
  const list = await listOf(deps.session);
  if (list.kind === 'unlisted')
    return failure(
      `${missing} Its tags could not be listed (${list.why}).`,
      expected,
      'reference' in plan ? `Check the tag in \`with: ${named}:\`.` : capitalized(`${orWait}${build}`),
    );
  if (list.kind === 'no-repository' || list.tags.length === 0) {
    const repository = formatReference(plan.repository);
    const found =
      list.kind === 'no-repository'
        ? `The repository ${repository} does not exist (404), so the image ${name}${after} was not found.`
        : `The repository ${repository} has no tags, so there is no image ${name}${after} (404).`;
    return failure(found, expected, `Check the name in \`image\`. If it is correct, ${orWait}${build}`);
  }

  const held = heldOf(plan, wanted.tag, list.tags, about);
  const [best] = held;
  if (best !== undefined) {
    const one = held.length === 1 ? 'The repository has a tag' : `The repository has ${held.length} tags`;
    const words = `${one} of commit ${shortSha(best.commit)}: ${some(held.map(({ tag }) => tag))}.`;
    const there = await inputOf(plan, best, about, deps);
    const others = held
      .slice(1, 4)
      .flatMap(({ tag, template }) => (template === undefined ? [] : [`"${template}" finds ${tag}`]));
    const or =
      others.length === 0 || !there.includes('sha-tag: "') ? '' : `\n\nAs \`sha-tag\`, ${others.join(', ')}.`;
    return failure(
      `${missing} ${words}${list.left}`,
      expected,
      `${there}${or}${'reference' in plan ? '' : `\n\nOr ${build}`}`,
    );
  }
  if (plan.source === 'sha-tag') {
    const template = inputs.shaTag;
    const words = await similarTags(list, deps.session, {
      template,
      branch: plan.branch,
      now: deps.clock.now(),
    });
    const built = await ofTag(deps.session, wanted, about.buildRef);
    return failure(`${missing} ${words}${list.left}`, expected, capitalized(`${built}${orWait}${build}`));
  }
  const like = 'reference' in plan ? closest(list.tags, wanted.tag) : movingTags(list.tags, wanted.tag);
  const words = `The repository has ${list.count}, such as ${some(closest(list.tags, wanted.tag).slice(0, 5))}.`;
  return failure(`${missing} ${words}${list.left}`, expected, namedAdvice(plan, like[0], build));
}

/** The tags of the intended commit: the plan's, the one that a tag in `image` contains, or the event's. */
function heldOf(
  plan: Plan,
  wanted: string,
  tags: readonly string[],
  { branch, eventCommit }: About,
): CommitTag[] {
  const others = tags.filter((tag) => tag !== wanted);
  const named = commitsIn(wanted).map((digits) => (eventCommit?.startsWith(digits) ? eventCommit : digits));
  const intended = plan.commit === undefined ? [...named, eventCommit ?? ''] : [plan.commit];
  return intended.map((commit) => tagsOfCommit(others, commit, branch)).find((held) => held.length > 0) ?? [];
}

/** The input that finds a tag. */
async function inputOf(
  plan: Plan,
  { tag, commit, template, varying }: CommitTag,
  { eventCommit }: About,
  { session }: NotFoundDeps,
): Promise<string> {
  const repository = formatReference(plan.repository);
  const wanted = 'reference' in plan ? eventCommit : plan.commit;
  if (template !== undefined && wanted !== undefined && commit.startsWith(wanted)) {
    const lines = [
      ...('reference' in plan ? [`  image: ${repository}`] : []),
      ...(commit === wanted ? [] : [`  commit: "${commit}"`]),
      `  sha-tag: "${template}"`,
    ];
    return `Look up the tag that exists:\nwith:\n${lines.join('\n')}`;
  }
  if (template !== undefined) return `Name the tag that exists:\nwith:\n  ${naming(plan, { tag })}`;
  const digest = await headDigest(session, tag).catch(() => undefined);
  const image = naming(plan, digest !== undefined && isDigest(digest) ? { digest } : { tag });
  const why = `No \`sha-tag\` can match the tags of other runs, because ${varying.join(' and ')} differ${varying.length === 1 ? 's' : ''} from build to build. To deploy every build, run this action in a job after the build, with the reference that build-image.yml pushed: \`image: \${{ needs.build.outputs.reference }}\`.`;
  return `Deploy the image with the tag ${tag}, for this commit only:\nwith:\n  ${image}\n\n${why}`;
}

/** The line that names an image of the repository, to replace the line that names the missing one. */
function naming(
  { by, repository }: Plan,
  image: { readonly tag: string } | { readonly digest: string },
): string {
  if (by !== 'select' && by !== 'manual-select')
    return `image: ${formatReference({ ...repository, ...image })}`;
  return `${by}: "${'tag' in image ? `tag:${image.tag}` : `digest:${image.digest}`}"`;
}

const onOf = (branch: string, { kind }: BuildRef): NoBranch | undefined =>
  kind === 'branch' ? undefined : kind === 'tag' ? { kind, branch } : { kind };

/** The lines that make the build push the tag, as the rest of a sentence. */
function buildAdvice(plan: Plan, tag: string, shaTag: string, { branch, buildRef }: About): string {
  if (plan.source === 'sha-tag')
    return `have the build push the tag ${tag}, with these lines:\n${metadataLines(shaTag, { on: onOf(plan.branch, buildRef) })}`;
  const template = branchForms(branch).includes(tag) ? '{branch}' : tag;
  return `have the build push the tag ${tag}, with these lines:\n${metadataLines(template)}`;
}

/** What to name instead of a tag that does not exist. */
function namedAdvice(plan: Plan, instead: string | undefined, build: string): string {
  if (instead === undefined) return capitalized(build);
  const line = plan.by === 'commit' ? `sha-tag: "${instead}"` : naming(plan, { tag: instead });
  const or = 'reference' in plan ? '' : `\n\nOr ${build}`;
  return `Name a tag that exists, such as:\nwith:\n  ${line}${or}`;
}

/** The tags that probably move with a branch or a release channel: they have no commit, version or time. */
function movingTags(tags: readonly string[], wanted: string): string[] {
  const usual = ['latest', 'main', 'master', 'production', 'stable', 'edge'];
  const moving = tags.filter((tag) => commitsIn(tag).length === 0 && !/\d/.test(tag));
  return [...usual.filter((tag) => moving.includes(tag)), ...closest(moving, wanted)];
}

/** The input for the image of the Git tag that was built, if the registry has it: such a build has no branch, and pushes that tag. */
async function ofTag(session: Session, { host, path }: Reference, on: BuildRef): Promise<string> {
  if (on.kind !== 'tag') return '';
  const cleaned = cleanBranch(on.name);
  for (const tag of [cleaned, cleaned.replace(/^v(?=\d)/, '')]) {
    if (!isTag(tag)) continue;
    const there = await headDigest(session, tag).catch(() => undefined);
    if (there !== undefined)
      return `deploy the image of the tag that was built: \`with: image: ${formatReference({ host, path, tag })}\`. Or `;
  }
  return '';
}
