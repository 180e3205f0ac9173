import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The distribution registry: Debian's, or the one whose path REAL_REGISTRY contains. */
export const program = process.env['REAL_REGISTRY'] || 'docker-registry';

/** A registry on loopback, with separate storage. */
export interface RealRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Its log so far. */
  log(): string;
  close(): Promise<void>;
}

/** Logins in the form of `htpasswd -B`: `me` with `reader`, `x` with the sandbox's deploy token. */
const htpasswd = `me:$2y$05$pPJuOFnLxMBZZ5JvDV1g2.HJuCpyYRrvyOgBgaZSWSzceIoYbCuZy
x:$2y$05$YX/q1cYTkxs6m31rZrvifOS0v0XgeldOuHchYHVn1DaTcnd/Hh4I.
`;

/** Starts a registry. @param login whether every request needs a login. */
export async function startRealRegistry({ login }: { login: boolean }): Promise<RealRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const config = {
    version: 0.1,
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host },
    ...(login ? { auth: { htpasswd: { realm: 'registry', path: join(folder, 'htpasswd') } } } : {}),
  };
  writeFileSync(join(folder, 'htpasswd'), htpasswd);
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn(program, ['serve', join(folder, 'config.yml')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let failure: Error | undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  child.on('error', (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  for (let tries = 0; ; tries++) {
    if (failure !== undefined || child.exitCode !== null || tries > 100) {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
      throw failure ?? new Error(`${program} did not start:\n${text}`);
    }
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    host,
    log: () => text,
    close: async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
