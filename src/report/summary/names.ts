import { formatReference, type Reference, shortDigest } from '../../registry/reference.ts';

/** A reference without its host and owner: those are below, in full. */
export const nameOf = (reference: Reference): string => {
  const { digest, ...named } = reference;
  return shortName(formatReference(named)) + (digest === undefined ? '' : `@${shortDigest(digest)}`);
};

/** The last part of a reference, its middle cut where it is long. */
export function shortName(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  return name.length <= 40 ? name : `${name.slice(0, 20)}…${name.slice(-19)}`;
}
