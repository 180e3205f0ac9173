import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What a job's condition and its `with:` can refer to, such as `needs` and `inputs`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** A run that was not canceled. `success` and `failure` depend on the jobs that a job needs. */
const statuses: Readonly<Record<string, boolean>> = { always: true, cancelled: false };

const functions = Object.entries(statuses).map(([name, value]) => ({
  ...{ name, minArgs: 0, maxArgs: 0 },
  call: () => new data.BooleanData(value),
}));

/** The text of an expression, evaluated by GitHub's own library. What does not exist is ''. */
function evaluated(expression: string, contexts: Contexts): string {
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, values, new Map(functions.map((each) => [each.name, each])))
    .evaluate()
    .coerceString();
}

/** Texts with their expressions filled in. */
export const filled = (
  given: Readonly<Record<string, unknown>>,
  contexts: Contexts,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) =>
        evaluated(expression, contexts),
      ),
    ]),
  );

/** Whether a job runs, whose `if:` requires the success of what it needs unless it names a status. */
export function runs(
  job: { readonly if?: string; readonly needs?: string | readonly string[] },
  contexts: { readonly needs: Readonly<Record<string, { readonly result: string }>> } & Contexts,
): boolean {
  const condition = job.if ?? 'true';
  const needs = [job.needs ?? []].flat();
  const named = /\b(?:always|cancelled|success|failure)\(\)/.test(condition);
  if (!named && needs.some((name) => contexts.needs[name]?.result !== 'success')) return false;
  return evaluated(`!(!(${condition}))`, contexts) === 'true';
}
