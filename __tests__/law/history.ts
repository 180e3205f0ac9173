import fc from 'fast-check';
import type { FaultName, NamedFault } from '../../sandbox/fly/faults.ts';

/** What flyctl does in the first deploy. A second deploy, such as a rollback, succeeds. */
export interface FlyctlPlan {
  /** `nothing`: exits with 0 without a change. `fails`, `killed`: before the machine at index `at`. */
  readonly kind: 'ok' | 'nothing' | 'fails' | 'killed';
  readonly at: number;
  /** Milliseconds that each machine takes. */
  readonly takes: number;
  /** Whether flyctl prints its release. */
  readonly prints: boolean;
}

/** A machine of the fleet before the deploy. */
export interface FleetMachine {
  readonly region: 'fra' | 'sin';
  readonly group: 'app' | 'worker';
  readonly state: 'started' | 'stopped' | 'suspended' | 'created';
  /** `bare`: created through the API, without a release. `unmanaged`: deploys do not change it. */
  readonly kind: 'released' | 'bare' | 'unmanaged';
  readonly startsLater: 'standbys' | 'schedule' | 'skip_launch' | undefined;
  /** Names of its containers. flyctl updates the one named `app`; the others keep their images. */
  readonly containers: readonly string[];
  readonly keepsRootfs: boolean;
}

/** A deploy, and everything that happens around it. */
export interface History {
  readonly fleet: readonly FleetMachine[];
  readonly image: 'manifest' | 'index' | 'nested';
  /** Which of the image's digests Fly.io reports. */
  readonly reports: 'top' | 'inner' | 'leaf';
  readonly by: 'tag' | 'digest';
  /** Whether the machines ran the image before. */
  readonly same: boolean;
  /** Fly.io resolves the tag to an older image. */
  readonly staleTag: boolean;
  readonly flyctl: FlyctlPlan;
  readonly flags: '' | '--exclude-regions sin' | '--process-groups app';
  /** In faults, the images are `old` and `meant` (the deployed one). */
  readonly faults: readonly NamedFault[];
  /** Milliseconds that the runner's clock is ahead of Fly.io's. */
  readonly skew: number;
  /** Whether Fly.io's answers have a date. */
  readonly dated: boolean;
  readonly settleSeconds: number;
  readonly rollback: boolean;
  /** When the app answers 503, in milliseconds from the end of flyctl; undefined without requests to the app. */
  readonly unhealthy: { readonly at: number; readonly lasts: number } | 'never' | undefined;
}

/** What a history can contain besides the platform's named faults. */
export const otherFeatures = [
  'stale-tag',
  'same-image',
  'no-op',
  'flyctl-fails',
  'containers',
  'persist-rootfs',
  'quiet-machine',
  'unmanaged-machine',
  'excluded-machines',
  'nested-index',
  'clock-skew',
  'unhealthy-app',
] as const;
export type Feature = FaultName | (typeof otherFeatures)[number];

export function featuresOf(history: History): Set<Feature> {
  const { fleet, flyctl, flags, unhealthy } = history;
  const features: [Feature, boolean][] = [
    ['stale-tag', history.staleTag],
    ['same-image', history.same],
    ['no-op', flyctl.kind === 'nothing'],
    ['flyctl-fails', flyctl.kind === 'fails' || flyctl.kind === 'killed'],
    ['containers', fleet.some(({ containers }) => containers.length > 0)],
    ['persist-rootfs', fleet.some(({ keepsRootfs }) => keepsRootfs)],
    ['quiet-machine', fleet.some(({ state }) => state !== 'started')],
    ['unmanaged-machine', fleet.some(({ kind }) => kind === 'unmanaged')],
    ['excluded-machines', flags !== ''],
    ['nested-index', history.image === 'nested'],
    ['clock-skew', history.skew !== 0],
    ['unhealthy-app', unhealthy !== undefined && unhealthy !== 'never'],
  ];
  return new Set([
    ...history.faults.map(({ name }) => name),
    ...features.filter(([, has]) => has).map(([name]) => name),
  ]);
}

const rarely = (nth: number) => fc.nat({ max: nth - 1 }).map((n) => n === 0);
const mostly = <T>(usual: T, nth: number, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: nth - 1, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const machine: fc.Arbitrary<FleetMachine> = fc
  .record({
    region: fc.constantFrom('fra' as const, 'sin' as const),
    group: mostly<'app' | 'worker'>('app', 4, fc.constant('worker')),
    state: mostly<FleetMachine['state']>('started', 6, fc.constantFrom('stopped', 'suspended', 'created')),
    kind: mostly<FleetMachine['kind']>('released', 10, fc.constantFrom('bare', 'unmanaged')),
    startsLater: fc.constantFrom('standbys' as const, 'schedule' as const, 'skip_launch' as const),
    containers: mostly<readonly string[]>([], 12, fc.constantFrom(['app'], ['app', 'proxy'], ['legacy'])),
    keepsRootfs: rarely(12),
  })
  .map((each) => ({
    ...each,
    startsLater: each.state === 'started' || each.state === 'suspended' ? undefined : each.startsLater,
  }));

const calmFlyctl: fc.Arbitrary<FlyctlPlan> = fc.record({
  kind: fc.constant('ok'),
  at: fc.nat({ max: 4 }),
  takes: fc.integer({ min: 1500, max: 12_000 }),
  prints: fc.boolean(),
});

/** Random histories without faults. */
const calm: fc.Arbitrary<History> = fc
  .record({
    fleet: fc.array(machine, { minLength: 1, maxLength: 5 }),
    image: fc.constantFrom('manifest', 'index', 'nested'),
    reports: mostly<History['reports']>('leaf', 4, fc.constantFrom('top', 'inner')),
    by: fc.constantFrom('tag', 'digest'),
    same: rarely(4),
    staleTag: fc.constant(false),
    flyctl: calmFlyctl,
    flags: mostly<History['flags']>('', 8, fc.constantFrom('--exclude-regions sin', '--process-groups app')),
    faults: fc.constant([]),
    skew: mostly(0, 3, fc.integer({ min: -3_600_000, max: 3_600_000 })),
    dated: fc.nat({ max: 9 }).map((n) => n > 0),
    settleSeconds: fc.oneof(fc.constant(30), fc.integer({ min: 0, max: 60 })),
    rollback: rarely(3),
    unhealthy: mostly<History['unhealthy']>(undefined, 10, fc.constant('never')),
  })
  .map((each) => ({
    ...each,
    by: each.fleet.some(({ containers }) => containers.length > 0) ? 'digest' : each.by,
  }));

const ms = (min: number, max: number) => fc.integer({ min, max });
const places = fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 2 });
const since = fc.constantFrom('now' as const, 'end' as const);
/** Shortly after flyctl exits, before the machines have settled. */
const soon = fc.oneof(fc.constant(0), ms(0, 12_000), ms(0, 12_000));

type Change = (history: History) => History;
const add =
  (...faults: NamedFault[]): Change =>
  (history) => ({ ...history, faults: [...history.faults, ...faults] });

/** A fault of the list of machines: for a moment, for a while, or long enough to hide what is wrong with a machine. */
const listFault = (name: FaultName, more: Partial<NamedFault> = {}): fc.Arbitrary<Change> =>
  fc.oneof(
    fc
      .tuple(places, ms(0, 900))
      .map(([machines, lasts]) => add({ name, since: 'end', machines, lasts, ...more })),
    fc
      .tuple(places, ms(1000, 20_000), ms(100, 6000))
      .map(([machines, at, lasts]) => add({ name, since: 'end', machines, at, lasts, ...more })),
    fc
      .tuple(places, since, soon, ms(0, 90_000))
      .map(([machines, from, at, lasts]) => add({ name, since: from, machines, at, lasts, ...more })),
    // The machine that is not updated is no longer listed, and sometimes not counted either.
    fc
      .tuple(places, ms(0, 2000), fc.boolean())
      .map(([machines, at, counted]) =>
        add(
          { name: 'ignored-update', machines },
          { name, since: 'end', machines, at, ...more },
          ...(counted || name === 'wrong-count'
            ? []
            : [{ name: 'wrong-count' as const, since: 'end' as const, at, more: -machines.length }]),
        ),
      ),
    // A machine is added but never listed.
    fc
      .tuple(ms(0, 5000), ms(1, 5))
      .map(([at, place]) =>
        add(
          { name: 'scale-up', since: 'end', at, image: 'old' },
          { name, since: 'end', at, machines: [place], ...more },
        ),
      ),
  );

const onMachines = (name: FaultName, more: Partial<NamedFault> = {}): fc.Arbitrary<Change> =>
  fc
    .tuple(places, fc.constantFrom('now' as const, 'end' as const, 'end' as const), soon)
    .map(([machines, from, at]) =>
      add({ name, since: from, machines, at: from === 'now' ? at % 1000 : at, ...more }),
    );

const lastingOnMachines = (name: FaultName): fc.Arbitrary<Change> =>
  fc
    .tuple(places, soon, fc.oneof(ms(0, 1800), ms(0, 8000), ms(0, 200_000)))
    .map(([machines, at, lasts]) => add({ name, since: 'end', machines, at, lasts }));

const busyStatus = fc.constantFrom<NonNullable<NamedFault['status']>[]>(
  408,
  429,
  500,
  502,
  503,
  504,
  'reset',
);

/** Ways in which a history can differ, by the feature that they add. */
const changes: Record<Feature, fc.Arbitrary<Change>> = {
  'partial-list': listFault('partial-list'),
  'empty-list': listFault('empty-list'),
  'object-list': listFault('object-list'),
  'paged-list': listFault('paged-list'),
  'wrong-count': listFault('wrong-count'),
  'no-count': fc
    .tuple(
      fc.constantFrom<NonNullable<NamedFault['status']>[]>(403, 404, 500, 503, 'reset'),
      fc.boolean(),
      soon,
      fc.oneof(ms(0, 900), ms(0, 20_000), ms(16_000, 20_000), ms(0, 300_000)),
      rarely(3),
    )
    .map(([status, answered, at, lasts, hides]) =>
      add(
        { name: 'no-count', since: 'end', at, lasts, ...(!answered && { status }) },
        ...(hides
          ? [
              { name: 'scale-up' as const, since: 'end' as const, at, image: 'old' },
              { name: 'partial-list' as const, since: 'end' as const, at, machines: [1, 2, 3, 4, 5] },
            ]
          : []),
      ),
    ),
  'missing-digest': lastingOnMachines('missing-digest'),
  'unreachable-host': lastingOnMachines('unreachable-host'),
  busy: fc
    .tuple(since, soon, fc.oneof(ms(0, 3000), ms(0, 8000), ms(0, 300_000)), busyStatus)
    .map(([from, at, lasts, status]) =>
      add({ name: 'busy', since: from, at: from === 'now' ? 0 : at, lasts, status }),
    ),
  refused: fc
    .tuple(since, soon, ms(0, 20_000), fc.constantFrom(401, 403, 404))
    .map(([from, at, lasts, status]) => add({ name: 'refused', since: from, at, lasts, status })),
  'graphql-down': fc
    .tuple(since, ms(0, 100_000))
    .map(([from, lasts]) => add({ name: 'graphql-down', since: from, lasts })),
  // The first list is incomplete, so the releases matter if flyctl prints none.
  'no-releases': fc
    .tuple(
      fc.constantFrom(true, true, true, false),
      fc.boolean(),
      fc.constantFrom<NamedFault[]>({ name: 'empty-list' }, { name: 'partial-list', machines: [0, 1, 2] }),
      rarely(2),
      places,
    )
    .map(
      ([refused, same, hidden, ignored, machines]): Change =>
        (history) => {
          const faults: NamedFault[] = [
            { ...hidden, lasts: 130 },
            ...(refused ? [{ name: 'no-releases' as const }] : []),
            ...(ignored ? [{ name: 'ignored-update' as const, machines }] : []),
          ];
          const flyctl = { ...history.flyctl, prints: false };
          return add(...faults)({ ...history, flyctl, same: same || history.same });
        },
    ),
  'critical-check': lastingOnMachines('critical-check'),
  'slow-start': fc.tuple(places, fc.oneof(ms(0, 15_000), ms(0, 300_000))).map(
    ([machines, lasts]) =>
      (history) =>
        add({ name: 'slow-start', machines, lasts })(history),
  ),
  'ignored-update': fc.tuple(places, fc.boolean()).map(
    ([machines, same]): Change =>
      (history) =>
        add({ name: 'ignored-update', machines })({ ...history, same: same || history.same }),
  ),
  'no-room': places.map((machines) => add({ name: 'no-room', machines })),
  // The clock of a host is ahead when the machine gets its version, and correct when its process fails.
  'host-clock': fc
    .tuple(
      places,
      ms(0, 20_000),
      ms(1000, 7_200_000),
      fc.constantFrom<(FaultName | undefined)[]>(undefined, undefined, 'crash', 'revert', 'oom', 'autostop'),
      ms(0, 15_000),
    )
    .map(([machines, lasts, more, then, at]) =>
      add(
        { name: 'host-clock', machines, lasts, more },
        ...(then === undefined ? [] : [{ name: then, since: 'end' as const, at, machines }]),
      ),
    ),
  revert: onMachines('revert'),
  'silent-revert': fc.tuple(onMachines('silent-revert'), fc.boolean(), rarely(3)).map(
    ([change, same, bare]): Change =>
      (history) => {
        const changed = change({ ...history, same: same || history.same });
        if (!bare) return changed;
        return { ...changed, fleet: changed.fleet.map((each) => ({ ...each, kind: 'bare' })) };
      },
  ),
  crash: onMachines('crash'),
  'crash-loop': onMachines('crash-loop'),
  oom: onMachines('oom'),
  update: onMachines('update'),
  'other-deploy': fc
    .constantFrom('old', 'meant')
    .chain((image) => onMachines('other-deploy', { image, machines: [0, 1, 2] })),
  'scale-up': fc
    .tuple(fc.constantFrom('now' as const, 'end' as const), soon, fc.constantFrom('meant', 'meant', 'old'))
    .map(([from, at, image]) =>
      add({ name: 'scale-up', since: from, at: from === 'now' ? at % 1000 : at, image }),
    ),
  destroy: fc.tuple(onMachines('destroy'), fc.boolean()).map(
    ([change, forgotten]): Change =>
      (history) => {
        const { faults } = change({ ...history, faults: [] });
        return { ...history, faults: [...history.faults, ...faults.map((each) => ({ ...each, forgotten }))] };
      },
  ),
  autostop: onMachines('autostop'),
  autostart: onMachines('autostart'),
  suspend: onMachines('suspend'),
  'temporary-machine': onMachines('temporary-machine'),
  'stale-tag': fc.constant((history) => ({
    ...history,
    fleet: history.fleet.map((each) => ({ ...each, containers: [] })),
    by: 'tag',
    same: false,
    staleTag: true,
  })),
  'same-image': fc.constant((history) => ({ ...history, same: true })),
  'no-op': fc.boolean().map((same) => (history) => ({
    ...history,
    same,
    flyctl: { ...history.flyctl, kind: 'nothing' },
  })),
  'flyctl-fails': fc.constantFrom('fails' as const, 'killed' as const).map((kind) => (history) => ({
    ...history,
    flyctl: { ...history.flyctl, kind },
  })),
  containers: fc
    .tuple(
      fc.constantFrom('tag' as const, 'digest' as const),
      fc.constantFrom(['app'], ['app', 'proxy'], ['legacy']),
    )
    .map(([by, containers]) => (history) => ({
      ...history,
      by,
      fleet: history.fleet.map((each, n) => (n === 0 ? { ...each, containers } : each)),
    })),
  'persist-rootfs': fc.constant((history) => ({
    ...history,
    fleet: history.fleet.map((each) => ({ ...each, keepsRootfs: true })),
  })),
  'quiet-machine': fc.constant((history) => history),
  'unmanaged-machine': fc.constant((history) => ({
    ...history,
    fleet: history.fleet.map((each, n) => (n === 1 ? { ...each, kind: 'unmanaged' } : each)),
  })),
  'excluded-machines': fc.constant((history) => history),
  'nested-index': fc.constant((history) => ({ ...history, image: 'nested' })),
  'clock-skew': fc.constant((history) => history),
  'unhealthy-app': fc.tuple(soon, ms(0, 300_000)).map(([at, lasts]) => (history) => ({
    ...history,
    unhealthy: { at, lasts },
  })),
};

/** Changes that do not affect the result of a history, as noise. */
const harmless: readonly Feature[] = [
  'autostop',
  'autostart',
  'suspend',
  'temporary-machine',
  'no-room',
  'same-image',
  'persist-rootfs',
];

/** Features that enough histories have anyway. */
const frequent: readonly Feature[] = [
  'clock-skew',
  'excluded-machines',
  'nested-index',
  'persist-rootfs',
  'quiet-machine',
  'same-image',
  'unmanaged-machine',
];
const rare = (Object.keys(changes) as Feature[]).filter((name) => !frequent.includes(name));

const one = (names: readonly Feature[]): fc.Arbitrary<Change> =>
  fc.oneof(...names.map((name) => changes[name]));

/** A deploy with one important feature, and sometimes one more. */
export const history: fc.Arbitrary<History> = fc
  .tuple(
    calm,
    one(rare),
    mostly<Change>((each) => each, 3, one(harmless)),
    mostly<Change>((each) => each, 6, one(rare)),
  )
  .map(([each, ...all]) => all.reduce((changed, change) => change(changed), each))
  .map((each) => {
    const { fleet, flyctl } = each;
    return { ...each, flyctl: { ...flyctl, at: flyctl.at % fleet.length } };
  });

/** A fixed history without faults. */
export const plain: History = {
  fleet: [1, 2].map(() => ({
    region: 'fra',
    group: 'app',
    state: 'started',
    kind: 'released',
    startsLater: undefined,
    containers: [],
    keepsRootfs: false,
  })),
  image: 'index',
  reports: 'leaf',
  by: 'tag',
  same: false,
  staleTag: false,
  flyctl: { kind: 'ok', at: 0, takes: 2000, prints: true },
  flags: '',
  faults: [],
  skew: 0,
  dated: true,
  settleSeconds: 30,
  rollback: false,
  unhealthy: undefined,
};
