import { linksOf } from '../github/links.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { workflowFile } from '../inputs/workspace.ts';
import { readYaml, type Yaml } from '../lib/yaml.ts';
import { namesImage } from '../registry/reference.ts';
import type { Finding } from '../report/finding.ts';
import type { Runtime } from '../runtime.ts';
import { buildFindings, builds } from './build-file.ts';
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
    const words = `Not looked at: the runner does not say which workflow of ${repository} this is (GITHUB_WORKFLOW_REF is "${given}").`;
    return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-unknown', words }];
  }
  const text = rt.readFile(file);
  if (text === undefined) {
    const words = `Not looked at: ${file} is not in the workspace, as the repository was not checked out.`;
    const fix = 'a step before this one:\n- uses: actions/checkout@v7';
    return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-not-checked-out', words, fix }];
  }
  const root = await readYaml(text);
  if ('fault' in root) return [noYaml(file, root)];

  const others = await readAll(rt, file);
  const whole = namesImage(inputs.image);
  const rules: WorkflowRules = {
    file,
    job: env['GITHUB_JOB'] ?? '',
    action: env['GITHUB_ACTION_REPOSITORY'] || undefined,
    branch,
    allowEvents: inputs.allowEvents,
    readsPackages:
      isPrivate !== false && inputs.registryLogin === undefined && inputs.githubLogin !== undefined,
    readsAttestations: inputs.attestation.mode !== 'off',
    workflows: [root, ...others.map((each) => each.root)].map(
      (each, n) => each.get('name').text() ?? others[n - 1]?.file ?? file,
    ),
  };
  const findings = workflowFindings(root, rules);
  if (findings.length === 0) {
    const words = `${file} has what it should: triggers, \`if:\`, \`concurrency:\`, \`permissions:\`, \`environment:\` and its checkout.`;
    findings.push({ area: 'Workflow', mark: 'ok', code: 'workflow-complete', words, at: { file, line: 1 } });
  }

  const named = root.get('on').get('workflow_run').get('workflows').texts();
  const own = { file, name: root.get('name').text() ?? file, root };
  const chosen =
    named.length > 0
      ? others.filter(({ name }) => named.includes(name))
      : [own, ...others].filter((each) => builds(each.root));
  for (const build of chosen) {
    if (builds(build.root)) {
      const found = buildFindings(build.root, {
        ...inputs,
        file: build.file,
        shaTag: whole ? '' : inputs.shaTag,
        onDefaultBranch: inputs.branch === undefined,
      });
      const words = `${build.file} pushes an image for linux/amd64, with labels${whole ? '' : ' and with the tags that `sha-tag` looks for'}.`;
      findings.push(
        ...(found.length > 0
          ? found
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
      const words = `Not looked at: how ${build.file} builds the image, as it has no docker/build-push-action.`;
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
      words: 'Not looked at: no workflow with docker/build-push-action was found below .github/workflows.',
    });
  return findings;
}

/** The other workflows of the repository; those that are no YAML are nobody's build. */
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
  words: `${file} is no YAML that can be read: ${fault}`,
  at: { file, line },
});
