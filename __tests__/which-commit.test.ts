import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ImageOptions, makeImage } from '../sandbox/registry/images.ts';
import {
  builtCommit,
  deployment,
  push,
  registryPackage,
  release,
  repositoryDispatch,
  type SandboxEvent,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../sandbox/runner/events.ts';
import { main } from '../src/main.ts';
import { errorOf, exitCodeOf } from '../src/report/outcome.ts';
import { eventEnvironment, makeRuntime, stoppedClock } from './factories.ts';
import { storedOf } from './law/images.ts';

// No run succeeds whose image is known to be of another commit than the one that was meant, unless it says so or an
// input does. Images, events and inputs are drawn at random; what is known of an image is read off its making.

/** The event's, another, one that has the same seven digits, and an older one. */
const commits = [builtCommit, '7'.repeat(40), `${builtCommit.slice(0, 7)}${'9'.repeat(33)}`, '0'.repeat(40)];
const own = 'https://github.com/owner/repo';

interface Pushed {
  readonly repository: string;
  readonly tag: string;
  readonly options: ImageOptions;
}

interface Made extends Pushed {
  readonly image: ReturnType<typeof makeImage>;
}

const revision = 'org.opencontainers.image.revision';
const source = 'org.opencontainers.image.source';

const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined, freq: 2 });

const anyCommit = fc.constantFrom(...commits);
const anySource = fc.constantFrom(own, `${own}.git`, 'https://github.com/library/node', undefined);
const said = fc
  .record({ commit: fc.oneof(anyCommit, fc.constant('main')), source: anySource })
  .map(({ commit, source: from }) => ({ [revision]: commit, ...(from && { [source]: from }) }));

const anyTag = fc.constantFrom(
  'main',
  'latest',
  'v1.2.0',
  'main-abc1234',
  'main-7777777',
  'main-7777777',
  'main-0000000',
  'main-abc123456789',
  'sha-abc1234',
  'main-20261124-093000',
);
const anyImage = fc
  .record({
    repository: fc.constantFrom('owner/repo', 'owner/repo', 'owner/repo', 'stranger/tool'),
    tag: anyTag,
    says: fc.oneof(
      fc.constant({ labels: undefined, annotations: undefined, provenance: undefined }),
      fc.record({ labels: maybe(said), annotations: maybe(said), provenance: maybe(anyCommit) }),
    ),
    seed: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ repository, tag, says: { labels, annotations, provenance }, seed }): Pushed => {
    const options: ImageOptions = {
      seed,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(provenance === undefined ? { attestations: false } : { provenance, source: own }),
    };
    return { repository, tag, options };
  });

const events: readonly (readonly [SandboxEvent, string | undefined])[] = [
  [push(), builtCommit],
  [push({}, 'refs/tags/v1.2.0'), builtCommit],
  [workflowRun(), builtCommit],
  [release(), builtCommit],
  [deployment(), builtCommit],
  [repositoryDispatch({ sha: builtCommit }), builtCommit],
  [repositoryDispatch(), undefined],
  [workflowDispatch(), undefined],
  [schedule(), undefined],
];

const anyCase = fc.record({
  images: fc.array(anyImage, { minLength: 1, maxLength: 5 }),
  event: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...events) },
    { weight: 1, arbitrary: fc.constant('published' as const) },
  ),
  /** Which of the images `image` names, and how. */
  named: maybe(fc.record({ which: fc.nat(4), by: fc.constantFrom('tag', 'digest', 'both') })),
  inputs: fc.record({
    commit: maybe(
      fc.oneof(
        anyCommit,
        anyCommit.map((commit) => commit.slice(0, 12)),
      ),
    ),
    'sha-tag': maybe(fc.constantFrom('{branch}', '{branch}-{sha:12}', 'sha-{sha}', 'latest', '{full-sha}')),
    'manual-select': maybe(fc.constantFrom('tag:latest', 'newest:main-*', 'tag:main-7777777')),
    'check-revision': maybe(fc.constantFrom('auto', 'require')),
    'deploy-by': maybe(fc.constantFrom('digest', 'tag')),
  }),
});
type Case = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never;

async function run({ images, event: drawn, named, inputs }: Case) {
  const stored = new Map<string, { bytes: Buffer; mediaType?: string }>();
  const tags = new Map<string, Made>();
  const made = images.map((pushed): Made => ({ ...pushed, image: makeImage(pushed.options) }));
  for (const each of made) {
    storedOf(each.image, stored);
    tags.set(`${each.repository}:${each.tag}`, each);
  }
  const which = made[(named?.which ?? 0) % images.length];
  if (which === undefined) throw new Error('there is an image');
  const { digest } = which.image;
  const [event, eventCommit] =
    drawn === 'published' ? [registryPackage(which.tag, digest), undefined] : drawn;
  const reference = { tag: `:${which.tag}`, digest: `@${digest}`, both: `:${which.tag}@${digest}` };
  const given: Record<string, string | undefined> = {
    app: 'test-battle',
    mode: 'dry-run',
    mirror: 'never',
    'wait-for-image': '0',
    ...inputs,
    image:
      named === undefined
        ? 'ghcr.io/owner/repo'
        : `ghcr.io/${which.repository}${reference[named.by as keyof typeof reference]}`,
  };
  const said: string[] = [];
  let outputs: Readonly<Record<string, string>> = {};
  const outcome = await main(
    makeRuntime({
      env: { ...eventEnvironment(event), PATH: '/bin' },
      input: (name) => given[name] ?? '',
      readFile: (path) => (path === '/event.json' ? JSON.stringify(event.payload) : undefined),
      fetch: async (address) => {
        const [, repository = '', kind, name = ''] =
          /^\/v2\/(.+?)\/(manifests|blobs|tags)\/(.+)$/.exec(new URL(address).pathname) ?? [];
        if (kind === 'tags') {
          const list = made.filter((each) => each.repository === repository);
          return Response.json({ name: repository, tags: [...new Set(list.map(({ tag }) => tag))] });
        }
        const found = tags.get(`${repository}:${name}`)?.image ?? stored.get(name);
        return found === undefined
          ? new Response('{}', { status: 404 })
          : new Response(Buffer.from(found.bytes), {
              headers: { 'content-type': found.mediaType ?? 'application/octet-stream' },
            });
      },
      clock: { ...stoppedClock(Date.parse('2026-11-25T00:00:00Z')), every: () => () => {} },
      log: {
        line: () => {},
        debug: () => {},
        group: (_title, work) => work(),
        notice: (text) => void said.push(text),
        warning: (text) => void said.push(text),
        error: () => {},
        mask: () => {},
        about: () => {},
        hide: (text) => text,
        fenced: (work) =>
          work(
            () => {},
            () => {},
          ),
      },
      run: () => Promise.reject(new Error('a dry run runs nothing')),
      writeOutputs: (written) => {
        outputs = written;
      },
    }),
  );
  const error = errorOf(outcome);
  if (error !== undefined && !('code' in error)) throw error;
  const deployed = made.filter(({ image }) => image.digest === outputs['digest']);
  // Of an image that says nothing, the tag by which it was named speaks.
  const byTag =
    outputs['source'] === 'sha-tag' ? undefined : /^main-([0-9a-f]{7})$/.exec(outputs['tag'] ?? '')?.[1];
  return { status: exitCodeOf(outcome), said, eventCommit, deployed, byTag };
}

/** Every commit that an image is said to be of, and whether that speaks of this repository. */
const saidOf = ({ options, repository }: Made): { commit: string; isOwn: boolean }[] => [
  ...[options.annotations, options.labels].flatMap((set) => {
    const { [revision]: commit, [source]: from } = set ?? {};
    const isOwn = from === undefined || from.replace('.git', '') === own || from.endsWith(`/${repository}`);
    return commit === undefined ? [] : [{ commit, isOwn }];
  }),
  ...(options.provenance === undefined ? [] : [{ commit: options.provenance, isOwn: true }]),
];

test('no image of another commit is deployed without a word', async () => {
  const seen = { success: 0, other: 0, tagged: 0, failed: 0 };
  await fc.assert(
    fc.asyncProperty(anyCase, async (drawn) => {
      const { status, said, eventCommit, deployed, byTag } = await run(drawn);
      if (status !== 0) {
        seen.failed++;
        return;
      }
      seen.success++;
      const { commit } = drawn.inputs;
      const meant = commit ?? eventCommit;
      const known = deployed.flatMap(saidOf);
      if (meant === undefined) return;
      // A whole commit id is no accident, whatever stands beside it.
      if (known.some(({ commit: each, isOwn }) => each.startsWith(meant) && (isOwn || each === meant)))
        return;
      const speaks = known.filter(({ isOwn }) => isOwn).map((each) => each.commit);
      if (speaks.length === 0) {
        if (byTag === undefined || meant.startsWith(byTag) || drawn.inputs['sha-tag'] !== undefined) return;
        seen.tagged++;
        speaks.push(byTag);
      } else seen.other++;
      // Whoever names the commit gets that one, or nothing.
      expect(commit).toBeUndefined();
      const both = said.filter((text) => text.includes(meant) && speaks.some((each) => text.includes(each)));
      const others = said.filter(
        (text) => text.includes('stranger/tool') && text.includes('`with: commit: '),
      );
      expect([...both, ...others]).not.toEqual([]);
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
});
