/** A call of the stand-in flyctl. */
export interface FlyctlCall {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Its exit status; undefined if it was killed. */
  readonly status: number | undefined;
}

/**
 * Reads the file of XDG_SANDBOX_CALLS. The stand-in appends a line of JSON when it starts, and one with its exit status when
 * it ends. It does not record `flyctl version`, which the action calls in each run.
 */
export function readCalls(text: string): FlyctlCall[] {
  const calls: FlyctlCall[] = [];
  for (const line of text.trim().split('\n')) {
    const record = JSON.parse(line) as Partial<FlyctlCall>;
    if (record.argv !== undefined) calls.push({ status: undefined, ...record } as FlyctlCall);
    else calls.push({ ...calls.pop(), ...record } as FlyctlCall);
  }
  return calls;
}
