import { isAppName } from '../fly/app-name.ts';
import { faultOfEnvironment } from '../inputs/environment.ts';
import { shortened } from '../lib/text.ts';
import { allOf, messageOf, UserError } from '../lib/user-error.ts';
import { imageEmpty } from './lost.ts';

/** The inputs that can differ between apps; `environment` is the job's. */
export const ownKeys = [
  'config',
  'environment',
  'flags',
  'health-url',
  'health-status',
  'health-body',
  'health-timeout',
  'verify-command',
  'settle-time',
  'rollback',
] as const;

/** One app with the inputs of its job: an element of the matrix. Every value is a text, as inputs are. */
type FleetApp = { readonly app: string } & Readonly<Record<(typeof ownKeys)[number], string>>;

/** The apps in the order of the list. Those of `first` must succeed before the rest start. */
export interface Fleet {
  readonly first: readonly FleetApp[];
  readonly rest: readonly FleetApp[];
}

/** The inputs that name the apps. */
export interface FleetInputs {
  readonly app: string;
  readonly apps: string;
  readonly first: string;
  readonly defaults: string;
}

/**
 * The selection that the app's job has to resolve: a release belongs to one app, and the job that finds the image for all apps
 * does not have its token. '' if the image is resolved once for all apps.
 *
 * @throws UserError if there are several apps, or if only manual runs would select a release.
 */
export function ownSelection({ first, rest }: Fleet, select: string, manualSelect: string): string {
  const isRelease = (text: string) => text.startsWith('release:');
  const apps = [...first, ...rest];
  const faults: UserError[] = [];
  if (isRelease(select) && apps.length > 1)
    faults.push(
      new UserError({
        code: 'fleet-release',
        found: `\`select\` is ${quote(select)}, but there are ${apps.length} apps.`,
        expected: 'One app, because each app has separate releases.',
        fix: `Call the workflow once per app, with \`app: ${apps[0]?.app}\` instead of \`apps\`. To deploy one image to all of them: \`select: digest:sha256:…\`.`,
      }),
    );
  if (isRelease(manualSelect))
    faults.push(
      new UserError({
        code: 'fleet-release',
        found: `\`manual-select\` is ${quote(manualSelect)}.`,
        expected: 'A release only in `select`, because only the job of the app can look it up.',
        fix: `In a workflow for one app, write \`select: ${manualSelect}\` instead of \`manual-select\`.`,
      }),
    );
  if (faults.length > 0) throw allOf(faults);
  return isRelease(select) ? select : '';
}

/** The most jobs of one matrix (GitHub's docs, "Workflow syntax", `jobs.<job_id>.strategy.matrix`). */
const mostJobs = 256;

/** What to write instead of a wrong entry. */
const fixEntry =
  'Write the entry as a name or an object: `"app-a"` or `{"app": "app-b", "config": "b/fly.toml"}`.';

const example = '`apps: \'["app-a", {"app": "app-b", "config": "b/fly.toml"}]\'`';

/**
 * Reads and checks the list of apps.
 *
 * @throws UserError with all problems of the list.
 */
export function readFleet({ app, apps, first, defaults }: FleetInputs): Fleet {
  const faults: UserError[] = [];
  const wrong = (found: string, expected: string, fix: string) =>
    faults.push(new UserError({ code: 'fleet-list-invalid', found, expected, fix }));

  const common = readObject(defaults, 'defaults');
  const empty = imageEmpty(common);
  if (empty !== undefined) faults.push(empty);
  const environment = common['deployment-record'];
  const invalid = typeof environment === 'string' ? faultOfEnvironment(environment) : undefined;
  if (invalid !== undefined) faults.push(invalid);
  const list: FleetApp[] = [];
  for (const [n, entry] of entriesOf(app, apps).entries()) {
    const found = readEntry(entry, apps === '' ? '`app`' : `\`apps\`, entry ${n + 1},`, common, faults);
    if (found === undefined) continue;
    if (list.some((other) => other.app === found.app)) {
      wrong(
        `\`apps\` names ${found.app} twice.`,
        'Each app once. Overlapping deploys of one app leave its machines on different images.',
        `Remove one of the two from \`apps\`.`,
      );
    } else list.push(found);
  }

  const names = first.split(/[\s,]+/).filter((name) => name !== '');
  for (const name of names.filter((each) => !list.some(({ app: known }) => known === each))) {
    wrong(
      `\`first\` names ${quote(name)}, which is not in the list.`,
      `One or more of ${list
        .slice(0, 20)
        .map((each) => each.app)
        .join(', ')}.`,
      `Correct \`first\`, or add the app to \`apps\`.`,
    );
  }
  const fleet = {
    first: list.filter((each) => names.includes(each.app)),
    rest: list.filter((each) => !names.includes(each.app)),
  };
  for (const [name, part] of Object.entries(fleet)) {
    if (part.length > mostJobs) {
      wrong(
        `\`${name === 'first' ? 'first' : 'apps'}\` has ${part.length} apps to deploy in one matrix.`,
        `At most ${mostJobs}, GitHub’s limit for the jobs of a matrix.`,
        'Split the list between two calls of the workflow.',
      );
    }
  }
  if (faults.length > 0) throw allOf(faults);
  return fleet;
}

/** The elements of `apps`, or the one of `app`. */
function entriesOf(app: string, apps: string): readonly unknown[] {
  if ((app === '') === (apps === '')) {
    throw new UserError({
      code: 'fleet-list-invalid',
      found: app === '' ? 'Neither `app` nor `apps` is set.' : 'Both `app` and `apps` are set.',
      expected: 'One of them.',
      fix: `Set \`app: app-a\` for one app, or ${example} for several.`,
    });
  }
  if (apps === '') return [app];
  let list: unknown;
  try {
    list = JSON.parse(apps);
  } catch (error) {
    throw new UserError(
      {
        code: 'fleet-list-invalid',
        found: `\`apps\` is not valid JSON: ${messageOf(error)}.`,
        expected: 'A JSON list of names or objects.',
        fix: `Write a list in single quotes: ${example}.`,
      },
      { cause: error },
    );
  }
  if (!Array.isArray(list) || list.length === 0) {
    throw new UserError({
      code: 'fleet-list-invalid',
      found: `\`apps\` is ${Array.isArray(list) ? 'an empty list' : quote(list)}.`,
      expected: 'A JSON list with at least one app.',
      fix: `Write a list: ${example}.`,
    });
  }
  return list;
}

function readEntry(
  entry: unknown,
  where: string,
  common: Readonly<Record<string, unknown>>,
  faults: UserError[],
): FleetApp | undefined {
  const wrong = (found: string, expected: string, fix: string) => {
    faults.push(new UserError({ code: 'fleet-list-invalid', found, expected, fix }));
    return undefined;
  };
  const object = typeof entry === 'string' ? { app: entry } : entry;
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return wrong(`${where} is ${quote(entry)}.`, 'A name or an object with an `app`.', fixEntry);
  const given = object as Record<string, unknown>;
  const { app } = given;
  if (typeof app !== 'string' || !isAppName(app)) {
    return wrong(
      `${where} ${app === undefined ? 'has no `app`' : `names the app ${quote(app)}`}.`,
      'A Fly.io app name: lower-case letters, digits and hyphens, at most 63.',
      fixEntry,
    );
  }
  for (const key of Object.keys(given)) {
    if (key === 'app' || ownKeys.some((known) => known === key)) continue;
    wrong(
      `${where} ${app}, has ${quote(key)}.`,
      `Only the keys app, ${ownKeys.join(', ')}.`,
      `Remove ${quote(key)}. To set an input for all apps, set it beside \`apps\`.`,
    );
  }
  const values = ownKeys.map((key): [string, string] => {
    const value = Object.hasOwn(given, key) ? given[key] : Object.hasOwn(common, key) ? common[key] : '';
    if (!['string', 'number', 'boolean'].includes(typeof value))
      wrong(
        `${where} ${app}, has the value ${quote(value)} for \`${key}\`.`,
        'A string, a number, true or false.',
        `Write the value as a string: \`"${key}": "…"\`.`,
      );
    return [key, String(value)];
  });
  return { app, ...(Object.fromEntries(values) as Omit<FleetApp, 'app'>) };
}

function readObject(text: string, name: string): Readonly<Record<string, unknown>> {
  const seen = () => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  };
  const value = seen();
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UserError({
    code: 'fleet-list-invalid',
    found: `\`${name}\` is ${quote(value)}.`,
    expected: 'A JSON object.',
    fix: `Write \`${name}: \${{ toJSON(inputs) }}\`.`,
  });
}

/** A value in a message, shortened, on one line. */
const quote = (value: unknown): string => shortened(JSON.stringify(value) ?? 'nothing', 80);
