import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { app, tag } from '../e2e/world.ts';
import { withChecks } from './flyctl-world.ts';
import type { Scenario } from './scenarios.ts';

const [yes, no] = [true, false];
/** Short times for watching machines and for waiting for an answer. */
const watched = { 'settle-time': '2s', 'health-timeout': '2s' };
const both = { inputs: watched, runs: [yes, yes], release: 'complete' } as const;

/**
 * What the platform does around a deploy, by the faults in sandbox/README.md. Some faults start with the release, while
 * flyctl runs. Others start at its end, when only the action still checks. flyctl reports success in both cases.
 */
export const verifyScenarios: readonly Scenario[] = [
  // The list of machines.
  {
    ...both,
    name: 'a machine is no longer listed',
    faults: [{ name: 'partial-list', since: 'end', machines: [1] }],
    code: 'machines-lost',
  },
  {
    ...both,
    name: 'the list is empty',
    faults: [{ name: 'empty-list', since: 'end' }],
    code: 'machines-lost',
  },
  {
    ...both,
    name: 'the list is empty for a moment',
    faults: [{ name: 'empty-list', since: 'end', lasts: 1000 }],
  },
  {
    ...both,
    name: 'the list is an object',
    faults: [{ name: 'object-list', since: 'end' }],
    code: 'machines-list-invalid',
  },
  {
    ...both,
    name: 'the list comes in pages',
    faults: [{ name: 'paged-list', since: 'end' }],
    code: 'machines-list-paged',
  },
  {
    ...both,
    name: 'the app counts more machines than it lists',
    faults: [{ name: 'wrong-count', since: 'end' }],
    code: 'machines-list-incomplete',
  },
  {
    ...both,
    name: 'the app no longer counts its machines',
    faults: [{ name: 'no-count', since: 'end' }],
    code: 'machines-count-unknown',
  },
  // The image of a machine.
  {
    ...both,
    name: 'the digest of a machine is not reported',
    faults: [{ name: 'missing-digest', since: 'end', machines: [1] }],
    code: 'machines-digest-unknown',
  },
  {
    ...both,
    name: 'a host is unreachable after the deploy',
    inputs: { ...watched, rollback: 'true' },
    faults: [{ name: 'unreachable-host', since: 'end', machines: [1] }],
    code: 'machines-unreachable',
    notRolledBack: 'not-determined',
  },
  {
    ...both,
    name: 'an update is answered but changes nothing',
    runs: [yes, no],
    faults: [{ name: 'ignored-update', machines: [1] }],
    code: 'machines-other-image',
  },
  {
    ...both,
    name: 'the tag is resolved to an older image: the digest is deployed afterwards',
    prepare: ({ fly, image }) => {
      fly.behave(app, { staleTag: { image: `${image}:${tag}`, as: `${image}:main-0000000` } });
    },
    release: ['complete', 'complete'],
    warning: /again by its digest/,
  },
  {
    ...both,
    name: 'a root file system outlives the update',
    fleet: { config: { rootfs: { persist: 'always' } } },
    warning: /persist_rootfs/,
  },
  {
    ...both,
    name: 'containers that are not configured with the image',
    event: workflowDispatch(),
    fleet: { config: { containers: [{ name: 'legacy', image: 'docker.io/library/nginx:1' }] } },
    code: 'containers-unverifiable',
  },
  // The release.
  { ...both, name: 'the same image is deployed again', same: true },
  {
    ...both,
    name: 'the same image is deployed again, and one machine is not updated',
    same: true,
    faults: [{ name: 'ignored-update', machines: [1] }],
    code: 'machines-not-updated',
  },
  {
    ...both,
    name: 'the same image is deployed again, and nothing changes',
    same: true,
    faults: [{ name: 'ignored-update', machines: [0, 1] }],
    code: 'deploy-changed-nothing',
  },
  {
    ...both,
    name: 'a machine has another deploy of the image when flyctl exits',
    faults: [{ name: 'other-deploy', since: 'end', machines: [1], image: 'meant' }],
    release: ['complete', 'complete'],
    code: 'machines-superseded',
  },
  // During `settle-time`.
  {
    ...both,
    name: 'a machine is reverted a second after flyctl exits',
    runs: [yes, no],
    faults: [{ name: 'revert', since: 'end', at: 1000, machines: [1] }],
    code: 'machines-reverted',
  },
  {
    ...both,
    name: 'the same, without an event',
    runs: [yes, no],
    inputs: { ...watched, 'settle-time': '6s' },
    faults: [{ name: 'silent-revert', since: 'end', at: 3000, machines: [1] }],
    code: 'machines-changed',
  },
  {
    ...both,
    name: 'a machine gets another version',
    faults: [{ name: 'update', since: 'end', at: 3000, machines: [1] }],
    inputs: { ...watched, 'settle-time': '6s' },
    code: 'machines-changed',
  },
  {
    ...both,
    name: 'a process ends',
    faults: [{ name: 'crash', since: 'end', at: 1000, machines: [1] }],
    code: 'machines-unhealthy',
  },
  {
    ...both,
    name: 'a process ends repeatedly',
    faults: [{ name: 'crash-loop', since: 'end', at: 1000, machines: [1] }],
    code: 'machines-unhealthy',
  },
  {
    ...both,
    name: 'a machine runs out of memory',
    faults: [{ name: 'oom', since: 'end', at: 1000, machines: [1] }],
    code: 'machines-unhealthy',
  },
  {
    ...both,
    name: 'a process ends after its version got a time from a clock that was ahead',
    faults: [
      { name: 'host-clock', since: 'release', lasts: 60_000, machines: [0] },
      { name: 'crash', since: 'end', at: 1000, machines: [1] },
    ],
    code: 'machines-unhealthy',
  },
  {
    ...both,
    name: 'a check no longer passes',
    toml: withChecks,
    faults: [{ name: 'critical-check', since: 'end', machines: [1] }],
    code: 'machines-unhealthy',
  },
  {
    ...both,
    name: 'a machine is slow to start',
    faults: [{ name: 'slow-start', lasts: 3000, machines: [1] }],
  },
  {
    ...both,
    name: 'machines are stopped and suspended by the proxy',
    faults: [
      { name: 'autostop', since: 'end', machines: [0] },
      { name: 'suspend', since: 'end', machines: [1] },
    ],
  },
  {
    ...both,
    name: 'stopped machines are started by the proxy',
    fleet: { state: 'stopped' },
    faults: [{ name: 'autostart', since: 'end', at: 500, machines: [1] }],
  },
  {
    ...both,
    name: 'a console starts and ends',
    faults: [{ name: 'temporary-machine', since: 'end', lasts: 1000 }],
  },
  {
    ...both,
    name: 'an autoscaler adds a machine',
    runs: [yes, yes, yes],
    faults: [{ name: 'scale-up', since: 'end' }],
    warning: /had 2 before/,
  },
  {
    ...both,
    name: 'a machine is destroyed, and the API forgets its ID',
    runs: [yes],
    faults: [{ name: 'destroy', since: 'end', machines: [1], forgotten: true }],
  },
  // The API and the app.
  {
    ...both,
    name: 'the API is busy for a second',
    faults: [{ name: 'busy', since: 'end', lasts: 1000 }],
  },
  {
    ...both,
    name: 'the API refuses requests',
    faults: [{ name: 'refused', since: 'end', at: 500 }],
    code: 'fly-unauthorized',
  },
  { ...both, name: 'GraphQL is down after the deploy', faults: [{ name: 'graphql-down', since: 'end' }] },
  {
    ...both,
    name: 'the runner cannot reach the app',
    inputs: { ...watched, 'health-url': 'http://127.0.0.1:9/', rollback: 'true' },
    code: 'health-unreachable',
    notRolledBack: 'not-determined',
  },
];
