// The event table of the README in both languages. The facts come from src/event/events.ts, only the words are here.
import { type EventName, events } from '../../src/event/events.ts';

type Facts = {
  readonly actions?: readonly string[];
  readonly commit: readonly string[];
  readonly deploys: 'commit' | 'newest' | 'commit-or-newest' | 'published';
  readonly onlyAllowed?: object;
  readonly refuses: readonly string[];
};

interface Words {
  readonly head: readonly string[];
  readonly actions: (actions: string) => string;
  readonly onlyAllowed: string;
  readonly noCommit: string;
  /** The meaning of a field, shown beside its name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly deploys: Readonly<Record<Facts['deploys'], string>>;
  readonly compares: Readonly<Record<Facts['deploys'], string>>;
  readonly nothing: string;
  readonly or: string;
}

export const english: Words = {
  head: ['Event', 'Commit', 'Deployed', 'Compared with the image’s revision', 'Refused as'],
  actions: (actions) => `with ${actions}`,
  onlyAllowed: 'only where `allow-events` names it',
  noCommit: 'none',
  fields: {
    'workflow_run.head_sha': ', not `github.sha`',
    'head_commit.id': ' where a tag was pushed',
    GITHUB_SHA: ', the commit of the release’s tag',
    'client_payload.sha': ', if it is sent',
    'pull_request.merge_commit_sha': ' once it is merged',
  },
  deploys: {
    commit: '`main-abc1234`',
    newest: 'the digest of `:main`',
    'commit-or-newest': '`main-abc1234`; without a commit, the digest of `:main`',
    published: 'the published digest',
  },
  compares: {
    commit: 'that commit',
    newest: 'nothing',
    'commit-or-newest': 'that commit, if any',
    published: 'the digits in its tag of `sha-tag`',
  },
  nothing: 'nothing',
  or: '; ',
};

export const chinese: Words = {
  head: ['事件', 'commit', '部署什么', '与镜像的 revision 比较什么', '拒绝时的错误代码'],
  actions: (actions) => `动作为 ${actions}`,
  onlyAllowed: '仅当 `allow-events` 写明',
  noCommit: '无',
  fields: {
    'workflow_run.head_sha': '（不是 `github.sha`）',
    'head_commit.id': '（推送 git tag 时）',
    GITHUB_SHA: '，即 release 的 git tag 所指的 commit',
    'client_payload.sha': '（发送方写了时）',
    'pull_request.merge_commit_sha': '（合并之后）',
  },
  deploys: {
    commit: '`main-abc1234`',
    newest: '`:main` 的 digest',
    'commit-or-newest': '`main-abc1234`；没有 commit 时是 `:main` 的 digest',
    published: '发布时的 digest',
  },
  compares: {
    commit: '这个 commit',
    newest: '不比较',
    'commit-or-newest': '这个 commit；没有时不比较',
    published: '标签中的 commit 短 id（标签由 `sha-tag` 生成时）',
  },
  nothing: '不拒绝',
  or: '；',
};

const code = (text: string): string => `\`${text}\``;

/** Events with the same facts share a row. */
function rows(): [EventName[], Facts][] {
  const byFacts = new Map<Facts, EventName[]>();
  for (const [name, facts] of Object.entries(events) as [EventName, Facts][])
    byFacts.set(facts, [...(byFacts.get(facts) ?? []), name]);
  return [...byFacts].map(([facts, names]) => [names, facts]);
}

/** The table of one language. */
export function eventTable(words: Words): string {
  const cells = rows().map(([names, { actions, commit, deploys, onlyAllowed, refuses }]) => [
    [
      names.map(code).join(', '),
      ...(actions === undefined ? [] : [words.actions(actions.map(code).join(', '))]),
      ...(onlyAllowed ? [words.onlyAllowed] : []),
    ].join(words.or),
    commit.length === 0
      ? words.noCommit
      : commit.map((field) => `${code(field)}${words.fields[field] ?? ''}`).join(words.or),
    words.deploys[deploys],
    words.compares[deploys],
    refuses.length === 0 ? words.nothing : refuses.map(code).join(', '),
  ]);
  const row = (each: readonly string[]): string => `| ${each.join(' | ')} |`;
  return [row(words.head), `|${'---|'.repeat(words.head.length)}`, ...cells.map(row)].join('\n');
}
