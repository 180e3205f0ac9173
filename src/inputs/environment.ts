import { plainLine, shortened } from '../lib/text.ts';
import { UserError } from '../lib/user-error.ts';

/** GitHub takes this many characters (REST API, "Create an artifact deployment record"). */
const longest = 128;

/** What is wrong with the environment of deployment records, which must be one line that shows all its characters. */
export function faultOfEnvironment(text: string): UserError | undefined {
  if (text.isWellFormed() && plainLine(text) === text && [...text].length <= longest) return undefined;
  return new UserError({
    code: 'input-invalid',
    found: `The input \`deployment-record\` is ${JSON.stringify(shortened(text, 2 * longest))}.`,
    expected: `The name of an environment on one line, at most ${longest} characters long, without invisible characters.`,
    fix: 'Name the environment, such as `with: deployment-record: production`. Or remove the input, to write no records.',
    input: 'deployment-record',
  });
}
