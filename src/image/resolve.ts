import type { Log } from '../github/log.ts';
import type { ImageInputs, TrustInputs } from '../inputs/inputs.ts';
import type { TickingClock } from '../lib/clock.ts';
import { counted } from '../lib/format.ts';
import { waiting } from '../lib/progress.ts';
import { UserError } from '../lib/user-error.ts';
import { matchesGlob } from '../registry/glob.ts';
import { getManifest, headDigest, listTags, type Manifest } from '../registry/manifest.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import { inspectImage } from './inspect.ts';
import { type About, notFound } from './not-found.ts';
import { isNamed, type Plan, type ResolvedImage } from './types.ts';

export interface ResolveDeps {
  readonly session: Session;
  readonly clock: TickingClock;
  readonly random: () => number;
  readonly log: Pick<Log, 'line'>;
  /** Takes the lines of a long wait; default `log`. */
  readonly progress?: Pick<Log, 'line'>;
}

/** The most tags that are searched for a pattern. One page of GHCR has 1000. */
const mostTags = 100_000;

/**
 * Finds the plan's image and inspects it: the manifest or index, its linux/amd64 image, and that image's config. With a commit
 * it waits: for a SHA tag until it exists, for a moving tag until its image names that commit. Without a commit, a moving tag's
 * current image is used.
 *
 * @throws UserError when there is no such image, or when the registry's answer is unusable.
 */
export async function resolveImage(
  plan: Plan,
  inputs: Pick<ImageInputs, 'waitForImage' | 'shaTag'> & Pick<TrustInputs, 'checkRevision'>,
  context: { readonly repositoryUrl: string } & About,
  deps: ResolveDeps,
): Promise<ResolvedImage> {
  const { clock, session } = deps;
  const wanted = plan.source === 'pattern' ? await newestOf(plan, deps) : wantedOf(plan);
  const names = [
    wanted,
    ...(plan.source === 'sha-tag' && plan.otherTag !== undefined
      ? [{ ...plan.repository, tag: plan.otherTag }]
      : []),
  ];
  const { repositoryUrl, eventCommit } = context;
  // A named image need not be of the event's commit, but the commit that it names is compared with it.
  const expected = plan.commit ?? (isNamed(plan) ? eventCommit : undefined);
  // A manual run's image exists or does not; the image that an event or a workflow's line names might still be building.
  const awaitable = expected !== undefined || plan.source === 'reference';
  const patience =
    wanted.digest === undefined && plan.source !== 'pattern' && awaitable ? inputs.waitForImage : 0;
  const look = ({ root, name }: Found) => inspectImage(root, plan, name, { expected, repositoryUrl }, deps);
  // Only a moving tag can later name another image.
  const awaited = inputs.checkRevision === 'off' || plan.source === 'sha-tag' ? undefined : plan.commit;

  const end = clock.now() + patience;
  let seen: ResolvedImage | undefined;
  const wait = {
    what: formatReference(wanted),
    limit: () => patience,
    how: () =>
      seen === undefined ? 'not found' : `built from ${seen.revision?.commit} instead of ${awaited}`,
  };
  await waiting(wait, { clock, log: deps.progress ?? deps.log }, async (say) => {
    let first = true;
    for await (const found of polls(names, end, session, deps)) {
      if (found !== undefined && found.root.digest !== seen?.digest) seen = await look(found);
      const revision = seen?.revision?.commit;
      if (seen !== undefined && (awaited === undefined || revision?.startsWith(awaited) !== false)) return;
      if (clock.now() >= end) return;
      if (first) say();
      first = false;
    }
  });
  if (seen === undefined) throw await notFound(plan, wanted, patience, inputs, context, deps);
  // Its revision can be another one: the check that follows reports both.
  return seen;
}

/** An image that exists, and the name under which it was found. */
interface Found {
  readonly root: Manifest;
  readonly name: Reference;
}

/**
 * Polls at growing intervals, from 2 s to about 12 s with jitter, and once more at the end, after which the caller stops.
 * Yields undefined while there is nothing new. The first request is a GET, because usually no other follows.
 */
async function* polls(
  names: readonly Reference[],
  end: number,
  session: Session,
  { clock, random }: ResolveDeps,
): AsyncGenerator<Found | undefined> {
  let last: Found | undefined;
  for (const name of names) {
    const root = last === undefined ? await getManifest(session, nameIn(name)) : undefined;
    if (root !== undefined) last = { root, name };
  }
  yield last;
  for (let interval = 2000; ; interval = Math.min(interval * 1.5, 12_500)) {
    await clock.sleep(Math.min(end - clock.now(), interval * (0.8 + 0.4 * random())));
    let now: Found | undefined;
    for (const name of names) {
      const digest = now === undefined ? await headDigest(session, nameIn(name)) : undefined;
      if (digest === undefined || digest === last?.root.digest) continue;
      const root = await getManifest(session, nameIn(name));
      if (root !== undefined) now = { root, name };
    }
    last = now ?? last;
    yield now;
  }
}

const nameIn = ({ digest, tag }: Reference): string => digest ?? tag ?? 'latest';

function wantedOf(plan: Exclude<Plan, { source: 'pattern' }>): Reference {
  return 'reference' in plan ? plan.reference : { ...plan.repository, tag: plan.tag };
}

/** @throws UserError when the pattern's newest tag cannot be determined. */
async function newestOf(
  { by, repository, pattern }: Extract<Plan, { source: 'pattern' }>,
  { session, log }: ResolveDeps,
): Promise<Reference> {
  const tags = (await listTags(session, mostTags)) ?? [];
  const { newestTag } = await import('./newest-tag.ts');
  const { tag, matching, ordered } = newestTag(tags, pattern);
  const all = counted(tags.length, 'tag');
  if (tag !== undefined && tags.length < mostTags) {
    log.line(
      `Newest of ${counted(ordered, 'tag')} that ${ordered === 1 ? 'matches' : 'match'} ${pattern} (${all} in all): ${tag}`,
    );
    return { ...repository, tag };
  }
  const name = formatReference(repository);
  const some = tags.filter((each) => matchesGlob(pattern, each)).slice(-5);
  throw new UserError({
    code: 'newest-tag-unknown',
    found:
      tag !== undefined
        ? `${name} has ${mostTags} tags or more, which is too many to determine the newest one that matches "${pattern}".`
        : matching === 0
          ? `None of the ${all} of ${name} matches "${pattern}".`
          : `None of the ${all} of ${name} has a time or a version in its name to order it by, although some match "${pattern}" (${some.join(', ')}).`,
    expected: 'Tags such as main-20261124-093000 or v1.2.3, one of which is the newest.',
    fix: `Correct the pattern in \`with: ${by}: newest:…\`. Or have docker/metadata-action write tags that can be ordered, with \`type=raw,value={{branch}}-{{date 'YYYYMMDD-HHmmss'}}\` or \`type=semver,pattern=v{{version}}\`.`,
  });
}
