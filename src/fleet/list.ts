import { isAppName } from '../fly/app-name.ts';
import { allOf, messageOf, UserError } from '../lib/user-error.ts';
import { imageEmpty } from './lost.ts';

/** What may differ from app to app, by the names of the action's inputs; `environment` is the job's. */
export const ownKeys = [
  'config',
  'environment',
  'flags',
  'health-url',
  'health-status',
  'health-body',
  'health-timeout',
  'settle-time',
  'rollback',
] as const;

/** One app and all that its job is given: what the matrix of a job holds. Every value is a text, as inputs are. */
type FleetApp = { readonly app: string } & Readonly<Record<(typeof ownKeys)[number], string>>;

/** The apps in the order of the list, and which of them must be green before the others begin. */
export interface Fleet {
  readonly first: readonly FleetApp[];
  readonly rest: readonly FleetApp[];
}

/** The texts of the inputs that name the apps. */
export interface FleetInputs {
  readonly app: string;
  readonly apps: string;
  readonly first: string;
  readonly defaults: string;
}

/**
 * The selection that only the job of an app can read: a release is an app's own, and its token is none of the job that
 * finds the image for all apps. '' where the image is found once.
 *
 * @throws UserError where there are several apps, and where only manual runs would select a release.
 */
export function ownSelection({ first, rest }: Fleet, select: string, manualSelect: string): string {
  const isRelease = (text: string) => text.startsWith('release:');
  const apps = [...first, ...rest];
  const faults: UserError[] = [];
  if (isRelease(select) && apps.length > 1)
    faults.push(
      new UserError({
        code: 'fleet-release',
        found: `\`select\` is ${quote(select)}, and there are ${apps.length} apps.`,
        expected: 'one app, because each app has releases of its own.',
        fix: `call the workflow for each app: \`app: ${apps[0]?.app}\` in place of \`apps\`; or name one image for all of them: \`select: digest:sha256:…\`.`,
      }),
    );
  if (isRelease(manualSelect))
    faults.push(
      new UserError({
        code: 'fleet-release',
        found: `\`manual-select\` is ${quote(manualSelect)}.`,
        expected:
          'a release in `select`, because it is looked up by the job of the app, and not by the one that finds the image.',
        fix: `\`select: ${manualSelect}\` in place of \`manual-select\`, in a workflow for one app.`,
      }),
    );
  if (faults.length > 0) throw allOf(faults);
  return isRelease(select) ? select : '';
}

/** A matrix makes no more jobs (GitHub's docs, "Workflow syntax", `jobs.<job_id>.strategy.matrix`). */
const mostJobs = 256;

const example = '`apps: \'["app-a", {"app": "app-b", "config": "b/fly.toml"}]\'`';

/**
 * Reads and checks the list of apps.
 *
 * @throws UserError with all that is wrong with it.
 */
export function readFleet({ app, apps, first, defaults }: FleetInputs): Fleet {
  const faults: UserError[] = [];
  const wrong = (found: string, expected: string, fix: string) =>
    faults.push(new UserError({ code: 'fleet-list-invalid', found, expected, fix }));

  const common = readObject(defaults, 'defaults');
  const empty = imageEmpty(common);
  if (empty !== undefined) faults.push(empty);
  const list: FleetApp[] = [];
  for (const [n, entry] of entriesOf(app, apps).entries()) {
    const found = readEntry(entry, apps === '' ? '`app`' : `\`apps\`, entry ${n + 1},`, common, faults);
    if (found === undefined) continue;
    if (list.some((other) => other.app === found.app)) {
      wrong(
        `\`apps\` names ${found.app} twice.`,
        'each app once: two deploys of one app at the same time leave its machines on both.',
        `take one of the two out of \`apps\`.`,
      );
    } else list.push(found);
  }

  const names = first.split(/[\s,]+/).filter((name) => name !== '');
  for (const name of names.filter((each) => !list.some(({ app: known }) => known === each))) {
    wrong(
      `\`first\` names ${quote(name)}, which is not in the list.`,
      `one or more of ${list
        .slice(0, 20)
        .map((each) => each.app)
        .join(', ')}.`,
      `\`first\`, or add the app to \`apps\`.`,
    );
  }
  const fleet = {
    first: list.filter((each) => names.includes(each.app)),
    rest: list.filter((each) => !names.includes(each.app)),
  };
  for (const [name, part] of Object.entries(fleet)) {
    if (part.length > mostJobs) {
      wrong(
        `${part.length} apps are to be deployed ${name === 'first' ? 'first' : 'together'}.`,
        `at most ${mostJobs}: GitHub makes no more jobs of one matrix.`,
        'deploy the list in two calls of the workflow.',
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
      expected: 'one of them.',
      fix: `\`app: app-a\` for one app; ${example} for several.`,
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
        found: `\`apps\` is no JSON: ${messageOf(error)}.`,
        expected: 'a JSON list of names or objects.',
        fix: `${example}. In YAML stand single quotes around it.`,
      },
      { cause: error },
    );
  }
  if (!Array.isArray(list) || list.length === 0) {
    throw new UserError({
      code: 'fleet-list-invalid',
      found: `\`apps\` is ${Array.isArray(list) ? 'an empty list' : quote(list)}.`,
      expected: 'a JSON list with at least one app.',
      fix: example,
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
    return wrong(`${where} is ${quote(entry)}.`, 'a name or an object with an `app`.', example);
  const given = object as Record<string, unknown>;
  const { app } = given;
  if (typeof app !== 'string' || !isAppName(app)) {
    return wrong(
      `${where} ${app === undefined ? 'has no `app`' : `names the app ${quote(app)}`}.`,
      'a Fly.io app name: lower-case letters, digits and hyphens, at most 63.',
      example,
    );
  }
  for (const key of Object.keys(given)) {
    if (key === 'app' || ownKeys.some((known) => known === key)) continue;
    wrong(
      `${where} ${app}, has ${quote(key)}.`,
      `no keys but app, ${ownKeys.join(', ')}.`,
      'what holds for all apps is an input of the workflow, beside `apps`.',
    );
  }
  const values = ownKeys.map((key): [string, string] => {
    const value = Object.hasOwn(given, key) ? given[key] : Object.hasOwn(common, key) ? common[key] : '';
    if (!['string', 'number', 'boolean'].includes(typeof value))
      wrong(
        `${where} ${app}, has as \`${key}\` ${quote(value)}.`,
        'a text, a number, true or false.',
        example,
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
    expected: 'a JSON object.',
    fix: `\`${name}: \${{ toJSON(inputs) }}\``,
  });
}

/** A value in a message: short, and of one line. */
const quote = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
