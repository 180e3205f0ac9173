// What docker/metadata-action makes of the lines that the documentation shows (its README, section "tags input").
import { appendFileSync } from 'node:fs';

const text = (name: string): string => process.env[name] ?? '';
const lines = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const sha = text('GITHUB_SHA');
const name = text('GITHUB_REF_NAME');
const branch = text('GITHUB_REF').startsWith('refs/heads/') ? name.replace(/[^a-zA-Z0-9._-]+/g, '-') : '';
const shortLength = Number(process.env['DOCKER_METADATA_SHORT_SHA_LENGTH'] ?? 7);
const expressions: Record<string, string> = {
  branch,
  is_default_branch: String(text('GITHUB_REF') === `refs/heads/${text('DEFAULT_BRANCH')}`),
};

const filled = (value: string): string =>
  value.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, key: string) => {
    const found = expressions[key];
    if (found === undefined) throw new Error(`this stand-in knows no ${whole}`);
    return found;
  });

function tagOf(line: string): string | undefined {
  const given = Object.fromEntries(line.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  const {
    type,
    event,
    enable = 'true',
    prefix,
    value = '',
    format = 'short',
  } = given as Record<string, string>;
  if (filled(enable) !== 'true') return undefined;
  const base = {
    ref: () => (event === 'branch' ? branch : event === 'tag' && branch === '' ? name : ''),
    sha: () => `${filled(prefix ?? 'sha-')}${format === 'long' ? sha : sha.slice(0, shortLength)}`,
    raw: () => filled(value),
  }[type as 'ref' | 'sha' | 'raw'];
  if (base === undefined) throw new Error(`this stand-in knows no ${line}`);
  return base() || undefined;
}

const tags = [...new Set(lines(text('TAGS')).flatMap((line) => tagOf(line) ?? []))];
const source = `${text('GITHUB_SERVER_URL')}/${text('GITHUB_REPOSITORY')}`;
const outputs = {
  tags: lines(text('IMAGES'))
    .flatMap((image) => tags.map((tag) => `${image.toLowerCase()}:${tag}`))
    .join('\n'),
  labels: [
    `org.opencontainers.image.revision=${sha}`,
    `org.opencontainers.image.source=${source}`,
    `org.opencontainers.image.version=${tags[0] ?? ''}`,
  ].join('\n'),
  version: tags[0] ?? '',
};
for (const [key, value] of Object.entries(outputs)) {
  console.log(`${key}:\n${value}`);
  appendFileSync(text('GITHUB_OUTPUT'), `${key}<<end-of-${key}\n${value}\nend-of-${key}\n`);
}
