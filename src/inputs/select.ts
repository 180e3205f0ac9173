import { flyLogin } from '../fly/api.ts';
import { isAppName } from '../fly/app-name.ts';
import { isDigest, isTag, namesImage, type Reference } from '../registry/reference.ts';
import { cleanBranch } from '../registry/tag-template.ts';
import type { InputReader } from './read.ts';
import { checkToken, tokenOf } from './token.ts';

/** What to deploy, as somebody chose it. In `tag` and `newest` the placeholder `{branch}` may stand. */
export type Selection =
  | { readonly form: 'commit'; readonly commit: string }
  | { readonly form: 'tag'; readonly tag: string }
  | { readonly form: 'newest'; readonly pattern: string }
  | { readonly form: 'digest'; readonly digest: string }
  /** Of the app: `previous`, `current`, or a version without `v`. */
  | { readonly form: 'release'; readonly release: string }
  /** What every machine of another app runs. */
  | { readonly form: 'running'; readonly app: string };

export interface SelectInputs {
  /** What every run deploys, whatever its event. */
  readonly select: Selection | undefined;
  /** What a run deploys whose event names no commit. */
  readonly manualSelect: Selection;
  /** How long the app of `running:APP` must have run its image, in milliseconds. */
  readonly soakTime: number;
  /** Who reads that app, and its repository at Fly.io. */
  readonly sourceApp: {
    readonly token: string;
    readonly login: { readonly username: string; readonly password: string };
  };
  /** Whether `manual-select` says something else than its default. */
  readonly manualSelectGiven: boolean;
}

const manualDefault = 'tag:{branch}';

/** What a selection is read against. */
interface SelectRules {
  /** Digits that a commit needs, so that `sha-tag` can be filled. */
  readonly leastDigits: number;
  /** The input `branch`. */
  readonly branch: string | undefined;
}

type Form = Selection['form'];

interface FormRule {
  readonly example: string;
  readonly expected: string;
  /** Undefined where the value is none of this form. */
  readonly read: (value: string, given: SelectRules) => Selection | undefined;
}

const withBranch = (text: string, { branch }: SelectRules): string =>
  text.replaceAll('{branch}', cleanBranch(branch ?? 'main'));

const forms: Readonly<Record<Form, FormRule>> = {
  commit: {
    example: 'commit:0123456789abcdef0123456789abcdef01234567',
    expected: 'a commit id with as many hexadecimal digits as `sha-tag` takes, or all of them',
    read: (value, { leastDigits }) => {
      const commit = value.toLowerCase();
      return /^[0-9a-f]{4,64}$/.test(commit) && commit.length >= leastDigits
        ? { form: 'commit', commit }
        : undefined;
    },
  },
  tag: {
    example: 'tag:v1.2.3',
    expected: 'a tag, in which {branch} may stand: letters, digits, ".", "_", "-", at most 128',
    read: (tag, rules) => (isTag(withBranch(tag, rules)) ? { form: 'tag', tag } : undefined),
  },
  newest: {
    example: 'newest:v*',
    expected: 'a tag in which * stands for any characters, ? for one, and {branch} for the branch',
    read: (pattern, rules) =>
      isTag(withBranch(pattern, rules).replace(/[*?]/g, 'x')) && /[*?]/.test(pattern)
        ? { form: 'newest', pattern }
        : undefined,
  },
  digest: {
    example: `digest:sha256:${'0123456789abcdef'.repeat(4)}`,
    expected: '"sha256:" and 64 lower-case hexadecimal digits',
    read: (digest) => (isDigest(digest) ? { form: 'digest', digest } : undefined),
  },
  release: {
    example: 'release:41',
    expected: 'the version of a release, "previous" or "current"',
    read: (value) => {
      const release = value.replace(/^v(?=\d)/, '');
      return /^(?:previous|current|[1-9]\d{0,8})$/.test(release) ? { form: 'release', release } : undefined;
    },
  },
  running: {
    example: 'running:my-app-staging',
    expected: 'the name of another Fly.io app',
    read: (app) => (isAppName(app) ? { form: 'running', app } : undefined),
  },
};

/**
 * Reads `select` and `manual-select`, and what stands against `select`.
 */
export function readSelectInputs(
  reader: InputReader,
  image: Reference,
  commit: string | undefined,
  rules: SelectRules,
): SelectInputs {
  const given = reader.text('manual-select') ?? manualDefault;
  const select = readSelection(reader, 'select', reader.text('select'), rules);
  const manual = readSelection(reader, 'manual-select', given, rules);
  if (reader.text('select') !== undefined && namesImage(image))
    reader.wrong(
      'image',
      'a repository alone beside `select`, which says which of its images is meant.',
      'input-conflict',
    );
  if (select?.form === 'commit' && commit !== undefined && !agree(select.commit, commit))
    reader.wrong('commit', `the commit that \`select\` names, or nothing beside it.`, 'input-conflict');
  const ownToken = reader.text('source-app-token');
  if (ownToken !== undefined) checkToken(reader, 'source-app-token', ownToken);
  const token = ownToken ?? tokenOf(reader.source);
  return {
    select,
    manualSelect: manual ?? { form: 'tag', tag: '{branch}' },
    manualSelectGiven: given !== manualDefault,
    soakTime: readSoakTime(reader),
    sourceApp: { token, login: flyLogin(token) },
  };
}

function readSoakTime(reader: InputReader): number {
  const soakTime = reader.duration('soak-time', '0');
  const isOfApp = ['select', 'manual-select'].some((name) => reader.text(name)?.startsWith('running:'));
  if (soakTime > 0 && !isOfApp)
    reader.wrong(
      'soak-time',
      '`select: running:…` beside it: only the time of another app is looked at.',
      'input-conflict',
    );
  return soakTime;
}

const agree = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

function readSelection(
  reader: InputReader,
  name: string,
  text: string | undefined,
  rules: SelectRules,
): Selection | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  const form = Object.keys(forms).find((each): each is Form => each === text.slice(0, colon));
  if (form === undefined) {
    const all = Object.values(forms).map(({ example }) => `\`${name}: ${example}\``);
    reader.wrong(name, `one of these forms: ${all.join(', ')}.`);
    return undefined;
  }
  const { expected, example, read } = forms[form];
  const selection = read(text.slice(colon + 1).trim(), rules);
  if (selection === undefined)
    reader.wrong(name, `after "${form}:" ${expected}, e.g. \`${name}: ${example}\`.`);
  return selection;
}
