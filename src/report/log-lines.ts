import type { Skip } from '../deploy/skip.ts';
import type { Trigger } from '../event/types.ts';
import { unreadText } from '../event/unread.ts';
import type { MachineList } from '../fly/machines.ts';
import type { Log } from '../github/log.ts';
import type { CommitOrder } from '../image/age.ts';
import type { FoundImage } from '../image/find.ts';
import { oneWord, sayingOf } from '../image/revision.ts';
import type { ResolvedImage } from '../image/types.ts';
import { emptyOutput } from '../inputs/image-name.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { counted, formatAge, formatBytes } from '../lib/format.ts';
import { formatTexts } from '../lib/user-error.ts';
import { flyRepository } from '../registry/hosts.ts';
import { formatReference, type Repository } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import { type CheckedMachine, managed } from '../verify/compare.ts';

/** What is odd about the inputs, and no fault. */
export function logInputs({ loweredFrom, image, imageIsEmpty, unknown }: Inputs, log: Log): void {
  if (imageIsEmpty)
    log.notice(
      `\`image\` is empty, so the image is ${formatReference(image)}: ${emptyOutput}. To use the default without this notice, remove \`image\` from the step.`,
    );
  if (loweredFrom !== undefined)
    log.notice(`Image names are lower-case: ${loweredFrom} is taken as ${formatReference(image)}.`);
  if (unknown.length > 0) {
    const names = unknown.slice(0, 10).map((name) => JSON.stringify(name));
    log.warning(
      `There ${unknown.length === 1 ? 'is no input' : 'are no inputs'} ${names.join(', ')}${unknown.length > names.length ? ` and ${unknown.length - names.length} more` : ''}: nothing reads them. If this step's \`with:\` does not have them, they are variables INPUT_… of its environment.`,
    );
  }
}

export function logTrigger(trigger: Trigger, log: Log): void {
  if (trigger.kind === 'manual') {
    if (trigger.caution !== undefined)
      log.warning(`A deploy would be refused. ${formatTexts([trigger.caution])}`);
    const { published, unread } = trigger;
    if (published === undefined) log.line(`Manual deploy (${trigger.event}) of branch ${trigger.branch}`);
    else
      log.line(
        `Automatic deploy (${trigger.event}) of what was published with tag ${published.tag}, ${published.digest}`,
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
  log.line(`Automatic deploy (${event}) of commit ${commit} of branch ${branch}${by}`);
  if (environment !== undefined)
    log.line(
      `The deployment is for environment ${JSON.stringify(environment)}. A step cannot see its job’s own \`environment:\`, so the two are not compared.`,
    );
}

/**
 * The lines by which a reader of the log sees which image it is. The two about the SHA-based tag, and
 * `Using digest`, are what users' own scripts look for: their words stay.
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
  else log.line(`Its digest: ${digest}`);
  if (platformDigest !== digest) log.line(`Its linux/amd64 image: ${platformDigest}`);

  const age = created === undefined ? undefined : formatAge(created, now);
  const facts = [
    formatBytes(image.size),
    ...(age === undefined ? [] : [`built ${age}`]),
    revision === undefined ? 'no revision label' : `revision ${revision.commit} (${revision.from})`,
  ];
  log.line(`Seen at the registry: ${facts.join(', ')}`);

  if (revision?.instead !== undefined && check === 'matches') {
    log.notice(
      `${formatReference(image.reference)}: its ${revision.instead.from} says ${oneWord(revision.instead.commit)}, and its provenance names ${plan.commit}. The provenance counts, as labels are inherited from base images. To have the build write its own label: \`labels: \${{ steps.meta.outputs.labels }}\`.`,
    );
  }
  logBeside(found, log);
  if (check === 'unknown') {
    log.warning(
      `${formatReference(image.reference)} does not say which commit it was built from, so its tag is all that speaks for ${plan.commit}. ` +
        'To have it say so, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.',
    );
  }
}

/** An image that was named need not be of the event's commit: that it is another one is said, and not decided. */
function logBeside({ beside, image, plan }: FoundImage, log: Log): void {
  const name = formatReference(plan.source === 'reference' ? plan.reference : image.reference);
  switch (beside?.kind) {
    case 'differs': {
      const { tag } = image;
      const waits =
        tag === undefined
          ? ''
          : `, or \`sha-tag: ${tag}\` in place of the tag in \`${plan.by}\`, which waits until it is this commit’s`;
      log.warning(
        `${name} ${sayingOf(beside.image)} ${oneWord(beside.image.commit)}, and the event is about ${beside.event}. It is deployed all the same, because the input \`${plan.by}\` names it. To fail instead: \`with: check-revision: require\`${waits}.`,
      );
      return;
    }
    case 'other-repository':
      log.notice(
        `${name} is another repository’s image: its commit is not compared with the event’s. \`with: commit:\` names the one that it must be of.`,
      );
      return;
    case 'unknown':
      log.line('It does not say which commit it was built from, so it is not compared with the event’s.');
      return;
    default:
      return;
  }
}

/** Warns of an image that only this job's login can read, and that stays where it is. */
export function logPrivate(
  { repository: { host, path }, public: isPublic }: ResolvedImage,
  app: string,
  { log, env }: Pick<Runtime, 'log' | 'env'>,
): void {
  if (isPublic || host === flyRepository(app, env).host) return;
  log.warning(
    `${formatReference({ host, path })} is private: this job’s login can pull it, and Fly.io, which has none, most likely cannot. ` +
      'Take `mirror: never` away, or make the package public.',
  );
}

/** Why nothing is deployed; of a dry run, what a deploy would do. */
export function logSkip(
  { reason, words }: Skip,
  image: ResolvedImage,
  order: CommitOrder | undefined,
  mirror: Repository | undefined,
  log: Log,
): void {
  if (reason !== 'dry-run') {
    log.notice(`Nothing is deployed: ${words}`);
    return;
  }
  log.line(`Would be deployed: ${formatReference(image.reference)}`);
  if (order !== undefined) log.line(order.words);
  if (mirror !== undefined)
    log.line(`Fly.io cannot pull it there: a deploy would copy it to ${formatReference(mirror)}.`);
  if (words !== '') log.line(`Nothing would be deployed: ${words}`);
  log.line('Dry run: nothing was deployed.');
}

/** What runs before the deploy, and what no deploy touches. */
export function logBefore({ machines, unmanaged }: MachineList, log: Log): void {
  const images = new Set(machines.map(({ image, digest }) => `${image}@${digest ?? '?'}`));
  const count = counted(machines.length, 'machine');
  log.line(
    `Running before: ${machines.length === 0 ? 'no machine' : `${[...images].join(', ')} (${count})`}`,
  );
  if (unmanaged.length > 0) {
    const ids = unmanaged.slice(0, 10).map(({ id }) => id);
    log.line(
      `Not managed by deploys, and not verified: ${counted(unmanaged.length, 'machine')} (${ids.join(', ')}${unmanaged.length > ids.length ? ', …' : ''})`,
    );
  }
}

/** What was verified, and what the flags left out. */
export function logVerified(
  app: string,
  digest: string,
  fleet: readonly CheckedMachine[],
  { line }: Pick<Log, 'line'>,
): void {
  const excluded = fleet.length - managed(fleet).length;
  const which = excluded === 0 ? '' : ' that this deploy is for';
  line(
    `Verified: every machine of ${app}${which} runs ${digest}${excluded === 0 ? '' : ` (${excluded} left out)`}`,
  );
}

/** How the commit stands to what runs. Where nothing depends on it, that it is not known is for whoever debugs a run. */
export function logOrder(order: CommitOrder, decides: boolean, log: Log): void {
  const show = decides || order.relation !== 'unknown' ? log.line : log.debug;
  show(order.words);
}
