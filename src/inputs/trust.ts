import type { InputReader } from './read.ts';
import { readTrustedRoots } from './trusted-root.ts';

/** Whether the image's attestation is checked, and which workflow must have signed it (`owner/repo/.github/workflows/file.yml`), at which ref. */
type AttestationMode =
  | { readonly mode: 'off' | 'warn' }
  | {
      readonly mode: 'require';
      readonly signer: string | undefined;
      readonly signerRef?: string | undefined;
    };

/** What an event and an image must fulfill to be trusted. */
export interface TrustInputs {
  readonly allowEvents: readonly string[];
  readonly checkRevision: 'auto' | 'require' | 'off';
  readonly attestation: AttestationMode;
  /** The ref that must have been built, or a pattern of refs; undefined for the branch's, or the event's tag. */
  readonly attestationRef: string | undefined;
  /** The trusted roots in the file that `trusted-root` names; undefined for Sigstore's public one. */
  readonly trustedRoots: readonly object[] | undefined;
}

export async function readTrustInputs(reader: InputReader): Promise<TrustInputs> {
  const allowEvents = (reader.text('allow-events') ?? 'push').split(/[\s,]+/).filter((event) => event !== '');
  if (!allowEvents.every((event) => /^[a-z_]+$/.test(event)))
    reader.wrong('allow-events', {
      expected: 'Names of events, such as push, workflow_dispatch.',
      fix: 'Correct the names, such as `with: allow-events: push,workflow_dispatch`.',
    });
  const attestation = readAttestation(reader);
  const attestationRef = reader.text('attestation-ref');
  if (attestationRef !== undefined && !/^refs\/[^\s\x00-\x20\x7f~^:\\?[]+$/.test(attestationRef))
    reader.wrong('attestation-ref', {
      expected: 'A full ref such as refs/heads/main, or a pattern such as refs/tags/v*.',
      fix: 'Give the full ref, such as `with: attestation-ref: refs/heads/main`.',
    });
  else if (attestationRef !== undefined && attestation.mode === 'off')
    reader.wrong('attestation-ref', {
      code: 'input-conflict',
      expected: 'An `attestation` to compare the ref with.',
      fix: 'Add `with: attestation: require`, or remove `attestation-ref:`.',
    });
  return {
    allowEvents: Object.freeze(allowEvents),
    checkRevision: reader.choice('check-revision', ['auto', 'require', 'off']),
    attestation,
    attestationRef,
    trustedRoots: await readRoots(reader),
  };
}

async function readRoots(reader: InputReader): Promise<readonly object[] | undefined> {
  const name = 'trusted-root';
  const path = reader.text(name);
  if (path === undefined) return undefined;
  const text = reader.source.readFile(path);
  const roots = text === undefined ? 'the file does not exist' : await readTrustedRoots(text);
  if (typeof roots !== 'string') return roots;
  reader.wrong(name, {
    why: roots,
    expected: 'A file in the workspace with a trusted root on each line.',
    fix: 'Create the file with `gh attestation trusted-root > trusted-root.jsonl`, and name it: `with: trusted-root: trusted-root.jsonl`.',
  });
  return undefined;
}

function readAttestation(reader: InputReader): AttestationMode {
  const given = reader.text('attestation') ?? 'off';
  if (given === 'off' || given === 'warn') return { mode: given };
  if (given === 'require') return { mode: 'require', signer: undefined };
  const [, signer, signerRef] =
    /^([\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml)(?:@(refs\/(?:heads|tags)\/\S+|[0-9a-f]{40,64}))?$/.exec(
      given,
    ) ?? [];
  if (signer === undefined)
    reader.wrong('attestation', {
      expected:
        'One of off, warn, require; or the workflow that signs, such as owner/repo/.github/workflows/build.yml, optionally with its ref (@refs/heads/main, @refs/tags/v1, or @ and a full commit id).',
      fix: 'Set `with: attestation: require`, or name the workflow: `with: attestation: owner/repo/.github/workflows/build.yml`.',
    });
  return { mode: 'require', signer, ...(signerRef !== undefined && { signerRef }) };
}
