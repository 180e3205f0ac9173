import { allOf } from '../lib/user-error.ts';
import { type DeployInputs, readDeployInputs } from './deploy.ts';
import { type ImageInputs, readImageInputs } from './image.ts';
import { InputReader, type InputSource } from './read.ts';
import { type RegistryInputs, readRegistryInputs } from './registry.ts';
import { readTargetInputs, type TargetInputs } from './target.ts';
import { readTrustInputs, type TrustInputs } from './trust.ts';
import { readVerifyInputs, type VerifyInputs } from './verify.ts';

export type { DeployInputs, ImageInputs, RegistryInputs, TargetInputs, TrustInputs, VerifyInputs };

/**
 * All inputs of the step, checked, in six groups; a stage takes the groups that it needs. Durations are milliseconds; an
 * input that is empty and has no default is undefined.
 */
export type Inputs = TargetInputs & ImageInputs & TrustInputs & RegistryInputs & DeployInputs & VerifyInputs;

/** Secrets as they were given, for masking before anything else is read. Empty ones are not in the list. */
export function secretsOf({ input, env }: InputSource): string[] {
  const given = [
    input('fly-api-token'),
    env['FLY_API_TOKEN'],
    input('registry-password'),
    input('github-token'),
  ];
  return given.filter((secret): secret is string => secret !== undefined && secret !== '');
}

/**
 * Reads and checks every input. Only the environment and the files that inputs name are read.
 *
 * @throws UserError with everything that is wrong with any input.
 */
export async function readInputs(source: InputSource): Promise<Inputs> {
  const reader = new InputReader(source);
  const target = await readTargetInputs(reader);
  const image = readImageInputs(reader);
  const inputs: Inputs = {
    ...target,
    ...image,
    ...readTrustInputs(reader),
    ...readRegistryInputs(reader, image.image.host),
    ...readDeployInputs(reader),
    ...readVerifyInputs(reader),
  };
  if (reader.problems.length > 0) throw allOf(reader.problems);
  return Object.freeze(inputs);
}
