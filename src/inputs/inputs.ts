import { allOf } from '../lib/user-error.ts';
import { type DeployInputs, readDeployInputs } from './deploy.ts';
import { refuseDeployOnly } from './deploy-only.ts';
import { type ImageInputs, readImageInputs } from './image.ts';
import { checkNames } from './names.ts';
import { InputReader, type InputSource } from './read.ts';
import { type RegistryInputs, readRegistryInputs } from './registry.ts';
import type { Selection } from './select.ts';
import { readTargetInputs, type TargetInputs } from './target.ts';
import { readTrustInputs, type TrustInputs } from './trust.ts';
import { readVerifyInputs, type VerifyInputs } from './verify.ts';

export type { DeployInputs, ImageInputs, RegistryInputs, Selection, TargetInputs, TrustInputs, VerifyInputs };

/**
 * All inputs of the step, checked, in six groups; each stage uses only the groups that it needs. Durations are in milliseconds;
 * an input that is empty and has no default is undefined.
 */
export type Inputs = TargetInputs &
  ImageInputs &
  TrustInputs &
  RegistryInputs &
  DeployInputs &
  VerifyInputs & {
    /** Names of inputs that the step was given but does not have. */
    readonly unknown: readonly string[];
  };

/**
 * Reads and checks every input. Reads only the environment and the files that inputs name.
 *
 * @throws UserError with the problems of all inputs.
 */
export async function readInputs(source: InputSource): Promise<Inputs> {
  const reader = new InputReader(source);
  const unknown = checkNames(reader);
  const target = await readTargetInputs(reader);
  const image = readImageInputs(reader);
  const inputs: Inputs = {
    ...target,
    ...image,
    ...(await readTrustInputs(reader)),
    ...readRegistryInputs(reader, image.image.host),
    ...readDeployInputs(reader),
    ...(await readVerifyInputs(reader)),
    // Nothing settles without a deploy.
    ...(target.mode === 'verify' && { settleTime: 0 }),
    unknown,
  };
  if (inputs.mode === 'verify') refuseDeployOnly(reader, inputs.flags);
  for (const name of ['select', 'manual-select'] as const) {
    const selection = name === 'select' ? inputs.select : inputs.manualSelect;
    if (selection?.form === 'running' && selection.app === inputs.app)
      reader.wrong(name, {
        code: 'input-conflict',
        expected: `Another app than "${inputs.app}", which is the app of this step.`,
        fix: `To deploy the newest release of "${inputs.app}" again: \`with: ${name}: release:current\`.`,
      });
  }
  if (inputs.deployBy === 'tag' && inputs.attestation.mode !== 'off')
    reader.wrong('deploy-by', {
      code: 'input-conflict',
      expected:
        'A deploy by digest, because of `attestation`: a tag can move to an image that was not checked.',
      fix: '`with: deploy-by: digest`',
    });
  if (reader.problems.length > 0) throw allOf(reader.problems);
  return Object.freeze(inputs);
}
