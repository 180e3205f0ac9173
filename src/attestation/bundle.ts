import { bundleFromJSON } from '@sigstore/bundle';
import { ASN1Obj } from '@sigstore/core';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import publicGood from './public-good.json' with { type: 'json' };
import type { Attested, Requirement } from './types.ts';

/** What Fulcio writes into a certificate from GitHub's OIDC token (sigstore/fulcio, docs/oid-info.md); the workflow cannot. */
const oids = {
  issuer: '1.3.6.1.4.1.57264.1.8',
  signer: '1.3.6.1.4.1.57264.1.9',
  repository: '1.3.6.1.4.1.57264.1.12',
  commit: '1.3.6.1.4.1.57264.1.13',
} as const;

/**
 * Verifies a Sigstore bundle against a trusted root, and then all that the library leaves to its caller: that the
 * statement is about this image (for DSSE envelopes it does not look at the artifact at all), that it is provenance, and
 * whose workflow signed it, by the certificate's extensions and not by what the statement says of itself.
 *
 * @throws Error with the reason.
 */
export function verifyBundle(json: unknown, wanted: Requirement, trustedRoot: string | undefined): Attested {
  const bundle = bundleFromJSON(json);
  if (bundle.content.$case !== 'dsseEnvelope') throw new Error('its bundle holds no DSSE envelope');
  const envelope = bundle.content.dsseEnvelope;
  if (envelope.payloadType !== 'application/vnd.in-toto+json')
    throw new Error(`its envelope holds ${envelope.payloadType}, and no in-toto statement`);

  const root = TrustedRoot.fromJSON(trustedRoot === undefined ? publicGood : JSON.parse(trustedRoot));
  const entity = toSignedEntity(bundle);
  // GitHub's own Sigstore, for private repositories, keeps no public log: its time-stamps stand for that.
  const logged = root.tlogs.length > 0 ? 1 : 0;
  const verifier = new Verifier(toTrustMaterial(root), {
    tlogThreshold: logged,
    ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
    timestampThreshold: 1,
  });
  const { identity } = verifier.verify(entity);

  const statement = JSON.parse(Buffer.from(envelope.payload).toString('utf8')) as {
    subject?: { digest?: Record<string, unknown> }[];
    predicateType?: unknown;
  };
  const subjects = (statement.subject ?? []).map(({ digest }) => `sha256:${digest?.['sha256']}`);
  if (!subjects.includes(wanted.digest))
    throw new Error(`it is about ${subjects.slice(0, 3).join(', ') || 'nothing'}`);
  if (!/^https:\/\/slsa\.dev\/provenance\//.test(String(statement.predicateType)))
    throw new Error(`it is a ${String(statement.predicateType).slice(0, 100)}, and no SLSA provenance`);

  const extensions = new Map(
    (identity?.oids ?? []).map(({ oid, value }) => [oid?.id.join('.') ?? '', utf8String(Buffer.from(value))]),
  );
  const said = (name: keyof typeof oids): string => extensions.get(oids[name]) ?? '';
  const must = (name: keyof typeof oids, expected: string) => {
    // Owner, repository and host are the same in any case; a commit is written one way.
    if (said(name).toLowerCase() !== expected.toLowerCase())
      throw new Error(`its certificate says ${name} ${said(name) || 'nothing'}, and not ${expected}`);
  };
  must('issuer', issuerOf(wanted.server));
  must('repository', `${wanted.server}/${wanted.repository}`);
  if (wanted.commit !== undefined) must('commit', wanted.commit);
  const signer = said('signer').replace(/@.*$/, '');
  if (
    wanted.signerWorkflow !== undefined &&
    signer.toLowerCase() !== `${wanted.server}/${wanted.signerWorkflow}`.toLowerCase()
  )
    throw new Error(
      `its certificate says signer ${signer || 'nothing'}, and not ${wanted.server}/${wanted.signerWorkflow}`,
    );
  return { kind: 'attested', commit: said('commit'), signer: said('signer') };
}

/** GitHub's issuer of OIDC tokens; an enterprise with data residency has its own (GitHub's docs, "OpenID Connect"). */
function issuerOf(server: string): string {
  const { host } = new URL(server);
  return `https://token.actions.${host.endsWith('.ghe.com') ? host : 'githubusercontent.com'}`;
}

const utf8StringTag = 0x0c;

/** Reads a DER UTF8String; undefined when it is anything else, or more than that. */
export function utf8String(der: Buffer<ArrayBuffer>): string | undefined {
  try {
    const { tag, value } = ASN1Obj.parseBuffer(der);
    const is = tag.isUniversal() && tag.number === utf8StringTag && !tag.constructed;
    return is ? value.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
