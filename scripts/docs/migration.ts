// The tables of docs/migration.md: what each published way deployed in each situation, and what its replacement deployed.
// __tests__/real/migration.test.ts observes it, and compares docs/migration.json with what it sees.
import { table } from '../../src/report/summary/markdown.ts';
import { anchorOf } from './pages.ts';
import { read } from './workflows.ts';

export const migrationFile = 'docs/migration.json';

/** What can happen to a deploy. */
const situations = [
  'normal',
  'stale',
  'moved',
  'newer',
  'rerun',
  'between',
  'fork',
  'pull-request-of-fork',
  'failed',
  'revert',
  'unhealthy',
  'private',
] as const;
export type Situation = (typeof situations)[number];

/** What a machine runs afterwards. `copy`: the commit's image under another digest than the build's. */
export type Runs = 'commit' | 'copy' | 'before' | 'newer' | 'fork';

/** How a run ended, and what each machine ran then. */
export interface Observed {
  readonly ended: 'succeeded' | 'failed' | 'skipped';
  /** The action's `state`. */
  readonly state?: string;
  readonly runs: readonly Runs[];
}

/** A published way, and what replaces it, in one situation. */
export interface Pair {
  readonly published: Observed;
  readonly replacement: Observed;
}

/** By the name of the way, and in the order of the situations. */
export type Results = Readonly<Record<string, Readonly<Partial<Record<Situation, Pair>>>>>;

export const readResults = (): Results => JSON.parse(read(migrationFile));

/** In these situations, nothing must be deployed. */
const mustNotDeploy: readonly Situation[] = ['rerun', 'fork', 'pull-request-of-fork', 'failed'];

/** Whether a run that did not fail left a machine on another image than it should. */
export const misleads = (situation: Situation, { ended, runs }: Observed): boolean =>
  ended !== 'failed' &&
  runs.some((each) => !(mustNotDeploy.includes(situation) ? ['before'] : ['commit', 'copy']).includes(each));

/** In these situations, the commit's image can and must be deployed. */
const mustDeploy: readonly Situation[] = ['normal', 'stale', 'newer', 'between', 'private'];

/** Whether a run failed although it should have deployed. */
export const misses = (situation: Situation, { ended }: Observed): boolean =>
  ended === 'failed' && mustDeploy.includes(situation);

interface Words {
  readonly situations: Readonly<Record<Situation, string>>;
  readonly ended: Readonly<Record<Observed['ended'], string>>;
  readonly runs: Readonly<Record<Runs, string>>;
  /** Other words for what machines run, in a situation. */
  readonly in: Readonly<Partial<Record<Situation, Partial<Record<Runs, string>>>>>;
  readonly head: readonly string[];
  readonly overview: readonly string[];
  readonly of: (count: number, all: number) => string;
  /** @param state empty for a published way. */
  readonly cell: (ended: string, state: string, runs: string) => string;
  readonly some: (count: number, all: number, runs: string) => string;
  readonly between: string;
}

export const englishMigration: Words = {
  situations: {
    normal: 'Nothing goes wrong',
    stale: 'The tag still names the previous build',
    moved: 'The commit’s tag was moved to the previous build',
    newer: 'A newer commit was pushed, and its image is being tested',
    rerun: 'The build of an older commit is run again',
    between: 'Another build moves the tag between the two apps',
    fork: 'A fork’s build, from a branch `main`, pushed an image',
    'pull-request-of-fork': 'A pull request of a fork',
    failed: 'The build pushed its image, then its tests failed',
    revert: 'Fly.io reverts a machine when flyctl has finished',
    unhealthy: 'The new version answers with status 500',
    private: 'The package is private',
  },
  ended: { succeeded: 'Succeeds', failed: 'Fails', skipped: 'Skipped' },
  runs: {
    commit: 'the commit’s image',
    copy: 'the commit’s image under another digest',
    before: 'the previous image',
    newer: 'the newer commit’s image',
    fork: 'the fork’s image',
  },
  in: {
    rerun: { commit: 'the older commit’s image' },
    between: { newer: 'the other build’s image' },
    failed: { commit: 'the failed build’s image', copy: 'the failed build’s image under another digest' },
  },
  head: ['Situation', 'Published', 'Replacement'],
  overview: [
    'Way',
    'Published: wrong image, but succeeds',
    'Published: cannot deploy',
    'Replacement: either',
  ],
  of: (count, all) => `${count} of ${all}`,
  cell: (ended, state, runs) => `${ended}${state === '' ? '' : ` (\`${state}\`)`}. Runs ${runs}`,
  some: (count, all, runs) => `${runs} on ${count} of ${all}`,
  between: ', ',
};

export const chineseMigration: Words = {
  situations: {
    normal: '一切正常',
    stale: '标签仍指向上一次构建',
    moved: '该 commit 的标签被改指到上一次构建',
    newer: '推送了更新的 commit，其镜像正在测试',
    rerun: '重新运行旧 commit 的构建',
    between: '另一次构建在两个应用之间改了标签的指向',
    fork: 'fork 的 `main` 分支触发构建，并推送了镜像',
    'pull-request-of-fork': '来自 fork 的 pull request',
    failed: '构建推送镜像之后，测试失败',
    revert: 'flyctl 结束后，Fly.io 把一台 machine 恢复为旧镜像',
    unhealthy: '新版本返回状态码 500',
    private: 'package 是私有的',
  },
  ended: { succeeded: '成功', failed: '失败', skipped: '跳过' },
  runs: {
    commit: '该 commit 的镜像',
    copy: '该 commit 的镜像，但 digest 不同',
    before: '之前的镜像',
    newer: '更新的 commit 的镜像',
    fork: 'fork 的镜像',
  },
  in: {
    rerun: { commit: '旧 commit 的镜像' },
    between: { newer: '另一次构建的镜像' },
    failed: { commit: '失败的构建的镜像', copy: '失败的构建的镜像，但 digest 不同' },
  },
  head: ['情形', '常见写法', '替换后'],
  overview: ['写法', '常见写法：镜像不对，却成功', '常见写法：无法部署', '替换后：两者之一'],
  of: (count, all) => `${count} / ${all}`,
  cell: (ended, state, runs) =>
    `${ended}${state === '' ? '' : `（\`${state}\`）`}。运行${/^[a-z]/i.test(runs) ? ' ' : ''}${runs}`,
  some: (count, all, runs) => `${runs}（${all} 台中的 ${count} 台）`,
  between: '、',
};

function cellOf(words: Words, situation: Situation, observed: Observed): string {
  const named = (each: Runs) => words.in[situation]?.[each] ?? words.runs[each];
  const counts = new Map<Runs, number>();
  for (const each of observed.runs) counts.set(each, (counts.get(each) ?? 0) + 1);
  const runs =
    counts.size === 1
      ? [...counts.keys()].map(named)
      : [...counts].map(([each, count]) => words.some(count, observed.runs.length, named(each)));
  const cell = words.cell(words.ended[observed.ended], observed.state ?? '', runs.join(words.between));
  return misleads(situation, observed) ? `**${cell}**` : cell;
}

/** The tables by their names in a page: `overview`, and one for each way. */
export function migrationTables(page: string, words: Words, results: Results): Record<string, string> {
  const ways = Object.entries(results).map(([way, pairs]) => ({
    way,
    pairs: situations.flatMap((situation) => {
      const pair = pairs[situation];
      return pair === undefined ? [] : [{ situation, ...pair }];
    }),
  }));
  const overview = ways.map(({ way, pairs }) => {
    const count = (is: (pair: (typeof pairs)[number]) => boolean) =>
      words.of(pairs.filter(is).length, pairs.length);
    const heading = headingOf(page, way);
    return [
      `[${heading}](#${anchorOf(heading)})`,
      count(({ situation, published }) => misleads(situation, published)),
      count(({ situation, published }) => misses(situation, published)),
      count(
        ({ situation, replacement }) => misleads(situation, replacement) || misses(situation, replacement),
      ),
    ];
  });
  return {
    overview: table(words.overview, overview),
    ...Object.fromEntries(
      ways.map(({ way, pairs }) => [
        way,
        table(
          words.head,
          pairs.map(({ situation, published, replacement }) => [
            words.situations[situation],
            cellOf(words, situation, published),
            cellOf(words, situation, replacement),
          ]),
        ),
      ]),
    ),
  };
}

/** The heading of the section that contains a way's table. */
function headingOf(page: string, way: string): string {
  const before = page.slice(0, page.indexOf(`<!-- begin:${way} -->`));
  return [...before.matchAll(/^## (.+)$/gm)].at(-1)?.[1] ?? '';
}
