import { managed } from '../../verify/compare.ts';
import type { Outcome } from '../outcome.ts';
import type { View } from '../view.ts';
import { allRun, troubleOf } from './condition.ts';
import { code } from './markdown.ts';
import { imageName } from './names.ts';

// The heading of a run that compared what runs with what should run.

/** What runs, and how it differs. */
export function compared({ drift, error }: Extract<Outcome, { kind: 'compared' }>, view: View): string {
  const { machines = [] } = view;
  const running = runningNow(view);
  if (error === undefined) return `${running}${excluded(view)}`;
  switch (drift) {
    case 'none':
      return (
        troubleOf(view) ??
        `${running}, but ${error.code === 'health-failed' ? 'the health check failed' : 'the app could not be reached'}`
      );
    case 'busy':
      return `busy: a deploy is in progress; ${running}`;
    case 'unreachable':
      return `unknown: ${view.machines === undefined ? 'Fly.io does not answer' : running}`;
    case 'missing-machines':
      return managed(machines).length === 0
        ? 'drift: the app has no machine that deploys manage'
        : `drift: machines are missing from Fly.io’s list, which has ${machines.length}`;
    case 'moved-tag': {
      const tag = view.known.image?.tag;
      if (view.machines === undefined) return 'drift: the release’s tag names another image now';
      return `drift: ${running}${tag === undefined ? '' : `; ${code(tag)} names another image now`}`;
    }
    case 'mixed':
    case 'other-image':
      return `drift: ${running}`;
  }
}

/** What the machines run, those with another image first. */
function runningNow(view: View): string {
  if (managed(view.machines ?? []).length === 0) return 'the app has no machine that deploys manage';
  return troubleOf(view) ?? allRun(view, imageName(view));
}

function excluded({ machines = [] }: View): string {
  const count = machines.length - managed(machines).length;
  return count === 0 ? '' : `; ${count} ${count === 1 ? 'is' : 'are'} excluded by \`flags\``;
}
