import type { Log } from '../github/log.ts';
import { emptyOutput } from '../inputs/image-name.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { formatReference } from '../registry/reference.ts';

/** Notices about inputs that are unusual but accepted. */
export function logInputs({ loweredFrom, image, imageIsEmpty, unknown }: Inputs, log: Log): void {
  if (imageIsEmpty)
    log.notice(
      `\`image\` is empty, so the image is ${formatReference(image)}: ${emptyOutput}. To use the default without this notice, remove \`image\` from the step.`,
    );
  if (loweredFrom !== undefined)
    log.notice(`Image names are lower-case, so ${loweredFrom} is read as ${formatReference(image)}.`);
  if (unknown.length > 0) {
    const names = unknown.slice(0, 10).map((name) => JSON.stringify(name));
    log.warning(
      `This action does not have the ${unknown.length === 1 ? 'input' : 'inputs'} ${names.join(', ')}${unknown.length > names.length ? ` and ${unknown.length - names.length} more` : ''}, which ${unknown.length === 1 ? 'is' : 'are'} ignored. Remove ${unknown.length === 1 ? 'it' : 'them'} from \`with:\`, or remove the INPUT_… ${unknown.length === 1 ? 'variable' : 'variables'} from the environment.`,
    );
  }
}
