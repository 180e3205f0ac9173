import type { IncomingMessage } from 'node:http';

/** The methods of fetch's Headers that are used. Node's own class loads its whole fetch, which takes as long as starting Node. */
export interface AnswerHeaders extends Iterable<[string, string]> {
  /** null for a header that was not sent. The case of the name is ignored. */
  get(name: string): string | null;
}

export function headersOf({ headers }: IncomingMessage): AnswerHeaders {
  const all = new Map(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
    ),
  );
  return {
    get: (name) => all.get(name.toLowerCase()) ?? null,
    [Symbol.iterator]: () => all[Symbol.iterator](),
  };
}
