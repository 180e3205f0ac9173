import { placeholderOf } from '../registry/tag-template.ts';

/** What a step of docker/metadata-action is given, as its workflow spells it. */
export interface MetadataInputs {
  readonly tags: string;
  readonly flavor: string;
  /** `DOCKER_METADATA_SHORT_SHA_LENGTH`; undefined where it is not set. */
  readonly shortLength: string | undefined;
  /** Whether the branch that is deployed is known to be the default one. */
  readonly onDefaultBranch: boolean;
}

/** A tag that a step gives an image when the branch is pushed. */
interface MadeTag {
  /** As `sha-tag` would describe it; undefined where only GitHub can fill it in. */
  readonly template: string | undefined;
  /** Whether it is made at every push; else it depends on what only GitHub can evaluate. */
  readonly always: boolean;
}

/** What docker/metadata-action makes of its inputs. */
export interface ReadMetadata {
  readonly made: readonly MadeTag[];
  /** Sentences about what would make the step fail. */
  readonly faults: readonly string[];
  /** What `flavor` puts around tags that do not say it themselves. */
  readonly flavored: boolean;
}

// One character stands for each expression, so that commas, braces and quotes in it are not read as the line's own.
const branchMark = '\uE000';
const shaMark = '\uE001';
const fullMark = '\uE002';
const dateMark = '\uE003';
const unknownMark = '\uE004';
const isDefault = '\uE005';
const isNotDefault = '\uE006';

/** GitHub fills its expressions in before the step sees them. */
const withoutExpressions = (text: string): string =>
  text
    .split('${{')
    .map((part, n) => {
      const end = part.indexOf('}}');
      if (n === 0) return part;
      return end < 0 ? `\${{${part}` : markOf(part.slice(0, end).trim()) + part.slice(end + 2);
    })
    .join('');

const markOf = (expression: string): string =>
  expression === 'github.sha' ? fullMark : expression === 'github.ref_name' ? branchMark : unknownMark;

/** Then Handlebars fills in the global expressions; `{{tag}}` and `{{base_ref}}` are empty when a branch is pushed. */
const withoutGlobals = (text: string): string =>
  text.replace(/\{\{\{?~?([^{}]*?)~?\}?\}\}/g, (_, inner: string) => {
    const name = inner.trim();
    return /^(?:commit_)?date\s/.test(name) ? dateMark : (globals[name] ?? unknownMark);
  });

const globals: Readonly<Record<string, string>> = {
  branch: branchMark,
  sha: shaMark,
  tag: '',
  base_ref: '',
  is_default_branch: isDefault,
  is_not_default_branch: isNotDefault,
};

/** The fields of a line of CSV; undefined where a quote is where none can be. */
function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
  for (;;) {
    const found = field.exec(line);
    if (found === null) return undefined;
    fields.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (found[3] !== ',') return fields;
  }
}

/** The attributes of a line: it is read as CSV twice, and what has no `=` is the value. */
function attributesOf(line: string): Map<string, string> | undefined {
  const fields = fieldsOf(fieldsOf(line)?.join(',') ?? '"');
  return (
    fields &&
    new Map(
      fields.map((field) => {
        const at = field.indexOf('=', 1);
        return at === -1
          ? ['value', field]
          : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
      }),
    )
  );
}

const linesOf = (text: string): string[] =>
  withoutExpressions(text)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** @returns undefined for a length that only GitHub can evaluate, NaN for one that is not a number. */
function lengthOf(given: string | undefined): number | undefined {
  const text = withoutExpressions(given ?? '');
  return text.includes(unknownMark) ? undefined : text === '' ? 7 : Math.max(0, Math.trunc(Number(text)));
}

/** A text as it was written, for a sentence about it. */
const spelled = (text: string): string =>
  text.replace(/[\uE000-\uE006]/g, (mark) => written[mark] ?? '${{ … }}');

const written: Readonly<Record<string, string>> = {
  [branchMark]: '${{ github.ref_name }}',
  [fullMark]: '${{ github.sha }}',
  [shaMark]: '{{sha}}',
  [dateMark]: "{{date '…'}}",
  [isDefault]: '{{is_default_branch}}',
  [isNotDefault]: '{{is_not_default_branch}}',
};

const types = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'];

/**
 * Reads the tags that a step of docker/metadata-action gives an image when the branch that is deployed is pushed: by its own
 * rules (v6.2.0, src/tag.ts, src/flavor.ts and src/meta.ts), as `__tests__/metadata-action.test.ts` compares them with what
 * it made.
 */
export function readMetadata(inputs: MetadataInputs): ReadMetadata {
  const faults: string[] = [];
  const made: MadeTag[] = [];
  const flavor = new Map<string, string>();
  for (const line of linesOf(inputs.flavor))
    for (const [name, value] of attributesOf(line) ?? []) flavor.set(name, value.split('=')[0]?.trim() ?? '');
  const length = lengthOf(inputs.shortLength);
  if (Number.isNaN(length))
    faults.push(`DOCKER_METADATA_SHORT_SHA_LENGTH is "${inputs.shortLength}", which is not a number.`);
  const lines = linesOf(inputs.tags);
  for (const line of lines.length === 0 ? ['type=ref,event=branch'] : lines) {
    const attributes = attributesOf(line);
    const fault = attributes === undefined ? 'a quote in it is not closed or not alone' : faultOf(attributes);
    if (fault !== undefined) faults.push(`The line "${spelled(line)}" is not valid: ${fault}.`);
    else if (attributes !== undefined) made.push(...madeOf(attributes, flavor, length, inputs));
  }
  const flavored = (flavor.get('prefix') ?? '') !== '' || (flavor.get('suffix') ?? '') !== '';
  return { made, faults, flavored };
}

/** Why the step fails over a line; undefined where it does not. */
function faultOf(attributes: ReadonlyMap<string, string>): string | undefined {
  const oneOf = (name: string, values: readonly string[], given = attributes.get(name)) =>
    given === undefined || values.includes(given) || given.includes(unknownMark)
      ? undefined
      : `\`${name}\` is "${spelled(given)}" instead of ${values.map((value) => `"${spelled(value)}"`).join(' or ')}`;
  const type = attributes.get('type') ?? 'raw';
  const enable = withoutGlobals(attributes.get('enable') ?? 'true');
  return (
    oneOf('type', types) ??
    oneOf('enable', ['true', 'false', isDefault, isNotDefault], enable) ??
    (type === 'sha' ? oneOf('format', ['short', 'long']) : undefined) ??
    (type === 'ref' ? oneOf('event', ['branch', 'tag', 'pr'], attributes.get('event') ?? '') : undefined) ??
    (type === 'raw' && !attributes.has('value') ? 'it has no `value`' : undefined)
  );
}

function madeOf(
  attributes: ReadonlyMap<string, string>,
  flavor: ReadonlyMap<string, string>,
  length: number | undefined,
  { onDefaultBranch }: MetadataInputs,
): MadeTag[] {
  const filled = (text: string | undefined) => withoutGlobals(text ?? '');
  const enable = filled(attributes.get('enable') ?? 'true');
  if (enable === 'false' || (enable === isNotDefault && onDefaultBranch)) return [];
  const always = enable === 'true' || (enable === isDefault && onDefaultBranch);
  const type = attributes.get('type') ?? 'raw';
  const prefix = filled(attributes.get('prefix') ?? (type === 'sha' ? 'sha-' : flavor.get('prefix')));
  const suffix = filled(attributes.get('suffix') ?? flavor.get('suffix'));
  const value = filled(attributes.get('value'));
  const tag = (body: string, certain = always): MadeTag[] => {
    const template = templateOf(`${prefix}${body}${suffix}`, length);
    return template === '' ? [] : [{ template, always: certain }];
  };
  const branch = attributes.get('branch') ?? '';
  switch (`${type} ${attributes.get('event') ?? ''}`.trim().replace(/^(sha|raw|edge)\b.*/, '$1')) {
    case 'sha':
      return tag(attributes.get('format') === 'long' ? fullMark : shaMark);
    case 'raw':
      return tag(value);
    case 'ref branch':
      return tag(branchMark);
    case 'edge':
      return tag('edge', always && branch === '' && onDefaultBranch);
    default:
      // Others are made of tags, pull requests and schedules, or contain a version, which no template describes.
      return /[\uE001\uE002\uE004]/.test(prefix + suffix) || /[\uE001\uE002]/.test(value)
        ? [{ template: undefined, always: false }]
        : [];
  }
}

/** A text with its marks as a template, cleaned as docker/metadata-action cleans a tag. */
function templateOf(text: string, length: number | undefined): string | undefined {
  if (/[\uE004-\uE006]/.test(text) || (length === undefined && text.includes(shaMark))) return undefined;
  const short = length === 0 ? '' : placeholderOf(length ?? 7);
  return text
    .replace(/[^a-zA-Z0-9._\uE000-\uE003-]+/g, '-')
    .replaceAll(branchMark, '{branch}')
    .replaceAll(shaMark, short)
    .replaceAll(fullMark, '{full-sha}')
    .replaceAll(dateMark, '{date}');
}
