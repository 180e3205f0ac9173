import { flyLogin } from '../fly/api.ts';
import { isAppName } from '../fly/app-name.ts';
import { formatReference, isDigest, isTag, namesImage, type Reference } from '../registry/reference.ts';
import { cleanBranch } from '../registry/tag-template.ts';
import type { InputReader } from './read.ts';
import { checkToken, tokenOf } from './token.ts';

/** What a user selected to deploy. `tag` and `newest` can contain the placeholder `{branch}`. */
export type Selection =
  | { readonly form: 'commit'; readonly commit: string }
  | { readonly form: 'tag'; readonly tag: string }
  | { readonly form: 'newest'; readonly pattern: string }
  | { readonly form: 'digest'; readonly digest: string }
  /** A release of the app: `previous`, `current`, or a version without `v`. */
  | { readonly form: 'release'; readonly release: string }
  /** The image that every machine of another app runs. */
  | { readonly form: 'running'; readonly app: string };

export interface SelectInputs {
  /** What every run deploys, whatever its event. */
  readonly select: Selection | undefined;
  /** What a run deploys if its event does not name a commit. */
  readonly manualSelect: Selection;
  /** How long the app of `running:APP` must have run its image, in milliseconds. */
  readonly soakTime: number;
  /** The credentials for that app and for its repository on Fly.io. */
  readonly sourceApp: {
    readonly token: string;
    readonly login: { readonly username: string; readonly password: string };
  };
  /** Whether `manual-select` differs from its default. */
  readonly manualSelectGiven: boolean;
}

const manualDefault = 'tag:{branch}';

/** What a selection must fit. */
interface SelectRules {
  /** How many digits a commit needs to fill `sha-tag`. */
  readonly leastDigits: number;
  /** The input `branch`. */
  readonly branch: string | undefined;
}

type Form = Selection['form'];

interface FormRule {
  readonly example: string;
  readonly expected: string;
  /** Undefined if the value does not have this form. */
  readonly read: (value: string, given: SelectRules) => Selection | undefined;
}

const withBranch = (text: string, { branch }: SelectRules): string =>
  text.replaceAll('{branch}', cleanBranch(branch ?? 'main'));

const forms: Readonly<Record<Form, FormRule>> = {
  commit: {
    example: 'commit:0123456789abcdef0123456789abcdef01234567',
    expected: 'a commit id with at least as many hexadecimal digits as `sha-tag` needs',
    read: (value, { leastDigits }) => {
      const commit = value.toLowerCase();
      return /^[0-9a-f]{4,64}$/.test(commit) && commit.length >= leastDigits
        ? { form: 'commit', commit }
        : undefined;
    },
  },
  tag: {
    example: 'tag:v1.2.3',
    expected: 'a tag of at most 128 letters, digits, ".", "_" and "-", which can contain {branch}',
    read: (tag, rules) => (isTag(withBranch(tag, rules)) ? { form: 'tag', tag } : undefined),
  },
  newest: {
    example: 'newest:v*',
    expected: 'a tag in which * matches any characters, ? matches one, and {branch} is the branch',
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

/** Reads `select` and `manual-select`, and checks them against the other inputs. */
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
    reader.wrong('image', {
      code: 'input-conflict',
      expected: 'A repository without a tag or digest, because `select` selects the image.',
      fix: `\`with: image: ${formatReference({ host: image.host, path: image.path })}\``,
    });
  if (select?.form === 'commit' && commit !== undefined && !agree(select.commit, commit))
    reader.wrong('commit', {
      code: 'input-conflict',
      expected: 'The commit that `select` names.',
      fix: `Remove \`commit:\`, or set \`with: commit: "${select.commit}"\`.`,
    });
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
    reader.wrong('soak-time', {
      code: 'input-conflict',
      expected: 'Another app in `select: running:…`, because the soak time is that app’s.',
      fix: 'Remove `soak-time:`, or select another app: `with: select: running:my-app-staging`.',
    });
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
    reader.wrong(name, {
      expected: `One of these forms: ${all.join(', ')}.`,
      fix: `Put the form before the value, such as \`with: ${name}: ${forms.tag.example}\`.`,
    });
    return undefined;
  }
  const { expected, example, read } = forms[form];
  const selection = read(text.slice(colon + 1).trim(), rules);
  if (selection === undefined)
    reader.wrong(name, {
      expected: `After "${form}:", ${expected}.`,
      fix: `Correct the value, such as \`with: ${name}: ${example}\`.`,
    });
  return selection;
}
