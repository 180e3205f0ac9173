// docs/messages.md: every error of the action and every finding of the doctor, when it occurs and what to do. The types
// require a row for every code.
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
    'Set `health-url` to a full URL.',
  ],
  'attestation-enterprise-issuer': [
    'The attestation is from an enterprise with its own OIDC issuer, which is not accepted.',
    'Let the enterprise use GitHub’s issuer. The error shows how.',
  ],
  'attestation-missing': [
    'No attestation shows that the repository built the image from its commit.',
    'Attest the image in the build.',
  ],
  'attestation-not-fetched': [
    'GitHub lists an attestation of the image, but its bundle could not be downloaded.',
    'Run the job again. Let a self-hosted runner reach the host that the error names.',
  ],
  'attestation-other-ref': [
    'The image was built, or signed by a workflow of this repository, on another ref than `attestation-ref`.',
    'Build the image on this ref, or name the other one in `attestation-ref`.',
  ],
  'attestation-root-missing': [
    'No trusted root of this run contains the Sigstore instance that signed the attestation, such as GitHub’s own for private repositories.',
    'Write both roots to a file with `gh attestation trusted-root`, and name it in `trusted-root`.',
  ],
  'attestation-too-many': [
    'The image has more than 500 attestations, and none of the first 500 is accepted.',
    'Build the image again, so that it has a new digest.',
  ],
  'attestation-unreadable': [
    'GitHub did not return the image’s attestations.',
    'Give the job `attestations: read`, or run it again.',
  ],
  'blob-mismatch': [
    'A registry sent bytes that do not match their digest or size.',
    'Run the job again. If the error remains, build and push the image again.',
  ],
  'blob-unavailable': [
    'A layer or the config of the image could not be read.',
    'Build and push the image again.',
  ],
  'bluegreen-unfinished': [
    'A bluegreen deploy stopped between its colors, and left old machines beside the new ones.',
    'Before the next deploy, destroy the machines that the message names.',
  ],
  'checks-failed': [
    'flyctl failed because a machine on the new image did not pass its checks.',
    'Read `fly logs`. If the app needs more time, raise `--wait-timeout` in `flags`.',
  ],
  'commit-not-compared': [
    'GitHub did not answer whether the branch contains the commit, and an attestation is required.',
    'Give the job `contents: read`, or run it again.',
  ],
  'commit-not-on-branch': [
    'The branch does not contain the commit of the event.',
    'Merge the commit, or set `branch` to the correct branch.',
  ],
  'commit-outdated': [
    'The machines run a newer commit, and `on-outdated` is `fail`.',
    'Use `on-outdated: skip` or `deploy`.',
  ],
  'config-invalid': [
    'The config of the app is not valid TOML, JSON or YAML. Its file name selects the format.',
    'Run `fly config validate`.',
  ],
  'config-missing': [
    'The file of the input `config` does not exist.',
    'Correct `config`, or check out the repository first.',
  ],
  'containers-unverifiable': [
    'A machine runs several containers, but none is configured with the digest of the image.',
    'Deploy by digest, and let one container use the deployed image (`"image": "."`).',
  ],
  'deploy-cancelled': [
    'The job was canceled after flyctl started, so machines may run different images.',
    'If the message names machines, destroy them. Then deploy again.',
  ],
  'deploy-changed-nothing': [
    'flyctl succeeded, but no machine got a new release.',
    'Read flyctl’s output. Remove flags that only build, plan or export.',
  ],
  'deploy-release-unknown': [
    'Whether this deploy updated the machines is unknown: flyctl does not print its release, and Fly.io did not report the newest one before it.',
    'Use the flyctl that this action installs, or run the job again.',
  ],
  'deploy-timed-out': [
    'flyctl did not finish within `deploy-timeout`.',
    'Raise `deploy-timeout`, or find out why a machine is not healthy.',
  ],
  'event-action': [
    'The action of the event withdraws something or is not final, such as a deleted release.',
    'Set `on: … types:` to the actions that the message lists.',
  ],
  'event-file-missing': ['The runner wrote no event file.', 'Run the action as a step of a job.'],
  'event-fork': [
    'The event comes from a fork, or from a deleted repository.',
    'Merge the pull request. The build of the merge is then deployed.',
  ],
  'event-not-allowed': [
    'An event that `allow-events` does not list started the build of the image.',
    'Deploy after the merge, or add the event to `allow-events`.',
  ],
  'event-not-merged': [
    'The pull request was closed without a merge, or the commit is still in the merge queue.',
    'No action is needed: the build of the merge is deployed. The message shows the line that starts it.',
  ],
  'event-other-branch': [
    'The event is about another branch than the deployed one.',
    'Limit the trigger to that branch, or set `branch`.',
  ],
  'event-other-package': [
    'Another package of the repository was published.',
    'Add the condition that the message shows to the job.',
  ],
  'event-other-ref': [
    'The run was started manually on another ref than the deployed branch, and no input selects what to deploy.',
    'Start it on that branch, or set the input that the message names.',
  ],
  'event-other-tag': [
    'The published image has a tag that matches neither `manual-select` nor `sha-tag`.',
    'To deploy such tags, set the `manual-select` that the message shows. Otherwise, add its condition to the job.',
  ],
  'event-package-part': [
    'The published manifest is a part of an index and has no tag.',
    'Add the condition that the message shows to the job.',
  ],
  'event-ref-deleted': [
    'The push deleted a branch or tag.',
    'Add `if: ${{ !github.event.deleted }}` to the job.',
  ],
  'event-release-draft': ['The release is a draft.', 'Deploy on `release: types: [published]`.'],
  'event-run-chained': [
    'A `workflow_run` started the run that built the image.',
    'Name the workflow that builds the image in `on: workflow_run`, or pass the commit on with a `repository_dispatch`.',
  ],
  'event-run-not-successful': [
    'The run that builds the image did not succeed.',
    'Run that build again, and add the condition that the message shows to the job.',
  ],
  'event-unknown': ['The action does not deploy on this event.', 'Use the event that the message shows.'],
  'field-invalid': [
    'A field of an event, an image or an answer is missing or malformed.',
    'Check what writes the field. The message shows its path.',
  ],
  'flag-refused': [
    '`flags` contains something that is not a flag of `flyctl deploy`, or a flag that would change what is deployed, or where.',
    'Use the input or the flag that the message names. Write each flag and its value on one line.',
  ],
  'fleet-image-empty': [
    'The image’s name was lost between two jobs, because GitHub drops outputs that contain the value of a secret.',
    'Store the parts of the name as variables instead of secrets, and pass secrets by their names.',
  ],
  'fleet-list-invalid': [
    'The list of apps is malformed.',
    'Correct `apps`, `app` or `first`. The message shows the form.',
  ],
  'fleet-release': [
    'A release was selected for several apps, or only for manual runs.',
    'Call the workflow for one app, with `select: release:…`.',
  ],
  'fleet-result-other': [
    'An artifact of this run contains a result of another app, image or attempt. The table shows the app as failed.',
    'Let only `deploy-app.yml` write artifacts named `deploy-image-*`, and run the workflow again.',
  ],
  'fly-app-not-found': [
    'Fly.io has no app of that name, or the token cannot access it.',
    'Correct `app`, create the app, or use a token of that app.',
  ],
  'fly-rate-limited': ['Fly.io still limits requests after several tries.', 'Run the job later.'],
  'fly-token-invalid': [
    'The Fly.io token contains a character that no token has.',
    'Store the token again, as one line.',
  ],
  'fly-token-missing': [
    'There is no Fly.io token.',
    'Set `fly-api-token`. Secrets are empty in runs of forks and outside their `environment`.',
  ],
  'fly-unauthorized': [
    'Fly.io does not accept the token for this app.',
    'Create a token with `fly tokens create deploy` and store it.',
  ],
  'fly-unavailable': [
    'Fly.io still failed after several tries.',
    'Run the job again; check https://status.flyio.net.',
  ],
  'fly-unexpected-answer': [
    'Fly.io’s answer is not a list of machines, or is a redirect loop.',
    'Run the job again; check https://status.flyio.net.',
  ],
  'fly-unreachable': [
    'Fly.io did not answer.',
    'Run the job again. Behind a proxy, set `NODE_USE_ENV_PROXY: 1`.',
  ],
  'flyctl-archive-missing': [
    'The flyctl release has no archive for this runner.',
    'Choose another `flyctl-version`.',
  ],
  'flyctl-cache-mismatch': [
    'The flyctl archive in the runner’s tool cache does not have its release’s SHA-256. Nothing was unpacked.',
    'Find out which job wrote it, then remove it with the command that the message shows.',
  ],
  'flyctl-checksum-mismatch': [
    'The downloaded flyctl does not have its release’s SHA-256. Nothing was unpacked.',
    'Run the job again. A proxy may change downloads.',
  ],
  'flyctl-failed': [
    'flyctl failed for a reason that this action does not recognize.',
    'Read flyctl’s own error in the log.',
  ],
  'flyctl-interrupted': ['flyctl was interrupted.', 'Deploy again unless the job was canceled on purpose.'],
  'flyctl-not-downloaded': [
    'flyctl could not be downloaded.',
    'Run the job again, or install flyctl in an earlier step.',
  ],
  'flyctl-not-started': ['The flyctl on PATH cannot be started.', 'Correct the step that installs it.'],
  'flyctl-not-unpacked': ['flyctl’s archive could not be unpacked.', 'Check `tar` and the runner’s disk.'],
  'flyctl-too-old': [
    'This action does not support such an old version of flyctl.',
    'Set `flyctl-version`, or update the step that installs it.',
  ],
  'flyctl-version-unknown': ['There is no flyctl release of that version.', 'Correct `flyctl-version`.'],
  'health-body-without-commit': [
    '`health-body` contains a placeholder for the commit, but neither the event nor the image names one.',
    'Label the image in the build, or use `{digest}`.',
  ],
  'health-failed': [
    'The app’s response is not the one that the health inputs expect.',
    'Read `fly logs`, or correct the health inputs.',
  ],
  'health-unreachable': [
    'The runner could not connect to the address of the health check, so it is unknown whether the app works. Nothing is rolled back.',
    'Use an address that the runner can reach, or remove `health-url` and use checks in `fly.toml`.',
  ],
  'image-incomplete': [
    'A part of the image is missing in its registry.',
    'Build and push the image again. Configure clean-ups to keep the parts of tagged indexes.',
  ],
  'image-missing': [
    '`image` is empty, and the runner does not provide the repository’s name.',
    'Set `image`.',
  ],
  'image-not-found': [
    'The registry does not have the tag or digest, even after `wait-for-image`.',
    'Add the input that the message shows: it finds the image by its actual tag. If the repository has no image of the commit, let the build write the tag with the lines that the message shows.',
  ],
  'image-not-found-by-fly': [
    'flyctl did not find the image, although it is public.',
    'Run the job again. Fly.io may be behind the registry.',
  ],
  'image-not-public': [
    'flyctl did not find the image, because it is private and Fly.io pulls anonymously.',
    'Make the package public, or let the action copy it (`mirror: auto`).',
  ],
  'image-part-empty': [
    'A part of `image` is empty, because an expression in it has no value.',
    'Check the output that the expression reads, or set the `image` that the message shows.',
  ],
  'image-several': [
    '`image` contains several references, like the output `tags` of docker/metadata-action.',
    'Set one of them, or only the repository. The message shows both lines.',
  ],
  'image-tag-invalid': [
    'The tag in `image` contains a slash or another invalid character.',
    'Set the `image` that the message shows.',
  ],
  'input-conflict': ['Two inputs exclude each other.', 'Keep the one that the message names.'],
  'input-invalid': ['An input has an invalid value.', 'Use a value that the message describes.'],
  'input-removed': [
    'The step has an input of an earlier draft.',
    'Replace it with the line that the message shows.',
  ],
  'input-unknown': [
    'The name of an input is similar to an existing one, but does not exist.',
    'Use the name that the message shows.',
  ],
  'json-invalid': ['A text is not a JSON object.', 'Check what writes it. The message names the text.'],
  'layer-not-distributable': [
    'A layer’s license forbids copying it to another registry.',
    'Build from another base image, or use `mirror: never` with a public package.',
  ],
  'machines-changed': [
    'A machine got another version or release after it was verified.',
    'Find out what updated it, and deploy again when nothing else changes it.',
  ],
  'machines-count-unknown': [
    'Fly.io reported the number of the app’s machines before the deploy but not after it, so it is unknown whether the list is complete.',
    'Run the job again.',
  ],
  'machines-digest-unknown': [
    'Fly.io does not report the digest of a machine’s image, even in a request for that machine.',
    'Run the job again.',
  ],
  'machines-leased': [
    'Another deploy holds the machines.',
    'Keep deploys from overlapping with `concurrency:`.',
  ],
  'machines-list-incomplete': [
    'Fly.io counts more machines for the app than it lists, unlike before the deploy.',
    'Run the job again.',
  ],
  'machines-list-invalid': [
    'Fly.io answered the request for the machines with something that is not a list.',
    'Run the job again.',
  ],
  'machines-list-paged': [
    'Fly.io’s answer is only a part of the list of machines.',
    'Use a newer version of this action.',
  ],
  'machines-lost': [
    'A machine from before the deploy is no longer listed, although it was not destroyed.',
    'Check its `fly machine status`, and run the job again.',
  ],
  'machines-none': [
    'The app has no machines that this deploy manages.',
    'Check `fly machine list` and `flags`.',
  ],
  'machines-not-updated': [
    'A machine already ran the image before, and this deploy did not update it.',
    'Deploy again.',
  ],
  'machines-other-image': [
    'Machines run another image after the deploy.',
    'Check `fly machine status` for each, and deploy again.',
  ],
  'machines-reverted': [
    'Fly.io reverted machines to their old image.',
    'Read `fly logs` to find out why the new version failed.',
  ],
  'machines-superseded': [
    'Another deploy changed the machines during this one.',
    'Keep deploys from overlapping with `concurrency:`.',
  ],
  'machines-unhealthy': [
    'Machines run the image, but a process or a check failed.',
    'Read `fly logs` and `fly machine status`.',
  ],
  'machines-unreachable': [
    'What machines run is unknown, because Fly.io cannot reach their hosts.',
    'Wait until the hosts are reachable, or destroy these machines. Then deploy again.',
  ],
  'machines-unsettled': [
    'Machines were added repeatedly, so there was always one that had not settled.',
    'Shorten `settle-time`, or find out what adds machines during the deploy.',
  ],
  'manifest-ambiguous': [
    'A manifest is both an index and an image, or its content and its Content-Type are of different kinds.',
    'Build and push the image again with a tool that writes standard manifests.',
  ],
  'manifest-invalid': [
    'The registry’s answer is not an OCI or Docker manifest.',
    'Check the host in `image`. A proxy or a login page may answer.',
  ],
  'manifest-mismatch': [
    'The registry sent a manifest that does not match its digest.',
    'Run the job again. A proxy or a mirror may change answers.',
  ],
  'mirror-changed-digest': ['Fly.io’s registry stored the image under another digest.', 'Run the job again.'],
  'mirror-interrupted': [
    'The copy to Fly.io’s registry was interrupted several times.',
    'Run the job again. It continues the copy.',
  ],
  'mirror-not-there': [
    'The copied image is not in Fly.io’s registry, or its tag names another image.',
    'Run the job again, and keep deploys from overlapping with `concurrency:`.',
  ],
  'mirror-refused': ['Fly.io’s registry refused the copy.', 'Run the job again, or make the package public.'],
  'mirror-unauthorized': [
    'The token cannot push to the app’s repository in Fly.io’s registry.',
    'Create a token with `fly tokens create deploy`.',
  ],
  'mirror-unexpected-answer': [
    'A registry’s answer contains a redirect or an upload location that the copy does not follow.',
    'Run the job again. Check the host in `image`, and the proxy.',
  ],
  'newest-tag-unknown': [
    'No tag matches the pattern after `newest:`, or none can be ordered.',
    'Correct the pattern, or let the build write tags with a time or a version.',
  ],
  'platform-ambiguous': [
    'The image index lists several linux/amd64 images, and it is unknown which one a machine would run.',
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
    'The registry still limits requests after several tries.',
    'Run the job later, or log in.',
  ],
  'registry-token-service': [
    'The registry names a token service that cannot be used.',
    'Check the host in `image`.',
  ],
  'registry-unavailable': ['The registry still failed after several tries.', 'Run the job again.'],
  'registry-unexpected-answer': [
    'The registry’s answer does not follow the protocol, is too large, or is a redirect loop.',
    'Check that the host in `image` is a container registry.',
  ],
  'registry-unreachable': [
    'The registry did not answer.',
    'Run the job again. Check the host and the proxy.',
  ],
  'release-command-failed': [
    'The release command of fly.toml failed. No machine was updated.',
    'Read its output in the log.',
  ],
  'release-image-gone': [
    'The image of the release is no longer in its registry.',
    'Name another release, a commit or a digest.',
  ],
  'release-none-earlier': [
    'No earlier release has a different image than the current one.',
    'Name what to deploy with `commit` or `image`.',
  ],
  'release-not-found': [
    'The release is not among the app’s last ones.',
    'Choose one that `flyctl releases` lists.',
  ],
  'release-of-another-repository': [
    'The release deployed an image of another repository.',
    'To deploy it, name that repository in `image`.',
  ],
  'release-tag-moved': [
    'The release’s tag now names another image, which was built later or from another commit.',
    'Name another release, a commit or a digest.',
  ],
  'release-tag-unknown': [
    'The release was deployed by a tag, and it is unknown whether the tag still names the same image.',
    'Name another release, a commit or a digest.',
  ],
  'release-unknown': ['No machine has a release.', 'Name a version, a commit or a digest.'],
  'release-without-image': [
    'The release does not contain a valid image reference.',
    'Name another release, a commit or a digest.',
  ],
  'releases-unreadable': [
    'Fly.io did not return the list of the app’s releases.',
    'Use a token of the app, or name the image directly.',
  ],
  'revision-mismatch': [
    'The image was built from another commit than the selected one.',
    'Build the selected commit again, because its tag has moved.',
  ],
  'revision-missing': [
    'The image does not name its commit, and a tag alone is not enough.',
    'Label the image in the build.',
  ],
  'run-cancelled': [
    'The job was canceled before anything was deployed.',
    'No action is needed: the machines are unchanged.',
  ],
  'runner-unsupported': [
    'flyctl is not released for this runner’s system or processor.',
    'Use Linux, macOS or Windows on x64 or arm64.',
  ],
  'setup-bad': [
    'The doctor found something that would make a deploy fail.',
    'Follow the fix of each finding.',
  ],
  'several-problems': ['Several inputs are wrong. Each has its own code.', 'Fix all of them.'],
  'smoke-checks-failed': [
    'flyctl failed because the app stops immediately after its start.',
    'Read `fly logs` for the machine that the message names.',
  ],
  'soak-not-over': [
    'The other app has not yet run its image for `soak-time`.',
    'Run the job again after the time in the message.',
  ],
  'soak-trouble': [
    'A machine of the other app crashed, ran out of memory or was reverted within `soak-time`.',
    'Find out why, and deploy the other app again.',
  ],
  'soak-unknown': [
    'Fly.io does not report since when the other app has run its image.',
    'Remove `soak-time`, or deploy the other app again.',
  ],
  'source-app-empty': [
    'The app in `running:` has no machines that deploys manage.',
    'Deploy that app first, or correct its name.',
  ],
  'source-app-mixed': [
    'The machines of the app in `running:` run several images.',
    'Deploy that app, so that all its machines run one image.',
  ],
  'source-app-unreadable': [
    'The token cannot read the app in `running:`, or the app does not exist.',
    'Set `source-app-token` to a token of that app, or correct the name.',
  ],
  'source-app-unsettled': [
    'A machine of the app in `running:` has not settled, is on an unreachable host, or does not pass a check, or its image is unknown.',
    'Wait until that app has settled, then run the job again.',
  ],
  'source-image-gone': [
    'No registry has the image that the other app runs.',
    'Build and deploy the other app again, or name its repository in `image`.',
  ],
  'tag-invalid': ['A template does not render a valid tag.', 'Correct the template.'],
  'variable-invalid': [
    'An environment variable that redirects a host is not a URL, or uses plain HTTP to another machine.',
    'Correct it in `env:`, or remove it.',
  ],
};

function table(messages: Readonly<Record<string, Message>>): string[] {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return Object.entries(messages).map(
    ([code, [when, fix]]) => `| \`${code}\` | ${cell(when)} | ${cell(fix)} |`,
  );
}

/** Why a failed deploy was not rolled back, although the inputs request it. */
export const rollbackMessages: Readonly<Record<NoRollbackCode | 'untouched', Message>> = {
  'already-updated': [
    'flyctl failed, but every machine runs the new image and passes its checks.',
    'No rollback is needed. Read flyctl’s error.',
  ],
  'bluegreen-unfinished': [
    'A bluegreen deploy left machines beside those that get the requests.',
    'Destroy the machines that the message names.',
  ],
  'digest-before-unknown': [
    'Fly.io did not report which image ran before.',
    'Deploy a release that worked: `select: release:…`.',
  ],
  'image-before-gone': [
    'Fly.io does not find the image that ran before.',
    'Configure clean-ups to keep the images of recent releases.',
  ],
  'images-before-differ': [
    'Machines of one process group ran different images before.',
    'Deploy a release that worked: `select: release:…`.',
  ],
  'not-determined': [
    'It could not be determined whether the new image works.',
    'See the error, and run the job again.',
  ],
  'nothing-before': [
    'No machine existed before the deploy.',
    'No action is needed: there is nothing to roll back to.',
  ],
  'previous-not-attested': [
    'The image that ran before does not have the attestation that `attestation` requires. A warning before the deploy reports this.',
    'Deploy a release that worked, or run the command that the message shows.',
  ],
  'reference-before-invalid': [
    'The image that ran before does not have a valid reference.',
    'Deploy a release that worked: `select: release:…`.',
  ],
  'rollback-failed': [
    'The rollback failed, too. Machines may run different images.',
    'Check `fly machine list`. Destroy the machines that the message names, and deploy again.',
  ],
  superseded: [
    'Another deploy, or a `fly machine` command, changed or holds the machines.',
    'Keep deploys from overlapping with `concurrency:`.',
  ],
  untouched: [
    'The deploy failed before it changed a machine.',
    'No action is needed: the machines are unchanged.',
  ],
};

/** The page of all messages. */
export const messagesPage = (): string =>
  [
    '# Messages',
    '',
    'The errors of this action. The message in the log shows the facts and the lines to change. With',
    '[debug logging](https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging) the log also shows the code.',
    '',
    '| Code | When it occurs | What to do |',
    '| --- | --- | --- |',
    ...table(messages),
    '',
    '## Findings of the doctor',
    '',
    'Each line of the doctor’s list has one of these codes, or the code of the error above with which a deploy would fail.',
    '',
    '| Code | What it means | What to do |',
    '| --- | --- | --- |',
    ...table(checkMessages),
    '',
    '## Failed deploys that are not rolled back',
    '',
    'With `rollback: true`, debug logging shows one of these reasons if a failed deploy is not rolled back.',
    '',
    '| Code | When it occurs | What to do |',
    '| --- | --- | --- |',
    ...table(rollbackMessages),
    '',
  ].join('\n');
