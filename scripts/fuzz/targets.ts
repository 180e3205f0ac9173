import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { pflag } from '../../__tests__/pflag.ts';
import {
  builtCommit,
  deployment,
  push,
  registryPackage,
  release,
  repositoryDispatch,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { events } from '../../src/event/events.ts';
import { readEvent } from '../../src/event/trigger.ts';
import type { EventRules } from '../../src/event/types.ts';
import { findRevision } from '../../src/image/revision.ts';
import { appOf } from '../../src/inputs/config-app.ts';
import { flagTable } from '../../src/inputs/flag-table.ts';
import { parseFlags } from '../../src/inputs/flags.ts';
import { parseJsonObject } from '../../src/lib/json.ts';
import { formatError, UserError } from '../../src/lib/user-error.ts';
import { parseChallenges } from '../../src/registry/challenge.ts';
import { getManifest } from '../../src/registry/manifest.ts';
import { findPlatform } from '../../src/registry/platform.ts';
import { formatReference, parseReference } from '../../src/registry/reference.ts';
import { Session } from '../../src/registry/session.ts';
import { nearly, nearlyJson } from './texts.ts';

/** A parser of external text, and what must be true of its result. */
export interface Target {
  readonly name: string;
  readonly input: fc.Arbitrary<unknown>;
  /** Throws a UserError if it refuses the input. Any other exception is a fault. */
  readonly run: (input: unknown) => unknown;
}

const target = <T>(name: string, input: fc.Arbitrary<T>, run: (input: T) => unknown): Target => ({
  name,
  input,
  run: run as (input: unknown) => unknown,
});

function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`It does not hold that ${what}`);
}

const digest = `sha256:${'a'.repeat(64)}`;

const challenge = target(
  'challenge',
  nearly(
    'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:owner/repo:pull"',
    'Basic realm="a \\"b\\", c", Bearer realm=x,error="invalid_token"',
    'Negotiate, Digest a=b , c = "d"',
  ),
  (header) => {
    for (const { scheme, params } of parseChallenges(header)) {
      holds(scheme !== '' && scheme === scheme.toLowerCase(), 'a scheme has a name, in lower case');
      for (const name of params.keys()) holds(name === name.toLowerCase(), 'names are in lower case');
    }
  },
);

const reference = target(
  'reference',
  nearly(
    'ghcr.io/owner/repo:main-abc1234',
    `localhost:5000/a/b@${digest}`,
    `docker.io/library/x:1@${digest}`,
    'a',
  ),
  (text) => {
    const { loweredFrom: _, ...read } = parseReference(text);
    const written = formatReference(read);
    holds(!written.startsWith('-') && /^[\x21-\x7e]+$/.test(written), 'a reference can be an argument');
    const { loweredFrom: __, ...again } = parseReference(written);
    holds(formatReference(again) === written, 'a reference is read again as it was written');
  },
);

const config = {
  architecture: 'amd64',
  os: 'linux',
  config: {
    Labels: {
      'org.opencontainers.image.revision': builtCommit,
      'org.opencontainers.image.source': 'https://github.com/owner/repo',
    },
  },
};
const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const manifest = {
  schemaVersion: 2,
  mediaType: manifestType,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 },
  layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 3 }],
  annotations: { 'org.opencontainers.image.revision': builtCommit },
};
const index = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { mediaType: manifestType, digest, size: 4, platform: { os: 'linux', architecture: 'amd64' } },
    {
      mediaType: manifestType,
      digest,
      size: 4,
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    },
    {
      mediaType: manifestType,
      digest,
      size: 4,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': digest,
      },
    },
  ],
};

/** An index, a manifest and a config that refer to each other by digest, unless the fields were removed. */
const image = target(
  'manifest, labels',
  fc.tuple(nearlyJson(index, manifest), nearlyJson(manifest), nearlyJson(config), nearly('')),
  async ([root, child, configJson, junk]) => {
    const linked = (value: unknown, to: string) =>
      (JSON.stringify(value) ?? junk).replaceAll(digest, sha256(to)) + (junk.length > 3 ? junk : '');
    const configText = linked(configJson, '');
    const childText = linked(child, configText);
    const rootText = linked(root, childText);
    const texts = new Map([configText, childText, rootText].map((text) => [sha256(text), text]));
    const session = new Session({
      repository: { host: 'ghcr.io', path: 'owner/repo' },
      login: async () => undefined,
      mask: () => {},
      maskToken: () => {},
      http: async (url) => {
        const text = texts.get(url.split('/').at(-1) ?? '') ?? rootText;
        return {
          url,
          status: 200,
          headers: new Headers({ 'content-type': manifestType }),
          body: Buffer.from(text),
        };
      },
    });
    const found = await getManifest(session, 'main');
    if (found === undefined) return;
    const platform = await findPlatform(session, found, async () => false);
    const labels = platform.config.get('config').get('Labels').strings();
    const context = {
      repositoryUrl: 'https://github.com/owner/repo',
      imagePath: 'owner/repo',
      wanted: builtCommit,
    };
    const revision = findRevision(platform.annotations, labels, context);
    holds(revision === undefined || revision.commit !== '', 'a revision is a text');
  },
);

const event = target(
  'event payload',
  fc.tuple(
    fc.constantFrom(...Object.keys(events), 'issues', '__proto__', 'constructor'),
    fc.oneof(
      nearlyJson(
        ...[
          workflowRun(),
          push(),
          release(),
          workflowDispatch(),
          repositoryDispatch(),
          registryPackage('main-abc1234', digest),
          deployment(),
        ].map(({ payload }) => payload),
      ),
      nearlyJson({
        action: 'closed',
        repository: { id: 1, full_name: 'owner/repo', default_branch: 'main' },
        pull_request: {
          merged: true,
          merge_commit_sha: builtCommit,
          head: { ref: 'x', sha: builtCommit, repo: { id: 1, full_name: 'owner/repo' } },
          base: { ref: 'main' },
        },
      }),
    ),
  ),
  ([name, payload]) => {
    const rules: EventRules = {
      sha: builtCommit,
      ref: 'refs/heads/main',
      names: 'nothing',
      branch: undefined,
      commit: undefined,
      workflow: 'deploy.yml',
      // So that the payload of every event is read.
      allowEvents: ['push', ...Object.keys(events)],
      image: { host: 'ghcr.io', path: 'owner/repo' },
      isSelected: (tag) => tag === 'main',
      movingTag: (branch) => branch,
      looksUp: (branch) => branch,
      commitIn: () => undefined,
    };
    const read = readEvent(name, parseJsonObject(JSON.stringify(payload) ?? '', 'the payload'), rules);
    if (read.kind === 'automatic')
      holds(/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(read.commit), 'a commit is a whole id');
    if (read.kind === 'refused') return;
    holds(Object.hasOwn(events, name), 'only a known event deploys');
    const { action, workflow_run: build, repository } = payload as Record<string, Record<string, unknown>>;
    if (name !== 'workflow_run') return;
    holds((action as unknown) === 'completed' && build?.['conclusion'] === 'success', 'a build succeeded');
    const head = build?.['head_repository'] as Record<string, unknown> | undefined;
    holds(head?.['id'] === repository?.['id'] && head?.['id'] !== undefined, 'a build is of this repository');
  },
);

const flyToml = target(
  'fly.toml, fly.json, fly.yaml',
  fc.tuple(
    fc.constantFrom('fly.toml', 'fly.json', 'fly.yaml'),
    nearly(
      'app = "test-battle"\nprimary_region = "fra"\n[http_service]\ninternal_port = 8080\n[[http_service.checks]]\npath = "/"\n',
      '{"app": "test-battle", "http_service": {"checks": [{"path": "/"}]}}',
      'app: test-battle\nhttp_service:\n  checks:\n    - &a {path: /}\n    - *a\n',
    ),
  ),
  async ([path, text]) => {
    const { name, line } = await appOf({ path, text }, {});
    holds(typeof name === 'string', 'an app is a text');
    const lines = text.split('\n').length;
    holds(line === undefined || (line >= 1 && line <= lines), 'its line is one of the file');
  },
);

const never = ['app', 'config', 'image', 'access-token', 'from-manifest', 'export-manifest'];
const flags = target(
  'flags',
  nearly(
    '--strategy=rolling\n--ha=false\n-e A=b c\n--regions=fra,iad\n--only-regions sin\n-y\n--detach',
    Object.keys(flagTable.flags)
      .map((name) => `--${name}=true`)
      .join('\n'),
    '--image-label\n--regions=fra',
    '-yaother-app\n-yi=evil/x:1',
  ).chain((text) => fc.subarray(text.split('\n')).map((lines) => lines.join('\n'))),
  (text) => {
    const { flags: read, words } = pflag(parseFlags(text));
    holds(words.length === 0, 'flyctl gets no working directory');
    holds(
      !read.some(([name]) => never.includes(name)),
      'no flag sets the app, its config, the image or the token',
    );
  },
);

export const targets: readonly Target[] = [challenge, reference, image, event, flyToml, flags];

/** Runs a target on an input. @throws on a fault: an exception that is not a UserError, or a timeout. */
export async function tryOn({ run }: Target, input: unknown, limit = 2000): Promise<void> {
  const begin = performance.now();
  try {
    await run(input);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    formatError(error);
  }
  const took = performance.now() - begin;
  if (took > limit) throw new Error(`It took ${Math.round(took)} ms`);
}
