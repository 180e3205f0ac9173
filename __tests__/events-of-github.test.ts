import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { chinese, english, eventTable } from '../scripts/docs/events.ts';
import { events, otherEvents } from '../src/event/events.ts';
import { readEvent } from '../src/event/trigger.ts';
import { parseJsonObject } from '../src/lib/json.ts';

// Every event that can start a workflow either deploys, with a row in the README, or is refused with advice.

const fixture: { source: string; events: string[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'github-events.json'), 'utf8'),
);
const built = 'abc1234567890abcdef1234567890abcdef12345';

test('lists the same events as GitHub’s own workflow parser', () => {
  const file = '../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json';
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
  const known = Object.keys(schema.definitions['on-mapping-strict'].mapping.properties);
  expect(known.sort()).toEqual(fixture.events);
});

test('every event either deploys or is listed as one that does not', () =>
  expect([...Object.keys(events), ...Object.keys(otherEvents)].sort()).toEqual(fixture.events));

describe.each([
  ['README.md', english],
  ['README.zh-CN.md', chinese],
])('the table of %s', (file, words) => {
  const page = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  test('is made from the code by `npm run docs`', () =>
    // Only whether it is there: the page is too long for a message.
    expect(page.includes(eventTable(words))).toBe(true));
  test.each(Object.entries(events))('has %s with its actions and codes', (name, facts) => {
    const row = eventTable(words)
      .split('\n')
      .find((line) => line.split('|')[1]?.includes(`\`${name}\``));
    const actions: readonly string[] = 'actions' in facts ? facts.actions : [];
    for (const each of [...actions, ...facts.commit, ...facts.refuses]) expect(row).toContain(`\`${each}\``);
  });
});

describe.each(Object.keys(otherEvents))('%s', (event) => {
  const read = (payload: object = {}) =>
    readEvent(
      event,
      parseJsonObject(
        JSON.stringify({
          repository: { id: 1, full_name: 'owner/repo', default_branch: 'main' },
          ...payload,
        }),
        'the payload',
      ),
      {
        sha: built,
        ref: 'refs/heads/main',
        names: 'something',
        branch: undefined,
        commit: built,
        workflow: 'deploy.yml',
        allowEvents: ['push', event],
        image: { host: 'ghcr.io', path: 'owner/repo' },
        isSelected: () => true,
        movingTag: (branch) => branch,
        looksUp: (branch) => branch,
        commitIn: () => undefined,
      },
    );
  test('is refused whatever the inputs are, with a line of advice', () => {
    const refusal = read();
    expect(refusal).toMatchObject({ kind: 'refused', code: 'event-unknown' });
    if (refusal.kind !== 'refused') return;
    expect(refusal.found).toContain(event);
    expect(refusal.fix).toMatch(/`(?:on: \w+|gh )[^`]*`/);
  });
});
