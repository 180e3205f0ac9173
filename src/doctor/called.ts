import type { Yaml } from '../lib/yaml.ts';

/** This project's own workflows, by the names of their files. */
export type CalledWorkflow = 'build-image' | 'deploy-image';

/** The jobs of a workflow that call one of this project's own, from wherever it was taken. */
export const callsOf = (root: Yaml, workflow: CalledWorkflow): Yaml[] =>
  root
    .get('jobs')
    .entries()
    .map(([, job]) => job)
    .filter((job) =>
      new RegExp(`/\\.github/workflows/${workflow}\\.ya?ml(?:@|$)`).test(job.get('uses').text() ?? ''),
    );
