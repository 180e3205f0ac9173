import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Json, parseJsonObject } from '../lib/json.ts';
import { messageOf, UserError } from '../lib/user-error.ts';

/** A file that another job left. What it contains is untrusted. */
export interface JsonFile {
  readonly path: string;
  /** @throws UserError if it is too large, or cannot be read. */
  readonly read: () => string;
}

/** The most MiB of a file: a report with as many machines as it lists has about two. */
const most = 4;

/** The JSON files below a folder, sorted by their paths; none if the folder does not exist. */
export const jsonFilesIn = (folder: string): JsonFile[] =>
  folder === '' || !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        // A link is not a file here.
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => ({ path, read: () => readSmall(path) }));

function readSmall(path: string): string {
  let why: string;
  try {
    const { size } = statSync(path);
    if (size <= most * 1024 ** 2) return readFileSync(path, 'utf8');
    why = `has ${size} bytes`;
  } catch (error) {
    why = `cannot be read: ${messageOf(error)}`;
  }
  throw invalid(`The file ${basename(path)} ${why}.`, basename(path));
}

/** The most levels of a file. A report has seven. */
const mostLevels = 20;

/**
 * Reads a file's text. Deeper objects cannot be written again: `JSON.stringify` is recursive.
 *
 * @throws UserError unless it is an object of few levels.
 */
export function parseFile(text: string, what: string, file: string): Json {
  const json = parseJsonObject(text, `${what} ${file}`);
  if (isDeeper(json.value, mostLevels))
    throw invalid(`The file ${file} is nested more than ${mostLevels} levels deep.`, file);
  return json;
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));

const invalid = (found: string, file: string): UserError =>
  new UserError({
    code: 'json-invalid',
    found,
    expected: `One JSON object of at most ${most} MiB and ${mostLevels} levels.`,
    fix: `Check what writes ${file}.`,
  });
