/** As much of a text from outside as is looked at and shown: a label, an annotation, a header. */
export const mostOfLabel = 1024;

/** A text without these characters at its end. An expression such as `/x+$/` takes the square of a text's length. */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Several lines as one, without white space around the breaks. */
export const joinedLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
