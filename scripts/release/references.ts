// The lines in which workflows, examples and documents name this repository's actions and workflows. Only Node's own modules.

export const own = 'deploy-fly-image/deploy-fly-image';

const isWorkflow = (path: string): boolean => /\.ya?ml$/.test(path);

/** `uses: deploy-fly-image/deploy-fly-image/fleet@v1`, as a line of YAML, also in a list or an indented example. */
const line =
  /^([ \t]*(?:- )?uses: deploy-fly-image\/deploy-fly-image)((?:\/[\w.-]+)*)@(\w[\w./-]*)([ \t]+#.*)?$/gm;

export interface Reference {
  /** Path of the action's folder, '' for the root, or of the workflow. */
  readonly path: string;
  /** A tag, a branch or a commit. */
  readonly ref: string;
  /** Without the number sign. */
  readonly comment: string;
}

const referenceOf = ([, , path = '', ref = '', comment = '']: RegExpExecArray | string[]): Reference => ({
  path: path.slice(1),
  ref,
  comment: comment.replace(/^[ \t]+#[ \t]*/, ''),
});

/** Every reference to this repository in a text. */
export const referencesOf = (text: string): Reference[] => [...text.matchAll(line)].map(referenceOf);

/** The lines that name this repository as `uses:` with a ref, but that `referencesOf` cannot read. */
export const unreadReferences = (text: string): string[] =>
  text
    .split('\n')
    .filter((each) => /\buses: *["']?deploy-fly-image\/deploy-fly-image(?:\/[^\s`@]*)?@\w/.test(each))
    // In a sentence, it is in backticks.
    .filter((each) => !/`[^`]*uses:/.test(each))
    .filter((each) => referencesOf(each).length === 0);

/** The text with other refs. `to` returns the new ref and comment, or undefined to leave a line unchanged. */
export const withReferences = (
  text: string,
  to: (reference: Reference) => { readonly ref: string; readonly comment?: string } | undefined,
): string =>
  text.replaceAll(line, (whole, ...found: string[]) => {
    const next = to(referenceOf([whole, ...found]));
    if (next === undefined) return whole;
    const [before, path = ''] = found;
    return `${before}${path}@${next.ref}${next.comment === undefined ? '' : ` # ${next.comment}`}`;
  });

/**
 * The order in which workflows can be pinned: each round pins the files that only call workflows of earlier rounds, because a
 * commit cannot contain its own SHA. Files without a reference are left out.
 *
 * @param files texts by path.
 * @throws Error if workflows call each other in a circle.
 */
export function pinningRounds(files: Readonly<Record<string, string>>): string[][] {
  const calls = (path: string): string[] =>
    referencesOf(files[path] ?? '')
      .map((reference) => reference.path)
      .filter((called) => isWorkflow(called) && referencesOf(files[called] ?? '').length > 0);
  const rounds: string[][] = [];
  let left = Object.keys(files)
    .filter((path) => referencesOf(files[path] ?? '').length > 0)
    .sort();
  while (left.length > 0) {
    const open = left;
    const round = open.filter((path) => !calls(path).some((called) => open.includes(called)));
    if (round.length === 0)
      throw new Error(`These workflows call each other in a circle: ${open.join(', ')}`);
    rounds.push(round);
    left = open.filter((path) => !round.includes(path));
  }
  return rounds;
}
