import { UserError } from '../lib/user-error.ts';

/** What the job that found the image handed on, as the other jobs see it. */
export interface Handed {
  /** Whether it found an image, or there is a release for the app's own job to look up. */
  readonly ready: boolean;
  readonly image: string;
  /** What the jobs of the apps are given: `image`, or the repository of a release. */
  readonly given: string;
  readonly digest: string;
  /** The release that the job of the app looks up; '' where the image was found. */
  readonly select: string;
}

/**
 * GitHub drops an output of a job that contains the value of a secret (actions/runner, JobExtension.cs). Without the
 * image's name the action would take the repository's own package, so no app is deployed then, and this says why.
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
    found: `The job that found the image has lost its output ${lost.join(' and ')}. Nothing was deployed.`,
    expected:
      'the image that was found. GitHub drops an output of a job that contains the value of a secret.',
    fix,
  });
}

const fix =
  'store what is part of the image’s name, such as a user name, as a variable and not as a secret: `registry-username: ${{ vars.REGISTRY_USERNAME }}`; and pass secrets by their names in place of `secrets: inherit`.';

/** @returns the fault of an `image` that the calling workflow passes and that is empty. */
export function imageEmpty(defaults: Readonly<Record<string, unknown>>): UserError | undefined {
  if (defaults['image'] !== '') return undefined;
  return new UserError({
    code: 'fleet-image-empty',
    found: '`image` is passed, and is empty.',
    expected:
      'an image. An expression gives nothing where the job before was skipped, or where GitHub dropped its output because it contains the value of a secret.',
    fix: `\`image: ghcr.io/owner/repo\`, or leave \`image\` out for the repository’s own package. Otherwise ${fix}`,
  });
}
