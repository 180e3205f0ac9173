import { linksOf } from '../github/links.ts';
import { appOf } from '../inputs/config-app.ts';
import { readConfig } from '../inputs/fly-config.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { workflowFile } from '../inputs/workspace.ts';
import { UserError } from '../lib/user-error.ts';
import { readYaml, type Yaml } from '../lib/yaml.ts';
import { namesImage } from '../registry/reference.ts';
import { adderOf, type Finding, named } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';
import { buildFindings, builds } from './build-file.ts';
import { otherDeploys } from './deploy-commands.ts';
import { type WorkflowRules, workflowFindings } from './workflow-file.ts';

const folder = '.github/workflows';
const mostFiles = 100;

interface WorkflowFile {
  readonly file: string;
  readonly name: string;
  readonly root: Yaml;
}

/** Reads the workflow that calls this step, and those that build its image, from what is checked out. */
export async function checkWorkflows(
  rt: Runtime,
  inputs: Inputs,
  branch: string,
  isPrivate: boolean | undefined,
): Promise<Finding[]> {
  const { env } = rt;
  const { repository } = linksOf(rt);
  const given = env['GITHUB_WORKFLOW_REF'] ?? '';
  const file = workflowFile(given, repository);
  if (file === undefined) {
    const words = `The workflow was not checked, because the runner does not name a workflow of ${repository}: \`GITHUB_WORKFLOW_REF\` is ${given === '' ? 'empty' : named(given)}.`;
    return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-unknown', words }];
  }
  const text = rt.readFile(file);
  if (text === undefined) {
    const words = `${named(file)} was not checked, because it is not in the workspace.`;
    const fix = 'Check out the repository in a step before this one:\n- uses: actions/checkout@v7';
    return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-not-checked-out', words, fix }];
  }
  const root = await readYaml(text);
  if ('fault' in root) return [noYaml(file, root)];

  const others = await readAll(rt, file);
  const whole = namesImage(inputs.image);
  const config = await configOf(rt);
  const own = { file, name: root.get('name').text() ?? file, root };
  const builders = [own, ...others].filter((each) => builds(each.root));
  const rules: WorkflowRules = {
    file,
    job: env['GITHUB_JOB'] ?? '',
    action: env['GITHUB_ACTION_REPOSITORY'] || undefined,
    branch,
    allowEvents: inputs.allowEvents,
    readsPackages:
      isPrivate !== false && inputs.registryLogin === undefined && inputs.githubLogin !== undefined,
    readsAttestations: inputs.attestation.mode !== 'off',
    writesRecords: inputs.deploymentRecord !== undefined,
    workflows: [own, ...others].map(({ name }) => name),
    builds: builders.filter((each) => each !== own).map(({ name }) => name),
    app: inputs.app,
    config,
  };
  const findings = workflowFindings(root, rules);
  if (findings.length === 0) {
    const words = `The triggers, \`if:\`, \`concurrency:\`, \`permissions:\`, \`environment:\` and checkout of ${named(file)} are as they should be.`;
    findings.push({ area: 'Workflow', mark: 'ok', code: 'workflow-complete', words, at: { file, line: 1 } });
  }

  for (const other of others)
    otherDeploys(other.root, undefined, rules, adderOf('Workflow', other.file, findings));

  const awaited = root.get('on').get('workflow_run').get('workflows').texts();
  const found = others.filter(({ name }) => awaited.includes(name));
  // A name that no workflow has is a finding; the workflows that build are checked anyway.
  const chosen = found.length > 0 ? found : builders;
  for (const build of chosen) {
    if (builds(build.root)) {
      const problems = buildFindings(build.root, {
        ...inputs,
        file: build.file,
        shaTag: whole ? '' : inputs.shaTag,
        onDefaultBranch: inputs.branch === undefined,
      });
      const words = `${named(build.file)} pushes an image for linux/amd64, with labels${whole ? '' : ' and with the tags that `sha-tag` describes'}.`;
      findings.push(
        ...(problems.length > 0
          ? problems
          : [
              {
                area: 'Build',
                mark: 'ok',
                code: 'build-complete',
                words,
                at: { file: build.file, line: 1 },
              } as const,
            ]),
      );
    } else {
      const words = `The build in ${named(build.file)} was not checked, because it has no docker/build-push-action.`;
      findings.push({
        area: 'Build',
        mark: 'skipped',
        code: 'build-not-checked',
        words,
        at: { file: build.file, line: 1 },
      });
    }
  }
  if (chosen.length === 0)
    findings.push({
      area: 'Build',
      mark: 'skipped',
      code: 'build-not-found',
      words:
        'The build was not checked: no file in `.github/workflows` has docker/build-push-action or calls build-image.yml.',
    });
  return findings;
}

/** The config in the workspace and the app that it names. What is wrong with it is another finding. */
async function configOf(rt: Runtime): Promise<{ path: string; app: string } | undefined> {
  try {
    const config = readConfig(rt);
    return config && { path: config.path, app: (await appOf(config, rt.env)).name };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The other workflows of the repository, without those that are not valid YAML. */
async function readAll({ listFolder, readFile }: Runtime, own: string): Promise<WorkflowFile[]> {
  const files: WorkflowFile[] = [];
  const names = listFolder(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  for (const file of names.slice(0, mostFiles).map((name) => `${folder}/${name}`)) {
    const text = file === own ? undefined : readFile(file);
    const root = text === undefined ? undefined : await readYaml(text);
    if (root !== undefined && !('fault' in root))
      files.push({ file, name: root.get('name').text() ?? file, root });
  }
  return files;
}

const noYaml = (file: string, { fault, line }: { fault: string; line: number }): Finding => ({
  area: 'Workflow',
  mark: 'bad',
  code: 'workflow-invalid',
  words: `${named(file)} is not valid YAML: ${fault}`,
  fix: `Correct line ${line} of ${named(file)}.`,
  at: { file, line },
});
