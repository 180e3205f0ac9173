import type { Refusal } from '../github/client.ts';
import { counted } from '../lib/format.ts';
import { plainLine, shortened } from '../lib/text.ts';
import { yamlValue } from '../lib/yaml-value.ts';
import type { Placement } from './placements.ts';

/** Names why a record was not written: docs/messages.md says when each occurs. A name is stable. */
export type NoRecordCode =
  | 'record-failed'
  | 'record-no-artifact'
  | 'record-no-permission'
  | 'record-no-token'
  | 'record-user-owned';

/** Why records were not written: a notice. */
export interface NotRecorded {
  readonly code: NoRecordCode;
  /** The reason and the line to add, in whole sentences. */
  readonly text: string;
}

/** Why one record was not written. */
export interface Refused {
  readonly code: NoRecordCode;
  /** The reason as a part of a sentence, where the code is not enough. */
  readonly why?: string;
  /** Whether the others would fail, too. */
  readonly isFinal?: boolean;
}

/** The most characters of GitHub's own words. */
const mostOfWords = 300;

/** GitHub's words between quotes, on one line. */
function quoted(words: string): string {
  return `"${shortened(plainLine(words).trim(), mostOfWords)}"`;
}

/**
 * What an answer means. GitHub answers 404 for a digest without an artifact. It answers the same to some tokens without the
 * permission, so a 404 alone does not show which of the two is the reason.
 */
export function refusedBecause({ status, words }: Refusal): Refused {
  if (status === 403 && /not accessible by/i.test(words))
    return { code: 'record-no-permission', isFinal: true };
  const why = `GitHub answered ${status}: ${quoted(words)}`;
  if (status === 404) return { code: 'record-no-artifact', why };
  // Only an answer about this record can be another one for the next.
  return { code: 'record-failed', why, isFinal: status !== 400 && status !== 422 };
}

/** What the notices need to know. */
interface About {
  readonly environment: string;
  readonly repository: string;
  readonly job: string;
  readonly written: number;
  readonly wanted: number;
}

/** The reasons of a run, each once. */
export class Refusals {
  readonly #found = new Map<string, Refused & { readonly digest?: string }>();

  add(refused: Refused & { readonly digest?: string }): void {
    const { code, why = '' } = refused;
    const key = `${code}\n${why}`;
    if (!this.#found.has(key)) this.#found.set(key, refused);
  }

  /** Whether a record would be refused for a reason that is known. */
  covers({ digest }: Pick<Placement, 'digest'>): boolean {
    return [...this.#found.values()].some(
      (each) => each.isFinal === true || (each.code === 'record-no-artifact' && each.digest === digest),
    );
  }

  notices(about: About): NotRecorded[] {
    return [...this.#found.values()].map((each) => ({ code: each.code, text: textOf(each, about) }));
  }
}

function textOf({ code, why, digest }: Refused & { readonly digest?: string }, about: About): string {
  const { environment, repository, job, written, wanted } = about;
  const what =
    written === 0
      ? 'No deployment record was written'
      : `Only ${written} of ${counted(wanted, 'deployment record')} ${written === 1 ? 'was' : 'were'} written`;
  const permission = `Add \`artifact-metadata: write\` to the \`permissions:\` of ${job}`;
  switch (code) {
    case 'record-user-owned': {
      const value = yamlValue(environment);
      return `${what}: a user owns ${repository}, and GitHub stores deployment records only for organizations. Remove the line \`deployment-record:${value === undefined ? '' : ` ${value}`}\`.`;
    }
    case 'record-no-token':
      return `${what}: \`github-token\` is empty. Add \`with: github-token: \${{ github.token }}\`.`;
    case 'record-no-permission':
      return `${what}: the job’s token does not have the permission for them. ${permission}.`;
    case 'record-no-artifact':
      return `${what}: ${why}. Either GitHub has no attestation of ${digest}, or the job’s token does not have the permission. ${permission}, and attest the image in its build with \`uses: actions/attest@v4\`.`;
    case 'record-failed':
      return `${what}: ${why}. The result of the deploy does not change, and the next deploy writes the records again.`;
  }
}
