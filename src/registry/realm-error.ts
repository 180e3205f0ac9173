/** The realm that a registry's challenge names cannot be used: the reason in words. */
export class RealmError extends Error {}
