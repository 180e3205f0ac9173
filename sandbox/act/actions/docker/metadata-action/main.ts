// Makes tags and labels as docker/metadata-action does (its README, "tags input" and the priorities below it), for the
// kinds of tags that this repository uses and documents.
import { appendFileSync, readFileSync } from 'node:fs';

const text = (name: string): string => process.env[name] ?? '';
const lines = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
/** `a=b,c=d` as an object. */
const attributes = (line: string): Record<string, string | undefined> =>
  Object.fromEntries(line.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2)));

/** The commit that is built. A pull request's head takes the place of its merge with the base, if the environment asks for it. */
function commit(): string {
  if (text('DOCKER_METADATA_PR_HEAD_SHA') !== 'true') return text('GITHUB_SHA');
  const { pull_request } = JSON.parse(readFileSync(text('GITHUB_EVENT_PATH'), 'utf8'));
  return pull_request?.head.sha ?? text('GITHUB_SHA');
}
const sha = commit();
const [, kind = '', name = ''] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(text('GITHUB_REF')) ?? [];
const clean = (value: string): string => value.replace(/[^a-zA-Z0-9._-]+/g, '-');
const branch = kind === 'heads' ? clean(name) : '';
const shortLength = Number(process.env['DOCKER_METADATA_SHORT_SHA_LENGTH'] ?? 7);

const filled = (value: string): string =>
  value.replace(/\{\{\s*(\w+)[^}]*\}\}/g, (whole, key: string) => {
    const values: Record<string, string> = {
      branch,
      is_default_branch: String(kind === 'heads' && name === text('DEFAULT_BRANCH')),
      date: new Date()
        .toISOString()
        .replace(/[-:]|\.\d+Z/g, '')
        .replace('T', '-'),
      version: name.replace(/^v/, ''),
    };
    if (values[key] === undefined) throw new Error(`this stand-in does not support ${whole}`);
    return values[key];
  });

const priorities = { semver: 900, ref: 600, raw: 200, sha: 100 };

interface Tag {
  readonly tag: string;
  readonly priority: number;
}

function tagsOf(line: string): Tag[] {
  const { type = '', event, enable = 'true', prefix, value = '', format, priority } = attributes(line);
  const isOf = { branch: 'heads', tag: 'tags', pr: 'pull' }[event ?? ''] === kind;
  const makers: Record<string, () => string> = {
    ref: () => (isOf ? (event === 'pr' ? `pr-${name.split('/')[0]}` : clean(name)) : ''),
    sha: () => `${filled(prefix ?? 'sha-')}${format === 'long' ? sha : sha.slice(0, shortLength)}`,
    semver: () => (kind === 'tags' && /^v?\d+\.\d+\.\d+/.test(name) ? filled('{{version}}') : ''),
    raw: () => filled(value),
  };
  const make = makers[type];
  if (make === undefined) throw new Error(`this stand-in does not support ${line}`);
  const tag = filled(enable) === 'true' ? make() : '';
  return tag === '' ? [] : [{ tag, priority: Number(priority ?? priorities[type as 'ref']) }];
}

const sorted = lines(text('TAGS'))
  .flatMap(tagsOf)
  .sort((a, b) => b.priority - a.priority);
const tags = [...new Set(sorted.map(({ tag }) => tag))];
const labels = [
  `org.opencontainers.image.revision=${sha}`,
  `org.opencontainers.image.source=${text('GITHUB_SERVER_URL')}/${text('GITHUB_REPOSITORY')}`,
  `org.opencontainers.image.version=${tags[0] ?? ''}`,
];
const outputs = {
  tags: lines(text('IMAGES'))
    .flatMap((image) => tags.map((tag) => `${image.toLowerCase()}:${tag}`))
    .join('\n'),
  labels: labels.join('\n'),
  annotations: labels.map((label) => `manifest,index:${label}`).join('\n'),
  version: tags[0] ?? '',
};
for (const [key, value] of Object.entries(outputs)) {
  console.log(`${key}:\n${value}`);
  appendFileSync(text('GITHUB_OUTPUT'), `${key}<<end-of-${key}\n${value}\nend-of-${key}\n`);
}
