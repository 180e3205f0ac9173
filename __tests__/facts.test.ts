import { expect, test } from '@jest/globals';
import { Facts, type Results } from '../src/report/facts.ts';
import { stoppedClock } from './factories.ts';

const trigger: Results['trigger'] = { kind: 'manual', event: 'schedule', branch: 'main' };

test('a stage records its result and its time, and returns the result', async () => {
  let now = 1000;
  const facts = new Facts({ now: () => now, sleep: async () => {} });
  const url = await facts.stage('url', 'Ask for the URL', () => {
    now += 70;
    return 'https://app.example';
  });
  expect([url, facts.known.url]).toEqual(['https://app.example', 'https://app.example']);
  expect(facts.stages).toEqual([{ title: 'Ask for the URL', ms: 70, ok: true }]);
});

test('a failed stage records no result, and keeps the earlier ones', async () => {
  const facts = new Facts(stoppedClock());
  facts.keep('trigger', trigger);
  await expect(
    facts.stage('url', 'Ask for the URL', () => Promise.reject(new Error('down'))),
  ).rejects.toThrow('down');
  expect(facts.known).toEqual({ trigger });
  expect(facts.stages).toEqual([{ title: 'Ask for the URL', ms: 0, ok: false }]);
  expect(facts.current).toBe('Ask for the URL');
});

test('no fact is written twice, in either way', async () => {
  const facts = new Facts(stoppedClock());
  facts.keep('trigger', trigger);
  expect(() => facts.keep('trigger', { ...trigger, branch: 'other' })).toThrow('"trigger"');
  await expect(facts.stage('trigger', 'Again', () => trigger)).rejects.toThrow('"trigger"');
  await expect(facts.untimed.stage('trigger', 'Again', () => trigger)).rejects.toThrow('"trigger"');
  expect(facts.known.trigger).toBe(trigger);
});

test('records results even without timing each stage', async () => {
  const facts = new Facts(stoppedClock());
  await facts.untimed.stage('trigger', 'Read the event', () => trigger);
  await facts.untimed.timed('Look', () => {});
  expect([facts.known.trigger, facts.stages]).toEqual([trigger, []]);
});
