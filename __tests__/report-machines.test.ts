import { expect, test } from '@jest/globals';
import { machinesBefore } from '../src/report/machines.ts';
import { digestOf, makeMachine } from './factories.ts';

test('of thousands of machines before a deploy, a report has as many as the output would, and counts the others', () => {
  const machines = Array.from({ length: 5000 }, (_, n) =>
    makeMachine({ id: `m${n}`, digest: digestOf('0') }),
  );
  const { list, omitted } = machinesBefore(machines);
  expect(JSON.stringify(list).length).toBeLessThanOrEqual(400_001);
  expect(list.length + omitted).toBe(5000);
  expect(omitted).toBeGreaterThan(0);
  expect(list[0]).toMatchObject({ id: 'm0', digest: digestOf('0') });
});

test('a hostile text of a machine is cut', () => {
  const { list } = machinesBefore([makeMachine({ name: 'x'.repeat(100_000) })]);
  expect(JSON.stringify(list).length).toBeLessThan(2000);
});
