/** Is this a Fly.io app name: lower-case letters, digits and hyphens, at most 63, with a hyphen at neither end? */
export const isAppName = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
