import { UserError } from '../lib/user-error.ts';

/** The outputs of the job that found the image, as the other jobs see them. */
export interface Handed {
  /** Whether it found an image, or the app's job has to look up a release. */
  readonly ready: boolean;
  readonly image: string;
  /** The image that the jobs of the apps get: `image`, or the repository of a release. */
  readonly given: string;
  readonly digest: string;
  /** The release that the job of the app looks up; '' if the image was found. */
  readonly select: string;
}

/**
 * GitHub drops an output of a job that contains the value of a secret (actions/runner, JobExtension.cs). Without the
 * image's name, the action would use the repository's own package, so no app is deployed.
 */
export function imageLost({ ready, image, given, digest, select }: Handed): UserError | undefined {
  if (!ready) return undefined;
  const lost = [
    ...(given === '' || (select === '' && image === '') ? ['`image`'] : []),
    ...(select === '' && digest === '' ? ['`digest`'] : []),
  ];
  if (lost.length === 0) return undefined;
  return new UserError({
    code: 'fleet-image-empty',
    found: `The output ${lost.join(' and ')} of the job that found the image is empty. Nothing was deployed.`,
    expected:
      'The image that the job found. GitHub removes a job’s output if it contains the value of a secret.',
    fix,
  });
}

const fix =
  'Store parts of the image’s name, such as a user name, as variables instead of secrets (`registry-username: ${{ vars.REGISTRY_USERNAME }}`), and pass secrets by name instead of `secrets: inherit`.';

/** @returns the error of an empty `image` that the calling workflow passes. */
export function imageEmpty(defaults: Readonly<Record<string, unknown>>): UserError | undefined {
  if (defaults['image'] !== '') return undefined;
  return new UserError({
    code: 'fleet-image-empty',
    found: 'The calling workflow passes an empty `image`.',
    expected:
      'An image. An expression is empty if the earlier job was skipped, or if GitHub removed its output because it contains the value of a secret.',
    fix: `Set \`image: ghcr.io/owner/repo\`, or remove \`image\` to use the repository’s package. If a secret is the reason: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`,
  });
}
