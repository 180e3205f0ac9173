import type { Json } from '../lib/json.ts';
import type { UserErrorParts } from '../lib/user-error.ts';
import { isCommit, isDigest } from '../registry/reference.ts';

/** The run that built the image, where another workflow did. */
export interface BuildRun {
  readonly name: string;
  readonly number: number | undefined;
  readonly attempt: number | undefined;
  readonly url: string | undefined;
  /** The event that started it, e.g. `push`. */
  readonly event: string;
}

/** What an event asks for. `branch` is the branch whose builds are deployed. */
export type Trigger =
  | {
      readonly kind: 'automatic';
      readonly event: string;
      readonly commit: string;
      readonly branch: string;
      readonly run?: BuildRun;
    }
  | {
      readonly kind: 'manual';
      readonly event: string;
      readonly branch: string;
      /** What a package was published as, where that is the event. */
      readonly published?: { readonly tag: string; readonly digest: string };
    };

/** An event that must not deploy, and why. */
export interface Refusal extends UserErrorParts {
  readonly kind: 'refused';
  readonly event: string;
}

/** What the runner says of an event beside its payload (GITHUB_SHA), and what the inputs allow. */
export interface EventRules {
  readonly sha: string | undefined;
  /** undefined: the repository's default branch. */
  readonly branch: string | undefined;
  readonly allowEvents: readonly string[];
  /** The repository at the registry whose images are deployed, e.g. `owner/repo`. */
  readonly imagePath: string;
  /** Whether a tag is one whose images are deployed: the moving tag, or one that the build gives a commit. */
  readonly isOurTag: (tag: string, branch: string) => boolean;
}

const noCommit = /^0+$/;

/**
 * Decides from the event alone which commit's image is wanted, and whether this run may deploy at all.
 * Fails closed: an event that is not known to be safe is refused.
 *
 * Facts: "Events that trigger workflows" and "Webhook events and payloads" of GitHub's docs. On a
 * `workflow_run` GITHUB_SHA is the default branch's head, so the commit is `workflow_run.head_sha`; a fork's
 * pull request from a branch called `main` has `head_branch: main`, so the repository's id is compared too.
 *
 * @throws UserError when the payload lacks a field that the event must have.
 */
export function readEvent(event: string, payload: Json, rules: EventRules): Trigger | Refusal {
  const refuse = (found: string, expected: string, fix: string): Refusal => ({
    kind: 'refused',
    event,
    found,
    expected,
    fix,
  });
  const branch = rules.branch ?? payload.get('repository').get('default_branch').text();
  const runSha = (): string => {
    const sha = rules.sha ?? '';
    if (!isCommit(sha)) throw payload.get('GITHUB_SHA').error('a commit id in GITHUB_SHA');
    return sha;
  };

  switch (event) {
    case 'workflow_run':
      return readWorkflowRun(payload, branch, rules, refuse);

    case 'push': {
      const ref = payload.get('ref').text();
      if (payload.get('deleted').value === true || noCommit.test(payload.get('after').text())) {
        return refuse(
          `The push deleted ${ref}.`,
          'a push that brought a commit.',
          'add `if: ${{ !github.event.deleted }}` to the job.',
        );
      }
      const tagged = ref.startsWith('refs/tags/');
      if (!tagged && ref !== `refs/heads/${branch}`) {
        return refuse(
          `The push was to ${ref}.`,
          `a push to refs/heads/${branch}, the branch whose builds are deployed.`,
          `\`on: push: branches: [${branch}]\`, or name this branch in the step: \`with: branch: ${ref.replace(/^refs\/heads\//, '')}\`.`,
        );
      }
      // `after` of an annotated tag is the tag object, not the commit; `head_commit` is the commit.
      const head = payload.get('head_commit').get('id');
      return {
        kind: 'automatic',
        event,
        commit: commitOf(tagged && head.maybeText() ? head : payload.get('after')),
        branch,
      };
    }

    case 'release':
      payload.get('release').get('tag_name').text();
      return { kind: 'automatic', event, commit: runSha(), branch };

    case 'repository_dispatch': {
      const sha = payload.get('client_payload').get('sha');
      return sha.value === undefined || sha.value === null
        ? { kind: 'manual', event, branch }
        : { kind: 'automatic', event, commit: commitOf(sha), branch };
    }

    case 'workflow_dispatch':
    case 'schedule':
      return { kind: 'manual', event, branch };

    case 'deployment': {
      // Whoever may create a deployment may write; its ref may be a commit, and is not needed.
      const commit = commitOf(payload.get('deployment').get('sha'));
      return { kind: 'automatic', event, commit, branch };
    }

    case 'registry_package':
      return readPackage(payload, branch, rules, refuse);

    case 'pull_request':
    case 'pull_request_target':
      return readPullRequest(event, payload, branch, rules, refuse);

    default:
      return refuse(
        `The event is ${JSON.stringify(event)}.`,
        'workflow_run, workflow_dispatch, push, release, schedule, repository_dispatch, deployment or registry_package.',
        'the `on:` of this workflow.',
      );
  }
}

type Refuse = (seen: string, expected: string, change: string) => Refusal;

/** A pull request's own build: only of this repository's branches, and only where the workflow asks for it. */
function readPullRequest(
  event: string,
  payload: Json,
  branch: string,
  { allowEvents }: EventRules,
  refuse: Refuse,
): Trigger | Refusal {
  if (!allowEvents.includes(event)) {
    return refuse(
      `The event is ${event}: its commit is not merged, and may come from a fork.`,
      'an event that only people with write access can cause.',
      `deploy after the merge: \`on: push: branches: [${branch}]\`, or \`on: workflow_run\`. For a review app of this repository’s own branches: \`with: allow-events: ${event}\`.`,
    );
  }
  const head = payload.get('pull_request').get('head');
  // A deleted fork leaves `repo: null`, which is not this repository either.
  if (head.get('repo').get('id').value !== payload.get('repository').get('id').integer()) {
    return refuse(
      `The pull request comes from ${head.get('repo').get('full_name').maybeText() ?? 'a repository that is gone'}.`,
      `a branch of ${payload.get('repository').get('full_name').maybeText() ?? 'this repository'}: a fork’s build is never deployed.`,
      'nothing, if this was a fork: merge its pull request, and the build of the merge is deployed.',
    );
  }
  return { kind: 'automatic', event, commit: commitOf(head.get('sha')), branch: head.get('ref').text() };
}

/**
 * A package that was published: once for each manifest, so of an index its children too, without a tag (GitHub's docs,
 * "registry_package"). The event comes for every package of the repository.
 */
function readPackage(
  payload: Json,
  branch: string,
  { imagePath, isOurTag }: EventRules,
  refuse: Refuse,
): Trigger | Refusal {
  const published = payload.get('registry_package');
  const version = published.get('package_version');
  const [namespace, name] = [published.get('namespace'), published.get('name')].map((each) => each.text());
  const path = `${namespace}/${name}`.toLowerCase();
  const [digest, tag] = [
    version.get('version').text(),
    version.get('container_metadata').get('tag').get('name').maybeText(),
  ];
  if (path !== imagePath) {
    return refuse(
      `The package that was published is ${path}.`,
      `${imagePath}, the one that is deployed.`,
      `add \`if: github.event.registry_package.name == '${imagePath.split('/').slice(1).join('/')}'\` to the job.`,
    );
  }
  if (tag === undefined || !isDigest(digest)) {
    return refuse(
      'What was published has no tag: it is a part of an index, such as one platform’s image or an attestation.',
      'the index, or the image, that a tag names.',
      "add `if: github.event.registry_package.package_version.container_metadata.tag.name != ''` to the job.",
    );
  }
  if (!isOurTag(tag, branch)) {
    return refuse(
      `What was published is tagged "${tag}".`,
      `a tag of branch "${branch}", as \`tag\` and \`sha-tag\` say them.`,
      'those inputs, if such tags are to be deployed.',
    );
  }
  return { kind: 'manual', event: 'registry_package', branch, published: { tag, digest } };
}

function readWorkflowRun(
  payload: Json,
  branch: string,
  { allowEvents }: EventRules,
  refuse: Refuse,
): Trigger | Refusal {
  const run = payload.get('workflow_run');
  const action = payload.get('action').text();
  const conclusion = run.get('conclusion').value;
  const parent = run.get('event').text();
  const name = run.get('name').maybeText() ?? 'the workflow';
  const headBranch = run.get('head_branch').value;
  const [head, own] = [run.get('head_repository'), payload.get('repository')];
  const ownId = own.get('id').integer();
  const commit = commitOf(run.get('head_sha'));

  if (action !== 'completed') {
    return refuse(
      `The run of "${name}" is ${action}.`,
      'a run that is completed.',
      '`on: workflow_run: types: [completed]`',
    );
  }
  if (conclusion !== 'success') {
    return refuse(
      `The run of "${name}" ended with ${conclusion === null ? 'no conclusion' : JSON.stringify(conclusion)}.`,
      'conclusion success: another one may have pushed no image, or half of one.',
      "add `if: github.event.workflow_run.conclusion == 'success'` to the job.",
    );
  }
  if (parent === 'workflow_run') {
    return refuse(
      `The run of "${name}" was itself started by a workflow_run.`,
      'a run whose head_sha is the commit that it built; of a chained run it is the default branch’s head.',
      'let `on: workflow_run: workflows:` name the workflow that builds the image.',
    );
  }
  if (parent === 'pull_request_target' || !allowEvents.includes(parent)) {
    return refuse(
      `The run of "${name}" was started by ${parent}.`,
      `a run that was started by ${allowEvents.join(' or ')}.`,
      parent.startsWith('pull_request')
        ? 'deploy after the merge: the build of a push to the branch starts its own run.'
        : `if such builds are to be deployed: \`with: allow-events: ${[...allowEvents, parent].join(',')}\`.`,
    );
  }
  // A deleted fork leaves `head_repository: null`, which is not this repository either.
  if (head.get('id').value !== ownId) {
    return refuse(
      `The run of "${name}" built a commit of ${head.get('full_name').maybeText() ?? 'a repository that is gone'}.`,
      `a commit of ${own.get('full_name').maybeText() ?? 'this repository'}: a fork’s build is never deployed.`,
      'nothing, if this was a fork. Merge its pull request, and the build of the merge is deployed.',
    );
  }
  if (headBranch !== branch) {
    return refuse(
      `The run of "${name}" built ${typeof headBranch === 'string' ? `branch or tag "${headBranch}"` : 'no branch'}.`,
      `branch "${branch}", whose builds are deployed.`,
      `\`on: workflow_run: branches: [${branch}]\`, or name the other branch in the step: \`with: branch:\`.`,
    );
  }
  return {
    kind: 'automatic',
    event: 'workflow_run',
    commit,
    branch,
    run: {
      name,
      number: run.get('run_number').maybeNumber(),
      attempt: run.get('run_attempt').maybeNumber(),
      url: run.get('html_url').maybeText(),
      event: parent,
    },
  };
}

/** @throws UserError unless the value is a full commit id. */
function commitOf(json: Json): string {
  if (!isCommit(json.text())) throw json.error('a full commit id');
  return json.text();
}
