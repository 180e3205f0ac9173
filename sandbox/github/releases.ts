import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoopbackServer, serve } from '../lib/http.ts';

/** flyctl's releases in GitHub's layout: archives and checksums, behind a redirect to a second host. */
export interface SandboxReleases extends LoopbackServer {
  /** Base URL of `v<version>/<asset>`. */
  readonly url: string;
  /** The second host, to which downloads are redirected. */
  readonly storage: LoopbackServer;
}

const system = process.platform === 'darwin' ? 'macOS' : 'Linux';
const processor = process.arch === 'arm64' ? 'arm64' : 'x86_64';

/** Publishes versions of the stand-in, or of the program at a path. @param checksum replaces the correct one. */
export async function startReleases(
  versions: readonly string[],
  { checksum, program }: { checksum?: string; program?: string } = {},
): Promise<SandboxReleases> {
  const files = new Map<string, Buffer>();
  for (const version of versions) {
    const asset = `flyctl_${version}_${system}_${processor}.tar.gz`;
    const archive = archiveOf(version, program);
    const sum = checksum ?? createHash('sha256').update(archive).digest('hex');
    const other = `${'0'.repeat(64)}  flyctl_${version}_Windows_x86_64.zip\n`;
    files.set(`/v${version}/${asset}`, archive);
    files.set(`/v${version}/flyctl_${version}_checksums.txt`, Buffer.from(`${other}${sum}  ${asset}\n`));
  }
  const storage = await serve(({ url }, response) => {
    const file = files.get(url.pathname);
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' });
    response.end(file ?? 'Not Found');
  });
  const server = await serve(({ url }, response) => {
    const known = files.has(url.pathname);
    response.writeHead(
      known ? 302 : 404,
      known ? { location: `${storage.origin}${url.pathname}?sig=x` } : {},
    );
    response.end(known ? undefined : 'Not Found');
  });
  return {
    ...server,
    url: server.origin,
    storage,
    close: async () => {
      await Promise.all([server.close(), storage.close()]);
    },
  };
}

/** An archive of a program, or of the stand-in with this version. */
function archiveOf(version: string, program: string | undefined): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    if (program !== undefined) {
      copyFileSync(program, join(folder, 'flyctl'));
      return pack(folder);
    }
    const script = `#!/usr/bin/env node
if (process.argv[2] === 'version') console.log(JSON.stringify({ Name: 'flyctl', Version: '${version}' }));
else await import(${JSON.stringify(join(import.meta.dirname, '..', 'flyctl', 'main.ts'))});
`;
    writeFileSync(join(folder, 'flyctl'), script, { mode: 0o755 });
    return pack(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pack(folder: string): Buffer {
  execFileSync('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', folder, 'flyctl']);
  return readFileSync(join(folder, 'archive.tar.gz'));
}
