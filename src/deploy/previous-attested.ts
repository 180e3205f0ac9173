import { attestationOf } from '../attestation/attestation.ts';
import { buildRefOf, sourceRefOf } from '../event/build-ref.ts';
import type { Trigger } from '../event/types.ts';
import type { Machine } from '../fly/machine.ts';
import type { ResolvedImage } from '../image/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Recorder } from '../lib/stages.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { formatReference } from '../registry/reference.ts';
import type { Runtime } from '../runtime.ts';
import type { Scope } from '../verify/scope.ts';
import { type NoRollback, type Previous, previousOf, rollbackFlags } from './previous.ts';
import { indexOf, machineOf } from './previous-index.ts';

export interface PreviousDeps {
  /** The image that is about to be deployed. */
  readonly image: ResolvedImage;
  readonly scope: Scope;
  /** The app's machines before the deploy. */
  readonly before: readonly Machine[];
  readonly recorder: Pick<Recorder<object>, 'timed'>;
}

/**
 * Checks before the deploy that a rollback would deploy an attested image: after a failure it is too late for that.
 *
 * @returns why nothing can be rolled back; undefined if a rollback is possible.
 */
export async function attestPrevious(
  rt: Runtime,
  inputs: Inputs,
  trigger: Trigger,
  { image, scope, before, recorder }: PreviousDeps,
): Promise<NoRollback | undefined> {
  const { attestation, rollback, app, flags } = inputs;
  if (attestation.mode === 'off' || rollback === 'false') return undefined;
  const previous = previousOf(before, scope);
  // The rollback reports why there is nothing to deploy again.
  if (!Array.isArray(previous)) return undefined;
  const others = previous.filter(({ digest }) => !image.digests.includes(digest));
  if (others.length === 0) return undefined;

  const ref = sourceRefOf(inputs, trigger, buildRefOf(trigger, rt.env));
  // The running image was built from an earlier tag.
  const wanted = inputs.attestationRef === undefined ? ref.replace(/^(refs\/tags\/).*$/, '$1*') : ref;
  const faults = await recorder.timed('Verify the attestation of what runs', async () => {
    const found: string[] = [];
    for (const each of others) {
      const fault = await faultOf(rt, inputs, each, wanted, { branch: trigger.branch, before });
      if (fault !== undefined) found.push(fault);
    }
    return found;
  });
  if (faults.length === 0) return undefined;
  const runs = others.map(({ reference }) => formatReference(reference)).join(', ');
  const why = `${runs}, which runs now, does not have the attestation that \`attestation\` requires:\n  ${faults.join('\n  ')}`;
  if (attestation.mode === 'warn') {
    rt.log.warning(`A rollback would deploy an image that \`attestation: require\` refuses. ${why}`);
    return undefined;
  }
  const commands = previous.map((each) => commandOf(app, each, flags));
  rt.log.warning(
    `If this deploy fails, it will not be rolled back automatically. ${why}\nTo roll back manually:\n  ${commands.join('\n  ')}`,
  );
  return {
    code: 'previous-not-attested',
    why: `the image that ran before does not have the attestation that \`attestation\` requires. To deploy it anyway: ${commands.map((each) => `\`${each}\``).join(', ')}`,
  };
}

/** Why a running image is not attested; undefined if it is. */
async function faultOf(
  rt: Runtime,
  inputs: Inputs,
  { digest, group }: Previous,
  ref: string,
  context: { readonly branch: string; readonly before: readonly Machine[] },
): Promise<string | undefined> {
  const machine = machineOf({ digest, group }, context.before);
  try {
    const root = machine && (await indexOf(rt, inputs, machine, digest, context.branch));
    await attestationOf(rt, inputs, { digest: root ?? digest, commit: undefined, ref });
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return messageOf(error).split('\n').slice(0, 2).join(' ');
  }
}

/** The command that deploys it manually. */
function commandOf(app: string, previous: Previous, flags: readonly string[]): string {
  const { reference } = previous;
  const words = ['flyctl', 'deploy', '--app', app, '--image', formatReference(reference)];
  const all = [...words, ...rollbackFlags(flags, previous, false)];
  return all
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
