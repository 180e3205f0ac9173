import { bareToken, type FlyApi, getJson } from '../fly/api.ts';
import type { Machine } from '../fly/machine.ts';
import { listMachines } from '../fly/machines.ts';
import { retryFly, tokenCommand } from '../lib/advice.ts';
import { counted } from '../lib/format.ts';
import type { Answer } from '../lib/http.ts';
import { parseJsonObject } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import type { CheckCode } from '../report/check-codes.ts';
import type { Area, Finding, FindingCode, Mark } from '../report/finding.ts';
import { readToken, type TokenFacts } from './token.ts';

/** What Fly.io says of the app and of the token. */
export interface FlyFacts {
  readonly findings: Finding[];
  /** undefined where they could not be read. */
  readonly machines: readonly Machine[] | undefined;
}

const day = 24 * 60 * 60 * 1000;

/** Looks at the token and the app with three GETs of the Machines API; nothing is changed. */
export async function checkFly(api: FlyApi, now: number): Promise<FlyFacts> {
  const make = `make one with ${tokenCommand(api.app)}, and store it as a secret`;
  const pass = 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}';
  if (api.token === '') {
    const words =
      'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.';
    const why =
      'Secrets are empty in runs that a fork started, and in a job without the `environment:` that holds them.';
    return {
      findings: [
        {
          area: 'Fly.io token',
          mark: 'bad',
          code: 'fly-token-missing',
          words,
          fix: `${make}:\n${pass}\n${why}`,
        },
        {
          area: 'Fly.io app',
          mark: 'skipped',
          code: 'app-not-checked',
          words: 'Not looked at: there is no token to ask Fly.io with.',
        },
      ],
      machines: undefined,
    };
  }
  const facts = await readToken(bareToken(api.token));
  const ends = expiry(facts, now, make);
  const answer = await getJson(api, `/v1/apps/${encodeURIComponent(api.app)}`, limit);
  if (answer.status !== 200)
    return { findings: [...ends, refused(answer, api.app, make)], machines: undefined };
  const app = parseJsonObject(answer.body.toString('utf8'), 'Fly.io’s answer');
  const organization = app.get('organization').get('slug').maybeText();
  const others = organization === undefined ? undefined : await otherApps(api, organization);
  const findings = [
    finding('Fly.io token', 'ok', 'token-accepted', `Fly.io takes the token for app "${api.app}".`),
    scope(facts, others, api.app, make),
    ...ends,
  ];
  const where = organization === undefined ? '' : ` in organization "${organization}"`;
  findings.push(finding('Fly.io app', 'ok', 'app-exists', `App "${api.app}" exists${where}.`));
  try {
    const machines = await listMachines(api);
    return { findings: [...findings, fleet(machines)], machines };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      findings: [...findings, { ...finding('Fly.io app', 'bad', error.code, error.found), fix: error.fix }],
      machines: undefined,
    };
  }
}

const finding = (area: Area, mark: Mark, code: FindingCode, words: string, fix?: string): Finding => ({
  area,
  mark,
  code,
  words,
  ...(fix === undefined ? {} : { fix }),
});

/** The answers of these questions are short, in bytes. */
const limit = 4 * 1024 * 1024;

/** 401, 403 and 404 mean different things to who has to mend them. */
function refused({ status, body }: Answer, app: string, make: string): Finding {
  const said = body.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 200);
  const words = (what: string) => `${what} (Fly.io answered ${status}${said === '' ? '' : `: ${said}`}).`;
  switch (status) {
    case 401:
      return finding(
        'Fly.io token',
        'bad',
        'fly-unauthorized',
        words('Fly.io does not know this token: it was revoked, ran out, or is not whole'),
        `${make}:\nwith:\n  fly-api-token: \${{ secrets.FLY_API_TOKEN }}`,
      );
    case 403:
      return finding(
        'Fly.io token',
        'bad',
        'fly-unauthorized',
        words(`Fly.io knows this token, and it may not see app "${app}"`),
        `${make}:\nwith:\n  fly-api-token: \${{ secrets.FLY_API_TOKEN }}`,
      );
    case 404:
      return finding(
        'Fly.io app',
        'bad',
        'fly-app-not-found',
        words(
          `There is no app "${app}", or the token is another app’s or organization’s, which sees it as missing`,
        ),
        `the input \`app\`, or create the app: \`fly apps create ${app}\`. Where it exists, ${make}.`,
      );
    default:
      return finding(
        'Fly.io app',
        'skipped',
        'app-not-checked',
        words('Not looked at: Fly.io gave no sound answer'),
        retryFly,
      );
  }
}

/**
 * How many other apps of the organization the token lists (Machines API, "List apps in an organization"). A token of one
 * app is refused, or sees that one.
 */
async function otherApps(api: FlyApi, organization: string): Promise<number | undefined> {
  const answer = await getJson(api, `/v1/apps?${new URLSearchParams({ org_slug: organization })}`, limit);
  if (answer.status !== 200) return undefined;
  const apps = parseJsonObject(answer.body.toString('utf8'), 'Fly.io’s answer').get('apps').items();
  return apps.filter((app) => (app.get('name').maybeText() ?? api.app) !== api.app).length;
}

/** A deploy needs a token of its app; a wider one does the same, and more to whoever steals it. */
function scope({ kind, apps }: TokenFacts, others: number | undefined, app: string, make: string): Finding {
  const wide = (code: CheckCode, words: string) =>
    finding('Fly.io token', 'warning', code, words, `${make}.`);
  if (kind === 'user')
    return wide(
      'token-of-a-person',
      'The token is a person’s own login: it may all that the person may, in every organization.',
    );
  if (apps !== undefined && apps.length > 1)
    return wide(
      'token-of-several-apps',
      `The token is good for ${apps.length} apps: one app’s deploy token is enough.`,
    );
  if (apps?.length === 1)
    return finding('Fly.io token', 'ok', 'token-of-one-app', 'The token is limited to one app.');
  if (others !== undefined && others > 0)
    return wide(
      'token-sees-other-apps',
      `The token also sees ${counted(others, 'other app')} of the organization: one app’s deploy token is enough.`,
    );
  if (kind === 'macaroon')
    return wide(
      'token-of-an-organization',
      'The token names no app that it is limited to, so it is good for the whole organization: one app’s deploy token is enough.',
    );
  return finding(
    'Fly.io token',
    'skipped',
    'token-scope-unknown',
    `How wide the token is was not seen: it does not say, and shows no other app than "${app}".`,
  );
}

function expiry({ kind, expires }: TokenFacts, now: number, make: string): Finding[] {
  if (expires === undefined) {
    if (kind === 'macaroon')
      return [finding('Fly.io token', 'ok', 'token-without-expiry', 'The token has no end.')];
    const words = 'When the token ends was not seen: it does not say.';
    return [finding('Fly.io token', 'skipped', 'token-expiry-unknown', words)];
  }
  const date = Number.isNaN(new Date(expires).valueOf())
    ? 'a far day'
    : new Date(expires).toISOString().slice(0, 10);
  const change = `${make}. \`--expiry 8760h\` is a year.`;
  if (expires <= now)
    return [finding('Fly.io token', 'bad', 'token-expired', `The token ended on ${date}.`, change)];
  const days = Math.floor((expires - now) / day);
  return days < 14
    ? [
        finding(
          'Fly.io token',
          'warning',
          'token-expires-soon',
          `The token ends on ${date}, in ${counted(days, 'day')}.`,
          change,
        ),
      ]
    : [finding('Fly.io token', 'ok', 'token-expires-later', `The token ends on ${date}.`)];
}

function fleet(machines: readonly Machine[]): Finding {
  const images = Map.groupBy(machines, ({ image, digest }) => `${image}@${digest ?? '?'}`);
  if (machines.length === 0)
    return finding(
      'Fly.io app',
      'ok',
      'app-without-machines',
      'It has no machine yet: the first deploy makes them.',
    );
  const list = [...images].map(([name, some]) => `${name} (${counted(some.length, 'machine')})`);
  return images.size === 1
    ? finding('Fly.io app', 'ok', 'app-on-one-image', `All of it runs one image: ${list[0]}.`)
    : finding(
        'Fly.io app',
        'warning',
        'app-on-several-images',
        `Its ${machines.length} machines run ${images.size} images: ${list.slice(0, 5).join(', ')}${images.size > 5 ? ', …' : ''}.`,
        'a deploy mends this. What makes it are two deploys at once, or one that stopped half-way: see `concurrency:` below.',
      );
}
