import { ASN1Obj } from '@sigstore/core';
import { withInput } from '../event/advice.ts';
import { matchesGlob } from '../registry/glob.ts';
import { Fault } from './faults.ts';
import type { Attested, Requirement } from './types.ts';

/** What Fulcio writes into a certificate from GitHub's OIDC token (sigstore/fulcio, docs/oid-info.md); the workflow cannot. */
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
 * Checks who signed, for which repository, commit and ref, by the certificate's extensions and not by what the statement says
 * of itself.
 *
 * @throws Fault with the first that is not what is wanted.
 */
export function checkCertificate(extensions: readonly Extension[], wanted: Requirement): Attested {
  const values = new Map(
    extensions.map(({ oid, value }) => [oid?.id.join('.') ?? '', utf8String(Buffer.from(value))]),
  );
  const names = Object.keys(oids) as (keyof typeof oids)[];
  const facts = Object.fromEntries(names.map((name) => [name, values.get(oids[name]) ?? ''])) as Facts;
  const { server, repository } = wanted;
  checkIssuer(facts, server);
  // Owner, repository and host are the same in any case.
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

function must(name: string, found: string, expected: string, holds: boolean): void {
  if (!holds) throw new Fault(`its certificate says ${name} ${found || 'nothing'}, and not ${expected}`);
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A commit that somebody typed may be short: as many digits as Git shows at least, so that it is no accident. */
const isCommitOf = (found: string, wanted: string): boolean =>
  wanted.length >= 7 && found.toLowerCase().startsWith(wanted.toLowerCase());

function checkIssuer({ issuer }: Facts, server: string): void {
  const expected = issuerOf(server);
  if (same(issuer, expected)) return;
  const slug = issuer.startsWith(`${expected}/`) ? issuer.slice(expected.length + 1) : undefined;
  if (slug === undefined) return must('issuer', issuer, expected, false);
  throw new Fault(`its certificate says issuer ${issuer}: an enterprise’s own issuer`, {
    code: 'attestation-enterprise-issuer',
    expected: `an attestation whose issuer is ${expected}, which GitHub has for all others.`,
    fix: `let an owner of the enterprise take its own issuer away, and build the image again:\n  gh api --method PUT enterprises/${/^[\w-]+$/.test(slug) ? slug : '<enterprise>'}/actions/oidc/customization/issuer -F include_enterprise_slug=false`,
  });
}

function checkSigner({ signer }: Facts, { server, signerWorkflow, signerRef }: Requirement): void {
  if (signerWorkflow === undefined) return;
  const expected = `${server}/${signerWorkflow}${signerRef === undefined ? '' : `@${signerRef}`}`;
  const [workflow, ref] = split(signer);
  const holds =
    same(workflow, `${server}/${signerWorkflow}`) && (signerRef === undefined || ref === signerRef);
  must('signer', signerRef === undefined ? workflow : signer, expected, holds);
}

/** Who can push a branch can change its workflows: the ref is what says whose rules a build was made under. */
function checkRef({ ref, signer }: Facts, { server, repository, ref: wanted, signerRef }: Requirement): void {
  const expected = `a build of ${wanted}.`;
  if (!matchesGlob(wanted, ref))
    throw new Fault(`its certificate says that ${ref || 'no ref'} was built`, {
      code: 'attestation-other-ref',
      expected,
      fix: `build and attest the image on ${wanted}.${ref === '' ? '' : ` If builds of this other ref are to be deployed: ${withInput('attestation-ref', ref)}.`}`,
    });
  const [workflow, signedAt = ''] = split(signer);
  const own = `${server}/${repository}/`;
  if (signerRef !== undefined || !workflow.toLowerCase().startsWith(own.toLowerCase())) return;
  if (matchesGlob(wanted, signedAt)) return;
  const path = signer.slice(server.length + 1);
  throw new Fault(`its certificate says signer ${signer}, a workflow of this repository at another ref`, {
    code: 'attestation-other-ref',
    expected: `${expected} Also a workflow of this repository that signs must be of this ref.`,
    fix: `call it as it is on the ref that is built: \`uses: ./${path.split('/').slice(2).join('/').replace(/@.*$/s, '')}\`. If this one is to be trusted: ${withInput('attestation', path)}.`,
  });
}

/** A workflow's URI, and the ref that it was called at. */
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
