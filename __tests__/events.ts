import { expect } from '@jest/globals';
import { readEvent } from '../src/event/trigger.ts';
import type { EventRules, Refusal, Trigger } from '../src/event/types.ts';
import type { ErrorCode } from '../src/lib/error-codes.ts';
import { parseJsonObject } from '../src/lib/json.ts';
import { commitInTag } from '../src/registry/tag-template.ts';
import { expectSentences } from './errors.ts';

// Events of the repository `owner/repo`, and what is decided about them.

export const [built, head] = [
  'abc1234567890abcdef1234567890abcdef12345',
  'fedcba9876543210fedcba9876543210fedcba98',
];
export const repository = { id: 1, full_name: 'owner/repo', default_branch: 'main' };

const run = {
  name: 'Build',
  head_branch: 'main',
  head_sha: built,
  event: 'push',
  conclusion: 'success',
  run_number: 42,
  run_attempt: 1,
  html_url: 'https://github.com/owner/repo/actions/runs/9',
  head_repository: { id: 1, full_name: 'owner/repo' },
};
export const workflowRun = (changes: object = {}, action = 'completed') => ({
  action,
  repository,
  workflow_run: { ...run, ...changes },
});
export const push = { ref: 'refs/heads/main', after: built, deleted: false, repository };

export const read = (event: string, payload: object, rules: Partial<EventRules> = {}) =>
  readEvent(event, parseJsonObject(JSON.stringify(payload), 'the payload'), {
    sha: head,
    ref: undefined,
    names: 'nothing',
    branch: undefined,
    allowEvents: ['push'],
    commit: undefined,
    workflow: 'deploy.yml',
    image: { host: 'ghcr.io', path: 'owner/repo' },
    isSelected: (tag, branch) => tag === branch,
    movingTag: (branch) => branch,
    looksUp: (branch) => branch,
    commitIn: (tag, branch) => commitInTag(tag, '{branch}-{sha}', branch),
    ...rules,
  });

/** Expects the event to be refused for this reason, with these facts. */
export function expectRefusal(
  refusal: Trigger | Refusal,
  code: ErrorCode,
  facts: readonly string[] = [],
): void {
  expect(refusal).toMatchObject({ kind: 'refused', code });
  const text = Object.values(refusal).join('\n');
  for (const fact of facts) expect(text).toContain(fact);
  if (refusal.kind === 'refused') expectSentences(refusal);
}
