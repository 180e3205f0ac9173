import { concurrencyLines } from '../lib/advice.ts';
import type { Yaml } from '../lib/yaml.ts';
import { type AddFinding, adderOf, type Finding, named } from '../report/finding.ts';
import { callsOf } from './called.ts';
import { type DeployRules, otherDeploys } from './deploy-commands.ts';
import { checkSteps, isOurs } from './steps.ts';
import { type TriggerRules, triggerFindings } from './workflow-triggers.ts';

/** What the workflow file is compared with. */
export interface WorkflowRules extends TriggerRules, DeployRules {
  /** Path in the repository. */
  readonly file: string;
  /** Id of the job that this step is in (GITHUB_JOB). */
  readonly job: string;
  /** Whose `uses:` this step is, e.g. `deploy-fly-image/deploy-fly-image`; undefined where the runner does not name it. */
  readonly action: string | undefined;
  /** Whether the job's own token has to read the package. */
  readonly readsPackages: boolean;
  readonly readsAttestations: boolean;
  /** Whether it writes deployment records. */
  readonly writesRecords: boolean;
}

/**
 * Checks the workflow that calls this step. Pure.
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
    otherDeploys(root, undefined, rules, add);
    if (calls.length > 0) return findings;
    const words = `Job ${named(rules.job)} was not checked, because it is in a workflow that ${rules.file} calls.`;
    return [...findings, { area: 'Workflow', mark: 'skipped', code: 'job-not-checked', words }];
  }
  concurrency(root, job, rules, add);
  permissions(root, job, rules, add);
  condition(job, chained, add);
  if (!job.get('environment').there)
    add(
      'warning',
      'environment-missing',
      job,
      `Job ${named(rules.job)} has no \`environment:\`. A secret of an environment is kept from other jobs, and its rules can ask for a review.`,
      'Add this line to the job, and store the token as a secret of the environment:\nenvironment: production',
    );
  checkSteps(job, chained, rules, add);
  otherDeploys(root, rules.job, rules, add);
  return findings;
}

/** The group of a job that deploys one app; an app that GitHub fills in, e.g. from a matrix, gives its own group. */
function groupLines(job: Yaml, { app, action }: WorkflowRules): string {
  const given = job
    .get('steps')
    .items()
    .filter((step) => isOurs(step.get('uses').text() ?? '', action))
    .map((step) => step.get('with').get('app').text() ?? '')
    .find((text) => /^\$\{\{ ?(?:matrix|inputs|vars)\.[\w-]+ ?\}\}$/.test(text));
  return concurrencyLines(given ?? app);
}

function concurrency(root: Yaml, job: Yaml, rules: WorkflowRules, add: AddFinding): void {
  const lines = groupLines(job, rules);
  const set = [job.get('concurrency'), root.get('concurrency')].filter(({ there }) => there);
  const [first] = set;
  if (first === undefined) {
    add(
      'warning',
      'concurrency-missing',
      job,
      'There is no `concurrency:`. Overlapping deploys can leave some machines on each image.',
      `Add these lines to the job:\n${lines}`,
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
        '`cancel-in-progress: true` stops a deploy halfway, which can leave some machines on each image.',
        'Let a deploy finish:\nconcurrency:\n  cancel-in-progress: false',
      );
  }
  const group = first.text() ?? first.get('group').text() ?? '';
  if (/github\.(?:sha|run_id|run_number)\b|head_sha/.test(group))
    add(
      'warning',
      'concurrency-group-per-run',
      first.isMap ? first.get('group') : first,
      'Each run has a separate `concurrency:` group, so deploys can overlap.',
      `Use one group for the app:\n${lines}`,
    );
}

/** deploy-image.yml uses the group `deploy-<app>` for each app: a caller in the same group makes it wait forever. */
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
        `The group ${named(group)} is also the group that \`deploy-image.yml\` uses for this app. Its job would wait for the run that it belongs to.`,
        'Either remove this `concurrency:`. `deploy-image.yml` already keeps deploys of one app from overlapping.\n\nOr use another group:\nconcurrency:\n  group: ${{ github.workflow }}',
      );
  }
}

/** The permissions that a job can need, and why. */
const needs = {
  contents: { permission: 'contents: read', why: 'to read fly.toml and the order of commits' },
  packages: {
    permission: 'packages: read',
    why: 'to pull the image, unless it is public or has another login',
  },
  attestations: { permission: 'attestations: read', why: 'to read the attestation' },
  records: { permission: 'artifact-metadata: write', why: 'to write the deployment record' },
};

function permissions(
  root: Yaml,
  job: Yaml,
  { readsPackages, readsAttestations, writesRecords }: WorkflowRules,
  add: AddFinding,
): void {
  const wanted = [
    needs.contents,
    ...(readsPackages ? [needs.packages] : []),
    ...(readsAttestations ? [needs.attestations] : []),
    ...(writesRecords ? [needs.records] : []),
  ];
  const lines = ['permissions:', ...wanted.map(({ permission }) => `  ${permission}`)].join('\n');
  const set = job.get('permissions').there ? job.get('permissions') : root.get('permissions');
  if (!set.there) {
    add(
      'warning',
      'permissions-missing',
      job,
      'There are no `permissions:`, so a setting of the repository decides what the job’s token can do.',
      `Add these lines to the job:\n${lines}`,
    );
    return;
  }
  if (set.text() === 'write-all')
    add(
      'warning',
      'permissions-write-all',
      set,
      'The job’s token can write everything.',
      `Limit it to these permissions:\n${lines}`,
    );
  const missing = wanted.filter(({ permission }) => {
    const [name = '', level = ''] = permission.split(': ');
    if (set.text() !== undefined) return set.text() === 'read-all' && level === 'write';
    return ![level, 'write'].includes(set.get(name).text() ?? '');
  });
  if (missing.length > 0) {
    const lacks = missing.map(({ permission, why }) => `\`${permission}\` ${why}`).join(' and ');
    const fix = `Give the job these permissions:\n${lines}`;
    const cause = missing.includes(needs.contents) ? needs.contents.permission : undefined;
    add('warning', 'permissions-incomplete', set, `\`permissions:\` lacks ${lacks}.`, fix, cause);
  }
}

function condition(job: Yaml, chained: boolean, add: AddFinding): void {
  if (!chained || /conclusion\s*==\s*['"]success['"]/.test(job.get('if').text() ?? '')) return;
  add(
    'warning',
    'condition-missing',
    job.get('if'),
    'A failed build also starts this job. Such runs are refused.',
    "Add this line to the job:\nif: github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success'",
  );
}
