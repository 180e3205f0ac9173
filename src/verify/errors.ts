import { failureWords, waitWords } from '../fly/trouble.ts';
import { concurrencyLines } from '../lib/advice.ts';
import { counted } from '../lib/format.ts';
import { UserError, type UserErrorParts } from '../lib/user-error.ts';
import { type CheckedMachine, type Expectation, isHealthy } from './compare.ts';

/** Names each machine that is not healthy, its region, both digests, and what to do about it. */
export function notVerified(
  machines: readonly CheckedMachine[],
  expected: Expectation,
  when: string,
): UserError {
  const [first] = machines;
  if (first === undefined) {
    return new UserError({
      code: 'machines-none',
      found: `The app has no machine that this deploy is for, ${when}.`,
      expected: 'one or more machines on the image that was deployed.',
      fix: 'look at `fly machine list`: a machine that `fly machine run` made is not touched by deploys, and `flags` may leave others out.',
    });
  }
  const wrong = machines.filter((machine) => !isHealthy(machine));
  const { digest, digests: accepted } = expected.of(wrong[0] ?? first);
  const platformDigest = accepted.at(-1) ?? digest;
  const digests =
    digest === platformDigest ? digest : `${digest} (index) or ${platformDigest} (its linux/amd64 image)`;
  const others = wrong.filter(({ runsImage }) => !runsImage).length;
  const what = others > 0 ? 'not run the image' : 'not well';
  const count = others > 0 ? others : wrong.length;
  const verb = others > 0 ? (count === 1 ? 'does' : 'do') : count === 1 ? 'is' : 'are';
  return new UserError({
    ...remedy(wrong),
    found: `${count} of ${counted(machines.length, 'machine')} ${verb} ${what}, ${when}:${wrong.slice(0, 20).map(lineOf).join('')}${wrong.length > 20 ? `\n  and ${wrong.length - 20} more` : ''}`,
    expected: `every machine on ${digests}, well, and of release ${expected.releaseVersion ? `v${expected.releaseVersion}` : 'this deploy'}.`,
  });
}

function lineOf({
  id,
  region,
  state,
  digest,
  image,
  host,
  failure,
  waitingFor,
  supersededBy,
}: CheckedMachine): string {
  const why = [
    failure && failureWords(failure),
    supersededBy && `it is of release v${supersededBy}, which another deploy made meanwhile`,
    waitingFor && waitWords(waitingFor),
    host !== 'ok' && `its host is ${host}`,
  ].filter((each) => typeof each === 'string');
  const runs = digest === undefined ? 'an image whose digest is not reported' : digest;
  return `\n  machine ${id} in ${region} (${state}) runs ${runs}${image === '' ? '' : ` (${image})`}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}

function remedy(wrong: readonly CheckedMachine[]): Pick<UserErrorParts, 'code' | 'fix'> {
  if (wrong.some(({ supersededBy }) => supersededBy !== undefined)) {
    const fix = `two deploys ran at once. Let one end before the next begins:\n${concurrencyLines}`;
    return { code: 'machines-superseded', fix };
  }
  if (wrong.some(({ failure }) => failure?.kind === 'reverted')) {
    return {
      code: 'machines-reverted',
      fix: 'Fly.io put the machine back because its new version failed: see `fly logs` and `fly machine status` of that machine, mend it, and deploy again.',
    };
  }
  if (wrong.some(({ failure, waitingFor }) => failure ?? waitingFor)) {
    return {
      code: 'machines-unhealthy',
      fix: 'see `fly logs` and `fly machine status` of that machine: the image is there, and its process does not stay up or does not pass its checks.',
    };
  }
  return {
    code: 'machines-other-image',
    fix: 'see `fly machine status` of that machine, and deploy again. Another deploy at the same time is kept out by `concurrency:` in the workflow.',
  };
}
