// Creates an image with the given labels, and pushes it to each tag with the registry's protocol.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Image, makeImage } from '../../../../registry/images.ts';

const lines = (name: string): string[] => (process.env[name] ?? '').split('\n').filter((line) => line !== '');
if (process.env['PUSH'] !== 'true') throw new Error('this stand-in only pushes');

const labels = Object.fromEntries(lines('LABELS').map((line) => line.split(/=(.*)/s).slice(0, 2)));
const { 'org.opencontainers.image.revision': revision, 'org.opencontainers.image.source': source } = labels;
const image = makeImage({
  ...(revision && { revision }),
  ...(source && { source }),
  labels,
  platforms: (process.env['PLATFORMS'] ?? '').split(','),
});

/** The login of a host in Docker's config. */
function basicOf(host: string): string {
  const file = join(homedir(), '.docker', 'config.json');
  const config = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const auth: string | undefined = config.auths?.[host]?.auth;
  if (auth === undefined) throw new Error(`no login for ${host}: an earlier step must log in`);
  return `Basic ${auth}`;
}

async function call(url: string, init: RequestInit, expected: number): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status !== expected)
    throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

const logins = new Map<string, Record<string, string>>();

/** The headers of requests that write to a repository. */
async function loginTo(host: string, name: string): Promise<Record<string, string>> {
  const known = logins.get(`${host}/${name}`);
  if (known !== undefined) return known;
  const scope = encodeURIComponent(`repository:${name}:pull,push`);
  const headers = { authorization: basicOf(host) };
  const answer = await call(`http://${host}/token?scope=${scope}`, { headers }, 200);
  const { token } = (await answer.json()) as { token: string };
  const login = { authorization: `Bearer ${token}` };
  logins.set(`${host}/${name}`, login);
  return login;
}

async function push(host: string, name: string, reference: string, part: Image): Promise<void> {
  const login = await loginTo(host, name);
  for (const child of part.manifests) await push(host, name, child.digest, child);
  for (const { digest, bytes } of part.blobs) {
    const begun = await call(
      `http://${host}/v2/${name}/blobs/uploads/`,
      { method: 'POST', headers: login },
      202,
    );
    const location = `${begun.headers.get('location')}&digest=${digest}`;
    await call(location, { method: 'PUT', headers: login, body: new Uint8Array(bytes) }, 201);
  }
  const headers = { ...login, 'content-type': part.mediaType };
  const body = new Uint8Array(part.bytes);
  await call(`http://${host}/v2/${name}/manifests/${reference}`, { method: 'PUT', headers, body }, 201);
}

for (const tag of lines('TAGS')) {
  const [, host = '', name = '', reference = ''] = /^([^/]+)\/(.+):([\w.-]+)$/.exec(tag) ?? [];
  await push(host, name, reference, image);
  console.log(`pushed ${tag} ${image.digest}`);
}
appendFileSync(process.env['GITHUB_OUTPUT'] ?? '', `digest=${image.digest}\n`);
