import { ASN1Obj } from '@sigstore/core';
import { withInput } from '../event/advice.ts';
import { matchesGlob } from '../registry/glob.ts';
import { Fault } from './faults.ts';
import type { Attested, Requirement } from './types.ts';

/** Extensions that Fulcio writes into a certificate from GitHub's OIDC token (sigstore/fulcio, docs/oid-info.md). A workflow cannot set them. */
const oids = {
  issuer: '1.3.6.1.4.1.57264.1.8',
  signer: '1.3.6.1.4.1.57264.1.9',
  runner: '1.3.6.1.4.1.57264.1.11',
  repository: '1.3.6.1.4.1.57264.1.12',
  commit: '1.3.6.1.4.1.57264.1.13',
  ref: '1.3.6.1.4.1.57264.1.14',
} as const;

type Facts = Readonly<Record<keyof typeof oids, string>>;

/** An extension of a certificate, as @sigstore/verify returns it. */
export interface Extension {
  readonly oid?: { readonly id: readonly number[] } | undefined;
  readonly value: Uint8Array<ArrayBuffer>;
}

/**
 * Checks who signed, for which repository, commit and ref, by the certificate's extensions instead of the statement's content,
 * which the signer controls.
 *
 * @throws Fault for the first one that does not match.
 */
export function checkCertificate(extensions: readonly Extension[], wanted: Requirement): Attested {
  const values = new Map(
    extensions.map(({ oid, value }) => [oid?.id.join('.') ?? '', utf8String(Buffer.from(value))]),
  );
  const names = Object.keys(oids) as (keyof typeof oids)[];
  const facts = Object.fromEntries(names.map((name) => [name, values.get(oids[name]) ?? ''])) as Facts;
  const { server, repository } = wanted;
  checkIssuer(facts, server);
  // Owner, repository and host are not case-sensitive.
  must(
    'repository',
    facts.repository,
    `${server}/${repository}`,
    same(facts.repository, `${server}/${repository}`),
  );
  if (wanted.commit !== undefined)
    must('commit', facts.commit, wanted.commit, isCommitOf(facts.commit, wanted.commit));
  checkSigner(facts, wanted);
  checkRef(facts, wanted);
  const { commit, signer, ref, runner } = facts;
  const called = !signer.toLowerCase().startsWith(`${server}/${repository}/`.toLowerCase());
  return { kind: 'attested', commit, signer, ref, runner, called };
}

function must(name: string, found: string, expected: string, matches: boolean): void {
  if (matches) return;
  throw new Fault(
    found === ''
      ? `its certificate does not name the ${name}, which must be ${expected}`
      : `its certificate names the ${name} ${found} instead of ${expected}`,
  );
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A typed commit can be short, but not shorter than the 7 digits that Git shows, to rule out a match by chance. */
const isCommitOf = (found: string, wanted: string): boolean =>
  wanted.length >= 7 && found.toLowerCase().startsWith(wanted.toLowerCase());

function checkIssuer({ issuer }: Facts, server: string): void {
  const expected = issuerOf(server);
  if (same(issuer, expected)) return;
  const slug = issuer.startsWith(`${expected}/`) ? issuer.slice(expected.length + 1) : undefined;
  if (slug === undefined) return must('issuer', issuer, expected, false);
  throw new Fault(`its certificate names the issuer ${issuer}, which is an enterprise’s own issuer`, {
    code: 'attestation-enterprise-issuer',
    expected: `An attestation with the issuer ${expected}, which is GitHub’s default.`,
    fix: `Have an owner of the enterprise turn its own issuer off, then build the image again:\n  gh api --method PUT enterprises/${/^[\w-]+$/.test(slug) ? slug : '<enterprise>'}/actions/oidc/customization/issuer -F include_enterprise_slug=false`,
  });
}

function checkSigner({ signer }: Facts, { server, signerWorkflow, signerRef }: Requirement): void {
  if (signerWorkflow === undefined) return;
  const expected = `${server}/${signerWorkflow}${signerRef === undefined ? '' : `@${signerRef}`}`;
  const [workflow, ref] = split(signer);
  const matches =
    same(workflow, `${server}/${signerWorkflow}`) && (signerRef === undefined || ref === signerRef);
  must('signer', signerRef === undefined ? workflow : signer, expected, matches);
}

/** Anyone who can push a branch can change the workflows on it, so the ref of the build is checked too. */
function checkRef({ ref, signer }: Facts, { server, repository, ref: wanted, signerRef }: Requirement): void {
  const expected = `A build of ${wanted}.`;
  if (!matchesGlob(wanted, ref)) {
    const built =
      ref === '' ? 'does not name the ref that was built' : `names ${ref} as the ref that was built`;
    throw new Fault(`its certificate ${built}`, {
      code: 'attestation-other-ref',
      expected,
      fix: `Build and attest the image on ${wanted}.${ref === '' ? '' : ` Or, to deploy builds of the other ref: ${withInput('attestation-ref', ref)}.`}`,
    });
  }
  const [workflow, signedAt = ''] = split(signer);
  const own = `${server}/${repository}/`;
  if (signerRef !== undefined || !workflow.toLowerCase().startsWith(own.toLowerCase())) return;
  if (matchesGlob(wanted, signedAt)) return;
  const path = signer.slice(server.length + 1);
  throw new Fault(
    `its certificate names the signer ${signer}, a workflow of this repository at another ref`,
    {
      code: 'attestation-other-ref',
      expected: `${expected} If a workflow of this repository signs, it must be of this ref too.`,
      fix: `Call the workflow of the ref that is built: \`uses: ./${path.split('/').slice(2).join('/').replace(/@.*$/s, '')}\`. Or, to trust the workflow at the other ref: ${withInput('attestation', path)}.`,
    },
  );
}

/** A workflow's URI, and the ref at which it was called. */
function split(signer: string): [string, string | undefined] {
  const at = signer.indexOf('@');
  return at < 0 ? [signer, undefined] : [signer.slice(0, at), signer.slice(at + 1)];
}

/** GitHub's issuer of OIDC tokens; an enterprise with data residency has its own (GitHub's docs, "OpenID Connect"). */
function issuerOf(server: string): string {
  const { host } = new URL(server);
  return `https://token.actions.${host.endsWith('.ghe.com') ? host : 'githubusercontent.com'}`;
}

const utf8StringTag = 0x0c;

/** Reads a DER UTF8String; undefined if the bytes are anything else or continue after it. */
export function utf8String(der: Buffer<ArrayBuffer>): string | undefined {
  try {
    const { tag, value } = ASN1Obj.parseBuffer(der);
    const is = tag.isUniversal() && tag.number === utf8StringTag && !tag.constructed;
    return is ? value.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
