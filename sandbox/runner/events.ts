/** An event as a step receives it: its name, its payload, and the variables that the runner sets for it. */
export interface SandboxEvent {
  readonly name: string;
  readonly payload: Record<string, unknown>;
  readonly env: Readonly<Record<string, string>>;
}

type Changes = Readonly<Record<string, unknown>>;

/** Head of the default branch: GITHUB_SHA of events without a commit, and never the built commit. */
export const defaultHead = 'fedcba9876543210fedcba9876543210fedcba98';
export const builtCommit = 'abc1234567890abcdef1234567890abcdef12345';

const owner = { login: 'owner', id: 100, type: 'Organization' };
const sender = { login: 'octocat', id: 1, type: 'User' };

const repository = {
  id: 186853002,
  name: 'repo',
  full_name: 'owner/repo',
  private: false,
  owner,
  html_url: 'https://github.com/owner/repo',
  fork: false,
  default_branch: 'main',
};

/** A fork, whose branches can also be named `main`. */
export const fork = {
  ...repository,
  id: 999,
  full_name: 'stranger/repo',
  owner: { ...owner, login: 'stranger' },
  fork: true,
};

const on = (name: string, payload: Changes, sha: string, ref = 'refs/heads/main'): SandboxEvent => ({
  name,
  payload: { repository, sender, ...payload },
  env: {
    GITHUB_SHA: sha,
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
  },
});

/** A build has completed. `run` changes fields of `workflow_run`, `more` those of the payload. GITHUB_SHA is the default branch's head. */
export function workflowRun(run: Changes = {}, more: Changes = {}): SandboxEvent {
  const workflow_run = {
    id: 30433642,
    name: 'Build',
    head_branch: 'main',
    head_sha: builtCommit,
    path: '.github/workflows/build.yml',
    display_title: 'Say hello',
    run_number: 42,
    run_attempt: 1,
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    html_url: 'https://github.com/owner/repo/actions/runs/30433642',
    pull_requests: [],
    actor: sender,
    head_commit: {
      id: builtCommit,
      message: 'Say hello',
      timestamp: '2026-11-24T07:58:00Z',
      author: { name: 'Octo Cat', email: 'o@example.com' },
    },
    repository,
    head_repository: repository,
    ...run,
  };
  return on(
    'workflow_run',
    {
      action: 'completed',
      workflow_run,
      workflow: { name: 'Build', path: '.github/workflows/build.yml' },
      ...more,
    },
    defaultHead,
  );
}

export const workflowDispatch = (changes: Changes = {}, ref = 'refs/heads/main'): SandboxEvent =>
  on(
    'workflow_dispatch',
    { ref, inputs: null, workflow: '.github/workflows/deploy.yml', ...changes },
    defaultHead,
    ref,
  );

export function push(changes: Changes = {}, ref = 'refs/heads/main', sha = builtCommit): SandboxEvent {
  const payload = {
    ref,
    before: defaultHead,
    after: sha,
    created: false,
    deleted: false,
    forced: false,
    head_commit: { id: sha, message: 'Say hello' },
  };
  return on('push', { ...payload, ...changes }, sha, ref);
}

export const release = (changes: Changes = {}, sha = builtCommit): SandboxEvent =>
  on(
    'release',
    {
      action: 'published',
      release: { id: 1, tag_name: 'v1.2.0', target_commitish: 'main', draft: false, prerelease: false },
      ...changes,
    },
    sha,
    'refs/tags/v1.2.0',
  );

export const schedule = (changes: Changes = {}): SandboxEvent =>
  on('schedule', { schedule: '0 3 * * *', ...changes }, defaultHead);

export const repositoryDispatch = (client_payload: Changes = {}): SandboxEvent =>
  on('repository_dispatch', { action: 'deploy', branch: 'main', client_payload }, defaultHead);

export const pullRequest = (name = 'pull_request', changes: Changes = {}): SandboxEvent =>
  on(
    name,
    {
      action: 'opened',
      number: 7,
      pull_request: { number: 7, head: { ref: 'main', sha: builtCommit, repo: fork } },
      ...changes,
    },
    defaultHead,
    'refs/pull/7/merge',
  );

/** A version of a package was published. `tag` is '' for a part of an index. */
export const registryPackage = (tag: string, digest: string, changes: Changes = {}): SandboxEvent =>
  on(
    'registry_package',
    {
      action: 'published',
      registry_package: {
        id: 1,
        name: 'repo',
        namespace: 'owner',
        ecosystem: 'CONTAINER',
        package_version: { id: 2, version: digest, container_metadata: { tag: { name: tag, digest } } },
        ...changes,
      },
    },
    defaultHead,
  );

/** A deployment of a branch was created, unless `ref` is another ref, or '' for a commit. */
export const deployment = (changes: Changes = {}, ref = 'refs/heads/main'): SandboxEvent =>
  on(
    'deployment',
    {
      action: 'created',
      deployment: {
        id: 1,
        sha: builtCommit,
        ref: ref === '' ? builtCommit : ref.replace(/^refs\/(?:heads|tags)\//, ''),
        task: 'deploy',
        environment: 'production',
        ...changes,
      },
    },
    builtCommit,
    ref,
  );
