import type { Trigger } from '../event/types.ts';
import { flyApi } from '../fly/api.ts';
import { linksOf } from '../github/links.ts';
import { findImage } from '../image/find.ts';
import { resolveImage } from '../image/resolve.ts';
import { oneWord } from '../image/revision.ts';
import { newestOf } from '../image/tag-list.ts';
import type { Plan, ResolvedImage } from '../image/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { UserError } from '../lib/user-error.ts';
import { pushError } from '../mirror/errors.ts';
import { needsMirror } from '../mirror/mirror.ts';
import { imageTags, shapeOf } from '../registry/commit-tags.ts';
import { flySession, sourceSession } from '../registry/connect.ts';
import { flyRepository, passesByItself } from '../registry/hosts.ts';
import { listTags } from '../registry/manifest.ts';
import { formatReference, namesImage, type Repository } from '../registry/reference.ts';
import type { Session } from '../registry/session.ts';
import type { Facts } from '../report/facts.ts';
import { type Finding, findingOf, findingsOf } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';
import { commitTags, tagFindings } from './tags.ts';

/** What the registry says of the images. */
export interface ImageFacts {
  readonly findings: Finding[];
  /** Whether a login was needed; undefined where nothing could be read. */
  readonly private: boolean | undefined;
  /** Tags as the registry lists them. */
  readonly tags: readonly string[];
}

const mostTags = 5000;

/** Looks at the repository of images, at its tags, at the image that this run would deploy, and at where a copy would go. */
export async function checkImages(
  rt: Runtime,
  inputs: Inputs,
  trigger: Trigger | undefined,
  branch: string,
  facts: Facts,
): Promise<ImageFacts> {
  const { host, path } = inputs.image;
  const name = formatReference({ host, path });
  const mirror = flyRepository(inputs.app, rt.env);
  // Fly.io's own registry lists no tags, and Fly.io can pull from it.
  const own = host === mirror.host;
  const session = sourceSession(rt, inputs, { host, path }, 0);
  const findings: Finding[] = [];
  let tags: string[] | undefined;
  findings.push(
    ...(await findingsOf('Image', async () => {
      if (own) {
        tags = [];
        const words = `Not looked at: the tags of ${name}, as Fly.io’s registry lists none.`;
        return [{ area: 'Image', mark: 'skipped', code: 'tags-not-listed', words }];
      }
      tags = await listTags(session, mostTags);
      if (tags !== undefined) return visibility(name, session, inputs, mirror);
      return [
        {
          area: 'Image',
          mark: 'bad',
          code: 'repository-missing',
          words: `There is no repository ${name} yet (404).`,
          fix: 'the build must push an image first; or name another repository: `with: image:`.',
        },
      ];
    })),
  );
  if (tags === undefined) {
    const words = 'Not looked at: tags and images, as the repository could not be read.';
    findings.push({ area: 'Image', mark: 'skipped', code: 'images-not-checked', words });
    return { findings, private: undefined, tags: [] };
  }
  const isPublic = own || session.identity === 'anonymous';
  if (needsMirror(inputs.mirror, { repository: { host, path }, public: isPublic }, mirror))
    findings.push(...(await findingsOf('Image', () => copyTarget(rt, inputs, mirror))));
  const whole = namesImage(inputs.image);
  if (!whole && !own) findings.push(...tagFindings(tags, inputs, branch));

  const lookAt = (what: Plan) =>
    resolveImage(
      what,
      { ...inputs, waitForImage: 0 },
      { repositoryUrl: linksOf(rt).repositoryUrl, eventCommit: undefined, branch, builtFor: 'branch' },
      { ...quiet(rt), session },
    );
  if (trigger !== undefined)
    findings.push(...(await findingsOf('Image', () => meant(rt, inputs, trigger, facts))));
  if (inputs.requireAttestation && facts.known.image === undefined) {
    const words = 'Not looked at: the attestation, as there is no image of this run.';
    findings.push({ area: 'Image', mark: 'skipped', code: 'attestation-not-checked', words });
  }
  const any =
    facts.known.image ?? (await newest(tags, inputs, branch, session, lookAt).catch(said(findings)));
  if (any !== undefined) findings.push(...contents(any, inputs));
  return { findings, private: !isPublic, tags };
}

/** A runtime whose lines are for whoever debugs a run: the list of findings has what they say. */
const quiet = (rt: Runtime): Runtime => ({ ...rt, log: { ...rt.log, line: rt.log.debug } });

/** The image that this run would deploy, found as a deploy finds it, but without waiting for it. */
async function meant(rt: Runtime, inputs: Inputs, trigger: Trigger, facts: Facts): Promise<Finding[]> {
  const { image, beside } = await findImage(quiet(rt), { ...inputs, waitForImage: 0 }, trigger, {
    api: flyApi(rt, inputs),
    recorder: facts.untimed,
  });
  const { attested } = facts.known;
  const would = `This run would deploy ${formatReference(image.reference)}, ${image.digest}.`;
  const found: Finding[] = [{ area: 'Image', mark: 'ok', code: 'image-found', words: would }];
  if (beside?.kind === 'differs')
    found.push({
      area: 'Image',
      mark: 'warning',
      code: 'image-of-other-commit',
      words: `It was built from ${oneWord(beside.image)}, and the event is about ${beside.event}.`,
      fix: '`with: check-revision: require` to fail then.',
    });
  if (attested === undefined) return found;
  const words = `The image is attested: ${attested.signer} built it from commit ${attested.commit}.`;
  return [...found, { area: 'Image', mark: 'ok', code: 'image-attested', words }];
}

/** Notes a UserError as an item of the list. */
const said =
  (findings: Finding[]) =>
  (error: unknown): undefined => {
    if (!(error instanceof UserError)) throw error;
    findings.push(findingOf('Image', 'bad', error));
  };

/** As Fly.io pulls without a login, a private package has to be copied. */
function visibility(name: string, session: Session, { mirror }: Inputs, to: Repository): Finding[] {
  if (session.identity === 'anonymous')
    return [
      {
        area: 'Image',
        mark: 'ok',
        code: 'image-public',
        words: `${name} is public: Fly.io, which pulls without a login, can pull it${mirror === 'always' ? '; it is copied all the same, as `mirror` is "always"' : ''}.`,
      },
    ];
  const who = session.username === undefined ? 'a login' : `the login "${session.username}"`;
  if (mirror === 'never') {
    const fix =
      'take `mirror: never` away, or make the package public: Package settings → Change visibility.';
    return [
      {
        area: 'Image',
        mark: 'bad',
        code: 'image-not-public',
        words: `${name} is private: ${who} reads it, and Fly.io, which has none, cannot pull it.`,
        fix,
      },
    ];
  }
  return [
    {
      area: 'Image',
      mark: 'ok',
      code: 'image-private',
      words: `${name} is private: ${who} reads it, and a deploy copies it to ${formatReference(to)}.`,
    },
  ];
}

/** A tag that no deploy makes. */
const nobodys = 'deploy-fly-image-doctor';

/** Asks the registry that a copy would go to for a tag that is not there: nothing is written, and a wrong token or app shows. */
async function copyTarget(rt: Runtime, inputs: Inputs, repository: Repository): Promise<Finding[]> {
  const name = formatReference(repository);
  if (inputs.flyToken === '')
    return [
      {
        area: 'Image',
        mark: 'skipped',
        code: 'mirror-not-checked',
        words: `Not looked at: ${name}, where images would be copied to, as there is no Fly.io token.`,
      },
    ];
  const session = flySession(rt, inputs.flyLogin, repository);
  const answer = await session.request(`manifests/${nobodys}`, {
    headers: { accept: 'application/vnd.oci.image.index.v1+json' },
    limit: 64 * 1024,
  });
  // MANIFEST_UNKNOWN is the right answer; NAME_UNKNOWN says that there is no such app.
  const unknown =
    answer.status === 404 && !/NAME_UNKNOWN|repository not found/i.test(answer.body.toString('utf8'));
  if (answer.status !== 200 && !unknown) {
    const error = pushError(answer, session, 'the login for a push');
    return [findingOf('Image', passesByItself(answer) ? 'skipped' : 'bad', error)];
  }
  const words = `${name} takes the Fly.io token. Whether it lets it push shows only when an upload is begun, and none was.`;
  return [{ area: 'Image', mark: 'ok', code: 'mirror-accepts-token', words }];
}

/** The newest image that there is, of commits' tags where there are any; undefined where no tag tells. */
async function newest(
  tags: readonly string[],
  inputs: Inputs,
  branch: string,
  session: Session,
  lookAt: (plan: Plan) => Promise<ResolvedImage>,
): Promise<ResolvedImage | undefined> {
  const ours = commitTags(tags, inputs, branch);
  const { tags: images } = imageTags(tags);
  const some = ours.length > 0 ? ours : (shapeOf(images, branch)?.tags ?? images);
  const tag = (await newestOf(session, some))[0]?.tag;
  if (tag === undefined) return undefined;
  const { repository } = session;
  return lookAt({
    source: 'reference',
    repository,
    reference: { ...repository, tag },
    commit: undefined,
    pin: true,
  });
}

/** An image that was resolved holds linux/amd64; whether it says its commit is another thing. */
function contents(
  { repository, tag, digest, revision }: ResolvedImage,
  { checkRevision }: Inputs,
): Finding[] {
  const name = formatReference({ ...repository, ...(tag === undefined ? { digest } : { tag }) });
  const amd64: Finding = {
    area: 'Image',
    mark: 'ok',
    code: 'image-for-amd64',
    words: `${name} holds linux/amd64.`,
  };
  if (revision !== undefined)
    return [
      amd64,
      {
        area: 'Image',
        mark: 'ok',
        code: 'image-names-commit',
        words: `${name} says that it was built from ${revision.commit} (${revision.from}).`,
      },
    ];
  if (checkRevision === 'off') return [amd64];
  const fix =
    'the build:\n- uses: docker/build-push-action@v7\n  with:\n    labels: ${{ steps.meta.outputs.labels }}';
  const words = `${name} has no label or annotation org.opencontainers.image.revision of this repository, so that its tag is all that names its commit, unless BuildKit’s provenance does.`;
  return [amd64, { area: 'Image', mark: 'warning', code: 'image-without-commit', words, fix }];
}
