// The second table of docs/messages.md: each fact that the doctor checks, what it means and what to do.
import type { CheckCode } from '../../src/report/check-codes.ts';
import type { Message } from './messages.ts';

/** What to do where nothing is wrong. */
const none = 'Nothing.';

export const checkMessages: Readonly<Record<CheckCode, Message>> = {
  'action-of-a-branch': [
    'A step takes an action from a branch, in a job that has the token.',
    'Use a tag or a commit of that action.',
  ],
  'app-exists': ['Fly.io has the app.', none],
  'app-not-checked': [
    'The app was not checked: there is no token, or Fly.io did not answer as expected.',
    'Set `fly-api-token`, or run the job again.',
  ],
  'app-on-one-image': ['All machines run the same image.', none],
  'app-on-several-images': [
    'Machines run different images.',
    'Deploy again, and keep deploys from overlapping with `concurrency:`.',
  ],
  'app-without-machines': ['The app has no machine yet.', 'Nothing: the first deploy creates them.'],
  'attestation-not-checked': [
    'The attestation was not checked, because this run has no image.',
    'Fix the finding about the image.',
  ],
  'branch-missing': [
    'The repository does not have the branch that is deployed.',
    'Correct `branch`, or remove it.',
  ],
  'build-complete': [
    'The build pushes an image for linux/amd64, with labels and the tags that `sha-tag` describes.',
    none,
  ],
  'build-not-checked': [
    'The workflow that builds the image has no docker/build-push-action.',
    'Check manually that it pushes the tags that `sha-tag` describes.',
  ],
  'build-not-found': [
    'No workflow with docker/build-push-action was found.',
    'Check manually that the image is built for linux/amd64 and has the tags that `sha-tag` describes.',
  ],
  'build-not-pushed': ['The build does not push the image.', 'Set `push: true`.'],
  'build-other-platform': ['The build does not make a linux/amd64 image.', 'Set `platforms: linux/amd64`.'],
  'build-other-tags': [
    'The build writes tags of commits that `sha-tag` does not describe.',
    'Either change the tags of the build, or `sha-tag`.',
  ],
  'build-tags-invalid': [
    'docker/metadata-action rejects a line of the build’s tags, or the length of its commits.',
    'Correct the value that the list shows.',
  ],
  'build-tags-not-checked': [
    'The build has no docker/metadata-action, so its tags are not known.',
    'Check manually that it pushes the tags that `sha-tag` describes.',
  ],
  'build-tags-unknown': [
    'The build’s tags contain expressions that only GitHub can evaluate.',
    'Check manually that it pushes the tags that `sha-tag` describes.',
  ],
  'build-without-commit-tag': [
    'The build writes no tag of a commit.',
    'Add the lines that the list shows to docker/metadata-action.',
  ],
  'build-without-labels': [
    'The build gives the image no labels, so it does not name its commit.',
    'Set `labels` from docker/metadata-action.',
  ],
  'check-not-possible': [
    'A service did not answer, so a part of the setup was not checked.',
    'Run the job again.',
  ],
  'checkout-of-head': [
    'On `workflow_run`, the checkout takes the head of the default branch.',
    'Set `ref` to the commit of the event.',
  ],
  'commit-tags-found': ['The repository has tags of commits, as `sha-tag` describes them.', none],
  'commit-tags-missing': [
    'The repository has no tag of a commit.',
    'Let the build write the tags that `sha-tag` describes.',
  ],
  'commit-tags-of-other-form': [
    'The repository’s tags of commits do not have the form of `sha-tag`.',
    'Either use the inputs that the list shows, or change the build.',
  ],
  'concurrency-cancels': [
    '`cancel-in-progress` can end a deploy halfway.',
    'Set `cancel-in-progress: false`.',
  ],
  'concurrency-group-per-run': [
    'Each run has a separate `concurrency:` group, so two deploys can run at once.',
    'Use one group per app.',
  ],
  'concurrency-group-taken': [
    'The group of `concurrency:` is the one that deploy-image.yml uses for the app: the run would wait for itself.',
    'Remove that `concurrency:`.',
  ],
  'concurrency-missing': [
    'There is no `concurrency:`, so two deploys can run at once.',
    'Add the lines that the list shows.',
  ],
  'condition-missing': ['A failed build starts the job too.', 'Add the `if:` that the list shows.'],
  'config-not-checked': [
    'There is no fly.toml in the workspace, so flyctl uses the app’s current config.',
    'Check out the repository first if it has one.',
  ],
  'config-of-app': ['fly.toml names the app that is deployed, or no app.', none],
  'config-of-other-app': [
    'fly.toml names another app than the input `app`.',
    'Correct the input `app`, `config` or fly.toml: either of the two names can be wrong.',
  ],
  'deploy-without-verification': [
    'A step runs `flyctl deploy` for the same app, beside this action. Nothing verifies the image that it deploys.',
    'Remove that command.',
  ],
  'environment-missing': [
    'The job has no `environment:`, so other jobs can read the secret too.',
    'Add `environment:` to the job.',
  ],
  'event-deploys-commit': ['The event names the commit that a run deploys.', none],
  'event-deploys-newest': [
    'The event does not name a commit, so a run deploys the newest image of the branch.',
    none,
  ],
  'event-fields-unread': [
    'The event contains a commit, an image or a ref that no input of the step takes, so a run deploys the newest image of the branch.',
    'Set the input that the finding shows.',
  ],
  'github-not-checked': ['GitHub did not answer as expected.', 'Run the job again.'],
  'github-token-accepted': ['The job’s token can read the commits of the repository.', none],
  'github-token-missing': [
    'There is no `github-token`, so no run can detect an outdated build.',
    'Remove the input: it defaults to the job’s token.',
  ],
  'github-token-unknown': [
    'GitHub does not accept the `github-token`.',
    'Remove the input: it defaults to the job’s token.',
  ],
  'github-token-without-contents': [
    'The token cannot read the commits of the repository.',
    'Give the job `contents: read`.',
  ],
  'head-with-image': ['The newest commit of the branch has its image.', none],
  'head-without-image': ['The newest commit of the branch has no image.', 'Check the build of that commit.'],
  'image-attested': ['An attestation shows which workflow built the image, and from which commit.', none],
  'image-for-amd64': ['The image has a linux/amd64 variant.', none],
  'image-found': ['The image that this run would deploy exists.', none],
  'image-names-commit': ['The image names the commit that it was built from.', none],
  'image-not-attested': [
    'No attestation shows which workflow built the image, and `attestation` is `warn`.',
    'Have the build attest the image, as the finding says.',
  ],
  'image-of-other-commit': [
    'The image that `image` names was built from another commit than the event’s.',
    'Use `check-revision: require` to fail then.',
  ],
  'image-private': ['The image is private, so a deploy copies it to Fly.io’s registry.', none],
  'image-public': ['The image is public, so Fly.io can pull it.', none],
  'image-without-commit': ['The image does not name its commit.', 'Label the image in the build.'],
  'images-not-checked': [
    'Tags and images were not checked, because the repository cannot be read.',
    'Fix the finding about the repository.',
  ],
  'job-not-checked': [
    'The job of this step is in a workflow that this one calls.',
    'Check that workflow manually.',
  ],
  'mirror-accepts-token': ['Fly.io’s registry accepts the token.', none],
  'mirror-not-checked': [
    'Fly.io’s registry was not checked, because there is no token.',
    'Set `fly-api-token`.',
  ],
  'moving-tag-found': ['The tag that manual runs deploy exists.', none],
  'moving-tag-missing': [
    'The tag that manual runs deploy does not exist.',
    'Let the build write it, or correct `manual-select`.',
  ],
  'newest-tag-found': ['A tag matches the pattern of `manual-select`.', none],
  'newest-tag-missing': [
    'No tag matches the pattern of `manual-select`, so a manual run finds no image.',
    'Correct `manual-select`.',
  ],
  'permissions-incomplete': [
    '`permissions:` lacks one that this step needs.',
    'Add the lines that the list shows.',
  ],
  'permissions-missing': ['There are no `permissions:`.', 'Add the lines that the list shows.'],
  'permissions-write-all': [
    'The job’s token can write everything.',
    'Limit `permissions:` to the lines that the list shows.',
  ],
  'pull-request-refused': [
    'Pull requests start the workflow, and such runs are refused.',
    'Remove `pull_request:`, or allow it with `allow-events`.',
  ],
  'pull-request-target': [
    '`pull_request_target` gives the secrets to runs that strangers start.',
    'Use `push` instead.',
  ],
  'push-of-any-branch': [
    'A push to any branch starts the workflow.',
    'Limit `push` to the branch that is deployed.',
  ],
  'repository-missing': [
    'The image repository does not exist.',
    'Let the build push an image first, or correct `image`.',
  ],
  'repository-without-tags': ['The image repository has no tag.', 'Let the build push an image first.'],
  'tags-not-listed': ['Tags were not checked: Fly.io’s registry does not list them.', none],
  'token-accepted': ['Fly.io accepts the token for the app.', none],
  'token-expired': [
    'The Fly.io token has expired.',
    'Create one with `fly tokens create deploy` and store it.',
  ],
  'token-expires-later': ['The Fly.io token is valid for two weeks or more.', none],
  'token-expires-soon': [
    'The Fly.io token expires in less than two weeks.',
    'Create one with `fly tokens create deploy` and store it.',
  ],
  'token-expiry-unknown': [
    'The Fly.io token does not show when it expires.',
    'Check it with `fly tokens list`.',
  ],
  'token-in-workflow': [
    'The Fly.io token is in the workflow file, where every reader sees it.',
    'Revoke it, and store another one as a secret.',
  ],
  'token-of-a-person': [
    'The Fly.io token is a person’s login, which can do all that the person can.',
    'Use a deploy token of the app.',
  ],
  'token-of-an-organization': [
    'The Fly.io token is not limited to an app.',
    'Use a deploy token of the app.',
  ],
  'token-of-one-app': ['The Fly.io token is limited to one app.', none],
  'token-of-several-apps': ['The Fly.io token is valid for several apps.', 'Use a deploy token of the app.'],
  'token-scope-unknown': [
    'The Fly.io token does not show whether it is limited to one app.',
    'Check it with `fly tokens list`.',
  ],
  'token-sees-other-apps': [
    'The Fly.io token has access to other apps of the organization.',
    'Use a deploy token of the app.',
  ],
  'token-without-expiry': ['The Fly.io token does not expire.', none],
  'workflow-complete': [
    'The workflow has the triggers, conditions and permissions that a deploy needs.',
    none,
  ],
  'workflow-invalid': ['The workflow file is not valid YAML.', 'Correct it at the line that the list shows.'],
  'workflow-not-checked-out': [
    'The workflow file is not in the workspace.',
    'Check out the repository first.',
  ],
  'workflow-run-not-completed': [
    '`workflow_run` also starts the workflow before a build has ended.',
    'Use `types: [completed]`.',
  ],
  'workflow-run-of-any-branch': [
    'A build of any branch starts the workflow.',
    'Limit `workflow_run` to the branch that is deployed.',
  ],
  'workflow-run-of-nothing': [
    '`workflow_run` does not name a workflow.',
    'Name the workflow that builds the image.',
  ],
  'workflow-run-of-other-branch': [
    '`workflow_run` is limited to branches that are not deployed.',
    'Set its `branches` to the branch that is deployed.',
  ],
  'workflow-run-of-unknown-workflow': [
    '`workflow_run` names a workflow that the repository does not have.',
    'Use the `name:` of the workflow that builds the image.',
  ],
  'workflow-unknown': ['The runner does not name the workflow file.', 'Run the action as a step of a job.'],
};
