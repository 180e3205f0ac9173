import { concurrencyLines } from '../lib/advice.ts';
import type { Yaml } from '../lib/yaml.ts';
import { type AddFinding, adderOf, type Finding } from '../report/finding.ts';
import { callsOf } from './called.ts';
import { type TriggerRules, triggerFindings } from './workflow-triggers.ts';

/** What the workflow file is held against. */
export interface WorkflowRules extends TriggerRules {
  /** Path in the repository. */
  readonly file: string;
  /** Id of the job that this step is in (GITHUB_JOB). */
  readonly job: string;
  /** Whose `uses:` this step is, e.g. `deploy-fly-image/deploy-fly-image`; undefined where the runner does not say. */
  readonly action: string | undefined;
  /** Whether the job's own token has to read the package. */
  readonly readsPackages: boolean;
  readonly readsAttestations: boolean;
}

/** Anything with an expression in it is known to GitHub alone. */
export const isExpression = (text: string | undefined): boolean => text?.includes('${{') === true;

/**
 * Looks at the workflow that calls this step. Pure.
 *
 * Facts: "Workflow syntax for GitHub Actions" and "Events that trigger workflows" of GitHub's docs.
 */
export function workflowFindings(root: Yaml, rules: WorkflowRules): Finding[] {
  const findings: Finding[] = [];
  const add = adderOf('Workflow', rules.file, findings);
  triggerFindings(root.get('on'), rules, add);
  const job = root.get('jobs').get(rules.job);
  const chained = root.get('on').get('workflow_run').there || root.get('on').texts().includes('workflow_run');
  if (!job.isMap || job.get('uses').there) {
    // The called workflow has its own jobs: what it cannot say of itself is here.
    const calls = callsOf(root, 'deploy-image');
    for (const call of calls) {
      ownGroup(root, call, add);
      permissions(root, call, rules, add);
      condition(call, chained, add);
    }
    if (calls.length > 0) return findings;
    const words = `Not looked at: job "${rules.job}" is not written in ${rules.file}, but in a workflow that it calls.`;
    return [...findings, { area: 'Workflow', mark: 'skipped', code: 'job-not-checked', words }];
  }
  concurrency(root, job, add);
  permissions(root, job, rules, add);
  condition(job, chained, add);
  if (!job.get('environment').there)
    add(
      'warning',
      'environment-missing',
      job,
      `Job "${rules.job}" has no \`environment:\`, which keeps the secret from every other job, and may ask for a review.`,
      'environment: production',
    );
  steps(job, chained, rules, add);
  return findings;
}

function concurrency(root: Yaml, job: Yaml, add: AddFinding): void {
  const set = [job.get('concurrency'), root.get('concurrency')].filter(({ there }) => there);
  const [first] = set;
  if (first === undefined) {
    add(
      'warning',
      'concurrency-missing',
      job,
      'There is no `concurrency:`: two deploys at once leave machines on both images.',
      concurrencyLines(),
    );
    return;
  }
  for (const each of set) {
    const cancel = each.get('cancel-in-progress');
    if (/^true$/i.test(cancel.text() ?? ''))
      add(
        'warning',
        'concurrency-cancels',
        cancel,
        '`cancel-in-progress` ends a deploy half-way, and leaves machines on both images.',
        concurrencyLines(),
      );
  }
  const group = first.text() ?? first.get('group').text() ?? '';
  if (/github\.(?:sha|run_id|run_number)\b|head_sha/.test(group))
    add(
      'warning',
      'concurrency-group-per-run',
      first.isMap ? first.get('group') : first,
      'The group of `concurrency:` is another one for each run, so two deploys can be at once.',
      concurrencyLines(),
    );
}

/** deploy-image.yml has the group `deploy-<app>` for each app: who has it already makes it wait for ever. */
function ownGroup(root: Yaml, call: Yaml, add: AddFinding): void {
  const given = call.get('with');
  const apps = [
    ...`${given.get('app').text() ?? ''} ${given.get('apps').text() ?? ''}`.matchAll(/[a-z0-9-]+/g),
  ];
  for (const set of [call.get('concurrency'), root.get('concurrency')].filter(({ there }) => there)) {
    const group = set.text() ?? set.get('group').text() ?? '';
    if (apps.some(([app]) => group === `deploy-${app}`))
      add(
        'bad',
        'concurrency-group-taken',
        set.isMap ? set.get('group') : set,
        `The group "${group}" is the one that deploy-image.yml has for this app: its job would wait for the run that it is in.`,
        'take this `concurrency:` away; deploys of one app take turns without it',
      );
  }
}

function permissions(
  root: Yaml,
  job: Yaml,
  { readsPackages, readsAttestations }: WorkflowRules,
  add: AddFinding,
): void {
  const wanted = [
    'contents',
    ...(readsPackages ? ['packages'] : []),
    ...(readsAttestations ? ['attestations'] : []),
  ];
  const lines = ['permissions:', ...wanted.map((name) => `  ${name}: read`)].join('\n');
  const set = job.get('permissions').there ? job.get('permissions') : root.get('permissions');
  if (!set.there) {
    add(
      'warning',
      'permissions-missing',
      job,
      'There are no `permissions:`: what the job’s token may is then a setting of the repository.',
      lines,
    );
    return;
  }
  if (set.text() === 'write-all')
    add('warning', 'permissions-write-all', set, 'The job’s token may write everything.', lines);
  if (set.text() !== undefined) return;
  const missing = wanted.filter((name) => !['read', 'write'].includes(set.get(name).text() ?? ''));
  const why: Record<string, string> = {
    contents: 'to read fly.toml and the order of commits',
    packages: 'to pull the image, unless it is public or another login is given',
    attestations: 'to read the attestation',
  };
  if (missing.length > 0) {
    const needs = missing.map((name) => `\`${name}: read\` ${why[name]}`).join(' and ');
    add('warning', 'permissions-incomplete', set, `\`permissions:\` lacks ${needs}.`, lines);
  }
}

function condition(job: Yaml, chained: boolean, add: AddFinding): void {
  if (!chained || /conclusion\s*==\s*['"]success['"]/.test(job.get('if').text() ?? '')) return;
  add(
    'warning',
    'condition-missing',
    job.get('if'),
    'A build that failed starts this job too, and such a run is refused.',
    "if: github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success'",
  );
}

function steps(job: Yaml, chained: boolean, { action }: WorkflowRules, add: AddFinding): void {
  const isOurs = (uses: string) =>
    (action !== undefined && uses.toLowerCase().startsWith(`${action.toLowerCase()}@`)) ||
    /^[\w.-]+\/deploy-fly-image@/.test(uses);
  for (const step of job.get('steps').items()) {
    const used = step.get('uses');
    const uses = used.text() ?? '';
    const [name = '', ref = ''] = uses.split('@');
    if (/^(?:main|master|HEAD|latest)$/.test(ref))
      add(
        'warning',
        'action-of-a-branch',
        used,
        `${name} is taken from its branch "${ref}": whoever changes it runs in a job that holds the token.`,
        `uses: ${name}@ a release’s tag, or better its commit`,
      );
    if (name === 'actions/checkout' && chained) {
      const wanted = step.get('with').get('ref');
      if (!/head_sha/.test(wanted.text() ?? ''))
        add(
          'warning',
          'checkout-of-head',
          wanted.there ? wanted : used,
          'On `workflow_run` this checks out the default branch’s head, whose fly.toml may be newer than the image.',
          '- uses: actions/checkout@v7\n  with:\n    ref: ${{ github.event.workflow_run.head_sha || github.sha }}',
        );
    }
    const token = step.get('with').get('fly-api-token');
    if (isOurs(uses) && token.text() !== undefined && !isExpression(token.text()))
      add(
        'bad',
        'token-in-workflow',
        token,
        'The Fly.io token is written into the workflow: everybody who reads the repository has it. Revoke it.',
        'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}',
      );
  }
}
