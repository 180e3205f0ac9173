import type { Yaml } from '../lib/yaml.ts';
import { type AddFinding, named } from '../report/finding.ts';

/** Anything with an expression in it is known to GitHub alone. */
export const isExpression = (text: string | undefined): boolean => text?.includes('${{') === true;

/** Whether a step is one of this action, whatever its fork is called. */
export const isOurs = (uses: string, action: string | undefined): boolean =>
  (action !== undefined && uses.toLowerCase().startsWith(`${action.toLowerCase()}@`)) ||
  /^[\w.-]+\/deploy-fly-image@/.test(uses);

/** Releases of actions that a job which deploys has, as this project's own pages name them. */
const releases: Readonly<Record<string, string>> = {
  'actions/checkout': 'v7',
  'docker/build-push-action': 'v7',
  'docker/login-action': 'v4',
  'docker/metadata-action': 'v6',
  'docker/setup-buildx-action': 'v4',
  'docker/setup-qemu-action': 'v4',
  'superfly/flyctl-actions/setup-flyctl': '1.6',
};

/** Checks the steps of the job: where its actions come from, what is checked out, and where the token is. */
export function checkSteps(
  job: Yaml,
  chained: boolean,
  { action }: { readonly action: string | undefined },
  add: AddFinding,
): void {
  for (const step of job.get('steps').items()) {
    const used = step.get('uses');
    const uses = used.text() ?? '';
    const [name = '', ref = ''] = uses.split('@');
    if (/^(?:main|master|HEAD|latest)$/.test(ref))
      add(
        'warning',
        'action-of-a-branch',
        used,
        `${named(name)} is taken from its branch ${named(ref)}. Anyone who can push to that branch can run code in a job that has the token.`,
        releaseOf(name, isOurs(uses, action)),
      );
    if (name === 'actions/checkout' && chained) {
      const wanted = step.get('with').get('ref');
      if (!/head_sha/.test(wanted.text() ?? ''))
        add(
          'warning',
          'checkout-of-head',
          wanted.there ? wanted : used,
          'On `workflow_run`, this step checks out the newest commit of the default branch. Its fly.toml can be newer than the image.',
          'Check out the commit that was built:\n- uses: actions/checkout@v7\n  with:\n    ref: ${{ github.event.workflow_run.head_sha || github.sha }}',
        );
    }
    const token = step.get('with').get('fly-api-token');
    if (isOurs(uses, action) && token.text() !== undefined && !isExpression(token.text()))
      add(
        'bad',
        'token-in-workflow',
        token,
        'The Fly.io token is in the workflow file, so everyone who can read the repository has it.',
        'Revoke the token, and store a new one as a secret:\nwith:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}',
      );
  }
}

/** The release to use in place of a branch, where it is known. */
function releaseOf(name: string, ours: boolean): string {
  const known = ours ? 'v1' : Object.hasOwn(releases, name) ? releases[name] : undefined;
  if (known !== undefined) return `Use a release, or its commit:\nuses: ${name}@${known}`;
  const [, repository] = /^([\w.-]+\/[\w.-]+)(?:\/|$)/.exec(name) ?? [];
  return `Use a release, or its commit${repository === undefined ? '' : ` (https://github.com/${repository}/releases)`}.`;
}
