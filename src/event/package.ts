import type { Json } from '../lib/json.ts';
import { isDigest } from '../registry/reference.ts';
import type { EventRules, Refusal, Refuse, Trigger } from './types.ts';

/**
 * A package that was published: once for each manifest, so of an index its children too, without a tag (GitHub's docs,
 * "registry_package"). The event comes for every package of the repository.
 */
export function readPackage(
  payload: Json,
  branch: string,
  { imagePath, isOurTag }: EventRules,
  refuse: Refuse,
): Trigger | Refusal {
  const published = payload.get('registry_package');
  const version = published.get('package_version');
  const [namespace, name] = [published.get('namespace'), published.get('name')].map((each) => each.text());
  const path = `${namespace}/${name}`.toLowerCase();
  const [digest, tag] = [
    version.get('version').text(),
    version.get('container_metadata').get('tag').get('name').maybeText(),
  ];
  if (path !== imagePath) {
    return refuse(
      'event-other-package',
      `The package that was published is ${path}.`,
      `${imagePath}, the one that is deployed.`,
      `add \`if: github.event.registry_package.name == '${imagePath.split('/').slice(1).join('/')}'\` to the job.`,
    );
  }
  if (tag === undefined || !isDigest(digest)) {
    return refuse(
      'event-package-part',
      'What was published has no tag: it is a part of an index, such as one platform’s image or an attestation.',
      'the index, or the image, that a tag names.',
      "add `if: github.event.registry_package.package_version.container_metadata.tag.name != ''` to the job.",
    );
  }
  if (!isOurTag(tag, branch)) {
    return refuse(
      'event-other-tag',
      `What was published is tagged "${tag}".`,
      `a tag of branch "${branch}", as \`manual-select\` and \`sha-tag\` say them.`,
      'those inputs, if such tags are to be deployed.',
    );
  }
  return { kind: 'manual', event: 'registry_package', branch, published: { tag, digest } };
}
