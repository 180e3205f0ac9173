/** The token service in a registry's challenge cannot be used. Its message is a sentence for the user. */
export class RealmError extends Error {}
