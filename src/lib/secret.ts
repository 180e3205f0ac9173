/** A shorter secret can be a part of any text. */
export const shortestSecret = 8;

/** The forms in which a program prints a secret: as it is, in base64, in a URL, and in JSON. */
export const formsOf = (secret: string): string[] => [
  ...new Set([
    secret,
    Buffer.from(secret).toString('base64'),
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
  ]),
];

/** A text without these secrets. The longest first, so that nothing is left of one that contains another. */
export const withoutSecrets = (text: string, secrets: Iterable<string>): string =>
  [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((done, secret) => done.replaceAll(secret, '***'), text);
