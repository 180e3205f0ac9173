import type { ServerResponse } from 'node:http';
import { sendJson } from '../lib/http.ts';

/** Answers with an error of the distribution specification ("Error Codes"). */
export const sendError = (
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void => sendJson(response, status, { errors: [{ code, message }] }, headers);
