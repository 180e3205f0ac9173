import type { Attested, NotAttested } from '../../attestation/types.ts';
import { runnerWords } from '../../attestation/words.ts';
import type { Trigger } from '../../event/types.ts';
import type { Links } from '../../github/links.ts';
import { formatAge, formatBytes } from '../../lib/format.ts';
import { formatReference } from '../../registry/reference.ts';
import type { View } from '../view.ts';
import { block, code, link } from './markdown.ts';
import { nameOf } from './names.ts';

/** Who built the image and when, what attests it, where it was copied to, what started this run. */
export function origin({ known, rolledBack }: View, links: Links, now: number): string | undefined {
  const { image, trigger, mirror, attested } = known;
  if (image === undefined) return undefined;
  const run = trigger?.kind === 'automatic' ? trigger.run : undefined;
  const age = image.created === undefined ? undefined : formatAge(image.created, now);
  const by =
    run &&
    `by ${code(run.name.slice(0, 60))}${run.number === undefined ? '' : ` #${run.number}`}${run.url?.startsWith(`${links.server}/`) ? ` (${link('run', run.url)})` : ''}`;
  const says = {
    matches: `Built from this commit, according to its ${image.revision?.from ?? 'revision'}`,
    unknown: 'Has no revision: only its tag links it to this commit',
    unchecked: undefined,
  }[known.revision ?? 'unchecked'];
  const lines = [
    `Built ${[age, by].filter((part) => part !== undefined).join(', ')}${(age ?? by) ? '; ' : ''}download size ${formatBytes(image.size)}`,
    says,
    attested && attestation(attested),
    mirror &&
      `Deployed from the copy ${code(nameOf(mirror.reference))}: ${mirror.there === mirror.blobs ? 'nothing to upload' : `${formatBytes(mirror.bytes)} uploaded`}`,
    rolledBack && `Rolled back to ${rolledBack.map(({ reference }) => code(nameOf(reference))).join(', ')}`,
    trigger && `Started by ${startOf(trigger)}`,
  ];
  const list = lines.filter((line) => line !== undefined).map((line) => `- ${line}`);
  return `### The image\n\n${list.join('\n')}`;
}

const attestation = (attested: Attested | NotAttested): string =>
  attested.kind === 'attested'
    ? `Attested: signed by ${code(attested.signer.replace(/^https:\/\/[^/]*\//, ''))}${attested.called ? ', a workflow of another repository,' : ''} for ${code(attested.ref)}${runnerWords(attested.runner, ', on ')}`
    : 'Not attested: no signed statement names the workflow that built it';

/** The event, and the part of it that the step cannot check. */
function startOf(trigger: Trigger): string {
  if (trigger.kind === 'automatic')
    return `${code(trigger.event)}, automatic${trigger.environment === undefined ? '' : `, for environment ${code(trigger.environment.slice(0, 60))}, not compared with the job’s environment`}`;
  const { event, published } = trigger;
  return published === undefined
    ? `${code(event)}, manual`
    : `${code(event)}, automatic, with tag ${code(published.tag)}`;
}

/** References and digests whole, to be copied. */
export function references({ known, commit }: View): string | undefined {
  const { image, mirror, before } = known;
  if (image === undefined) return undefined;
  const previous = [
    ...new Set(
      (before ?? []).map(({ image: name, digest }) => `${name}${digest === undefined ? '' : `@${digest}`}`),
    ),
  ];
  const rows: [string, string | undefined][] = [
    ['image', formatReference(image.reference)],
    ['digest', image.digest],
    ['linux/amd64', image.platformDigest === image.digest ? undefined : image.platformDigest],
    ['copy', mirror && formatReference(mirror.reference)],
    ['commit', commit],
    ...previous.slice(0, 10).map((each): [string, string] => ['before', each]),
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(12)}${value}`]));
  return `<details><summary>References in full</summary>\n\n${block(lines.join('\n'), Number.POSITIVE_INFINITY)}\n\n</details>`;
}
