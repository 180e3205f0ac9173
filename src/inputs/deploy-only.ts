import { parseDuration } from '../lib/duration.ts';
import { UserError } from '../lib/user-error.ts';
import { narrowingFlags } from './flags.ts';
import type { InputReader } from './read.ts';

/**
 * Inputs that only make sense for a deploy, and what each can be in a step that only checks: its default, which every step has,
 * or what that step does anyway.
 */
const deployOnly: Readonly<Record<string, (text: string) => boolean>> = {
  'deploy-by': (text) => text === 'auto',
  mirror: (text) => text === 'auto',
  'flyctl-version': () => false,
  'no-cache': (text) => /^false$/i.test(text),
  'deploy-timeout': (text) => parseDuration(text) === parseDuration('30m'),
  'settle-time': (text) => [0, parseDuration('30s')].includes(parseDuration(text)),
  'on-outdated': (text) => text === 'skip',
  'on-unchanged': (text) => text === 'deploy',
  rollback: (text) => text === 'false',
  'deployment-record': () => false,
  'verify-command': () => false,
};

/** Records each input that only makes sense for a deploy. An input that is not valid has its error already. */
export function refuseDeployOnly(reader: InputReader, flags: readonly string[]): void {
  const invalid = new Set(reader.problems.map(({ input }) => input));
  for (const [name, isFine] of Object.entries(deployOnly)) {
    const text = reader.text(name);
    if (text === undefined || isFine(text) || invalid.has(name)) continue;
    reader.wrong(name, {
      code: 'input-conflict',
      expected: `No \`${name}\`, because \`mode: verify\` deploys nothing.`,
      fix: `Remove the line \`${name}: ${text}\` from \`with:\`.`,
    });
  }
  const others = flags.filter((flag) => !narrowingFlags.some((name) => flag.startsWith(`${name}=`)));
  if (others.length === 0) return;
  reader.problems.push(
    new UserError({
      code: 'input-conflict',
      found: `The input \`flags\` contains ${others.map((flag) => `\`${flag}\``).join(', ')}.`,
      expected: `Only flags that select machines, because \`mode: verify\` deploys nothing: ${narrowingFlags.map((name) => `\`${name}\``).join(', ')}.`,
      fix: `Remove the ${others.length === 1 ? 'line' : 'lines'} ${others.map((flag) => `\`${flag}\``).join(', ')} from \`with: flags:\`.`,
      input: 'flags',
    }),
  );
}
