/** Names of the errors that this action throws on purpose. */
export type ErrorCode = string;
