import type { FaultName, NamedFault } from '../../sandbox/fly/faults.ts';
import type { FleetMachine, History } from './history.ts';
import type { Ending } from './world.ts';

/*
 * The required result of a history.
 *
 * - success ⇒ the law held at the last list, and each machine had settled by the platform's own clock.
 * - the law did not hold ⇒ failure. (The contrapositive.)
 * - every fault passes within the step's documented patience (`mustSucceed`) ⇒ success, and soon.
 * - the law held at the last list, and the step failed ⇒ the code of its error matches something in the history that cannot
 *   be determined, or that the step must not overlook.
 * - rolled back ⇒ every machine runs what ran before.
 */

/** Faults that a step must tolerate at any time. */
const always: readonly FaultName[] = [
  'autostop',
  'autostart',
  'suspend',
  'temporary-machine',
  'no-room',
  'host-clock',
];

/** The longest wait beyond the settle time in a history that must succeed, in milliseconds. */
const patience = 45_000;

/** Whether the step must succeed in this history. */
export function mustSucceed(history: History): boolean {
  const { fleet, flyctl, faults, by, staleTag, unhealthy } = history;
  const managed = fleet.filter((machine) => isSelected(machine, history));
  const waits = faults.filter(({ name }) => !always.includes(name));
  return (
    managed.length > 0 &&
    flyctl.kind === 'ok' &&
    (unhealthy === undefined || unhealthy === 'never') &&
    // A container is verified by the digest in its reference. After a deploy or an autoscaler by tag, there is none.
    (managed.every(({ containers }) => containers.length === 0) ||
      (by === 'digest' && faults.every(({ name }) => name !== 'scale-up'))) &&
    managed.every(({ containers }) => !containers.includes('legacy')) &&
    // Waiting for two faults, or for one beside a second deploy, can take longer than for one.
    waits.length <= (staleTag ? 0 : 1) &&
    waits.every((fault) => passes(fault, history, managed.length)) &&
    // flyctl cannot distinguish an unknown machine from a destroyed one.
    (!staleTag || faults.every(({ name }) => name !== 'no-room'))
  );
}

const isSelected = ({ kind, region, group }: FleetMachine, { flags }: History): boolean =>
  kind !== 'unmanaged' &&
  (flags !== '--exclude-regions sin' || region !== 'sin') &&
  (flags !== '--process-groups app' || group === 'app');

/** Whether this fault passes in time, or does not affect the deploy. */
function passes(fault: NamedFault, { settleSeconds }: History, managed: number): boolean {
  const { name, since, at = 0, lasts = Number.POSITIVE_INFINITY, machines = [0] } = fault;
  const settle = settleSeconds * 1000;
  if (since === 'now') {
    switch (name) {
      // Before flyctl makes its release, events of an older version are ignored.
      case 'crash':
      case 'crash-loop':
      case 'oom':
      case 'revert':
      case 'silent-revert':
      case 'update':
        return true;
      case 'busy':
        return lasts <= 3000;
      default:
        return false;
    }
  }
  switch (name) {
    case 'graphql-down':
      return true;
    case 'scale-up':
      return fault.image === 'meant';
    case 'destroy':
      return machines.length < managed;
    case 'busy':
      return lasts <= 8000;
    case 'no-count':
      return lasts <= 20_000;
    case 'partial-list':
    case 'empty-list':
    case 'wrong-count':
      // It ends before the second check, or starts after the first and ends before the settling machines are overdue.
      return at + lasts <= 900 || (at >= 1000 && lasts <= 6000);
    case 'missing-digest':
    case 'unreachable-host':
      // The step requests three answers, a second apart.
      return lasts <= 1800;
    case 'critical-check':
      return lasts <= 8000;
    case 'slow-start':
      return lasts <= Math.max(settle, 15_000);
    default:
      return false;
  }
}

/** The codes with which a step can fail although the law held at the last list, by the features of the history. */
const codes: Partial<Record<FaultName, readonly string[]>> = {
  'partial-list': ['machines-lost', 'machines-list-incomplete', 'machines-none', 'deploy-release-unknown'],
  'empty-list': ['machines-lost', 'machines-list-incomplete', 'machines-none', 'deploy-release-unknown'],
  'wrong-count': ['machines-list-incomplete'],
  'no-count': ['machines-count-unknown'],
  'no-releases': ['deploy-release-unknown'],
  'object-list': ['machines-list-invalid'],
  'paged-list': ['machines-list-paged'],
  'missing-digest': ['machines-digest-unknown'],
  'unreachable-host': ['machines-unreachable'],
  busy: ['fly-unavailable', 'fly-rate-limited', 'fly-unreachable', 'machines-count-unknown'],
  refused: ['fly-unauthorized', 'fly-app-not-found', 'machines-count-unknown'],
  // A check can see it, although it ends before the next list.
  'critical-check': ['machines-unhealthy'],
};

/** @param must whether it must be a success. @returns why the result of a history is wrong; undefined if it is correct. */
export function objection(history: History, ending: Ending, must = mustSucceed(history)): string | undefined {
  const {
    success,
    code = '',
    witness,
    exits,
    outputs,
    errors,
    warnings,
    isBack,
    watched,
    wrongAfter,
  } = ending;
  const { wrong, unsettled } = witness;
  if (errors.length !== (success ? 0 : 1)) return `it has ${errors.length} errors`;
  if (outputs['verified'] !== String(success)) return `the output verified is ${outputs['verified']}`;
  if (outputs['rolled-back'] === 'true' && (success || !isBack)) return 'it was not rolled back';
  if ((outputs['state'] === 'deployed') !== success) return `the state is ${outputs['state']}`;
  if ((outputs['state'] === 'rolled-back') !== (outputs['rolled-back'] === 'true'))
    return `the state is ${outputs['state']}, and rolled-back is ${outputs['rolled-back']}`;
  if (success) {
    if (exits.some((status) => status !== 0)) return 'it succeeded after flyctl had failed';
    if (wrong !== undefined) return `it succeeded, and ${wrong}`;
    if (ending.blank.length > 0) return `it succeeded without knowing what ${ending.blank} runs`;
    if (unsettled.length > 0) return `it succeeded before ${unsettled} had settled`;
    const keeps = history.fleet.some((machine) => machine.keepsRootfs && isSelected(machine, history));
    // No warning is required for a machine that was destroyed, added or never listed.
    const steady = history.faults.every(
      ({ name }) => !['destroy', 'scale-up', 'partial-list', 'empty-list'].includes(name),
    );
    if (steady && warnings.some((text) => text.includes('persist_rootfs')) !== keeps)
      return `${keeps ? 'nothing warns' : 'something warns'} of a root file system that outlives updates`;
    const late = watched - history.settleSeconds * 1000;
    return must && late > patience ? `it succeeded ${late} ms after it could` : undefined;
  }
  if (must) return `it failed with ${code}, and nothing was amiss`;
  if (wrong !== undefined || exits.some((status) => status !== 0)) return undefined;
  // The answer for a single machine is newer than the list.
  if (wrongAfter !== undefined) return undefined;
  // Then each machine decides which of two releases is the step's.
  const { kind, prints } = history.flyctl;
  if ((!prints || kind === 'nothing') && history.faults.some(({ name }) => name === 'other-deploy'))
    return undefined;
  // During a rollback, the list is compared with what ran before.
  if (history.rollback && exits.length > 1) return undefined;
  const allowed = [
    ...history.faults.flatMap(({ name }) => codes[name] ?? []),
    ...(history.unhealthy === undefined ? [] : ['health-failed', 'health-unreachable']),
    ...(history.fleet.some(({ containers }) => containers.length > 0) ? ['containers-unverifiable'] : []),
  ];
  return allowed.includes(code) ? undefined : `it failed with ${code} after ${watched} ms, and the law held`;
}
