import { createHash, generateKeyPairSync } from 'node:crypto';
import { bundleToJSON } from '@sigstore/bundle';
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, rekorHandler } from '@sigstore/mock';
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs';
import { DSSEBundleBuilder, FulcioSigner, RekorWitness } from '@sigstore/sign';
import { type LoopbackServer, serve } from '../lib/http.ts';

/** A Sigstore on loopback that certifies any identity. */
export interface SandboxSigstore extends LoopbackServer {
  /** Its trusted root, in the form of `gh attestation trusted-root`. */
  readonly trustedRoot: string;
  /** Signs a statement with the identity of these claims of a GitHub token. @returns the bundle's JSON. */
  attest(statement: object, claims?: Record<string, string>): Promise<unknown>;
}

const keys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

export async function startSigstore(): Promise<SandboxSigstore> {
  const [ctKeys, caKeys, logKeys] = [keys(), keys(), keys()];
  const ctlog = await initializeCTLog(ctKeys);
  const ca = await initializeCA(caKeys, ctlog);
  const url = 'https://rekor.sigstore.mock';
  const tlog = await initializeTLog(url, logKeys);
  const handlers = [fulcioHandler(ca), rekorHandler(tlog)];
  const server = await serve(async ({ url: { pathname }, body }, response) => {
    const handler = handlers.find(({ path }) => path === pathname);
    const answer = await handler?.fn(body.toString('utf8'));
    response.writeHead(answer?.statusCode ?? 404, { 'content-type': answer?.contentType ?? 'text/plain' });
    const text = answer?.response ?? 'not found';
    response.end(
      typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.byteLength),
    );
  });

  const begun = { start: new Date(Date.now() - 3600_000) };
  const key = (rawBytes: Buffer) => ({
    rawBytes,
    keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
    validFor: begun,
  });
  const bytes = (view: ArrayBufferView<ArrayBuffer>) =>
    Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const root = TrustedRoot.toJSON({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    certificateAuthorities: [
      {
        subject: { commonName: 'sigstore', organization: 'sigstore.mock' },
        uri: 'https://fulcio.sigstore.mock',
        certChain: { certificates: [{ rawBytes: bytes(ca.rootCertificate) }] },
        validFor: begun,
        operator: '',
      },
    ],
    tlogs: [
      {
        baseUrl: url,
        logId: { keyId: createHash('sha256').update(tlog.publicKey).digest() },
        hashAlgorithm: HashAlgorithm.SHA2_256,
        publicKey: key(tlog.publicKey),
        checkpointKeyId: undefined,
        operator: '',
      },
    ],
    ctlogs: [
      {
        baseUrl: 'https://ctfe.sigstore.mock',
        logId: { keyId: bytes(ctlog.logID) },
        hashAlgorithm: HashAlgorithm.SHA2_256,
        publicKey: key(ctlog.publicKey),
        checkpointKeyId: undefined,
        operator: '',
      },
    ],
    timestampAuthorities: [],
  });

  return {
    ...server,
    trustedRoot: JSON.stringify(root),
    attest: async (statement, claims = {}) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `${part({ alg: 'none' })}.${part({ sub: 'https://github.com/owner/repo/.github/workflows/build.yml@refs/heads/main', ...claims })}.${part({})}`;
      const builder = new DSSEBundleBuilder({
        signer: new FulcioSigner({
          fulcioBaseURL: server.origin,
          identityProvider: { getToken: async () => token },
        }),
        witnesses: [new RekorWitness({ rekorBaseURL: server.origin, entryType: 'intoto' })],
      });
      const bundle = await builder.create({
        type: 'application/vnd.in-toto+json',
        data: Buffer.from(JSON.stringify(statement)),
      });
      return bundleToJSON(bundle);
    },
  };
}
