interface Report {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity?: string; readonly range?: string }>
  >;
  readonly message?: string;
}

/** The result of `npm audit --json`. @param required whether a missing answer is a failure. */
export function verdictOf(
  stdout: string,
  required: boolean,
): { readonly status: 0 | 1; readonly lines: readonly string[] } {
  const { vulnerabilities, message } = parsed(stdout);
  if (vulnerabilities === undefined)
    return {
      status: required ? 1 : 0,
      lines: [`Not checked for known vulnerabilities: ${message ?? 'the registry gave no answer'}`],
    };
  const found = Object.entries(vulnerabilities);
  return {
    status: found.length > 0 ? 1 : 0,
    lines: [
      ...found.map(([name, { severity = 'unknown', range = '' }]) => `${name} ${range}: ${severity}`),
      `${found.length} known vulnerabilities in what is bundled`,
    ],
  };
}

function parsed(text: string): Report {
  try {
    const report: unknown = JSON.parse(text);
    return typeof report === 'object' && report !== null ? report : {};
  } catch {
    return {};
  }
}
