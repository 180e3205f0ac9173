import { messageOf } from '../lib/user-error.ts';

/**
 * Reads trusted roots as `gh attestation trusted-root` writes them, one on each line; or one that fills the file.
 *
 * @returns the roots, or what is wrong.
 */
export async function readTrustedRoots(text: string): Promise<readonly object[] | string> {
  const whole = parse(text);
  const lines = text.split('\n').map((line, n) => ({ line: line.trim(), where: `line ${n + 1} ` }));
  const filled = lines.filter(({ line }) => line !== '');
  if (filled.length === 0) return 'it is empty';
  // A file whose lines are not each a root is one root, or none.
  const parts = whole === undefined ? filled : [{ line: text, where: '' }];
  const roots: object[] = [];
  for (const { line, where } of parts) {
    const root = parse(line);
    if (root === undefined) return `${where}is not JSON`.trim();
    const wrong = await faultOf(root);
    if (wrong !== undefined) return `${where}${wrong}`;
    roots.push(root as object);
  }
  return roots;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a root; undefined where nothing is. */
async function faultOf(json: unknown): Promise<string | undefined> {
  const mediaType = 'application/vnd.dev.sigstore.trustedroot';
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'is not a trusted root';
  const { mediaType: type } = json as { mediaType?: unknown };
  if (typeof type !== 'string' || !type.startsWith(mediaType))
    return `is not a trusted root (${mediaType}+json)`;
  // A few hundred kilobytes, and seldom needed.
  const { TrustedRoot } = await import('@sigstore/protobuf-specs');
  const { toTrustMaterial } = await import('@sigstore/verify');
  try {
    const root = TrustedRoot.fromJSON(json);
    if (root.certificateAuthorities.length === 0) return 'has no certificate authority';
    // It reads every certificate and key.
    toTrustMaterial(root);
    return undefined;
  } catch (error) {
    return `cannot be read as a trusted root (${messageOf(error).split('\n')[0]?.slice(0, 200)})`;
  }
}
