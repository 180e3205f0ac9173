import { X509Certificate } from 'node:crypto';
import { type Bundle, bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { capitalized } from '../lib/text.ts';
import { checkCertificate, type Extension } from './certificate.ts';
import { Fault } from './faults.ts';
import publicGood from './public-good.json' with { type: 'json' };
import type { Attested, Requirement } from './types.ts';

/**
 * Verifies a Sigstore bundle against trusted roots, and then everything that the library leaves to its caller: that the
 * statement is about this image (for DSSE envelopes it does not check the artifact at all), that it is provenance, and the
 * facts in its certificate.
 *
 * @throws Error with the reason.
 */
export function verifyBundle(
  json: unknown,
  wanted: Requirement,
  trustedRoots: readonly object[] | undefined,
): Attested {
  const bundle = bundleFromJSON(json);
  if (bundle.content.$case !== 'dsseEnvelope') throw new Error('its bundle does not contain a DSSE envelope');
  const envelope = bundle.content.dsseEnvelope;
  if (envelope.payloadType !== 'application/vnd.in-toto+json')
    throw new Error(`its envelope contains ${envelope.payloadType} instead of an in-toto statement`);
  const extensions = verifySignature(bundle, trustedRoots);

  const statement = JSON.parse(Buffer.from(envelope.payload).toString('utf8')) as {
    subject?: { digest?: Record<string, unknown> }[];
    predicateType?: unknown;
  };
  checkSubject(
    (statement.subject ?? []).flatMap(({ digest }) => Object.entries(digest ?? {})),
    wanted.digest,
  );
  if (!/^https:\/\/slsa\.dev\/provenance\//.test(String(statement.predicateType)))
    throw new Error(`it is a ${String(statement.predicateType).slice(0, 100)} instead of SLSA provenance`);
  return checkCertificate(extensions, wanted);
}

function checkSubject(digests: readonly [string, unknown][], wanted: string): void {
  const named = digests.map(([kind, digits]) => `${kind}:${digits}`);
  if (named.includes(wanted)) return;
  const some = named.slice(0, 3).join(', ') || 'nothing';
  if (named.length === 0 || named.some((each) => each.startsWith('sha256:')))
    throw new Error(`its subject is ${some}`);
  const kinds = [...new Set(digests.map(([kind]) => kind))].slice(0, 3).join(', ');
  throw new Error(`it names its subject only by ${kinds}, but an image has a SHA-256: ${some}`);
}

/**
 * Tries the roots one by one, because a combined root would have the thresholds of all of them.
 *
 * @returns the extensions of the certificate.
 */
function verifySignature(bundle: Bundle, given: readonly object[] | undefined): readonly Extension[] {
  const roots = (given ?? [publicGood]).map((each) => TrustedRoot.fromJSON(each));
  const leaf = leafOf(bundle);
  let failure: unknown;
  for (const root of roots) {
    const verifier = new Verifier(toTrustMaterial(root), {
      // GitHub's own Sigstore, for private repositories, has no public log and uses time-stamps instead.
      tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
      ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
      timestampThreshold: 1,
    });
    try {
      const { identity } = verifier.verify(toSignedEntity(bundle));
      return (identity?.oids ?? []).map(({ oid, value }) => ({ oid, value: Buffer.from(value) }));
    } catch (error) {
      // Reports the failure of the root that has the certificate's issuer.
      if (failure === undefined || (leaf !== undefined && hasIssued(root, leaf))) failure = error;
    }
  }
  if (leaf !== undefined && !roots.some((root) => hasIssued(root, leaf)))
    throw rootMissing(leaf, given) ?? failure;
  throw failure;
}

function leafOf({ verificationMaterial: { content } }: Bundle): X509Certificate | undefined {
  const raw =
    content.$case === 'certificate'
      ? content.certificate.rawBytes
      : content.$case === 'x509CertificateChain'
        ? content.x509CertificateChain.certificates[0]?.rawBytes
        : undefined;
  return raw && certificate(raw);
}

function certificate(raw: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(raw);
  } catch {
    return undefined;
  }
}

const hasIssued = (root: TrustedRoot, leaf: X509Certificate): boolean =>
  root.certificateAuthorities.some(({ certChain }) =>
    certChain?.certificates.some(({ rawBytes }) => {
      const issuer = certificate(rawBytes);
      return issuer?.subject === leaf.issuer && leaf.verify(issuer.publicKey);
    }),
  );

const makeRoot = `create the file, commit it, and name it:\n  gh attestation trusted-root > trusted-root.jsonl\n\`with: trusted-root: trusted-root.jsonl\``;

/** The reason when no root contains the certificate's issuer; undefined if the issuer is neither GitHub nor Sigstore. */
function rootMissing({ issuer }: X509Certificate, given: readonly object[] | undefined): Fault | undefined {
  const organization = /^O=(.*)$/m.exec(issuer)?.[1]?.replaceAll('\\', '');
  if (organization === 'GitHub, Inc.')
    return new Fault(
      given === undefined
        ? 'it was signed by GitHub’s own Sigstore instance, as attestations of private repositories are, but `trusted-root` is not set'
        : 'it was signed by GitHub’s own Sigstore instance, as attestations of private repositories are, but the file in `trusted-root` does not contain the authority that issued its certificate',
      {
        code: 'attestation-root-missing',
        expected: `A current trusted root of this instance in \`trusted-root\`. GitHub replaces its certificate authorities every few months, and the file must then be created again.`,
        fix: capitalized(makeRoot),
      },
    );
  if (organization === 'sigstore.dev' && given !== undefined)
    return new Fault(
      'it was signed by Sigstore’s public instance, as attestations of public repositories are, but the file in `trusted-root` does not contain the authority that issued its certificate',
      {
        code: 'attestation-root-missing',
        expected: 'A file that also contains the root of this instance, or no `trusted-root`.',
        fix: `Remove \`trusted-root:\`, or ${makeRoot}`,
      },
    );
  return undefined;
}
