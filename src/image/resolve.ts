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
}

/** Tags that are looked through for a pattern; GHCR's pages hold 1000. */
const mostTags = 100_000;

/**
 * Finds the image that the plan means, and looks at it: the manifest or index, its linux/amd64 image, that
 * one's config. What is looked up by a commit is waited for: a SHA tag until it is there, a moving tag until the
 * image behind it says that it was built from that commit. A moving tag alone is taken as it is.
 *
 * @throws UserError when there is no such image, or when the registry gives no sound answer.
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
  // An image that somebody named need not be of the event's commit, but what it says is compared with it.
  const expected = plan.commit ?? (isNamed(plan) ? eventCommit : undefined);
  // What is looked for by hand is there or not; the image that an event, or a line of a workflow, names may be on its way.
  const awaitable = expected !== undefined || plan.source === 'reference';
  const patience =
    wanted.digest === undefined && plan.source !== 'pattern' && awaitable ? inputs.waitForImage : 0;
  const look = ({ root, name }: Found) => inspectImage(root, plan, name, { expected, repositoryUrl }, deps);
  // Only a tag that moves can come to be another image's.
  const awaited = inputs.checkRevision === 'off' || plan.source === 'sha-tag' ? undefined : plan.commit;

  const end = clock.now() + patience;
  let seen: ResolvedImage | undefined;
  const wait = {
    what: formatReference(wanted),
    limit: () => patience,
    how: () => (seen === undefined ? 'not there' : `of commit ${seen.revision?.commit}, not ${awaited}`),
  };
  await waiting(wait, deps, async (say) => {
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
  // Its revision may be another one: the check that follows says so, with both.
  return seen;
}

/** An image that is there, and the one of its names that it was found by. */
interface Found {
  readonly root: Manifest;
  readonly name: Reference;
}

/**
 * Looks again and again, at growing intervals from 2 s to some 12 s with jitter, and once more at the end: gives
 * undefined while there is nothing, or nothing new. The first look is a GET, as it mostly is the only one.
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
    const left = end - clock.now();
    if (left <= 0) return;
    await clock.sleep(Math.min(left, interval * (0.8 + 0.4 * random())));
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

/** @throws UserError when the pattern has no tag that can be told to be the newest. */
async function newestOf(
  { by, repository, pattern }: Extract<Plan, { source: 'pattern' }>,
  { session, log }: ResolveDeps,
): Promise<Reference> {
  const tags = (await listTags(session, mostTags)) ?? [];
  const { newestTag } = await import('./newest-tag.ts');
  const { tag, matching, ordered } = newestTag(tags, pattern);
  const all = counted(tags.length, 'tag');
  if (tag !== undefined && tags.length < mostTags) {
    log.line(`Newest of ${counted(ordered, 'tag')} like ${pattern}, of ${all} in all: ${tag}`);
    return { ...repository, tag };
  }
  const name = formatReference(repository);
  const some = tags.filter((each) => matchesGlob(pattern, each)).slice(-5);
  throw new UserError({
    code: 'newest-tag-unknown',
    found:
      tag !== undefined
        ? `${name} has ${mostTags} tags or more: which one is the newest like "${pattern}" cannot be told from a part of them.`
        : `None of the ${all} of ${name} ${matching === 0 ? 'is' : 'can be ordered by a time or a version in its name, though some are'} like "${pattern}"${some.length === 0 ? '' : ` (${some.join(', ')})`}.`,
    expected: 'tags such as main-20261124-093000 or v1.2.3, of which one is the newest.',
    fix: `\`with: ${by}: newest:…\`, or the tags of the build: \`type=raw,value={{branch}}-{{date 'YYYYMMDD-HHmmss'}}\` or \`type=semver,pattern=v{{version}}\` in docker/metadata-action.`,
  });
}
