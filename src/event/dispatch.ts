import type { Json } from '../lib/json.ts';
import { commitOf, type Trigger } from './types.ts';

/** A person or a schedule started the run: no commit is named. */
export const readManual = (event: string, branch: string): Trigger => ({ kind: 'manual', event, branch });

/** Another program started the run, and may name the commit in `client_payload.sha`. */
export function readRepositoryDispatch(payload: Json, branch: string): Trigger {
  const event = 'repository_dispatch';
  const sha = payload.get('client_payload').get('sha');
  return sha.value === undefined || sha.value === null
    ? readManual(event, branch)
    : { kind: 'automatic', event, commit: commitOf(sha), branch };
}

/** Whoever may create a deployment may write; its ref may be a commit, and is not needed. */
export const readDeployment = (payload: Json, branch: string): Trigger => ({
  kind: 'automatic',
  event: 'deployment',
  commit: commitOf(payload.get('deployment').get('sha')),
  branch,
});
