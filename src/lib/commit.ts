/** Is this a full commit id: 40 hexadecimal digits, or 64 in a SHA-256 repository? */
export const isCommit = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
