import { type Outgoing, sendJson } from '../lib/http.ts';
import { criticalCheck } from './machine.ts';
import type { App, Machine } from './types.ts';

/** Answers a request by a fault of the whole API. @returns whether one did. */
export function answeredByFault(app: App, response: Outgoing): boolean {
  const fault = app.faults.active('refused') ?? app.faults.active('busy');
  if (fault === undefined) return false;
  const { status = fault.name === 'busy' ? 503 : 403 } = fault;
  if (status === 'reset') response.destroy();
  else sendJson(response, status, { error: fault.name === 'busy' ? 'unavailable' : 'unauthorized' });
  return true;
}

/** Answers a request for the app's record by a fault. @returns whether it did. */
export function answeredForCount({ faults }: App, response: Outgoing): boolean {
  const status = faults.active('no-count')?.status;
  if (status === undefined) return false;
  if (status === 'reset') response.destroy();
  else sendJson(response, status, { error: 'unavailable' });
  return true;
}

/** A machine as the API reports it, which can differ from its actual state. */
export function reported(app: App, machine: Machine): object {
  const place = app.machines.indexOf(machine);
  const has = (name: 'missing-digest' | 'unreachable-host' | 'critical-check') =>
    place >= 0 && app.faults.active(name, place, app.machines.length) !== undefined;
  if (has('unreachable-host')) {
    const { config, ...rest } = machine;
    return { ...rest, host_status: 'unreachable', image_ref: {}, config: null, incomplete_config: config };
  }
  const checks = has('critical-check') ? { checks: [criticalCheck] } : {};
  return {
    ...machine,
    ...checks,
    ...(has('missing-digest') && { image_ref: {} }),
    ...app.behavior.report?.(machine),
  };
}

/** Answers with the list of an app's machines that the API shows. @returns the listed IDs. */
export function sendList(app: App, response: Outgoing): string[] {
  const { faults, machines } = app;
  const hidden = (place: number) => faults.active('partial-list', place, machines.length) !== undefined;
  const listed =
    faults.active('empty-list') === undefined ? machines.filter((_, place) => !hidden(place)) : [];
  const list = listed.map((machine) => reported(app, machine));
  if (faults.active('object-list') !== undefined) {
    sendJson(response, 200, { status: 'ok' });
    return [];
  }
  if (faults.active('paged-list') !== undefined) {
    sendJson(response, 200, { machines: list.slice(0, 1), next_cursor: 'bmV4dA' });
    return [];
  }
  sendJson(response, 200, list);
  return listed.map(({ id }) => id);
}

/** The number of machines in the app's record; undefined if the record lacks it. */
export function countOf({ faults, machines }: App): number | undefined {
  if (faults.active('no-count') !== undefined) return undefined;
  const wrong = faults.active('wrong-count');
  return machines.length + (wrong === undefined ? 0 : (wrong.more ?? 1));
}
