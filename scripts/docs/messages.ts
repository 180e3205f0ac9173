// When each error of the action occurs, for docs/messages.md. Typed, so that no code lacks its row.
import type { NoRollbackCode } from '../../src/deploy/previous.ts';
import type { ErrorCode } from '../../src/lib/error-codes.ts';
import type { NoRecordCode } from '../../src/record/not-recorded.ts';

export const messages: Readonly<Record<ErrorCode, string>> = {
  'app-invalid': 'The app’s name is not a valid Fly.io app name.',
  'app-missing': 'Neither the input `app` nor fly.toml names an app.',
  'app-without-hostname': '`health-url` is a path, and Fly.io has no hostname for the app.',
  'attestation-enterprise-issuer':
    'The attestation is from an enterprise with its own OIDC issuer, which is not accepted.',
  'attestation-missing': 'No attestation shows that the repository built the image from its commit.',
  'attestation-not-fetched':
    'GitHub lists an attestation of the image, but its bundle could not be downloaded.',
  'attestation-other-ref':
    'The image was built, or signed by a workflow of this repository, on another ref than `attestation-ref`.',
  'attestation-root-missing':
    'No trusted root of this run contains the Sigstore instance that signed the attestation, such as GitHub’s own for private repositories.',
  'attestation-too-many': 'The image has more than 500 attestations, and none of the first 500 is accepted.',
  'attestation-unreadable': 'GitHub did not return the image’s attestations.',
  'blob-mismatch': 'A registry sent bytes that do not match their digest or size.',
  'blob-unavailable': 'A layer or the config of the image could not be read.',
  'bluegreen-unfinished':
    'A bluegreen deploy stopped between its colors, and left old machines beside the new ones.',
  'checks-failed': 'flyctl failed because a machine on the new image did not pass its checks.',
  'commit-not-compared':
    'GitHub did not answer whether the branch contains the commit, and an attestation is required.',
  'commit-not-on-branch': 'The branch does not contain the commit of the event.',
  'commit-outdated': 'The machines run a newer commit, and `on-outdated` is `fail`.',
  'config-invalid':
    'The config of the app is not valid TOML, JSON or YAML. Its file name selects the format.',
  'config-missing': 'The file of the input `config` does not exist.',
  'containers-unverifiable':
    'A machine runs several containers, but none is configured with the digest of the image.',
  'deploy-cancelled': 'The job was canceled after flyctl started, so machines may run different images.',
  'deploy-changed-nothing': 'flyctl succeeded, but no machine got a new release.',
  'deploy-release-unknown':
    'Whether this deploy updated the machines is unknown: flyctl does not print its release, and Fly.io did not report the newest one before it.',
  'deploy-timed-out': 'flyctl did not finish within `deploy-timeout`.',
  'drift-busy': 'With `mode: verify`, a deploy was still in progress at the end of `health-timeout`.',
  'drift-missing-machines':
    'With `mode: verify`, the app has no machine that deploys manage, or Fly.io’s list lacks machines.',
  'drift-mixed': 'With `mode: verify`, some machines run the image, and others another one.',
  'drift-moved-tag': 'With `mode: verify`, the machines were given the tag, but it names another image now.',
  'drift-other-image': 'With `mode: verify`, no machine runs the image.',
  'event-action': 'The action of the event withdraws something or is not final, such as a deleted release.',
  'event-file-missing': 'The runner wrote no event file.',
  'event-fork': 'The event comes from a fork, or from a deleted repository.',
  'event-not-allowed':
    'An event that `allow-events` does not list started the run, or the build of the image.',
  'event-not-merged':
    'The pull request was closed without a merge, or the commit is still in the merge queue.',
  'event-other-branch': 'The event is about another branch than the deployed one.',
  'event-other-package': 'Another package of the repository was published.',
  'event-other-ref':
    'The run was started manually on another ref than the deployed branch, and no input selects what to deploy.',
  'event-other-tag': 'The published image has a tag that matches neither `manual-select` nor `sha-tag`.',
  'event-package-part': 'The published manifest is a part of an index and has no tag.',
  'event-ref-deleted': 'The push deleted a branch or tag.',
  'event-release-draft': 'The release is a draft.',
  'event-run-chained': 'A `workflow_run` started the run that built the image.',
  'event-run-not-successful': 'The run that builds the image did not succeed.',
  'event-unknown': 'The action does not deploy on this event.',
  'field-invalid': 'A field of an event, an image or an answer is missing or malformed.',
  'flag-refused':
    '`flags` contains something that is not a flag of `flyctl deploy`, or a flag that would change what is deployed, or where.',
  'fleet-image-empty':
    'The image’s name was lost between two jobs, because GitHub drops outputs that contain the value of a secret.',
  'fleet-list-invalid': 'The list of apps is malformed.',
  'fleet-release': 'A release was selected for several apps, or only for manual runs.',
  'fleet-result-other':
    'An artifact of this run contains a result of another app, image or attempt. The table shows the app as failed.',
  'fly-app-not-found': 'Fly.io has no app of that name, or the token cannot access it.',
  'fly-rate-limited': 'Fly.io still limits requests after several tries.',
  'fly-token-invalid': 'The Fly.io token contains a character that no token has.',
  'fly-token-missing': 'There is no Fly.io token.',
  'fly-unauthorized': 'Fly.io does not accept the token for this app.',
  'fly-unavailable': 'Fly.io still failed after several tries.',
  'fly-unexpected-answer': 'Fly.io’s answer is not a list of machines, or is a redirect loop.',
  'fly-unreachable': 'Fly.io did not answer.',
  'flyctl-archive-missing': 'The flyctl release has no archive for this runner.',
  'flyctl-cache-mismatch':
    'The flyctl archive in the runner’s tool cache does not have its release’s SHA-256. Nothing was unpacked.',
  'flyctl-checksum-mismatch':
    'The downloaded flyctl does not have its release’s SHA-256. Nothing was unpacked.',
  'flyctl-failed': 'flyctl failed for a reason that this action does not recognize.',
  'flyctl-interrupted': 'flyctl was interrupted.',
  'flyctl-not-downloaded': 'flyctl could not be downloaded.',
  'flyctl-not-started': 'The flyctl on PATH cannot be started.',
  'flyctl-not-unpacked': 'flyctl’s archive could not be unpacked.',
  'flyctl-too-old': 'This action does not support such an old version of flyctl.',
  'flyctl-version-unknown': 'There is no flyctl release of that version.',
  'health-body-without-commit':
    '`health-body` contains a placeholder for the commit, but neither the event nor the image names one.',
  'health-failed': 'The app’s response is not the one that the health inputs expect.',
  'health-unreachable':
    'The runner could not connect to the address of the health check, so it is unknown whether the app works. Nothing is rolled back.',
  'image-incomplete': 'A part of the image is missing in its registry.',
  'image-missing': '`image` is empty, and the runner does not provide the repository’s name.',
  'image-not-found': 'The registry does not have the tag or digest, even after `wait-for-image`.',
  'image-not-found-by-fly': 'flyctl did not find the image, although it is public.',
  'image-not-public': 'flyctl did not find the image, because it is private and Fly.io pulls anonymously.',
  'image-part-empty': 'A part of `image` is empty, because an expression in it has no value.',
  'image-several': '`image` contains several references, like the output `tags` of docker/metadata-action.',
  'image-tag-invalid': 'The tag in `image` contains a slash or another invalid character.',
  'input-conflict': 'Two inputs exclude each other.',
  'input-invalid': 'An input has an invalid value.',
  'input-removed': 'The step has an input of an earlier draft.',
  'input-unknown': 'The name of an input is similar to an existing one, but does not exist.',
  'json-invalid': 'A text is not a JSON object.',
  'layer-not-distributable': 'A layer’s license forbids copying it to another registry.',
  'machines-changed': 'A machine got another version or release after it was verified.',
  'machines-count-unknown':
    'Fly.io reported the number of the app’s machines before the deploy but not after it, so it is unknown whether the list is complete.',
  'machines-digest-unknown':
    'Fly.io does not report the digest of a machine’s image, even in a request for that machine.',
  'machines-leased': 'Another deploy holds the machines.',
  'machines-list-incomplete':
    'Fly.io counts more machines for the app than it lists, unlike before the deploy.',
  'machines-list-invalid': 'Fly.io answered the request for the machines with something that is not a list.',
  'machines-list-paged': 'Fly.io’s answer is only a part of the list of machines.',
  'machines-lost': 'A machine from before the deploy is no longer listed, although it was not destroyed.',
  'machines-none': 'The app has no machines that this deploy manages.',
  'machines-not-updated': 'A machine already ran the image before, and this deploy did not update it.',
  'machines-other-image': 'Machines run another image after the deploy.',
  'machines-reverted': 'Fly.io reverted machines to their old image.',
  'machines-superseded': 'Another deploy changed the machines during this one.',
  'machines-unhealthy': 'Machines run the image, but a process or a check failed.',
  'machines-unreachable': 'What machines run is unknown, because Fly.io cannot reach their hosts.',
  'machines-unsettled': 'Machines were added repeatedly, so there was always one that had not settled.',
  'manifest-ambiguous':
    'A manifest is both an index and an image, or its content and its Content-Type are of different kinds.',
  'manifest-invalid': 'The registry’s answer is not an OCI or Docker manifest.',
  'manifest-mismatch': 'The registry sent a manifest that does not match its digest.',
  'mirror-changed-digest': 'Fly.io’s registry stored the image under another digest.',
  'mirror-interrupted': 'The copy to Fly.io’s registry was interrupted several times.',
  'mirror-not-there': 'The copied image is not in Fly.io’s registry, or its tag names another image.',
  'mirror-refused': 'Fly.io’s registry refused the copy.',
  'mirror-unauthorized': 'The token cannot push to the app’s repository in Fly.io’s registry.',
  'mirror-unexpected-answer':
    'A registry’s answer contains a redirect or an upload location that the copy does not follow.',
  'newest-tag-unknown': 'No tag matches the pattern after `newest:`, or none can be ordered.',
  'platform-ambiguous':
    'The image index lists several linux/amd64 images, and it is unknown which one a machine would run.',
  'platform-missing': 'The image has no linux/amd64 variant, the only one that Fly.io runs.',
  'reference-invalid': '`image` is not a valid image reference.',
  'registry-denied': 'The registry denies access, or the package does not exist.',
  'registry-rate-limited': 'The registry still limits requests after several tries.',
  'registry-token-service': 'The registry names a token service that cannot be used.',
  'registry-unavailable': 'The registry still failed after several tries.',
  'registry-unexpected-answer':
    'The registry’s answer does not follow the protocol, is too large, or is a redirect loop.',
  'registry-unreachable': 'The registry did not answer.',
  'release-command-failed': 'The release command of fly.toml failed. No machine was updated.',
  'release-image-gone': 'The image of the release is no longer in its registry.',
  'release-none-earlier': 'No earlier release has a different image than the current one.',
  'release-not-found': 'The release is not among the app’s last ones.',
  'release-of-another-repository': 'The release deployed an image of another repository.',
  'release-tag-moved':
    'The release’s tag now names another image, which was built later or from another commit.',
  'release-tag-unknown':
    'The release was deployed by a tag, and it is unknown whether the tag still names the same image.',
  'release-unknown': 'No machine has a release.',
  'release-without-image': 'The release does not contain a valid image reference.',
  'releases-unreadable': 'Fly.io did not return the list of the app’s releases.',
  'revision-mismatch': 'The image was built from another commit than the selected one.',
  'revision-missing': 'The image does not name its commit, and a tag alone is not enough.',
  'run-cancelled': 'The job was canceled before anything was deployed.',
  'runner-unsupported': 'flyctl is not released for this runner’s system or processor.',
  'setup-bad': 'The doctor found something that would make a deploy fail.',
  'several-problems': 'Several inputs are wrong. Each has its own code.',
  'smoke-checks-failed': 'flyctl failed because the app stops immediately after its start.',
  'soak-not-over': 'The other app has not yet run its image for `soak-time`.',
  'soak-trouble': 'A machine of the other app crashed, ran out of memory or was reverted within `soak-time`.',
  'soak-unknown': 'Fly.io does not report since when the other app has run its image.',
  'source-app-empty': 'The app in `running:` has no machines that `flyctl deploy` manages.',
  'source-app-mixed': 'The machines of the app in `running:` run several images.',
  'source-app-unreadable': 'The token cannot read the app in `running:`, or the app does not exist.',
  'source-app-unsettled':
    'A machine of the app in `running:` has not settled, is on an unreachable host, or does not pass a check, or its image is unknown.',
  'source-image-gone': 'No registry has the image that the other app runs.',
  'tag-invalid': 'A template does not render a valid tag.',
  'variable-invalid':
    'An environment variable that redirects a host is not a URL, or uses plain HTTP to another machine.',
  'verify-command-failed': 'The test in `verify-command` exited with another status than 0.',
  'verify-command-killed':
    'A signal ended the test in `verify-command`, so it is unknown whether the app works. Nothing is rolled back.',
  'verify-command-missing': '`verify-command` names a program that does not exist.',
  'verify-command-not-executable': '`verify-command` names a file that cannot be started.',
  'verify-command-not-started':
    'The test in `verify-command` could not be started after the deploy, so it is unknown whether the app works. Nothing is rolled back.',
  'verify-command-timed-out': 'The test in `verify-command` did not end within `deploy-timeout`.',
  'verify-command-unclear':
    'The test in `verify-command` failed, but the app’s URL was a guess, so it is unknown whether the app works. Nothing is rolled back.',
};

/** Why a failed deploy is not rolled back. */
export const rollbackMessages: Readonly<Record<NoRollbackCode | 'untouched', string>> = {
  'already-updated': 'flyctl failed, but every machine runs the new image and passes its checks.',
  'bluegreen-unfinished': 'A bluegreen deploy left machines beside those that get the requests.',
  'digest-before-unknown': 'Fly.io did not report which image ran before.',
  'image-before-gone': 'Fly.io does not find the image that ran before.',
  'images-before-differ': 'Machines of one process group ran different images before.',
  'not-determined': 'It could not be determined whether the new image works.',
  'nothing-before': 'No machine existed before the deploy.',
  'previous-not-attested':
    'The image that ran before does not have the attestation that `attestation` requires. A warning before the deploy reports this.',
  'reference-before-invalid': 'The image that ran before does not have a valid reference.',
  'rollback-failed': 'The rollback failed, too. Machines may run different images.',
  superseded: 'Another deploy, or a `fly machine` command, changed or holds the machines.',
  untouched: 'The deploy failed before it changed a machine.',
};

/** Why a deployment record is not written. */
export const recordMessages: Readonly<Record<NoRecordCode, string>> = {
  'record-failed': 'GitHub refused the record, or did not answer in time, or the job was canceled meanwhile.',
  'record-no-artifact':
    'GitHub answered 404: it has no attestation of the digest, or the token does not have the permission.',
  'record-no-permission': 'The token does not have `artifact-metadata: write`.',
  'record-no-token': 'The input `github-token` is empty.',
  'record-user-owned': 'A user owns the repository. Only organizations have deployment records.',
};
