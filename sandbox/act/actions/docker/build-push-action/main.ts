// Creates an image with the given labels, and pushes it to each tag with the registry's protocol.
import { appendFileSync } from 'node:fs';
import { makeImage } from '../../../../registry/images.ts';
import { authOf, parseReference, Repository } from '../../../docker/repository.ts';

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

for (const tag of lines('TAGS')) {
  const { host, name, reference } = parseReference(tag);
  const auth = authOf(host);
  if (auth === undefined) throw new Error(`no login for ${host}: an earlier step must log in`);
  await new Repository(host, name, auth, 'pull,push').push(reference, image);
  console.log(`pushed ${tag} ${image.digest}`);
}
appendFileSync(process.env['GITHUB_OUTPUT'] ?? '', `digest=${image.digest}\n`);
