import { parseJsonObject } from '../lib/json.ts';

/**
 * The body of "Create an artifact deployment record" (REST API, version 2026-03-10). GitHub identifies a record by its environments,
 * its cluster and its deployment name: another one with the same replaces it.
 */
export interface DeploymentRecord {
  /** The image without its tag and digest; at most 256 characters. */
  readonly name: string;
  readonly digest: string;
  readonly status: 'deployed';
  /** At most 128 characters. */
  readonly logical_environment: string;
  /** At most 128 characters. */
  readonly physical_environment?: string;
  readonly cluster: string;
  /** At most 256 characters. */
  readonly deployment_name: string;
  /** The name without the owner. It counts for an artifact without an attestation. */
  readonly github_repository: string;
}

/** The version of the API whose records these are. */
export const recordsVersion = '2026-03-10';

/** The id of the record that GitHub stored; undefined if the answer does not contain one. */
export function readRecordId(text: string): number | undefined {
  try {
    const [first] = parseJsonObject(text, 'GitHub’s deployment record').get('deployment_records').items();
    return first?.get('id').integer();
  } catch {
    // The status of the answer shows that the record is stored.
    return undefined;
  }
}

/**
 * The kind of account that owns a repository, `User` or `Organization`.
 *
 * @param text the repository as GitHub describes it. @param under the key that it is under, in an event's payload.
 */
export function readOwnerType(text: string, under?: 'repository'): string | undefined {
  try {
    const json = parseJsonObject(text, 'GitHub’s repository');
    return (under === undefined ? json : json.get(under)).get('owner').get('type').maybeText();
  } catch {
    return undefined;
  }
}
