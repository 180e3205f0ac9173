import type { Trigger } from '../event/types.ts';
import { linksOf } from '../github/links.ts';
import { resolveImage } from '../image/resolve.ts';
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
import { type Finding, findingOf, findingsOf, named } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';
import { meant, quiet } from './meant.ts';
import { commitTagCause, commitTags, noTags, tagCause, tagFindings } from './tags.ts';

/** What was read of the images. */
export interface ImageFacts {
  readonly findings: Finding[];
  /** Whether a login was needed; undefined where nothing could be read. */
  readonly private: boolean | undefined;
  /** Tags as the registry lists them. */
  readonly tags: readonly string[];
}

const mostTags = 5000;

/** Checks the repository of images, at its tags, at the image that this run would deploy, and at where a copy would go. */
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
        const words = `The tags of ${named(name)} were not checked, because Fly.io’s registry does not list tags.`;
        return [{ area: 'Image', mark: 'skipped', code: 'tags-not-listed', words }];
      }
      tags = await listTags(session, mostTags);
      if (tags !== undefined) return visibility(name, session, inputs, mirror);
      return [
        {
          area: 'Image',
          mark: 'bad',
          code: 'repository-missing',
          words: `The image repository ${named(name)} does not exist (404).`,
          fix: 'Run the workflow that builds and pushes the image. If the image is in another repository, correct the input `image`.',
        },
      ];
    })),
  );
  if (tags === undefined) {
    const words = 'Tags and images were not checked, because the repository could not be read.';
    findings.push({ area: 'Image', mark: 'skipped', code: 'images-not-checked', words });
    return { findings, private: undefined, tags: [] };
  }
  const isPublic = own || session.identity === 'anonymous';
  if (needsMirror(inputs.mirror, { repository: { host, path }, public: isPublic }, mirror))
    findings.push(...(await findingsOf('Image', () => copyTarget(rt, inputs, mirror))));
  const isNamed =
    namesImage(inputs.image) || (inputs.select !== undefined && inputs.select.form !== 'commit');
  if (!isNamed && !own) findings.push(...tagFindings(tags, inputs, branch));

  const resolve = (what: Plan) =>
    resolveImage(
      what,
      { ...inputs, waitForImage: 0 },
      {
        repositoryUrl: linksOf(rt).repositoryUrl,
        eventCommit: undefined,
        branch,
        buildRef: { kind: 'branch' },
      },
      { ...quiet(rt), session },
    );
  if (trigger !== undefined)
    findings.push(
      ...(await findingsOf('Image', () => meant(rt, inputs, trigger, facts))).map((finding) =>
        withCause(finding, facts, tags ?? [], inputs, branch),
      ),
    );
  if (inputs.attestation.mode !== 'off' && facts.known.image === undefined) {
    const words = 'The attestation was not checked, because this run has no image.';
    findings.push({ area: 'Image', mark: 'skipped', code: 'attestation-not-checked', words });
  }
  const any =
    facts.known.image ?? (await newest(tags, inputs, branch, session, resolve).catch(noted(findings)));
  if (any !== undefined) findings.push(...contents(any, inputs));
  return { findings, private: !isPublic, tags };
}

/** An image that does not exist is often what another finding explains. */
function withCause(
  finding: Finding,
  { known: { plan } }: Facts,
  tags: readonly string[],
  inputs: Inputs,
  branch: string,
): Finding {
  if (finding.code !== 'image-not-found' || plan === undefined) return finding;
  if (imageTags(tags).tags.length === 0) return { ...finding, cause: noTags };
  if (plan.source === 'digest') return { ...finding, cause: tagCause(plan.tag) };
  if (plan.source !== 'sha-tag') return finding;
  const cause = commitTags(tags, inputs, branch).length === 0 ? commitTagCause : tagCause(plan.tag);
  return { ...finding, cause };
}

/** Notes a UserError as an item of the list. */
const noted =
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
        words: `${named(name)} is public, so Fly.io can pull it${mirror === 'always' ? '. A deploy copies it anyway, because `mirror` is `always`' : ''}.`,
      },
    ];
  const who = session.username === undefined ? 'a login' : `the login ${named(session.username)}`;
  if (mirror === 'never') {
    const fix =
      'Either remove `mirror: never`, so that a deploy copies the image, or make the package public: Package settings → Change visibility.';
    return [
      {
        area: 'Image',
        mark: 'bad',
        code: 'image-not-public',
        words: `${named(name)} is private: ${who} can read it, but Fly.io pulls anonymously.`,
        fix,
      },
    ];
  }
  return [
    {
      area: 'Image',
      mark: 'ok',
      code: 'image-private',
      words: `${named(name)} is private: ${who} can read it, and a deploy copies it to ${named(formatReference(to))}.`,
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
        words: `${named(name)}, where a deploy copies the image, was not checked, because there is no Fly.io token.`,
      },
    ];
  const session = flySession(rt, inputs.flyLogin, repository);
  const answer = await session.request(`manifests/${nobodys}`, {
    headers: { accept: 'application/vnd.oci.image.index.v1+json' },
    limit: 64 * 1024,
  });
  // MANIFEST_UNKNOWN is the right answer; NAME_UNKNOWN means that there is no such app.
  const unknown =
    answer.status === 404 && !/NAME_UNKNOWN|repository not found/i.test(answer.body.toString('utf8'));
  if (answer.status !== 200 && !unknown) {
    const error = pushError(answer, session, 'the login for a push');
    return [findingOf('Image', passesByItself(answer) ? 'skipped' : 'bad', error)];
  }
  const words = `${named(name)}, where a deploy copies the image, accepts the Fly.io token. Only an upload would show whether it can push.`;
  return [{ area: 'Image', mark: 'ok', code: 'mirror-accepts-token', words }];
}

/** The newest image that there is, of commits' tags where there are any; undefined where no tag does. */
async function newest(
  tags: readonly string[],
  inputs: Inputs,
  branch: string,
  session: Session,
  resolve: (plan: Plan) => Promise<ResolvedImage>,
): Promise<ResolvedImage | undefined> {
  const ours = commitTags(tags, inputs, branch);
  const { tags: images } = imageTags(tags);
  const some = ours.length > 0 ? ours : (shapeOf(images, branch)?.tags ?? images);
  const tag = (await newestOf(session, some))[0]?.tag;
  if (tag === undefined) return undefined;
  const { repository } = session;
  return resolve({
    source: 'reference',
    by: 'event',
    repository,
    reference: { ...repository, tag },
    commit: undefined,
    pin: true,
  });
}

/** An image that was resolved contains linux/amd64; whether it names its commit is another thing. */
function contents(
  { repository, tag, digest, revision }: ResolvedImage,
  { checkRevision }: Inputs,
): Finding[] {
  const name = named(formatReference({ ...repository, ...(tag === undefined ? { digest } : { tag }) }));
  const amd64: Finding = {
    area: 'Image',
    mark: 'ok',
    code: 'image-for-amd64',
    words: `${name} contains linux/amd64.`,
  };
  if (revision !== undefined)
    return [
      amd64,
      {
        area: 'Image',
        mark: 'ok',
        code: 'image-names-commit',
        words: `The ${revision.from} of ${name} names commit ${named(revision.commit)}.`,
      },
    ];
  if (checkRevision === 'off') return [amd64];
  const fix =
    'Label the image in the build:\n- uses: docker/build-push-action@v7\n  with:\n    labels: ${{ steps.meta.outputs.labels }}';
  const words = `${name} has no label or annotation \`org.opencontainers.image.revision\` of this repository, so only its tag names its commit.`;
  return [amd64, { area: 'Image', mark: 'warning', code: 'image-without-commit', words, fix }];
}
