import type { BuildRef } from '../event/build-ref.ts';
import type { ImageInputs } from '../inputs/inputs.ts';
import type { Clock } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';
import { UserError } from '../lib/user-error.ts';
import { type CommitTag, commitsIn, tagsOfCommit } from '../registry/commit-tags.ts';
import { headDigest } from '../registry/manifest.ts';
import { metadataLines, type NoBranch } from '../registry/metadata-lines.ts';
import { formatReference, isDigest, isTag, type Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { branchForms, cleanBranch, shortSha } from '../registry/tag-template.ts';
import { closest, listOf, similarTags, some } from './tag-list.ts';
import type { Plan } from './types.ts';

/** What a run is about, beside its plan. */
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
 * What to say when there is no such image: what was looked for, what the repository has instead, and the input that finds it.
 * Only where nothing there is of the commit is the build what has to change.
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
      ? `the tag ${plan.otherTag === undefined ? plan.tag : `${plan.tag} or ${plan.otherTag}`}, made by the build of commit ${plan.commit}.`
      : 'reference' in plan
        ? `the image that the input \`${named}\` names.`
        : `the tag "${wanted.tag}", whose digest is to be deployed.`;
  if (plan.source === 'reference' && plan.published !== undefined)
    return failure(
      missing,
      `what was published with tag ${plan.published}: it has been deleted since.`,
      'publish it again, which is another event of this kind; or deploy the newest image, by a manual run of this workflow.',
    );
  if (wanted.tag === undefined || wanted.digest !== undefined)
    return failure(
      missing,
      expected,
      `\`with: ${named}:\`. A digest must be a manifest’s or an index’s: the config’s (\`.config.digest\`) names no image.`,
    );

  const build = buildAdvice(plan, wanted.tag, inputs.shaTag, about);
  const orWait = plan.source === 'sha-tag' ? 'wait longer for it (`with: wait-for-image: 5m`), or ' : '';
  const list = await listOf(deps.session);
  if (list.kind === 'unlisted')
    return failure(
      `${missing} Its tags could not be listed (${list.why}).`,
      expected,
      'reference' in plan ? '`with: image:`. Check the tag.' : `${orWait}${build}`,
    );
  if (list.kind === 'no-repository' || list.tags.length === 0) {
    const repository = formatReference(plan.repository);
    const found =
      list.kind === 'no-repository'
        ? `There is no repository ${repository} (404), so there is no image ${name}${after}.`
        : `The repository ${repository} has no tags, so there is no image ${name}${after} (404).`;
    return failure(found, expected, `check the name in \`image\`. If it is right, ${orWait}${build}`);
  }

  const held = heldOf(plan, wanted.tag, list.tags, about);
  const [best] = held;
  if (best !== undefined) {
    const one = held.length === 1 ? 'The repository has a tag' : `The repository has ${held.length} tags`;
    const words = `${one} with commit ${shortSha(best.commit)}: ${some(held.map(({ tag }) => tag))}.`;
    const there = await inputOf(plan, best, about, deps);
    const others = held
      .slice(1, 4)
      .flatMap(({ tag, template }) => (template === undefined ? [] : [`"${template}" finds ${tag}`]));
    const or = others.length === 0 || !there.includes('sha-tag: "') ? '' : `\nInstead, ${others.join(', ')}.`;
    return failure(
      `${missing} ${words}${list.left}`,
      expected,
      `${there}${or}${'reference' in plan ? '' : `\nOr ${build}`}`,
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
    return failure(`${missing} ${words}${list.left}`, expected, `${built}${orWait}${build}`);
  }
  const like = 'reference' in plan ? closest(list.tags, wanted.tag) : movingTags(list.tags, wanted.tag);
  const words = `The repository has ${list.count}, such as ${some(closest(list.tags, wanted.tag).slice(0, 5))}.`;
  return failure(`${missing} ${words}${list.left}`, expected, namedAdvice(plan, like[0], build));
}

/** The tags of the commit that is meant: the plan's, the one that a tag in `image` contains, or the event's. */
function heldOf(
  plan: Plan,
  wanted: string,
  tags: readonly string[],
  { branch, eventCommit }: About,
): CommitTag[] {
  const others = tags.filter((tag) => tag !== wanted);
  const named = commitsIn(wanted).map((digits) => (eventCommit?.startsWith(digits) ? eventCommit : digits));
  const meant = plan.commit === undefined ? [...named, eventCommit ?? ''] : [plan.commit];
  return meant.map((commit) => tagsOfCommit(others, commit, branch)).find((held) => held.length > 0) ?? [];
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
    return `look for the tag that is there:\nwith:\n${lines.join('\n')}`;
  }
  if (template !== undefined) return `name the tag that is there:\nwith:\n  ${naming(plan, { tag })}`;
  const digest = await headDigest(session, tag).catch(() => undefined);
  const image = naming(plan, digest !== undefined && isDigest(digest) ? { digest } : { tag });
  const why =
    varying.length === 0
      ? ''
      : `\nNo \`sha-tag\` finds such tags in other runs, because ${varying.join(' and ')} differ${varying.length === 1 ? 's' : ''} from build to build. For every run, deploy in a job after the build what it pushed: \`image: \${{ needs.build.outputs.reference }}\` with build-image.yml.`;
  return `deploy ${tag} by its digest, for this commit alone:\nwith:\n  ${image}${why}`;
}

/** The line that names an image of the repository, in place of what names the one that is not there. */
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

/** What would make the build write the tag. */
function buildAdvice(plan: Plan, tag: string, shaTag: string, { branch, buildRef }: About): string {
  if (plan.source === 'sha-tag')
    return `let the build write the tag ${tag}. These lines make it:\n${metadataLines(shaTag, { on: onOf(plan.branch, buildRef) })}`;
  const template = branchForms(branch).includes(tag) ? '{branch}' : tag;
  return `let the build write the tag ${tag}. These lines make it:\n${metadataLines(template)}`;
}

/** What to name in place of a tag that is not there. */
function namedAdvice(plan: Plan, instead: string | undefined, build: string): string {
  if ('reference' in plan)
    return instead === undefined
      ? build
      : `name a tag that is there, such as:\nwith:\n  ${naming(plan, { tag: instead })}`;
  if (instead === undefined) return build;
  const line = plan.by === 'commit' ? `sha-tag: "${instead}"` : naming(plan, { tag: instead });
  return `name a tag that is there, such as:\nwith:\n  ${line}\nOr ${build}`;
}

/** The tags that look as if they moved with a branch or a release channel: no commit, no version, no time. */
function movingTags(tags: readonly string[], wanted: string): string[] {
  const usual = ['latest', 'main', 'master', 'production', 'stable', 'edge'];
  const moving = tags.filter((tag) => commitsIn(tag).length === 0 && !/\d/.test(tag));
  return [...usual.filter((tag) => moving.includes(tag)), ...closest(moving, wanted)];
}

/** The image of the tag that a build ran on, where the registry has it: such a build writes that tag, as it has no branch. */
async function ofTag(session: Session, { host, path }: Reference, on: BuildRef): Promise<string> {
  if (on.kind !== 'tag') return '';
  const cleaned = cleanBranch(on.name);
  for (const tag of [cleaned, cleaned.replace(/^v(?=\d)/, '')]) {
    if (!isTag(tag)) continue;
    const there = await headDigest(session, tag).catch(() => undefined);
    if (there !== undefined)
      return `deploy the image of the tag that was built: \`with: image: ${formatReference({ host, path, tag })}\`; or `;
  }
  return '';
}
