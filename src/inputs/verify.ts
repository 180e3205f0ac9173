import type { InputReader } from './read.ts';
import type { VerifyCommand } from './verify-command.ts';

/** How a deploy is verified. */
export interface VerifyInputs {
  readonly settleTime: number;
  /** A path on the app's own URL, or a URL. */
  readonly healthUrl: string | undefined;
  readonly healthStatus: number | undefined;
  readonly healthBody: string | undefined;
  readonly healthTimeout: number;
  /** The user's own test. */
  readonly verifyCommand: VerifyCommand | undefined;
}

export async function readVerifyInputs(reader: InputReader): Promise<VerifyInputs> {
  const healthUrl = reader.text('health-url');
  if (healthUrl !== undefined && !/^\/(?!\/)[\x21-\x7e]*$/.test(healthUrl) && !isWebUrl(healthUrl))
    reader.wrong('health-url', {
      expected: 'A path that begins with one "/", or a full http(s) URL.',
      fix: 'Correct it, such as `with: health-url: /health`.',
    });
  const status = reader.matching('health-status', /^[1-5]\d\d$/, {
    expected: 'One status from 100 to 599.',
    fix: 'Set one status, such as `with: health-status: 200`. Or remove it, to accept any from 200 to 399.',
  });
  for (const name of ['health-status', 'health-body']) {
    if (reader.text(name) !== undefined && healthUrl === undefined)
      reader.wrong(name, {
        code: 'input-conflict',
        expected: 'The input `health-url`, whose response is checked.',
        fix: `Add \`with: health-url: /health\`, or remove \`${name}:\`.`,
      });
  }
  return {
    settleTime: reader.duration('settle-time', '30s'),
    healthUrl,
    healthStatus: status === undefined ? undefined : Number(status),
    healthBody: reader.text('health-body'),
    healthTimeout: reader.duration('health-timeout', '2m'),
    verifyCommand: await ownTest(reader),
  };
}

/** Most steps have no test, and load nothing for it. */
async function ownTest(reader: InputReader): Promise<VerifyCommand | undefined> {
  if (reader.text('verify-command') === undefined) return undefined;
  const { readVerifyCommand } = await import('./verify-command.ts');
  return reader.check<VerifyCommand | undefined>(
    'verify-command',
    () => readVerifyCommand(reader),
    undefined,
  );
}

function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
