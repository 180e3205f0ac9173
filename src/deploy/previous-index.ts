import type { Machine } from '../fly/machine.ts';
import { linksOf } from '../github/links.ts';
import { findRevision } from '../image/revision.ts';
import { rootOf } from '../image/root-of.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isCommit } from '../lib/commit.ts';
import { sourceSession } from '../registry/connect.ts';
import { parseReference } from '../registry/reference.ts';
import { renderTags } from '../registry/tag-template.ts';
import type { Runtime } from '../runtime.ts';
import type { Previous } from './previous.ts';

/** A machine that ran the image before the deploy. */
export const machineOf = (
  { digest, group }: Pick<Previous, 'digest' | 'group'>,
  before: readonly Machine[],
): Machine | undefined =>
  before.find((each) => each.digest === digest && (group ?? each.group) === each.group);

/** The index of a running image, found by the names on its machine and in its label, because builds attest the index. */
export async function indexOf(
  rt: Runtime,
  inputs: Inputs,
  { configuredImage, image, labels }: Machine,
  digest: string,
  branch: string,
): Promise<string | undefined> {
  const { repositoryUrl } = linksOf(rt);
  const { tag, digest: named } = parseReference(configuredImage || image);
  // The copy in Fly.io's registry has no index, and the credentials are only for the repository that the inputs name.
  const { host, path } = inputs.image;
  const commit = findRevision([], labels, { repositoryUrl, imagePath: path, wanted: undefined })?.commit;
  const tags = isCommit(commit ?? '') ? renderTags(inputs.shaTag, { branch, commit: commit ?? '' }) : [];
  const session = sourceSession(rt, inputs, { host, path }, 0);
  // The image itself comes last: it is its own root, and builds attest the index.
  return rootOf(session, digest, [...tags, tag, named]);
}
