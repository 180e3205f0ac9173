import { X509Certificate } from 'node:crypto';
import { type Bundle, bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { checkCertificate, type Extension } from './certificate.ts';
import { Fault } from './faults.ts';
import publicGood from './public-good.json' with { type: 'json' };
import type { Attested, Requirement } from './types.ts';

/**
 * Verifies a Sigstore bundle against trusted roots, and then all that the library leaves to its caller: that the statement is
 * about this image (for DSSE envelopes it does not look at the artifact at all), that it is provenance, and what its
 * certificate says.
 *
 * @throws Error with the reason.
 */
export function verifyBundle(
  json: unknown,
  wanted: Requirement,
  trustedRoots: readonly object[] | undefined,
): Attested {
  const bundle = bundleFromJSON(json);
  if (bundle.content.$case !== 'dsseEnvelope') throw new Error('its bundle holds no DSSE envelope');
  const envelope = bundle.content.dsseEnvelope;
  if (envelope.payloadType !== 'application/vnd.in-toto+json')
    throw new Error(`its envelope holds ${envelope.payloadType}, and no in-toto statement`);
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
    throw new Error(`it is a ${String(statement.predicateType).slice(0, 100)}, and no SLSA provenance`);
  return checkCertificate(extensions, wanted);
}

function checkSubject(digests: readonly [string, unknown][], wanted: string): void {
  const named = digests.map(([kind, digits]) => `${kind}:${digits}`);
  if (named.includes(wanted)) return;
  const some = named.slice(0, 3).join(', ') || 'nothing';
  if (named.length === 0 || named.some((each) => each.startsWith('sha256:')))
    throw new Error(`it is about ${some}`);
  const kinds = [...new Set(digests.map(([kind]) => kind))].slice(0, 3).join(', ');
  throw new Error(`it names what it is about by ${kinds} only, and an image has a SHA-256: ${some}`);
}

/**
 * Tries each root by itself: one of all of them would need what any of them needs.
 *
 * @returns the extensions of the certificate.
 */
function verifySignature(bundle: Bundle, given: readonly object[] | undefined): readonly Extension[] {
  const roots = (given ?? [publicGood]).map((each) => TrustedRoot.fromJSON(each));
  const leaf = leafOf(bundle);
  let failure: unknown;
  for (const root of roots) {
    const verifier = new Verifier(toTrustMaterial(root), {
      // GitHub's own Sigstore, for private repositories, keeps no public log: its time-stamps stand for that.
      tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
      ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
      timestampThreshold: 1,
    });
    try {
      const { identity } = verifier.verify(toSignedEntity(bundle));
      return (identity?.oids ?? []).map(({ oid, value }) => ({ oid, value: Buffer.from(value) }));
    } catch (error) {
      // The reason that matters is that of the root which knows who issued the certificate.
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

const makeRoot = `make the file, commit it, and name it:\n  gh attestation trusted-root > trusted-root.jsonl\n\`with: trusted-root: trusted-root.jsonl\``;

/** What to say where no root knows who issued the certificate; undefined where that is nobody who is known. */
function rootMissing({ issuer }: X509Certificate, given: readonly object[] | undefined): Fault | undefined {
  const organization = /^O=(.*)$/m.exec(issuer)?.[1]?.replaceAll('\\', '');
  if (organization === 'GitHub, Inc.')
    return new Fault(
      given === undefined
        ? 'it was signed by GitHub’s own Sigstore instance, as those of private repositories are, and `trusted-root` is not set'
        : 'it was signed by GitHub’s own Sigstore instance, as those of private repositories are, and the file in `trusted-root` does not contain the authority that issued its certificate',
      {
        code: 'attestation-root-missing',
        expected: `a trusted root of this instance in \`trusted-root\`. GitHub replaces its certificate authorities every few months, so that the file has to be made again.`,
        fix: makeRoot,
      },
    );
  if (organization === 'sigstore.dev' && given !== undefined)
    return new Fault(
      'it was signed by Sigstore’s public instance, as those of public repositories are, and the file in `trusted-root` does not contain the authority that issued its certificate',
      {
        code: 'attestation-root-missing',
        expected: 'a file with the root of this instance too, or no `trusted-root`.',
        fix: `remove \`trusted-root\`, or ${makeRoot}`,
      },
    );
  return undefined;
}
