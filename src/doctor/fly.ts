import { bareToken, type FlyApi, getJson } from '../fly/api.ts';
import type { Machine } from '../fly/machine.ts';
import { listMachines } from '../fly/machines.ts';
import { concurrencyLines, retryFly } from '../lib/advice.ts';
import { counted } from '../lib/format.ts';
import type { Answer } from '../lib/http.ts';
import { parseJsonObject } from '../lib/json.ts';
import { UserError } from '../lib/user-error.ts';
import type { CheckCode } from '../report/check-codes.ts';
import { type Area, type Finding, type FindingCode, findingOf, type Mark, named } from '../report/finding.ts';
import { readToken, type TokenFacts } from './token.ts';

/** What is known of the app and of the token. */
export interface FlyFacts {
  readonly findings: Finding[];
  /** undefined where they could not be read. */
  readonly machines: readonly Machine[] | undefined;
}

const day = 24 * 60 * 60 * 1000;

const pass = 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}';

const newToken = (app: string, flags = ''): string =>
  `Create a deploy token of the app, and store it as a secret:\nfly tokens create deploy --app ${app}${flags} | gh secret set FLY_API_TOKEN`;

/** Checks the token and the app with three GETs of the Machines API; nothing is changed. */
export async function checkFly(api: FlyApi, now: number): Promise<FlyFacts> {
  if (api.token === '') return { findings: withoutToken(api.app), machines: undefined };
  const facts = await readToken(bareToken(api.token));
  const ends = expiry(facts, now, api.app);
  const answer = await getJson(api, `/v1/apps/${encodeURIComponent(api.app)}`, limit);
  if (answer.status !== 200) return { findings: [...ends, refused(answer, api.app)], machines: undefined };
  const app = parseJsonObject(answer.body.toString('utf8'), 'Fly.io’s answer');
  const organization = app.get('organization').get('slug').maybeText();
  const others = organization === undefined ? undefined : await otherApps(api, organization);
  const findings = [
    finding('Fly.io token', 'ok', 'token-accepted', `Fly.io accepts the token for app ${named(api.app)}.`),
    scope(facts, others, api.app),
    ...ends,
  ];
  const where = organization === undefined ? '' : ` in organization ${named(organization)}`;
  findings.push(finding('Fly.io app', 'ok', 'app-exists', `App ${named(api.app)} exists${where}.`));
  try {
    const machines = await listMachines(api);
    return { findings: [...findings, fleet(machines, api.app)], machines };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { findings: [...findings, findingOf('Fly.io app', 'bad', error)], machines: undefined };
  }
}

function withoutToken(app: string): Finding[] {
  const words =
    'There is no Fly.io token: the input `fly-api-token` and the variable `FLY_API_TOKEN` are empty.';
  const where =
    'A run that a fork started has no secrets. A job has the secrets of an environment only if its `environment:` names it.';
  return [
    finding(
      'Fly.io token',
      'bad',
      'fly-token-missing',
      words,
      `${newToken(app)}\n\nPass it to this step:\n${pass}\n\n${where}`,
    ),
    finding(
      'Fly.io app',
      'skipped',
      'app-not-checked',
      'The app was not checked, because there is no token.',
    ),
  ];
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

/** The words in an error of the Machines API, `{"error": "…"}`. */
function wordsOf(body: string): string {
  try {
    return parseJsonObject(body, 'Fly.io’s answer').get('error').maybeText() ?? body;
  } catch {
    return body;
  }
}

/** 401, 403 and 404 mean different things to who has to fix them. */
function refused({ status, body }: Answer, app: string): Finding {
  const said = wordsOf(body.toString('utf8')).replace(/\s+/g, ' ').trim().slice(0, 200);
  const words = (what: string) => `${what} (Fly.io answered ${status}${said === '' ? '' : `: ${said}`}).`;
  const newOne = `${newToken(app)}\n\nPass it to this step:\n${pass}`;
  switch (status) {
    case 401:
      return {
        ...finding(
          'Fly.io token',
          'bad',
          'fly-unauthorized',
          words('Fly.io does not accept this token: it was revoked, has expired or is incomplete'),
          newOne,
        ),
        cause: expired,
      };
    case 403:
      return finding(
        'Fly.io token',
        'bad',
        'fly-unauthorized',
        words(`Fly.io accepts this token, but it has no access to app ${named(app)}`),
        newOne,
      );
    case 404:
      return finding(
        'Fly.io app',
        'bad',
        'fly-app-not-found',
        words(`App ${named(app)} does not exist, or the token belongs to another app or organization`),
        `Check the input \`app\`. If the name is correct, create the app:\nfly apps create ${app}\n\nIf the app exists, the token belongs to another one. ${newToken(app)}`,
      );
    default:
      return finding(
        'Fly.io app',
        'skipped',
        'app-not-checked',
        words('The app was not checked: Fly.io did not answer as expected'),
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
function scope({ kind, apps }: TokenFacts, others: number | undefined, app: string): Finding {
  const wide = (code: CheckCode, words: string) =>
    finding('Fly.io token', 'warning', code, words, newToken(app));
  if (kind === 'user')
    return wide(
      'token-of-a-person',
      'The token is a person’s login. It can do everything that the person can, in every organization.',
    );
  if (apps !== undefined && apps.length > 1)
    return wide(
      'token-of-several-apps',
      `The token is valid for ${apps.length} apps. A deploy token of this app is enough.`,
    );
  if (apps?.length === 1)
    return finding('Fly.io token', 'ok', 'token-of-one-app', 'The token is limited to one app.');
  if (others !== undefined && others > 0)
    return wide(
      'token-sees-other-apps',
      `The token also has access to ${counted(others, 'other app')} of the organization. A deploy token of this app is enough.`,
    );
  if (kind === 'macaroon')
    return wide(
      'token-of-an-organization',
      'The token is valid for the whole organization. A deploy token of this app is enough.',
    );
  return finding(
    'Fly.io token',
    'skipped',
    'token-scope-unknown',
    `The token does not show whether it is limited to one app. It lists no app other than ${named(app)}.`,
  );
}

/** Fly.io refuses a token that has expired. */
const expired = 'token-expired';

function expiry({ kind, expires }: TokenFacts, now: number, app: string): Finding[] {
  if (expires === undefined) {
    if (kind === 'macaroon')
      return [finding('Fly.io token', 'ok', 'token-without-expiry', 'The token does not expire.')];
    const words = 'The token does not show when it expires.';
    return [finding('Fly.io token', 'skipped', 'token-expiry-unknown', words)];
  }
  const date = Number.isNaN(new Date(expires).valueOf())
    ? 'in the far future'
    : `on ${new Date(expires).toISOString().slice(0, 10)}`;
  const fix = newToken(app, ' --expiry 8760h');
  if (expires <= now)
    return [
      {
        ...finding('Fly.io token', 'bad', 'token-expired', `The token expired ${date}.`, fix),
        cause: expired,
      },
    ];
  const days = Math.floor((expires - now) / day);
  return days < 14
    ? [
        finding(
          'Fly.io token',
          'warning',
          'token-expires-soon',
          `The token expires ${date}, in ${counted(days, 'day')}.`,
          fix,
        ),
      ]
    : [finding('Fly.io token', 'ok', 'token-expires-later', `The token expires ${date}.`)];
}

function fleet(machines: readonly Machine[], app: string): Finding {
  const images = Map.groupBy(
    machines,
    ({ image, digest }) => `${named(image)}, ${digest ?? 'whose digest Fly.io does not report'}`,
  );
  if (machines.length === 0)
    return finding(
      'Fly.io app',
      'ok',
      'app-without-machines',
      'The app has no machine yet. The first deploy creates them.',
    );
  const list = [...images].map(([name, some]) => `${name} (${counted(some.length, 'machine')})`);
  return images.size === 1
    ? finding('Fly.io app', 'ok', 'app-on-one-image', `All machines run one image: ${list[0]}.`)
    : finding(
        'Fly.io app',
        'warning',
        'app-on-several-images',
        `The ${machines.length} machines of the app run ${images.size} images: ${list.slice(0, 5).join('; ')}${images.size > 5 ? '; …' : ''}.`,
        `Deploy again. Overlapping deploys cause this, and so does a deploy that stopped halfway. These lines in the workflow keep deploys from overlapping:\n${concurrencyLines(app)}`,
      );
}
