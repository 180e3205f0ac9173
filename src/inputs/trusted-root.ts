import { messageOf } from '../lib/user-error.ts';

/**
 * Reads trusted roots: one on each line, as `gh attestation trusted-root` writes them, or a single one in the whole file.
 *
 * @returns the roots, or what is wrong, as a clause without a period.
 */
export async function readTrustedRoots(text: string): Promise<readonly object[] | string> {
  const whole = parse(text);
  const lines = text.split('\n').map((line, n) => ({ line: line.trim(), where: `line ${n + 1} ` }));
  const filled = lines.filter(({ line }) => line !== '');
  if (filled.length === 0) return 'the file is empty';
  // If the whole file is JSON, it is one root on several lines.
  const parts = whole === undefined ? filled : [{ line: text, where: 'the file ' }];
  const roots: object[] = [];
  for (const { line, where } of parts) {
    const root = parse(line);
    if (root === undefined) return `${where}is not JSON`;
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

/** What is wrong with a root; undefined if it is valid. */
async function faultOf(json: unknown): Promise<string | undefined> {
  const mediaType = 'application/vnd.dev.sigstore.trustedroot';
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'is not a trusted root';
  const { mediaType: type } = json as { mediaType?: unknown };
  if (typeof type !== 'string' || !type.startsWith(mediaType))
    return `is not a trusted root (${mediaType}+json)`;
  // Imported here because it is a few hundred kilobytes, and seldom needed.
  const { TrustedRoot } = await import('@sigstore/protobuf-specs');
  const { toTrustMaterial } = await import('@sigstore/verify');
  try {
    const root = TrustedRoot.fromJSON(json);
    if (root.certificateAuthorities.length === 0) return 'has no certificate authority';
    // This parses every certificate and key, and throws if one is invalid.
    toTrustMaterial(root);
    return undefined;
  } catch (error) {
    return `cannot be read as a trusted root (${messageOf(error).split('\n')[0]?.slice(0, 200)})`;
  }
}
