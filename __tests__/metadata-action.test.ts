import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type MetadataInputs, readMetadata } from '../src/doctor/metadata-action.ts';
import { metadataLines } from '../src/registry/metadata-lines.ts';
import {
  cleanBranch,
  namesCommit,
  plainTemplate,
  renderTags,
  unknownPlaceholders,
} from '../src/registry/tag-template.ts';

interface Fixture<Case> {
  readonly sha: string;
  readonly cases: readonly Case[];
}
const fixture = <Case>(name: string): Fixture<Case> =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));

const read = (inputs: Partial<MetadataInputs>) =>
  readMetadata({ tags: '', flavor: '', shortLength: undefined, onDefaultBranch: true, ...inputs });
const templates = (tags: string, more: Partial<MetadataInputs> = {}) =>
  read({ tags, ...more }).made.map(({ template }) => template);

/** Every tag that a template can render, including lengths that `sha-tag` cannot express. */
const rendered = (template: string | undefined, branch: string, commit: string): readonly string[] =>
  template === undefined
    ? []
    : renderTags(template, { branch, commit }).map((tag) =>
        tag.replace(/\{sha:(\d+)\}/g, (_, length: string) => commit.slice(0, Number(length))),
      );

describe('the recorded tags of docker/metadata-action v6.2.0', () => {
  interface TableCase {
    readonly event: string;
    readonly tags: string;
    readonly env?: Record<string, string>;
    readonly sha?: string;
    readonly made: Record<string, string | null | { readonly error: string }>;
  }
  const { sha, cases } = fixture<TableCase>('metadata-action-tags.json');
  const all = cases.flatMap(({ made, ...given }) =>
    Object.entries(made).map(([ref, tag]) => ({ ...given, ref, tag })),
  );

  test('cover hundreds of cases', () => expect(all.length).toBeGreaterThan(450));

  test.each(all)('$event of $ref, $tags, $env', ({ event, ref, tags, env, tag, ...given }) => {
    const { made, faults } = read({ tags, shortLength: env?.['DOCKER_METADATA_SHORT_SHA_LENGTH'] });
    if (tag !== null && typeof tag === 'object') {
      expect(faults).toHaveLength(1);
      return;
    }
    expect(faults).toEqual([]);
    // GitHub runs pull_request_target on the base branch, but the action uses the pull request's commit.
    const isBranch = ref.startsWith('refs/heads/') && !event.startsWith('pull_request');
    const head =
      env?.['DOCKER_METADATA_PR_HEAD_SHA'] === 'true' ? 'feed123456789abcdef1234567890abcdef12345' : sha;
    const commit = given.sha ?? head;
    // {{branch}} is empty if no branch was pushed.
    const branch = isBranch ? ref.slice('refs/heads/'.length) : '';
    const possible = made.flatMap(({ template }) => rendered(template, branch, commit));
    if (isBranch || tags.startsWith('type=sha') || tags.startsWith('type=raw')) {
      expect(possible).toEqual(tag === null ? [] : expect.arrayContaining([tag]));
    } else {
      // Pushes of tags and pull requests get other tags than pushes of a branch.
      expect(made.every(({ template }) => template === '{branch}' || template === undefined)).toBe(true);
      expect([event, possible]).not.toEqual(['push', [tag]]);
    }
  });
});

describe('lines of docker/metadata-action v6.2.0 as the doctor reads them', () => {
  interface LineCase {
    readonly tags: string;
    readonly flavor?: string;
    readonly length?: string;
    readonly made: Record<string, string | string[]>;
  }
  const { sha, cases } = fixture<LineCase>('metadata-action-lines.json');

  test.each(cases)('$tags, $flavor, $length', ({ tags, flavor = '', length, made }) => {
    for (const [branch, wanted] of Object.entries(made)) {
      const found = read({ tags, flavor, shortLength: length, onDefaultBranch: branch === 'main' });
      if (typeof wanted === 'string') {
        expect(found.faults).toHaveLength(1);
        continue;
      }
      expect(found.faults).toEqual([]);
      const certain = found.made.filter(({ always }) => always);
      // Whether another branch is the default branch is unknown.
      if (wanted.length === 0) expect(certain).toEqual([]);
      const of = wanted.length === 0 || branch === 'main' ? certain : found.made;
      const some = of.map(({ template }) => template);
      expect(some).toHaveLength(wanted.length);
      for (const [n, tag] of wanted.entries()) expect(rendered(some[n], branch, sha)).toContain(tag);
    }
  });

  test.each<[string, (string | undefined)[]]>([
    ['type=raw,value=${{ steps.x.outputs.y }}', [undefined]],
    ['${{ inputs.tags }}', [undefined]],
    ["type=raw,value=${{ format('{0},{1}', github.sha, 'x') }}", [undefined]],
    ['type=semver,pattern={{version}},suffix=-{{sha}}', [undefined]],
    ['type=ref,event=tag,suffix=-{{sha}}', [undefined]],
    ["type=raw,value={{branch}}-{{date 'YYYYMMDD'}}", ['{branch}-{date}']],
    ["type=raw,value={{date 'YYYYMMDD'}}-{{sha}}", ['{date}-{sha}']],
    ['type=sha,format=${{ inputs.format }}', ['sha-{sha}']],
  ])('%s is %j', (tags, expected) => expect(templates(tags)).toEqual(expected));

  test.each([
    ["type=sha,enable=${{ github.event_name == 'push' }}", true],
    ['type=sha,enable={{is_default_branch}}', false],
    ['type=edge,suffix=-{{sha}}', false],
  ])('%s makes a tag for some pushes', (tags, onDefaultBranch) =>
    expect(read({ tags, onDefaultBranch }).made).toEqual([
      { template: expect.stringContaining('-{sha}'), always: false },
    ]),
  );

  test('a length that is only known on GitHub', () =>
    expect(templates('type=sha\ntype=raw,value=x', { shortLength: '${{ vars.LENGTH }}' })).toEqual([
      undefined,
      'x',
    ]));

  test('any lines give an answer', () => {
    const part = fc.constantFrom(
      ...[
        'type=',
        'sha',
        'raw',
        'ref',
        ',',
        '=',
        '"',
        '{{',
        '}}',
        '{',
        '}',
        '${{',
        'sha',
        'branch',
        '\n',
        '#',
        '\uE001',
      ],
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (tags, flavor) => {
        for (const template of templates(tags, { flavor, shortLength: tags })) expect(template).not.toBe('');
      }),
    );
  });
});

describe('the lines that are printed', () => {
  /** Values from GitHub and from the previous step. */
  const filled = (lines: string, commit: string) =>
    lines.replace(/\$\{\{ env\.SHA_(\d+) \}\}/g, (_, length: string) => commit.slice(0, Number(length)));
  const commit = 'abc1234567890abcdef1234567890abcdef12345';

  /** The tags of the printed step, by the rules of docker/metadata-action. */
  function made(template: string, flavor = ''): readonly string[] {
    const printed = filled(metadataLines(template, { flavored: flavor !== '' }), commit);
    const lines = printed.split('\n');
    const shortLength = /SHORT_SHA_LENGTH: (\d+)/.exec(printed)?.[1];
    const tags = lines.slice(lines.indexOf('    tags: |') + 1).join('\n');
    const { made, faults } = read({ tags, flavor, shortLength });
    expect(faults).toEqual([]);
    return made.flatMap(({ template }) => rendered(template, 'main', commit));
  }

  test.each([
    '{branch}-{sha}',
    'sha-{sha}',
    '{sha}',
    '{full-sha}',
    '{sha:12}-x',
    '{branch}-{full-sha}-alpine',
    '{sha}-{branch}',
    '{sha}-{sha}',
    '{sha}-{full-sha}',
    '{sha:9}.{sha:12}.{branch}',
    '{branch}',
    '{branch}-latest',
    'x-{branch}-{branch}',
    'latest',
  ])('for %s make the tag, whatever `flavor` is', (template) => {
    const wanted = renderTags(template, { branch: 'main', commit });
    for (const flavor of ['', 'prefix=web-\nsuffix=-alpine'])
      expect(made(template, flavor)).toEqual(expect.arrayContaining([...wanted]));
  });

  test('for any template make the tag', () => {
    const piece = fc.constantFrom(
      '{branch}',
      '{sha}',
      '{sha:9}',
      '{sha:40}',
      '{full-sha}',
      'x',
      '.',
      '-',
      '_1',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const template = pieces.join('');
        expect(made(template)).toContain(renderTags(template, { branch: 'main', commit })[0]);
      }),
    );
  });
});

test('templates that the doctor finds are valid in `sha-tag`, or it reports why not', () => {
  for (const template of ['sha-{sha}', '{branch}-{full-sha}', '{sha:12}'])
    expect([unknownPlaceholders(template), namesCommit(template), plainTemplate(template)]).toEqual([
      [],
      true,
      template,
    ]);
  expect(unknownPlaceholders('{date}-{sha:3}')).toEqual(['date', 'sha:3']);
  expect(cleanBranch('a&b')).toBe('a-b');
});
