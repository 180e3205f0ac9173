import type { InputReader } from './read.ts';

/** Whether the image's attestation is checked, and who must have signed it: `owner/repo/.github/workflows/file.yml`. */
type AttestationMode =
  | { readonly mode: 'off' | 'warn' }
  | { readonly mode: 'require'; readonly signer: string | undefined };

/** What an event and an image must show before they are trusted. */
export interface TrustInputs {
  readonly allowEvents: readonly string[];
  readonly checkRevision: 'auto' | 'require' | 'off';
  readonly attestation: AttestationMode;
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
    attestation: readAttestation(reader),
    trustedRoot: rootText,
  };
}

function readAttestation(reader: InputReader): AttestationMode {
  const given = reader.text('attestation') ?? 'off';
  if (given === 'off' || given === 'warn') return { mode: given };
  if (given === 'require') return { mode: 'require', signer: undefined };
  if (!/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/.test(given))
    reader.wrong(
      'attestation',
      'off, warn, require, or the workflow that signs, e.g. owner/repo/.github/workflows/build.yml.',
    );
  return { mode: 'require', signer: given };
}
