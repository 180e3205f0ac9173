import { type History, plain } from './history.ts';

/** A history with its required result. */
interface Example {
  readonly name: string;
  /** The number of the check that it covers (law.test.ts). */
  readonly check: number;
  readonly history: History;
  readonly success: boolean;
  /** The action was already correct here before it had this check, because of another one. */
  readonly wasRight?: true;
  /** The code of the error if it fails. */
  readonly code?: string;
}

const [first] = plain.fleet;
const fleet = (...changes: Partial<History['fleet'][number]>[]) =>
  changes.flatMap((change) => (first === undefined ? [] : [{ ...first, ...change }]));

/** For each check, histories that the action got wrong without the check (at commit 10cf223), and some that it got right. */
export const examples: readonly Example[] = [
  {
    name: 'a machine that was not updated is no longer listed',
    check: 1,
    success: false,
    code: 'machines-lost',
    history: {
      ...plain,
      faults: [
        { name: 'ignored-update', machines: [1] },
        { name: 'partial-list', since: 'end', machines: [1] },
      ],
    },
  },
  {
    name: 'a machine on the old image is added but never listed',
    check: 1,
    success: false,
    code: 'machines-list-incomplete',
    history: {
      ...plain,
      faults: [
        { name: 'scale-up', since: 'end', at: 1000, image: 'old' },
        { name: 'partial-list', since: 'end', at: 1000, machines: [2] },
      ],
    },
  },
  {
    name: 'the same image is deployed again, and one machine is not updated',
    check: 2,
    success: false,
    code: 'machines-not-updated',
    history: { ...plain, same: true, faults: [{ name: 'ignored-update', machines: [1] }] },
  },
  {
    name: 'the same image is deployed again, and a machine is reverted without an event',
    check: 2,
    success: false,
    code: 'machines-changed',
    history: {
      ...plain,
      same: true,
      faults: [{ name: 'silent-revert', since: 'end', at: 6000, machines: [1] }],
    },
  },
  {
    name: 'a machine is updated again while it settles',
    check: 2,
    success: false,
    code: 'machines-changed',
    history: { ...plain, faults: [{ name: 'update', since: 'end', at: 6000, machines: [1] }] },
  },
  {
    name: 'a machine has another deploy of the image when flyctl exits',
    check: 2,
    success: false,
    code: 'machines-superseded',
    wasRight: true,
    history: { ...plain, faults: [{ name: 'other-deploy', since: 'end', image: 'meant', machines: [1] }] },
  },
  {
    name: 'a machine without a release is reverted to the same image',
    check: 2,
    success: false,
    code: 'machines-not-updated',
    history: {
      ...plain,
      same: true,
      fleet: fleet({ kind: 'bare' }, { kind: 'bare' }),
      faults: [{ name: 'silent-revert', since: 'end', machines: [1] }],
    },
  },
  {
    name: 'the same, if flyctl does not print its release',
    check: 2,
    success: false,
    code: 'machines-not-updated',
    history: {
      ...plain,
      same: true,
      fleet: fleet({ kind: 'bare' }, { kind: 'bare' }),
      flyctl: { ...plain.flyctl, prints: false },
      faults: [{ name: 'silent-revert', since: 'end', machines: [1] }],
    },
  },
  {
    name: 'the list is empty before the deploy, flyctl does not print its release, and a machine is not updated',
    check: 2,
    success: false,
    code: 'machines-not-updated',
    history: {
      ...plain,
      same: true,
      flyctl: { ...plain.flyctl, prints: false },
      faults: [
        { name: 'empty-list', lasts: 130 },
        { name: 'ignored-update', machines: [1] },
      ],
    },
  },
  {
    name: 'the same, but no machine is updated',
    check: 2,
    success: false,
    code: 'machines-not-updated',
    history: {
      ...plain,
      same: true,
      flyctl: { ...plain.flyctl, prints: false },
      faults: [
        { name: 'empty-list', lasts: 130 },
        { name: 'ignored-update', machines: [0, 1] },
      ],
    },
  },
  {
    name: 'the list is empty before the deploy, flyctl does not print its release, and every machine is updated',
    check: 2,
    success: true,
    history: {
      ...plain,
      same: true,
      flyctl: { ...plain.flyctl, prints: false },
      faults: [{ name: 'empty-list', lasts: 130 }],
    },
  },
  {
    name: 'the same, but Fly.io does not list the releases',
    check: 2,
    success: false,
    code: 'deploy-release-unknown',
    history: {
      ...plain,
      same: true,
      flyctl: { ...plain.flyctl, prints: false },
      faults: [{ name: 'empty-list', lasts: 130 }, { name: 'no-releases' }],
    },
  },
  {
    name: 'Fly.io reports no release, and the only machine is reverted to the same image',
    check: 2,
    success: false,
    code: 'machines-not-updated',
    history: {
      ...plain,
      same: true,
      fleet: fleet({ kind: 'bare' }),
      flyctl: { ...plain.flyctl, prints: false },
      faults: [{ name: 'silent-revert', since: 'end', machines: [0] }],
    },
  },
  {
    name: 'a machine is reverted 8 s after it looked healthy',
    check: 3,
    success: false,
    code: 'machines-reverted',
    wasRight: true,
    history: { ...plain, faults: [{ name: 'revert', since: 'end', at: 8000, machines: [1] }] },
  },
  {
    name: 'a machine that was added late fails 8 s after its start',
    check: 3,
    success: false,
    code: 'machines-unhealthy',
    history: {
      ...plain,
      faults: [
        { name: 'scale-up', since: 'end', at: 28_000, image: 'meant' },
        { name: 'crash', since: 'end', at: 36_000, machines: [2] },
      ],
    },
  },
  {
    name: 'a machine that was stopped is started for the first time after 25 s',
    check: 3,
    success: true,
    history: {
      ...plain,
      fleet: fleet({}, { state: 'stopped' }),
      faults: [{ name: 'autostart', since: 'end', at: 25_000, machines: [1] }],
    },
  },
  {
    name: 'a digest is requested again while the last machine settles',
    check: 3,
    success: true,
    wasRight: true,
    history: {
      ...plain,
      fleet: fleet({}, {}, {}),
      flyctl: { ...plain.flyctl, takes: 2956 },
      settleSeconds: 5,
      faults: [{ name: 'missing-digest', since: 'end', at: 1889, lasts: 2673, machines: [1] }],
    },
  },
  {
    name: 'a process fails after its version got a time from a clock that was an hour ahead',
    check: 3,
    success: false,
    code: 'machines-unhealthy',
    history: {
      ...plain,
      faults: [
        { name: 'host-clock', lasts: 3000, machines: [0] },
        { name: 'crash', since: 'end', at: 6000, machines: [0] },
      ],
    },
  },
  {
    name: 'the containers of a machine keep their old image',
    check: 4,
    success: false,
    code: 'containers-unverifiable',
    history: { ...plain, by: 'digest', fleet: fleet({ containers: ['legacy'] }) },
  },
  {
    name: 'a root file system outlives the update, with a warning',
    check: 5,
    success: true,
    history: { ...plain, fleet: fleet({ keepsRootfs: true }) },
  },
  {
    name: 'flyctl exits with 0 without a change while the image already runs',
    check: 6,
    success: false,
    code: 'deploy-changed-nothing',
    history: { ...plain, same: true, flyctl: { ...plain.flyctl, kind: 'nothing' } },
  },
  {
    name: 'the same, if no machine has a release',
    check: 6,
    success: false,
    code: 'deploy-changed-nothing',
    history: {
      ...plain,
      same: true,
      fleet: fleet({ kind: 'bare' }, { kind: 'bare' }),
      flyctl: { ...plain.flyctl, kind: 'nothing' },
    },
  },
  {
    name: 'Fly.io resolves the tag to an older image',
    check: 7,
    success: true,
    history: { ...plain, staleTag: true },
  },
  {
    name: 'a host is unreachable for a second',
    check: 8,
    success: true,
    wasRight: true,
    history: {
      ...plain,
      faults: [{ name: 'unreachable-host', since: 'end', at: 0, lasts: 1000, machines: [1] }],
    },
  },
  {
    name: 'unreachable hosts run an older image',
    check: 8,
    success: false,
    code: 'machines-unreachable',
    history: {
      ...plain,
      staleTag: true,
      faults: [{ name: 'unreachable-host', since: 'end', machines: [0, 1] }],
    },
  },
  {
    name: 'a machine was created without a launch, and waits for its hour',
    check: 9,
    success: true,
    wasRight: true,
    history: { ...plain, fleet: fleet({}, { state: 'created', startsLater: 'schedule' }) },
  },
  {
    name: 'a console runs the old image while the app is deployed',
    check: 9,
    success: true,
    wasRight: true,
    history: { ...plain, faults: [{ name: 'temporary-machine', at: 50, lasts: 200_000 }] },
  },
  {
    name: 'the API is busy for 8 s after flyctl',
    check: 10,
    success: true,
    history: { ...plain, faults: [{ name: 'busy', since: 'end', lasts: 8000, status: 503 }] },
  },
  {
    name: 'the API refuses requests briefly',
    check: 10,
    success: false,
    code: 'fly-unauthorized',
    history: {
      ...plain,
      faults: [{ name: 'refused', since: 'end', at: 3000, lasts: 4000, status: 403 }],
    },
  },
  {
    name: 'Fly.io reports the digest of the inner index',
    check: 11,
    success: true,
    history: { ...plain, image: 'nested', reports: 'inner' },
  },
  {
    name: 'the app’s count is missing after the deploy, and an added machine is never listed',
    check: 1,
    success: false,
    code: 'machines-count-unknown',
    history: {
      ...plain,
      faults: [
        { name: 'no-count', since: 'end', status: 503 },
        { name: 'scale-up', since: 'end', at: 1000, image: 'old' },
        { name: 'partial-list', since: 'end', at: 1000, machines: [2] },
      ],
    },
  },
  {
    name: 'the app’s count is missing for 8 s after the deploy',
    check: 1,
    success: true,
    history: { ...plain, faults: [{ name: 'no-count', since: 'end', lasts: 8000, status: 503 }] },
  },
  {
    name: 'the app’s count is missing for longer than the wait for a machine',
    check: 1,
    success: true,
    history: {
      ...plain,
      settleSeconds: 5,
      faults: [{ name: 'no-count', since: 'end', at: 3000, lasts: 20_000 }],
    },
  },
  // One of these times is between the list and the count.
  ...[15, 30, 45, 60, 75, 90, 105, 120].map(
    (at): Example => ({
      name: `a machine is destroyed before the deploy, after ${at} ms`,
      check: 1,
      success: true,
      wasRight: true,
      history: {
        ...plain,
        image: 'manifest',
        fleet: fleet({}, {}, {}),
        faults: [{ name: 'destroy', since: 'now', at, machines: [0] }],
      },
    }),
  ),
];
