import { behindProxy, newFlyToken, retryFly } from '../lib/advice.ts';
import { answerOrNone, apiError, type Service } from '../lib/api-error.ts';
import { release } from '../lib/body.ts';
import { type Answer, beginningOf } from '../lib/http.ts';
import { HttpError } from '../lib/http-error.ts';
import { Json } from '../lib/json.ts';
import { type Elements, readElements } from '../lib/json-elements.ts';
import { messageOf, UserError } from '../lib/user-error.ts';
import { type FlyApi, getJson } from './api.ts';
import { type Machine, type Management, managementOf, readMachine } from './machine.ts';

/** The machines of an app, as one answer listed them. */
export interface MachineList {
  /** Those that deploys manage. Stopped ones count: they keep the image that they will start with. */
  readonly machines: readonly Machine[];
  /** Those that deploys do not touch, such as those of `fly machine run`. */
  readonly unmanaged: readonly Machine[];
  /** How many machines the answer lists in all, and how many of them are not destroyed; temporary ones count. */
  readonly length: number;
  readonly alive: number;
  /** Fly.io's own time of the answer, in milliseconds since 1970; undefined if it has none. */
  readonly date: number | undefined;
}

const listLimit = 32 * 1024 * 1024;

/** An entry of a list. */
interface Listed {
  readonly id: string | undefined;
  readonly management: Management;
  /** Undefined for one that is temporary or destroyed. */
  readonly machine: Machine | undefined;
}

/**
 * Lists the machines of an app again and again. A machine that Fly.io describes in the same words as in the last list is not
 * read again, and is the same object.
 */
export class MachineLister {
  readonly #api: FlyApi;
  #last: Elements<Listed> | undefined;

  constructor(api: FlyApi) {
    this.#api = api;
  }

  /**
   * @throws UserError when Fly.io refuses; when the answer is not an array; and when it is a part of a list, which a newer
   *   version of the API can send (superfly/flyctl#5113).
   */
  async list(): Promise<MachineList> {
    const { app } = this.#api;
    const answer = await answerOrNone(getJson(this.#api, `${pathOf(app)}/machines`, listLimit));
    if (answer instanceof HttpError || answer.status !== 200)
      throw apiError({ service: machinesService, resource: app, answer });
    const elements = readElements(answer.body, this.#last, listedReader());
    if (elements === undefined || elements.list.some(({ read }) => read.id === undefined))
      throw notList(answer, app, elements === undefined);
    if (this.#last !== undefined) release(this.#last.bytes);
    this.#last = elements;
    const [machines, unmanaged]: [Machine[], Machine[]] = [[], []];
    let alive = 0;
    for (const { read } of elements.list) {
      if (read.management !== 'destroyed') alive++;
      if (read.machine !== undefined)
        (read.management === 'managed' ? machines : unmanaged).push(read.machine);
    }
    const date = Date.parse(answer.headers.get('date') ?? '');
    return {
      machines,
      unmanaged,
      length: elements.list.length,
      alive,
      date: Number.isNaN(date) ? undefined : date,
    };
  }
}

/** Reads entries of one list. */
function listedReader(): (value: unknown, place: number) => Listed {
  let last: Machine | undefined;
  return (value, place) => {
    const json = new Json(value, 'the list of machines', `[${place}]`);
    const id = json.get('id').maybeText();
    const management = managementOf(json);
    const isRead = id !== undefined && (management === 'managed' || management === 'unmanaged');
    const machine = isRead ? readMachine(json, last) : undefined;
    last = machine ?? last;
    return { id, management, machine };
  };
}

/** Lists the machines of the app once. @throws UserError as `MachineLister` does. */
export const readMachineList = (api: FlyApi): Promise<MachineList> => new MachineLister(api).list();

/** The machines that deploys manage. @throws UserError as `readMachineList` does. */
export const listMachines = async (api: FlyApi): Promise<readonly Machine[]> =>
  (await readMachineList(api)).machines;

/**
 * Asks for one machine by its id.
 *
 * @returns `destroyed` for one that was, `missing` if the id is unknown to Fly.io, `unmanaged` for one that deploys do
 *   not touch.
 * @throws UserError when Fly.io refuses.
 */
export async function readOneMachine(
  api: FlyApi,
  id: string,
): Promise<Machine | 'destroyed' | 'missing' | 'unmanaged'> {
  const { app } = api;
  const answer = await answerOrNone(
    getJson(api, `${pathOf(app)}/machines/${encodeURIComponent(id)}`, listLimit),
  );
  if (!(answer instanceof HttpError) && answer.status === 404) return 'missing';
  if (answer instanceof HttpError || answer.status !== 200)
    throw apiError({ service: machinesService, resource: app, answer });
  const json = parseObject(answer);
  if (json?.get('id').value !== id) throw apiError({ service: machinesService, resource: app, answer });
  if (json.get('state').value === 'destroyed') return 'destroyed';
  const management = managementOf(json);
  // One that is being destroyed is still there.
  return management === 'unmanaged' || management === 'temporary' ? 'unmanaged' : readMachine(json);
}

/**
 * The app's record, with its number of machines if it has one (`machine_count`; fly-go, flaps_apps.go, App). Which machines it
 * counts is not documented, so it can only be compared with itself.
 *
 * @returns undefined if Fly.io does not answer for the app, or does not know it.
 */
export async function readApp(
  api: FlyApi,
): Promise<{ readonly machineCount: number | undefined } | undefined> {
  const answer = await answerOrNone(getJson(api, pathOf(api.app), 4 * 1024 * 1024));
  if (answer instanceof HttpError || answer.status !== 200) return undefined;
  const app = parseObject(answer);
  return app && { machineCount: app.get('machine_count').maybeNumber() };
}

const pathOf = (app: string): string => `/v1/apps/${encodeURIComponent(app)}`;

function parse({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function parseObject(answer: Answer): Json | undefined {
  const value = parse(answer);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Json(value, 'Fly.io’s answer')
    : undefined;
}

/** Why an answer of 200 is not a list of machines. @param isOther whether it is something other than a list. */
function notList(answer: Answer, app: string, isOther: boolean): UserError {
  const paged = parseObject(answer)?.get('next_cursor').value !== undefined;
  return new UserError({
    code: paged ? 'machines-list-paged' : 'machines-list-invalid',
    found: `Fly.io’s Machines API answered 200 for the machines of app "${app}" with ${paged ? 'one page of a list (`next_cursor`)' : `${isOther ? 'something other than a list' : 'a list in which a machine has no id'}: ${beginningOf(answer.body).replace(/\s+/g, ' ').slice(0, 200) || 'nothing'}`}.`,
    expected: 'All machines of the app as one JSON array. A machine that is not listed cannot be verified.',
    fix: paged ? 'Use a newer version of this action that reads such lists.' : retryFly,
  });
}

const reachable = {
  expected: 'The app’s machines from Fly.io’s Machines API.',
  fix: `Run the job again. ${behindProxy}`,
};
const list = { expected: 'The app’s machines as a list.', fix: retryFly };

/** The Machines API, asked for the machines of an app. */
const machinesService: Service<string, Answer> = {
  found: (app, answer) => {
    if (answer instanceof HttpError) return `No answer from ${answer.url}: ${messageOf(answer)}.`;
    const words = beginningOf(answer.body).replace(/\s+/g, ' ').slice(0, 200);
    return `Fly.io’s Machines API answered ${answer.status} for the machines of app "${app}"${words === '' ? '' : `: ${words}`}`;
  },
  advice: {
    'no-answer': () => ({ code: 'fly-unreachable', ...reachable }),
    unusable: () => ({ code: 'fly-unexpected-answer', ...reachable }),
    'rate-limited': () => ({ code: 'fly-rate-limited', ...list }),
    temporary: () => ({ code: 'fly-unavailable', ...list }),
    denied: (app) => ({
      code: 'fly-unauthorized',
      expected: 'A token that can read and deploy this app.',
      fix: newFlyToken(app),
      input: 'fly-api-token',
    }),
    'not-found': (app) => ({
      code: 'fly-app-not-found',
      expected: 'An app of that name that the token has access to.',
      fix: `Correct the app’s name (\`with: app:\`, or \`app\` in fly.toml), or create the app: \`fly apps create ${app}\`. If the app exists, the token belongs to another app. ${newFlyToken(app)}`,
      input: 'app',
    }),
    unexpected: () => ({ code: 'fly-unexpected-answer', ...list }),
  },
};
