import type { Json } from '../lib/json.ts';
import { isDigest } from '../registry/reference.ts';
import { withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import type { EventRules, Refusal, Refuse, Trigger } from './types.ts';

const event = 'github.event.registry_package';

/**
 * A package was published. GitHub sends the event for every package of the repository, and once for each manifest: the parts
 * of an index get separate events, without a tag (GitHub's docs, "registry_package").
 */
export function readPackage(
  payload: Json,
  branch: string,
  { image, isSelected, movingTag, commitIn }: EventRules,
  refuse: Refuse<CodeOf<'registry_package'>>,
): Trigger | Refusal {
  const published = payload.get('registry_package');
  const version = published.get('package_version');
  const [namespace, name] = [published.get('namespace'), published.get('name')].map((each) => each.text());
  const path = `${namespace}/${name}`.toLowerCase();
  const [digest, tag] = [
    version.get('version').text(),
    version.get('container_metadata').get('tag').get('name').maybeText(),
  ];
  if (path !== image.path) {
    const other = /^[a-z0-9._/-]+$/.test(path)
      ? ` Or, to deploy the published package: ${withInput('image', `${image.host}/${path}`)}.`
      : '';
    return refuse(
      'event-other-package',
      `The published package is ${path}.`,
      `The package ${image.path}, which this step deploys.`,
      `Add \`if: ${event}.name == '${image.path.split('/').slice(1).join('/')}'\` to the job.${other}`,
    );
  }
  if (tag === undefined || !isDigest(digest)) {
    return refuse(
      'event-package-part',
      'The published manifest has no tag: it is a part of an index, such as the image of one platform or an attestation.',
      'An index or an image with a tag, for which GitHub sends a separate event.',
      `No action is needed for this part. To stop such events from starting the job, add \`if: ${event}.package_version.container_metadata.tag.name != ''\` to it.`,
    );
  }
  const moving = movingTag(branch);
  const commit = commitIn(tag, branch);
  if (!isSelected(tag, branch) && commit === undefined) {
    return refuse(
      'event-other-tag',
      `The published image has the tag "${tag}".`,
      `A tag of branch "${branch}" that matches \`manual-select\` or \`sha-tag\`, such as "${moving}".`,
      `To deploy such tags: ${withInput('manual-select', `tag:${tag}`)}. Otherwise, add \`if: ${event}.package_version.container_metadata.tag.name == '${moving}'\` to the job.`,
    );
  }
  return {
    kind: 'manual',
    event: 'registry_package',
    branch,
    published: { tag, digest, commit: commit === '' ? undefined : commit },
  };
}
