import type { Skip } from '../deploy/skip.ts';
import type { Trigger } from '../event/types.ts';
import { unreadText } from '../event/unread.ts';
import type { MachineList } from '../fly/machines.ts';
import type { Log } from '../github/log.ts';
import type { CommitOrder } from '../image/age.ts';
import type { FoundImage } from '../image/find.ts';
import { oneWord, sayingOf } from '../image/revision.ts';
import type { ResolvedImage } from '../image/types.ts';
import { counted, formatAge, formatBytes } from '../lib/format.ts';
import { formatTexts } from '../lib/user-error.ts';
import { flyRepository } from '../registry/hosts.ts';
import { formatReference, type Repository } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';

/** @param what the run does. */
export function logTrigger(trigger: Trigger, log: Log, what: 'deploy' | 'check' = 'deploy'): void {
  if (trigger.kind === 'manual') {
    if (trigger.caution !== undefined)
      log.warning(`A deploy from this event would be refused.\n${formatTexts([trigger.caution])}`);
    const { published, unread } = trigger;
    if (published === undefined) log.line(`Manual ${what} (${trigger.event}) of branch ${trigger.branch}`);
    else
      log.line(
        `Automatic ${what} (${trigger.event}) of what was published with tag ${published.tag}, ${published.digest}`,
      );
    if (unread !== undefined) {
      const { words, fix } = unreadText(unread);
      log.notice(`${words} ${fix}`);
    }
    return;
  }
  const { run, event, commit, branch, environment } = trigger;
  const by = run
    ? `, built by "${run.name}"${run.number === undefined ? '' : ` #${run.number}`} (${run.event})`
    : '';
  log.line(`Automatic ${what} (${event}) of commit ${commit} of branch ${branch}${by}`);
  if (environment !== undefined)
    log.line(
      `The deployment is for environment ${JSON.stringify(environment)}. A step cannot read its job’s \`environment:\`, so the two are not compared.`,
    );
}

/**
 * The lines that name the image. Users' scripts search for the two about the SHA-based tag and for `Using digest`, so their
 * words must not change.
 */
export function logImage(found: FoundImage, now: number, log: Log): void {
  const { plan, image, revision: check } = found;
  const { host, path } = image.repository;
  const { digest, platformDigest, revision, created } = image;
  switch (plan.source) {
    case 'sha-tag':
      log.line(`Using SHA-based tag: ${formatReference({ host, path, tag: image.tag ?? plan.tag })}`);
      log.line(`This ensures we get the exact image built from commit: ${plan.commit}`);
      break;
    case 'digest':
    case 'pattern':
      log.line(`Looked up tag: ${formatReference({ host, path, ...(image.tag && { tag: image.tag }) })}`);
      break;
    case 'release':
      log.line(`Using the image of release v${plan.version}`);
      break;
    case 'running':
      log.line(`Using the image that app ${plan.app} runs`);
      break;
    case 'reference':
      log.line(
        `Using the image as ${plan.published === undefined ? 'given' : 'published'}: ${formatReference(plan.reference)}`,
      );
      break;
  }
  if (plan.pin) log.line(`Using digest: ${formatReference({ host, path, digest })}`);
  else log.line(`Digest: ${digest}`);
  if (platformDigest !== digest) log.line(`Digest of its linux/amd64 image: ${platformDigest}`);

  const age = created === undefined ? undefined : formatAge(created, now);
  const facts = [
    formatBytes(image.size),
    ...(age === undefined ? [] : [`built ${age}`]),
    revision === undefined ? 'no revision label' : `revision ${revision.commit} (${revision.from})`,
  ];
  log.line(`Image: ${facts.join(', ')}`);

  if (revision?.instead !== undefined && check === 'matches') {
    log.notice(
      `The ${revision.instead.from} of ${formatReference(image.reference)} names ${oneWord(revision.instead.commit)}, but its provenance names ${plan.commit}. The provenance counts, because labels are inherited from base images. To write a label in the build, give docker/build-push-action \`labels: \${{ steps.meta.outputs.labels }}\`.`,
    );
  }
  logBeside(found, log);
  if (check === 'unknown') {
    log.warning(
      `${formatReference(image.reference)} does not name its commit, so only its tag links it to ${plan.commit}. ` +
        'To label images with their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.',
    );
  }
}

/** An image that the inputs name can be of another commit than the event's. The log shows that; it does not fail. */
function logBeside({ beside, image, plan }: FoundImage, log: Log): void {
  const name = formatReference(plan.source === 'reference' ? plan.reference : image.reference);
  switch (beside?.kind) {
    case 'differs': {
      const { tag } = image;
      const waits =
        tag === undefined
          ? ''
          : `, or write \`sha-tag: ${tag}\` instead of the tag in \`${plan.by}\`, to wait until that tag names this commit’s image`;
      log.warning(
        `${name} ${sayingOf(beside.image)} ${oneWord(beside.image.commit)}, but the event is about ${beside.event}. It is deployed anyway, because the input \`${plan.by}\` names it. To fail instead, set \`with: check-revision: require\`${waits}.`,
      );
      return;
    }
    case 'other-repository':
      log.notice(
        `${name} is another repository’s image, so its commit is not compared with the event’s. To require a commit, set \`with: commit: <commit>\`.`,
      );
      return;
    case 'unknown':
      log.line('The image does not name its commit, so it is not compared with the event’s.');
      return;
    default:
      return;
  }
}

/** Warns about a private image that is not copied to Fly.io's registry. */
export function logPrivate(
  { repository: { host, path }, public: isPublic }: ResolvedImage,
  app: string,
  { log, env }: Pick<Runtime, 'log' | 'env'>,
): void {
  if (isPublic || host === flyRepository(app, env).host) return;
  log.warning(
    `${formatReference({ host, path })} is private, and Fly.io pulls anonymously, so the deploy will probably fail. ` +
      'Remove `mirror: never`, or make the package public.',
  );
}

/** Why nothing is deployed; for a dry run, what a deploy would do. */
export function logSkip(
  { reason, words }: Skip,
  image: ResolvedImage,
  order: CommitOrder | undefined,
  mirror: Repository | undefined,
  log: Log,
): void {
  if (reason !== 'dry-run') {
    log.notice(`Nothing was deployed. ${words}`);
    return;
  }
  log.line(`A deploy would use ${formatReference(image.reference)}`);
  if (order !== undefined) log.line(order.words);
  if (mirror !== undefined)
    log.line(`The image is private, so a deploy would first copy it to ${formatReference(mirror)}`);
  if (words !== '') log.line(`A deploy would be skipped. ${words}`);
  log.line('Dry run: nothing was deployed.');
}

/** The machines before the deploy, and those that deploys do not touch. */
export function logBefore({ machines, unmanaged }: MachineList, log: Log): void {
  const images = new Set(machines.map(({ image, digest }) => `${image}@${digest ?? '?'}`));
  const count = counted(machines.length, 'machine');
  log.line(
    `Running before: ${machines.length === 0 ? 'no machine' : `${[...images].join(', ')} (${count})`}`,
  );
  if (unmanaged.length > 0) {
    const ids = unmanaged.slice(0, 10).map(({ id }) => id);
    log.line(
      `Not managed by deploys, so not verified: ${counted(unmanaged.length, 'machine')} (${ids.join(', ')}${unmanaged.length > ids.length ? ', …' : ''})`,
    );
  }
}

/** The image that every machine runs: its digests are those that `fly image show` can be compared with. */
export function logVerified(
  app: string,
  { tag, digest, platformDigest }: Pick<ResolvedImage, 'tag' | 'digest' | 'platformDigest'>,
  fleet: readonly CheckedMachine[],
  { line }: Pick<Log, 'line'>,
): void {
  const count = managed(fleet).length;
  const excluded = fleet.length - count;
  const all = count === 1 ? 'the only machine' : `all ${counted(count, 'machine')}`;
  const which = `${all} of ${app}${excluded === 0 ? '' : ` in scope (${excluded} excluded by \`flags\`)`}`;
  const of = digest === platformDigest ? '' : `, the linux/amd64 image of index ${digest}`;
  const image = tag === undefined ? `${platformDigest}${of}` : `${tag} (${platformDigest}${of})`;
  line(`Verified: ${which} ${count === 1 ? 'runs' : 'run'} ${image}`);
}

/** Whether the commit is newer than the running one. An unknown order is only logged if the deploy depends on it. */
export function logOrder(order: CommitOrder, decides: boolean, log: Log): void {
  const show = decides || order.relation !== 'unknown' ? log.line : log.debug;
  show(order.words);
}
