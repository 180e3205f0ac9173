import type { Yaml } from '../lib/yaml.ts';
import { metadataLines } from '../registry/metadata-lines.ts';
import { isTag } from '../registry/reference.ts';
import { namesCommit, plainTemplate, renderTag, unknownPlaceholders } from '../registry/tag-template.ts';
import { type AddFinding, adderOf, type Finding, named, platformCause } from '../report/finding.ts';
import { callsOf } from './called.ts';
import { eitherOr } from './either-or.ts';
import { readMetadata } from './metadata-action.ts';
import { isExpression } from './steps.ts';
import { commitTagCause } from './tags.ts';

/** What the build is compared with. */
export interface BuildRules {
  readonly file: string;
  readonly shaTag: string;
  readonly checkRevision: 'auto' | 'require' | 'off';
  /** Whether the branch that is deployed is known to be the default one. */
  readonly onDefaultBranch: boolean;
}

const metadata = 'docker/metadata-action';
const buildPush = 'docker/build-push-action';

/** Whether a workflow builds images in a way that can be read here. */
export const builds = (root: Yaml): boolean =>
  callsOf(root, 'build-image').length > 0 || stepsOf(root).some(({ step }) => usesOf(step) === buildPush);

/** Checks a workflow that builds the image: the tags it writes, its labels, whether it pushes, and for which platform. Pure. */
export function buildFindings(root: Yaml, rules: BuildRules): Finding[] {
  const findings: Finding[] = [];
  const add = adderOf('Build', rules.file, findings);
  for (const call of callsOf(root, 'build-image')) called(call, rules, add);
  const all = stepsOf(root);
  const made = all.filter(({ step }) => usesOf(step) === metadata);
  const own = all.some(({ step }) => usesOf(step) === buildPush);
  if (own && namesCommit(rules.shaTag)) tags(root, made, rules, add);
  for (const { step, job } of all.filter(({ step }) => usesOf(step) === buildPush)) {
    const given = step.get('with');
    const at = given.there ? given : step;
    const push = given.get('push').text();
    const elsewhere = given.get('outputs').there || isExpression(push);
    if (!elsewhere && !/^true$/i.test(push ?? ''))
      add(
        'bad',
        'build-not-pushed',
        given.get('push'),
        'This step builds an image, but does not push it.',
        'Push it:\nwith:\n  push: true',
      );
    if (!given.get('labels').there && rules.checkRevision !== 'off')
      add(
        'warning',
        'build-without-labels',
        at,
        'The build gives the image no labels, so the image does not name its commit.',
        `Label the image:\nwith:\n  labels: \${{ steps.${metaOf(job)}.outputs.labels }}`,
      );
    const platforms = given.get('platforms');
    const arm = /(?:^|-)arm/.test(job.get('runs-on').text() ?? '');
    if (
      platforms.there
        ? !isExpression(platforms.texts().join()) && !/\blinux\/amd64\b(?!\/)/.test(platforms.texts().join())
        : arm
    )
      add(
        'bad',
        'build-other-platform',
        platforms.there ? platforms : at,
        `The image is built for ${platforms.there ? named(platforms.texts().join(', ')) : 'the Arm processor of the runner'}, but Fly.io runs only linux/amd64.`,
        platformLines,
        platformCause,
      );
  }
  return findings;
}

/** build-image.yml pushes, labels and tags by itself, unless its inputs change that. */
function called(call: Yaml, { shaTag }: BuildRules, add: AddFinding): void {
  const given = call.get('with');
  if (/^false$/i.test(given.get('push').text() ?? ''))
    add(
      'bad',
      'build-not-pushed',
      given.get('push'),
      'This call builds an image, but does not push it.',
      'Push it:\nwith:\n  push: true',
    );
  const platforms = given.get('platforms').text();
  if (platforms !== undefined && !isExpression(platforms) && !/\blinux\/amd64\b(?!\/)/.test(platforms))
    add(
      'bad',
      'build-other-platform',
      given.get('platforms'),
      `The image is built for ${named(platforms)}, but Fly.io runs only linux/amd64.`,
      platformLines,
      platformCause,
    );
  const fits = plainTemplate(shaTag) === '{branch}-{sha}';
  if (namesCommit(shaTag) && !fits && !given.get('tags').there)
    add(
      'bad',
      'build-other-tags',
      call,
      `\`build-image.yml\` tags the image of a commit as \`{branch}-{sha}\`, but \`sha-tag\` is ${named(shaTag)}.`,
      eitherOr([
        'remove the input `sha-tag` of this action.',
        `let the build write the tag:\nwith:\n  tags: ${inTags(shaTag)}`,
      ]),
      commitTagCause,
    );
}

const platformLines = 'Build for linux/amd64:\nwith:\n  platforms: linux/amd64';

/** A template as a line of `tags` of build-image.yml, which goes to docker/metadata-action. */
const inTags = (template: string): string => metadataLines(template).split('\n').at(-1)?.trim() ?? '';

/** The id of the step that makes the labels. */
const metaOf = (job: Yaml): string => {
  const meta = job
    .get('steps')
    .items()
    .find((step) => usesOf(step) === metadata);
  const id = meta?.get('id').text();
  return id !== undefined && /^[A-Za-z_][\w-]*$/.test(id) ? id : 'meta';
};

interface Step {
  readonly step: Yaml;
  readonly job: Yaml;
}

const stepsOf = (root: Yaml): Step[] =>
  root
    .get('jobs')
    .entries()
    .flatMap(([, job]) =>
      job
        .get('steps')
        .items()
        .map((step) => ({ step, job })),
    );

const usesOf = (step: Yaml): string => (step.get('uses').text() ?? '').split('@')[0] ?? '';

function tags(
  root: Yaml,
  made: readonly Step[],
  { shaTag, onDefaultBranch }: BuildRules,
  add: AddFinding,
): void {
  const [first] = made;
  if (first === undefined) {
    add(
      'skipped',
      'build-tags-not-checked',
      root.get('jobs'),
      `The tags of this build were not checked, because it has no ${metadata}.`,
    );
    return;
  }
  const at = first.step.get('with').get('tags');
  const read = made.map(({ step, job }) =>
    readMetadata({
      tags: step.get('with').get('tags').text() ?? '',
      flavor: step.get('with').get('flavor').text() ?? '',
      shortLength: lengthFor(root, job, step),
      onDefaultBranch,
    }),
  );
  const faults = read.flatMap((each) => each.faults);
  if (faults.length > 0) {
    const words = `docker/metadata-action fails in this build. ${faults.join(' ')}`;
    add('bad', 'build-tags-invalid', at, words, `Correct the build:\n${metadataLines(shaTag)}`);
    return;
  }
  const wanted = plainTemplate(shaTag);
  const written = read.flatMap((each) => each.made);
  if (written.some(({ template, always }) => template === wanted && always)) return;
  if (written.some(({ template }) => template === wanted || template === undefined)) {
    add(
      'skipped',
      'build-tags-unknown',
      at,
      `It was not checked whether this build writes the tag ${named(shaTag)} of \`sha-tag\`: that depends on expressions that only GitHub can evaluate.`,
    );
    return;
  }
  const known = written.flatMap(({ template }) =>
    template !== undefined && namesCommit(template) ? [template] : [],
  );
  // A template that renders no tag does not help.
  const other = known.find(
    (template) =>
      unknownPlaceholders(template).length === 0 &&
      isTag(renderTag(template, { branch: 'main', commit: '0123456789abcdef'.repeat(4) })),
  );
  const length = made.map(({ step, job }) => lengthFor(root, job, step)).find((each) => each !== undefined);
  const lines = metadataLines(shaTag, { flavored: read.some(({ flavored }) => flavored) });
  // The line can be there already, and only its length be another.
  const without =
    length === undefined || lines.includes(lengthVariable)
      ? ''
      : ` without \`${lengthVariable}: ${length}\` in \`env:\``;
  const instead =
    other === undefined
      ? []
      : [`let this action select the tags that the build writes:\nwith:\n  sha-tag: "${other}"`];
  const what = known.map(named).join(', ');
  add(
    'bad',
    known.length === 0 ? 'build-without-commit-tag' : 'build-other-tags',
    at,
    `The build writes ${what === '' ? 'no tag of a commit' : `the tag ${what}`}, but \`sha-tag\` is ${named(shaTag)}.`,
    eitherOr([`change the build${without}:\n${lines}`, ...instead]),
    commitTagCause,
  );
}

const lengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';

/** Length of a short commit id there, of the step's, the job's or the workflow's `env` (docker/metadata-action, src/meta.ts). */
const lengthFor = (root: Yaml, job: Yaml, step: Yaml): string | undefined =>
  [step, job, root]
    .map((part) => part.get('env').get(lengthVariable).text())
    .find((text) => text !== undefined);
