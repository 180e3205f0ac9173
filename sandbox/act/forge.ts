import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What GitHub keeps of a repository, as far as its CLI asks for it. */
export interface Forge {
  readonly labels: string[];
  readonly issues: {
    readonly number: number;
    readonly title: string;
    readonly body: string;
    readonly label: string | undefined;
    state: 'open' | 'closed';
    readonly comments: string[];
  }[];
  /** Runs of workflows, the oldest first. */
  readonly runs: {
    readonly workflow: string;
    readonly branch: string;
    readonly headSha: string;
    readonly conclusion: 'success' | 'failure';
  }[];
}

const fileOf = (folder: string): string => join(folder, '.git', 'forge.json');

/** What is kept of the repository in a folder. */
export const readForge = (folder: string): Forge =>
  existsSync(fileOf(folder))
    ? JSON.parse(readFileSync(fileOf(folder), 'utf8'))
    : { labels: [], issues: [], runs: [] };

export const writeForge = (folder: string, forge: Forge): void =>
  writeFileSync(fileOf(folder), JSON.stringify(forge));
