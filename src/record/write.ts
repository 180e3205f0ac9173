import { type GitHub, type GitHubDeps, githubOf, type Refusal } from '../github/client.ts';
import { type DeploymentRecord, readOwnerType } from '../github/deployment-record.ts';
import { linksOf } from '../github/links.ts';
import { whenAborted } from '../lib/aborted.ts';
import type { HttpPolicy } from '../lib/http.ts';
import { withoutTrailing } from '../lib/text.ts';
import { messageOf } from '../lib/user-error.ts';
import type { Runtime } from '../runtime.ts';
import { type NotRecorded, Refusals, type Refused, refusedBecause } from './not-recorded.ts';
import type { Placement } from './placements.ts';

/** A placement of one app, to be recorded. */
export interface Placed extends Placement {
  readonly app: string;
}

/** A record that GitHub stored. */
interface WrittenRecord {
  /** null if GitHub's answer did not contain it. */
  readonly id: number | null;
  readonly name: string;
  readonly region: string;
  readonly image: string;
  readonly digest: string;
}

/** What became of the records of a run. */
export interface Recorded {
  readonly environment: string;
  readonly written: readonly WrittenRecord[];
  /** Why others were not written: each reason once. */
  readonly notices: readonly NotRecorded[];
}

export interface RecordOptions {
  /** The name of the environment, as the input names it. */
  readonly environment: string;
  /** '' without a token. */
  readonly token: string;
  /** The job whose permissions the token has, as a part of a sentence. */
  readonly job: string;
  readonly patience: HttpPolicy;
  /** The time for all records together, in milliseconds. */
  readonly allTime: number;
}

export type RecordDeps = GitHubDeps & Pick<Runtime, 'readFile' | 'cancelled'>;

/** The deployment's name, which identifies the record together with its environment and region. */
const nameOf = ({ app, group }: Placed): string => (group === '' ? app : `${app}-${group}`);

/** The body of the record of one placement. */
export const recordOf = (placed: Placed, environment: string, repository: string): DeploymentRecord => ({
  name: placed.image,
  digest: placed.digest,
  status: 'deployed',
  logical_environment: environment,
  ...(placed.region !== '' && { physical_environment: placed.region }),
  cluster: 'fly.io',
  deployment_name: nameOf(placed),
  github_repository: repository.split('/')[1] ?? '',
});

/**
 * Writes a record on GitHub for each placement, one after the other. It never throws because of GitHub, and ends at once when the
 * job is canceled.
 */
export async function writeRecords(
  deps: RecordDeps,
  placed: readonly Placed[],
  options: RecordOptions,
): Promise<Recorded> {
  const { environment, token, patience, allTime } = options;
  const { repository } = linksOf(deps);
  const written: WrittenRecord[] = [];
  const refusals = new Refusals();
  const ended = (): Recorded => ({
    environment,
    written,
    notices: refusals.notices({ ...options, repository, written: written.length, wanted: placed.length }),
  });
  if (placed.length === 0) return ended();
  if (token === '') {
    refusals.add({ code: 'record-no-token' });
    return ended();
  }
  let github: GitHub;
  try {
    github = githubOf(deps, token, { ...patience, allTime });
  } catch (error) {
    refusals.add({ code: 'record-failed', why: withoutTrailing(messageOf(error), '.') });
    return ended();
  }
  const cancelled = whenAborted(deps.cancelled).then(
    (): Refused => ({ code: 'record-failed', why: 'the run was canceled', isFinal: true }),
  );
  if ((await Promise.race([ownerTypeOf(deps, github), cancelled])) === 'User') {
    refusals.add({ code: 'record-user-owned' });
    return ended();
  }
  for (const each of placed) {
    if (refusals.covers(each)) continue;
    const answer = await (deps.cancelled.aborted
      ? cancelled
      : Promise.race([write(github, recordOf(each, environment, repository)), cancelled]));
    if ('code' in answer) refusals.add({ ...answer, digest: each.digest });
    else {
      const { region, image, digest } = each;
      written.push({ id: answer.id ?? null, name: nameOf(each), region, image, digest });
    }
  }
  return ended();
}

/** A record's id, or why it was not written. */
async function write(
  github: GitHub,
  record: DeploymentRecord,
): Promise<{ readonly id: number | undefined } | Refused> {
  const answer: { readonly id: number | undefined } | Refusal | Error = await github
    .record(record)
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (answer instanceof Error)
    return {
      code: 'record-failed',
      why: `the request to GitHub failed (${answer.message})`,
      isFinal: true,
    };
  return 'status' in answer ? refusedBecause(answer) : answer;
}

/** The kind of account that owns the repository: from the event's payload, or from GitHub; undefined if neither contains it. */
async function ownerTypeOf({ env, readFile }: RecordDeps, github: GitHub): Promise<string | undefined> {
  const payload = readFile(env['GITHUB_EVENT_PATH'] ?? '') ?? '';
  return readOwnerType(payload, 'repository') ?? github.ownerType().catch(() => undefined);
}
