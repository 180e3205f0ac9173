import { UserError } from '../../lib/user-error.ts';

/** The oldest flyctl that does what this action relies on: `--image` with `--remote-only` over the Machines API, and release records by uiex. */
export const leastVersion = '0.3.0';

/** The version in the answer of `flyctl version --json`; undefined when it says none. */
export function versionIn(stdout: string): string | undefined {
  try {
    const { Version: version } = JSON.parse(stdout) as { Version?: unknown };
    return typeof version === 'string' && /^\d+\.\d+\.\d+/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}

/** @throws UserError for a flyctl that is too old. A version that is not known is let pass: it may be a build of one's own. */
export function checkVersion(version: string | undefined, path: string): void {
  if (version === undefined || !isOlder(version, leastVersion)) return;
  throw new UserError({
    found: `The flyctl at ${path} is version ${version}.`,
    expected: `${leastVersion} or newer.`,
    fix: '`with: flyctl-version:` with a newer one, or the step that installs it.',
  });
}

export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (let n = 0; n < 3; n++) {
    const [x = 0, y = 0] = [a?.[n], b?.[n]];
    if (x !== y) return x < y;
  }
  return false;
}
