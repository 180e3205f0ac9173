/** Words that YAML 1.1 or 1.2 does not read as a text, or as a boolean that GitHub passes on unchanged. */
const notText = /^(?:yes|no|on|off|y|n|null|~)$/i;

/**
 * The value of an input as YAML of a line to paste, quoted if necessary; undefined if it does not fit in one line or GitHub
 * would evaluate it.
 */
export function yamlValue(text: string): string | undefined {
  if (text.length > 200) return undefined;
  const isPlain = /^(?:[A-Za-z_/][\w./*{}-]*(?::[\w./*{}-]+)*|0|[1-9]\d{0,8}|(?:\d+(?:h|ms|m|s))+)$/.test(
    text,
  );
  if (isPlain && !notText.test(text)) return text;
  if (!/^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text) || /`|\$\{\{/.test(text)) return undefined;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
