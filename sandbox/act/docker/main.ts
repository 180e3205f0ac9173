// Replaces the Docker CLI, as far as shell steps that deploy to Fly.io use it. DOCKER_HOST names the sandbox's engine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { authOf, parseReference, Repository, readConfig } from './repository.ts';

const engine = (process.env['DOCKER_HOST'] ?? '').replace(/^tcp:/, 'http:');

/** The name and the tag of a reference, which need not have a registry. */
const split = (reference: string): [name: string, tag: string] => {
  const [, name = '', tag = 'latest'] = /^(.+?)(?::([\w.-]+))?$/.exec(reference) ?? [];
  return [name, tag];
};

/** Calls the engine with the login for a registry. @throws what the engine reports as a failure. */
async function call(path: string, query: Record<string, string>, host?: string): Promise<void> {
  const [username = '', password = ''] = Buffer.from(authOf(host ?? '') ?? '', 'base64')
    .toString()
    .split(/:(.*)/s);
  const login = username === '' ? {} : { username, password };
  const response = await fetch(`${engine}/v1.47/${path}?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'x-registry-auth': Buffer.from(JSON.stringify(login)).toString('base64url') },
  });
  const answer = await response.text();
  if (!response.ok || answer.includes('"errorDetail"'))
    throw new Error(`Error response from daemon: ${answer}`);
}

const commands: Readonly<Record<string, (...argv: string[]) => Promise<void>>> = {
  async login(...argv) {
    const host = argv.at(-1) ?? '';
    const [, user = ''] = /--username=(\S+)/.exec(argv.join(' ')) ?? [];
    const auth = Buffer.from(`${user}:${await text(process.stdin)}`).toString('base64');
    const config = readConfig();
    config.auths = { ...config.auths, [host]: { auth } };
    mkdirSync(join(homedir(), '.docker'), { recursive: true });
    writeFileSync(join(homedir(), '.docker', 'config.json'), JSON.stringify(config));
    console.log('Login Succeeded');
  },
  async pull(image = '') {
    const [fromImage, tag] = split(image);
    await call('images/create', { fromImage, tag }, parseReference(image).host);
  },
  async tag(source = '', target = '') {
    const [repo, tag] = split(target);
    await call(`images/${source}/tag`, { repo, tag });
  },
  async push(image = '') {
    const [name, tag] = split(image);
    await call(`images/${name}/push`, { tag }, parseReference(image).host);
  },
  async manifest(verb = '', image = '') {
    if (verb !== 'inspect') throw new Error(`this stand-in has no docker manifest ${verb}`);
    const { host, name, reference } = parseReference(image);
    const { bytes } = await new Repository(host, name, authOf(host)).manifest(reference);
    console.log(bytes.toString());
  },
};

const [name = '', ...argv] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) throw new Error(`this stand-in has no docker ${name}`);
await command(...argv).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
