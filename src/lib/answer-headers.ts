import type { IncomingMessage } from 'node:http';

/** As much of fetch's Headers as is used. Node's own come with its whole fetch, which takes as long to load as Node to start. */
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
