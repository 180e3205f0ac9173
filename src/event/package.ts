import type { Json } from '../lib/json.ts';
import { isDigest } from '../registry/reference.ts';
import { withInput } from './advice.ts';
import type { CodeOf } from './events.ts';
import type { EventRules, Refusal, Refuse, Trigger } from './types.ts';

const event = 'github.event.registry_package';

/**
 * A package that was published: once for each manifest, so of an index its children too, without a tag (GitHub's docs,
 * "registry_package"). The event comes for every package of the repository.
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
      ? `, or, if that one is meant, ${withInput('image', `${image.host}/${path}`)} in the step`
      : '';
    return refuse(
      'event-other-package',
      `The package that was published is ${path}.`,
      `${image.path}, the one that is deployed.`,
      `add \`if: ${event}.name == '${image.path.split('/').slice(1).join('/')}'\` to the job${other}.`,
    );
  }
  if (tag === undefined || !isDigest(digest)) {
    return refuse(
      'event-package-part',
      'What was published has no tag: it is a part of an index, such as one platform’s image or an attestation.',
      'the index, or the image, that a tag names. It is an event of its own.',
      `nothing for this part. So that it starts no deploy, add \`if: ${event}.package_version.container_metadata.tag.name != ''\` to the job.`,
    );
  }
  const moving = movingTag(branch);
  const commit = commitIn(tag, branch);
  if (!isSelected(tag, branch) && commit === undefined) {
    return refuse(
      'event-other-tag',
      `What was published is tagged "${tag}".`,
      `a tag of branch "${branch}", as \`manual-select\` and \`sha-tag\` say them, such as "${moving}".`,
      `if such tags are to be deployed, ${withInput('manual-select', `tag:${tag}`)}; if not, add \`if: ${event}.package_version.container_metadata.tag.name == '${moving}'\` to the job.`,
    );
  }
  return {
    kind: 'manual',
    event: 'registry_package',
    branch,
    published: { tag, digest, commit: commit === '' ? undefined : commit },
  };
}
