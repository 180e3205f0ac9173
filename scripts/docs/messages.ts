// docs/messages.md: every error of the action and every finding of the doctor, when it occurs and what to do. Typed, so
// that no code lacks its row.
import type { NoRollbackCode } from '../../src/deploy/previous.ts';
import type { ErrorCode } from '../../src/lib/error-codes.ts';
import { checkMessages } from './check-messages.ts';

export type Message = readonly [when: string, fix: string];

export const messages: Readonly<Record<ErrorCode, Message>> = {
  'app-invalid': ['The app’s name is not a valid Fly.io app name.', 'Correct `app`, or `app` in fly.toml.'],
  'app-missing': [
    'Neither the input `app` nor fly.toml names an app.',
    'Set `app`, or check out the repository first.',
  ],
  'app-without-hostname': [
    '`health-url` is a path, and Fly.io has no hostname for the app.',
    'Give `health-url` a whole URL.',
  ],
  'attestation-missing': [
    'No attestation shows that the repository built the image from its commit.',
    'Attest the image in the build.',
  ],
  'attestation-unreadable': [
    'GitHub did not return the image’s attestations.',
    'Give the job `attestations: read`, or run it again.',
  ],
  'blob-mismatch': [
    'A registry sent bytes that do not match their digest or size.',
    'Run the job again; if it stays, build and push the image again.',
  ],
  'blob-unavailable': [
    'A layer or the config of the image could not be read.',
    'Build and push the image again.',
  ],
  'bluegreen-unfinished': [
    'A bluegreen deploy stopped between its colors: old machines are left beside the new ones.',
    'Destroy the machines that the message names before anything else is deployed.',
  ],
  'checks-failed': [
    'flyctl gave up: a machine on the new image did not pass its checks.',
    'Read `fly logs`; raise `--wait-timeout` in `flags` if the app needs longer.',
  ],
  'commit-outdated': [
    'The machines run a newer commit, and `on-outdated` is `fail`.',
    'Use `on-outdated: skip` or `deploy`.',
  ],
  'config-invalid': [
    'The config of the app is not valid TOML, JSON or YAML, as its name says.',
    'Run `fly config validate`.',
  ],
  'config-missing': [
    'The file of the input `config` does not exist.',
    'Correct `config`, or check out the repository first.',
  ],
  'containers-unverifiable': [
    'A machine runs several containers, and none of them is configured with the digest of the image.',
    'Deploy by digest, and let one container have the image that is deployed (`"image": "."`).',
  ],
  'deploy-cancelled': [
    'The job was cancelled after flyctl was started: machines may run different images.',
    'Destroy the machines that the message names, where it names some; then deploy again.',
  ],
  'deploy-changed-nothing': [
    'flyctl succeeded, and no machine got a new release.',
    'Read what flyctl says; remove flags that only build, plan or export.',
  ],
  'deploy-release-unknown': [
    'Whether this deploy updated the machines is not known: flyctl prints no release, and Fly.io did not tell which was the newest before it.',
    'Use the flyctl that this action installs, or run the job again.',
  ],
  'deploy-timed-out': [
    'flyctl did not end within `deploy-timeout`.',
    'Raise `deploy-timeout`, or read why a machine is not healthy.',
  ],
  'event-action': [
    'The action of the event withdraws something, or is not final, such as a deleted release.',
    'Let `on: … types:` name the actions that the message lists.',
  ],
  'event-file-missing': ['The runner wrote no event file.', 'Run the action as a step of a job.'],
  'event-fork': [
    'The event comes from a fork, or from a repository that is gone.',
    'Merge the pull request; the build of the merge is deployed.',
  ],
  'event-not-allowed': [
    'An event that `allow-events` does not name built the image.',
    'Deploy after the merge, or name the event in `allow-events`.',
  ],
  'event-not-merged': [
    'The pull request was closed without a merge, or the commit is still in the merge queue.',
    'Nothing: the build of the merge is deployed. The message shows the line that starts it.',
  ],
  'event-other-branch': [
    'The event is about another branch than the one that is deployed.',
    'Limit the trigger to that branch, or set `branch`.',
  ],
  'event-other-package': [
    'Another package of the repository was published.',
    'Add the condition that the message shows to the job.',
  ],
  'event-other-ref': [
    'The run was started manually on another ref than the branch that is deployed, and no input says what is meant.',
    'Start it on that branch, or set the input that the message names.',
  ],
  'event-other-tag': [
    'The published image has a tag that neither `manual-select` nor `sha-tag` describes.',
    'Set the `manual-select` that the message shows if such tags are to be deployed; if not, add its condition to the job.',
  ],
  'event-package-part': [
    'What was published is a part of an index and has no tag.',
    'Add the condition that the message shows to the job.',
  ],
  'event-ref-deleted': [
    'The push deleted a branch or tag.',
    'Add `if: ${{ !github.event.deleted }}` to the job.',
  ],
  'event-release-draft': ['The release is a draft.', 'Deploy on `release: types: [published]`.'],
  'event-run-chained': [
    'A `workflow_run` started the run that built the image.',
    'Name the workflow that builds the image in `on: workflow_run`, or hand the commit on with a `repository_dispatch`.',
  ],
  'event-run-not-successful': [
    'The run that builds the image did not succeed.',
    'Run that build again; add the condition that the message shows to the job.',
  ],
  'event-unknown': [
    'The event is not one that this action deploys from.',
    'Use the event that the message shows, which leads to a deploy.',
  ],
  'field-invalid': [
    'A field of an event, an image or an answer is missing or malformed.',
    'Check what writes it: the message names it by its path.',
  ],
  'flag-refused': [
    '`flags` contains something that `flyctl deploy` has no flag for, or a flag that would change what is deployed where.',
    'Use the input or the flag that the message names. Write each flag and its value in one line.',
  ],
  'fleet-image-empty': [
    'The image’s name got lost between two jobs: GitHub drops an output that contains the value of a secret.',
    'Store what is part of the name as a variable instead of a secret, and pass secrets by their names.',
  ],
  'fleet-list-invalid': [
    'The list of apps is malformed.',
    'Correct `apps`, `app` or `first`; the message shows the form.',
  ],
  'fleet-release': [
    'A release was selected for several apps, or only for manual runs.',
    'Call the workflow for one app, with `select: release:…`.',
  ],
  'fleet-result-other': [
    'An artifact of this run has a result of another app, image or attempt. The app’s row in the table is a failure.',
    'Let only `deploy-app.yml` write artifacts that are called `deploy-image-*`, and run the workflow again.',
  ],
  'fly-app-not-found': [
    'Fly.io has no app of that name, or hides it from the token.',
    'Correct `app`, create the app, or use a token of that app.',
  ],
  'fly-rate-limited': ['Fly.io limits requests, also after several tries.', 'Run the job later.'],
  'fly-token-invalid': [
    'The Fly.io token contains a character that no token has.',
    'Store the token again, as one line.',
  ],
  'fly-token-missing': [
    'There is no Fly.io token.',
    'Set `fly-api-token`; secrets are empty in runs of forks and outside their `environment`.',
  ],
  'fly-unauthorized': [
    'Fly.io does not accept the token for this app.',
    'Create one with `fly tokens create deploy` and store it.',
  ],
  'fly-unavailable': [
    'Fly.io failed, also after several tries.',
    'Run the job again; check https://status.flyio.net.',
  ],
  'fly-unexpected-answer': [
    'Fly.io’s answer is not a list of machines, or redirects in a circle.',
    'Run the job again; check https://status.flyio.net.',
  ],
  'fly-unreachable': [
    'Fly.io did not answer.',
    'Run the job again; behind a proxy set `NODE_USE_ENV_PROXY: 1`.',
  ],
  'flyctl-archive-missing': [
    'The flyctl release has no archive for this runner.',
    'Choose another `flyctl-version`.',
  ],
  'flyctl-cache-mismatch': [
    'The flyctl archive in the tool cache of the runner has another SHA-256 than its release lists. Nothing was unpacked.',
    'Find out which job wrote it, then remove it with the line that the message shows.',
  ],
  'flyctl-checksum-mismatch': [
    'The downloaded flyctl has another SHA-256 than its release lists. Nothing was unpacked.',
    'Run the job again; a proxy may change downloads.',
  ],
  'flyctl-failed': [
    'flyctl failed for a reason that this action does not know.',
    'Read flyctl’s own error in the log.',
  ],
  'flyctl-interrupted': ['flyctl was interrupted.', 'Deploy again unless the job was cancelled on purpose.'],
  'flyctl-not-downloaded': [
    'flyctl could not be downloaded.',
    'Run the job again, or install flyctl in a step before.',
  ],
  'flyctl-not-started': ['The flyctl on PATH cannot be started.', 'Correct the step that installs it.'],
  'flyctl-not-unpacked': ['flyctl’s archive could not be unpacked.', 'Check tar and the disk of the runner.'],
  'flyctl-too-old': [
    'flyctl is older than this action supports.',
    'Set `flyctl-version`, or update the step that installs it.',
  ],
  'flyctl-version-unknown': ['There is no flyctl release of that version.', 'Correct `flyctl-version`.'],
  'health-body-without-commit': [
    '`health-body` contains a commit, and neither the event nor the image names one.',
    'Label the image in the build, or use `{digest}`.',
  ],
  'health-failed': [
    'The app did not answer as `health-url` and its companions ask.',
    'Read `fly logs`, or correct the health inputs.',
  ],
  'health-unreachable': [
    'This runner could not connect to the address of the health check, so whether the app works is not known. Nothing is rolled back.',
    'Name an address that the runner can reach, or remove `health-url` and use checks in `fly.toml`.',
  ],
  'image-incomplete': [
    'A part of the image is gone from its registry.',
    'Build and push the image again; keep parts of tagged indexes in clean-ups.',
  ],
  'image-missing': ['`image` is empty and the runner names no repository.', 'Set `image`.'],
  'image-not-found': [
    'The registry has no such tag or digest, also after `wait-for-image`.',
    'Add the input that the message prints: it finds the image under the tag that it has. Where the repository has no image of the commit, let the build write the tag; the message prints the lines.',
  ],
  'image-not-found-by-fly': [
    'flyctl found no image, although it is public.',
    'Run the job again: Fly.io may lag behind the registry.',
  ],
  'image-not-public': [
    'flyctl found no image: it is private, and Fly.io pulls anonymously.',
    'Make the package public, or let the action mirror it.',
  ],
  'image-part-empty': [
    'A part of `image` is empty, as an expression in it gave nothing.',
    'Look at the output that the expression reads, or set the `image` that the message shows.',
  ],
  'image-several': [
    '`image` holds several references, as the output `tags` of docker/metadata-action does.',
    'Set one of them, or the repository alone: the message shows both lines.',
  ],
  'image-tag-invalid': [
    'The tag in `image` has a slash or another character that no tag has.',
    'Set the `image` that the message shows.',
  ],
  'input-conflict': ['Two inputs do not go together.', 'Keep one of the two, as the message says.'],
  'input-invalid': ['An input has a value that it cannot have.', 'Use a value that the message describes.'],
  'input-removed': [
    'The step has an input of an earlier draft.',
    'Write the line that the message prints in its place.',
  ],
  'input-unknown': [
    'The step has an input that is nearly the name of another.',
    'Correct the name, as the message prints it.',
  ],
  'json-invalid': [
    'A text that should be one JSON object is not.',
    'Check what writes it: the message names it.',
  ],
  'layer-not-distributable': [
    'A layer’s license forbids copying it to another registry.',
    'Build from another base image, or use `mirror: never` with a public package.',
  ],
  'machines-changed': [
    'A machine was verified, and then got another version or release.',
    'Find what updated it, and deploy again when nothing else changes it.',
  ],
  'machines-count-unknown': [
    'Fly.io told how many machines the app has before the deploy, and does not after it: whether the list is whole is not known.',
    'Run the job again.',
  ],
  'machines-digest-unknown': [
    'Fly.io does not report the digest of a machine’s image, also when it is asked for that machine alone.',
    'Run the job again.',
  ],
  'machines-leased': [
    'Another deploy holds the machines.',
    'Let one deploy end before the next begins with `concurrency:`.',
  ],
  'machines-list-incomplete': [
    'Fly.io counts more machines for the app than it lists, and did not before the deploy.',
    'Run the job again.',
  ],
  'machines-list-invalid': [
    'Fly.io answered the request for the machines with something that is not a list.',
    'Run the job again.',
  ],
  'machines-list-paged': [
    'Fly.io answered with a part of the list of machines.',
    'Use a newer version of this action.',
  ],
  'machines-lost': [
    'A machine from before the deploy is not listed any more, and it was not destroyed.',
    'Check `fly machine status` of it, and run the job again.',
  ],
  'machines-none': [
    'The app has no machine that this deploy manages.',
    'Check `fly machine list` and `flags`.',
  ],
  'machines-not-updated': [
    'A machine runs the image because it did before: this deploy did not update it.',
    'Deploy again.',
  ],
  'machines-other-image': [
    'Machines run another image after the deploy.',
    'Read `fly machine status` of each, and deploy again.',
  ],
  'machines-reverted': [
    'Fly.io put machines back on their old image.',
    'Read `fly logs` for why the new version failed.',
  ],
  'machines-superseded': [
    'Another deploy changed the machines meanwhile.',
    'Let one deploy end before the next begins with `concurrency:`.',
  ],
  'machines-unhealthy': [
    'Machines run the image, but a process or a check fails.',
    'Read `fly logs` and `fly machine status`.',
  ],
  'machines-unreachable': [
    'What machines run is not known, because Fly.io cannot reach their hosts.',
    'Wait until the hosts are back, or destroy these machines, and deploy again.',
  ],
  'machines-unsettled': [
    'Machines were added again and again, so that there was always one that had not settled.',
    'Shorten `settle-time`, or find what adds machines during the deploy.',
  ],
  'manifest-ambiguous': [
    'A manifest is an index and an image at once, or its content and its Content-Type name different kinds.',
    'Build and push the image again with a tool that writes standard manifests.',
  ],
  'manifest-invalid': [
    'The registry’s answer is not an OCI or Docker manifest.',
    'Check the host in `image`; a proxy or login page may answer.',
  ],
  'manifest-mismatch': [
    'The registry sent a manifest that does not match its digest.',
    'Run the job again; a proxy or mirror may change answers.',
  ],
  'mirror-changed-digest': ['Fly.io’s registry stored the image under another digest.', 'Run the job again.'],
  'mirror-interrupted': [
    'The copy to Fly.io’s registry was interrupted several times.',
    'Run the job again: what was copied stays.',
  ],
  'mirror-not-there': [
    'The copied image is not in Fly.io’s registry, or its tag names another image.',
    'Run the job again; let one deploy end before the next begins.',
  ],
  'mirror-refused': ['Fly.io’s registry refused the copy.', 'Run the job again, or make the package public.'],
  'mirror-unauthorized': [
    'The token may not push to the app’s repository in Fly.io’s registry.',
    'Create one with `fly tokens create deploy`.',
  ],
  'mirror-unexpected-answer': [
    'A registry gave an answer that the copy cannot use: a redirect or a place to upload to that is not followed.',
    'Run the job again; check the host in `image`, and the proxy.',
  ],
  'newest-tag-unknown': [
    'No tag matches the pattern after `newest:`, or none can be ordered.',
    'Correct the pattern, or write tags with a time or a version.',
  ],
  'platform-ambiguous': [
    'The image index lists several linux/amd64 images, and nothing says which of them a machine would run.',
    'Build with `platforms: linux/amd64`, without CPU variants.',
  ],
  'platform-missing': [
    'The image has no linux/amd64 variant, the only one that Fly.io runs.',
    'Build with `platforms: linux/amd64`.',
  ],
  'reference-invalid': ['`image` is not a valid image reference.', 'Use the form that the message shows.'],
  'registry-denied': [
    'The registry denies access, or the package does not exist.',
    'Check the name, then let the job read the package.',
  ],
  'registry-rate-limited': [
    'The registry limits requests, also after several tries.',
    'Run the job later, or log in.',
  ],
  'registry-token-service': [
    'The registry names a token service that cannot be used.',
    'Check the host in `image`.',
  ],
  'registry-unavailable': ['The registry failed, also after several tries.', 'Run the job again.'],
  'registry-unexpected-answer': [
    'The registry gave an answer that the protocol does not have, is too large, or redirects in a circle.',
    'Check that the host in `image` is a container registry.',
  ],
  'registry-unreachable': [
    'The registry did not answer.',
    'Run the job again; check the host, and the proxy.',
  ],
  'release-command-failed': [
    'The release command of fly.toml failed. No machine was updated.',
    'Read its output in the log.',
  ],
  'release-image-gone': [
    'The image of the release is gone from its registry.',
    'Name another release, a commit or a digest.',
  ],
  'release-none-earlier': [
    'No earlier release has another image than the one that runs.',
    'Name what to deploy with `commit` or `image`.',
  ],
  'release-not-found': [
    'The app has no such release among its last ones.',
    'Choose one that `flyctl releases` lists.',
  ],
  'release-of-another-repository': [
    'The release deployed an image of another repository.',
    'Name that repository in `image` if it is to be deployed.',
  ],
  'release-tag-moved': [
    'The release’s tag names a newer image by now.',
    'Name another release, a commit or a digest.',
  ],
  'release-unknown': ['No machine carries a release.', 'Name a version, a commit or a digest.'],
  'release-without-image': [
    'The release deployed nothing that is an image reference.',
    'Name another release, a commit or a digest.',
  ],
  'releases-unreadable': [
    'Fly.io returned no list of the app’s releases.',
    'Use a token of the app, or name the image itself.',
  ],
  'revision-mismatch': [
    'The image was built from another commit than the one that is meant.',
    'Build that commit again: the tag was moved.',
  ],
  'revision-missing': [
    'The image does not name its commit, and a tag alone is not proof.',
    'Label the image in the build.',
  ],
  'run-cancelled': [
    'The job was cancelled before anything was deployed.',
    'Nothing: the machines run what they ran.',
  ],
  'runner-unsupported': [
    'flyctl is not released for this runner’s system or processor.',
    'Use Linux, macOS or Windows on x64 or arm64.',
  ],
  'setup-bad': [
    'The doctor found something that would make a deploy fail.',
    'Follow the fix of each finding.',
  ],
  'several-problems': ['Several inputs are wrong; each has its own code.', 'Fix all of them.'],
  'smoke-checks-failed': [
    'flyctl failed because the app stops right after its start.',
    'Read `fly logs` of the machine that the message names.',
  ],
  'soak-not-over': [
    'The other app has not run its image for `soak-time`.',
    'Run the job again when the time that the message names has passed.',
  ],
  'soak-trouble': [
    'A machine of the other app crashed, ran out of memory or was reverted within `soak-time`.',
    'Find out why and deploy the other app again.',
  ],
  'soak-unknown': [
    'Fly.io does not say since when the other app runs its image.',
    'Leave `soak-time` out, or deploy the other app again.',
  ],
  'source-app-empty': [
    'The app that `running:` names has no machine that deploys manage.',
    'Deploy that app first, or correct its name.',
  ],
  'source-app-mixed': [
    'The machines of the app that `running:` names run several images.',
    'Deploy that app until all its machines run one image.',
  ],
  'source-app-unreadable': [
    'The token may not read the app that `running:` names, or there is none of that name.',
    'Pass `source-app-token`, made for that app, or correct the name.',
  ],
  'source-app-unsettled': [
    'A machine of the app that `running:` names is not in a settled state or on an unreachable host, a check of it does not pass, or what it runs cannot be told.',
    'Wait until that app has settled, then run the job again.',
  ],
  'source-image-gone': [
    'No registry gives the image that the other app runs.',
    'Build and deploy the other app again, or name its repository in `image`.',
  ],
  'tag-invalid': ['A template renders a text that is not a valid tag.', 'Correct the template.'],
  'variable-invalid': [
    'An environment variable that redirects a host is not a URL, or is plain HTTP to another machine.',
    'Correct it in `env:`, or remove it.',
  ],
};

function table(messages: Readonly<Record<string, Message>>): string[] {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return Object.entries(messages).map(
    ([code, [when, fix]]) => `| \`${code}\` | ${cell(when)} | ${cell(fix)} |`,
  );
}

/** Why a failed deploy was not rolled back, although the inputs ask for it. */
export const rollbackMessages: Readonly<Record<NoRollbackCode | 'untouched', Message>> = {
  'already-updated': [
    'flyctl failed, and every machine runs the new image and passes its checks.',
    'Nothing: see what flyctl failed in.',
  ],
  'bluegreen-unfinished': [
    'A bluegreen deploy left machines behind beside those that get the requests.',
    'Destroy the machines that the message names.',
  ],
  'digest-before-unknown': [
    'Fly.io did not report which image ran before.',
    'Deploy a release that worked: `select: release:…`.',
  ],
  'image-before-gone': [
    'Fly.io does not find the image that ran before.',
    'Keep the images of recent releases in clean-ups.',
  ],
  'images-before-differ': [
    'Machines of one process group ran different images before.',
    'Deploy a release that worked: `select: release:…`.',
  ],
  'not-determined': [
    'Whether the new image works could not be determined.',
    'See the error, and run the job again.',
  ],
  'nothing-before': ['No machine ran before the deploy.', 'Nothing: there is nothing to roll back to.'],
  'reference-before-invalid': [
    'What ran before is not a valid image reference.',
    'Deploy a release that worked: `select: release:…`.',
  ],
  'rollback-failed': [
    'The rollback failed too: machines may run different images.',
    'Check `fly machine list`; destroy what a bluegreen deploy left, as the message says, and deploy again.',
  ],
  superseded: [
    'Another deploy, or a `fly machine` command, changed or holds the machines.',
    'Let one deploy end before the next begins: `concurrency:`.',
  ],
  untouched: ['The deploy failed before it changed a machine.', 'Nothing: the machines run what they ran.'],
};

/** The page of all messages. */
export const messagesPage = (): string =>
  [
    '# Messages',
    '',
    'Every error that this action reports on purpose. The message in the log shows the facts and the lines to change; with',
    '[debug logging](https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging) it also shows the code.',
    '',
    '| Code | When it occurs | What to do |',
    '| --- | --- | --- |',
    ...table(messages),
    '',
    '## Findings of the doctor',
    '',
    'Each line of the doctor’s list has one of these codes, or the code of the error above that a deploy would fail with.',
    '',
    '| Code | What it means | What to do |',
    '| --- | --- | --- |',
    ...table(checkMessages),
    '',
    '## Failed deploys that are not rolled back',
    '',
    'With `rollback: true`, debug logging shows one of these reasons where a failed deploy is not rolled back.',
    '',
    '| Code | When it occurs | What to do |',
    '| --- | --- | --- |',
    ...table(rollbackMessages),
    '',
  ].join('\n');
