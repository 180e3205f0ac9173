/** The longest part of an untrusted text that is used: a label, an annotation, a header. */
export const mostOfLabel = 1024;

/** A text without these characters at its end. An expression such as `/x+$/` is quadratic. */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** A text as the beginning of a sentence: its first letter becomes upper-case. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The first characters of a text, followed by … if there are more. Half a character at the cut becomes U+FFFD. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)}…`.toWellFormed();

/** Several lines as one, without white space around the breaks. */
export const joinedLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

/**
 * Characters that nobody sees, which hide text in text or turn its direction: Unicode's Default_Ignorable_Code_Point, such
 * as zero-width, bidirectional and tag characters, and those of interlinear annotations. The selector that makes a sign an
 * emoji stays.
 */
const unseen = /(?!\ufe0f)[\p{DI}\ufff9-\ufffb]/gu;

/** One line: no colors, control characters or line breaks of any kind, and nothing that nobody sees. */
export const plainLine = (text: string): string =>
  text
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .replace(unseen, '')
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');
