/** Answers over HTTP. */
import { parseJson, writeJson } from '../json.js';
import type { Call } from './route.js';

export const json = (value: unknown, status = 200): Response =>
  new Response(writeJson(value), { status, headers: { 'Content-Type': 'application/json' } });

/** The content type of a request is not looked at, as in TensorFlow Serving. @throws InputError `not-json`, `too-deep`, `body-too-large` */
export async function jsonBody({ body, limits }: Call): Promise<unknown> {
  return parseJson(new TextDecoder().decode(await body()), limits.depth);
}
