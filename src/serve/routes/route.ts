/** What a route is: a path, and what it answers. */
import type { LoadDecoder } from '../../data/pictures/decoder.js';
import type { Limits } from '../limits.js';
import type { Metrics } from '../metrics.js';
import type { Registry } from '../registry.js';

export interface Serving {
  registry: Registry;
  metrics: Metrics;
  limits: Limits;
  loadDecoder: LoadDecoder;
  /** Whether a caller may load and unload models. */
  management: boolean;
}

export interface Call extends Serving {
  /** The groups of the route's path, decoded. */
  named: Readonly<Record<string, string | undefined>>;
  headers: Headers;
  /** @throws InputError `body-too-large`; AbortError */
  body(): Promise<Uint8Array>;
  signal: AbortSignal;
}

export interface Route {
  method: 'GET' | 'POST';
  /** Of the whole path; a group `name` is a model's. */
  path: RegExp;
  answer(call: Call): Promise<Response> | Response;
  /** An error's body in the protocol's own form. Left out: `{"error": message}`. */
  problem?(status: number, message: string): unknown;
}
