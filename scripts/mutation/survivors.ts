// What a report of Stryker says, and the list of survivors in mutation/survivors.json.

/** The least score of a folder, in percent. */
export const limit = 85;

/** What is measured, each with its own score. */
const rooms = [
  'src/event/',
  'src/image/',
  'src/verify/',
  'src/registry/challenge.ts',
  'src/lib/url-policy.ts',
] as const;

/** A mutant that no test notices, and why that is accepted. It has no line number, so that other edits keep it. */
export interface Survivor {
  readonly file: string;
  /** Stryker's name of the change, e.g. `ConditionalExpression`. */
  readonly mutator: string;
  /** The code that is replaced, on one line. */
  readonly text: string;
  readonly by: string;
  /** How many places of the file have this text and survive with this replacement; 1 if it is absent. */
  readonly times?: number;
  readonly reason: string;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** The parts of Stryker's JSON report that are read (mutation-testing-report-schema 2). */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Score {
  readonly detected: number;
  /** How many of these did not end in time. On a busy machine, such a mutant can be one that is only slow. */
  readonly late: number;
  readonly valid: number;
  readonly score: number;
}

const survives = ({ status }: Mutant): boolean => status === 'Survived' || status === 'NoCoverage';

/** Mutants that cannot run or are ignored do not count. */
function scoreOf(mutants: readonly Mutant[]): Score {
  const late = mutants.filter(({ status }) => status === 'Timeout').length;
  const detected = late + mutants.filter(({ status }) => status === 'Killed').length;
  const valid = detected + mutants.filter(survives).length;
  return { detected, late, valid, score: valid === 0 ? 100 : (100 * detected) / valid };
}

/** The score of each file and of all. */
export function scoresOf({ files }: Report): { each: (Score & { file: string })[]; all: Score } {
  return {
    each: Object.entries(files).map(([file, { mutants }]) => ({ file, ...scoreOf(mutants) })),
    all: scoreOf(Object.values(files).flatMap(({ mutants }) => mutants)),
  };
}

/** The code at a place, on one line. Stryker counts lines and columns from 1. */
function textAt(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const keyOf = ({ file, mutator, text, by }: Survivor): string => JSON.stringify([file, mutator, text, by]);

/** The survivors of a report, without reasons. */
export function survivorsOf({ files }: Report): Survivor[] {
  const all = new Map<string, Survivor>();
  for (const [file, { source, mutants }] of Object.entries(files))
    for (const mutant of mutants.filter(survives)) {
      const by = (mutant.replacement ?? '').replace(/\s+/g, ' ');
      const text = textAt(source, mutant.location);
      const survivor = { file, mutator: mutant.mutatorName, text, by, reason: '' };
      const times = (all.get(keyOf(survivor))?.times ?? 0) + 1;
      all.set(keyOf(survivor), { ...survivor, times });
    }
  return [...all.values()].map(({ times = 1, ...rest }) => (times === 1 ? rest : { ...rest, times }));
}

/**
 * The survivors that are not in the list, and those in the list that no longer survive. One survives more often than the list
 * permits, or less often: it is in both. Files that were not measured do not count.
 */
export function compare(found: readonly Survivor[], known: readonly Survivor[], measured: readonly string[]) {
  const full = (survivor: Survivor) => `${keyOf(survivor)} ${survivor.times ?? 1}`;
  const [here, listed] = [new Set(found.map(full)), new Set(known.map(full))];
  return {
    added: found.filter((survivor) => !listed.has(full(survivor))),
    gone: known.filter((survivor) => measured.includes(survivor.file) && !here.has(full(survivor))),
  };
}

/** The list with what was added and without what is gone, as the text of its file. */
export function listed(known: readonly Survivor[], added: readonly Survivor[], gone: readonly Survivor[]) {
  const reasons = new Map(known.map((survivor) => [keyOf(survivor), survivor.reason]));
  const next = [
    ...known.filter((survivor) => !gone.includes(survivor)),
    ...added.map((survivor) => ({ ...survivor, reason: reasons.get(keyOf(survivor)) ?? '' })),
  ];
  const sorted = next.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
}

interface Test {
  /** Its name in `__tests__`. */
  readonly name: string;
  readonly text: string;
}

/**
 * What to run together: the chosen files of a folder, with the tests that import something of the folder.
 *
 * @param paths folders or files; all that are measured if there is none.
 */
export function groupsOf(sources: readonly string[], tests: readonly Test[], paths: readonly string[]) {
  const isIn = (file: string, path: string) =>
    file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`);
  const unknown = paths.filter((path) => !sources.some((file) => isIn(file, path)));
  if (unknown.length > 0) throw new Error(`no source files in ${unknown.join(', ')}`);
  const measured: readonly string[] = [
    ...rooms,
    ...paths.filter((path) => !rooms.some((room) => isIn(path, room) || isIn(room, path))),
  ];
  return measured.flatMap((name) => {
    const files = sources.filter(
      (file) => isIn(file, name) && (paths.length === 0 || paths.some((path) => isIn(file, path))),
    );
    if (files.length === 0) return [];
    const names = tests.filter(({ text }) => text.includes(`'../${name}`)).map((test) => test.name);
    if (names.length === 0) throw new Error(`no test imports ${name}`);
    return [{ name, files, tests: names }];
  });
}
