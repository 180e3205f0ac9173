import type { InputReader } from './read.ts';

/** What an event and an image must show before they are trusted. */
export interface TrustInputs {
  readonly allowEvents: readonly string[];
  readonly checkRevision: 'auto' | 'require' | 'off';
  readonly requireAttestation: boolean;
  /** `owner/repo/.github/workflows/file.yml`. */
  readonly attestationWorkflow: string | undefined;
  /** Text of the file that `trusted-root` names. */
  readonly trustedRoot: string | undefined;
}

export function readTrustInputs(reader: InputReader): TrustInputs {
  const allowEvents = (reader.text('allow-events') ?? 'push').split(/[\s,]+/).filter((event) => event !== '');
  if (!allowEvents.every((event) => /^[a-z_]+$/.test(event)))
    reader.wrong('allow-events', 'names of events, e.g. push, workflow_dispatch.');
  const trustedRoot = reader.text('trusted-root');
  const rootText = trustedRoot === undefined ? undefined : reader.source.readFile(trustedRoot);
  if (trustedRoot !== undefined && rootText === undefined)
    reader.wrong('trusted-root', 'a file that is there, as `gh attestation trusted-root` writes it.');
  return {
    allowEvents: Object.freeze(allowEvents),
    checkRevision: reader.choice('check-revision', ['auto', 'require', 'off']),
    requireAttestation: reader.flag('require-attestation', false),
    attestationWorkflow: reader.matching(
      'attestation-workflow',
      /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/,
      'a workflow file, e.g. owner/repo/.github/workflows/build.yml.',
    ),
    trustedRoot: rootText,
  };
}
