/** What a route is: a path, and what it answers. */
import type { LoadDecoder } from '../../data/pictures/decoder.js';
import type { RawRow } from '../../infer/models.js';
import type { ModelRecord } from '../../spec/trained.js';
import type { Limits } from '../limits.js';
import type { Logs } from '../log/logs.js';
import type { PredictionLog } from '../log/prediction-log.js';
import type { Metrics } from '../metrics.js';
import type { Registry, Wanted } from '../registry.js';
import type { Answering } from '../served-model.js';
import type { Traffic } from '../traffic/traffic.js';

export interface Serving {
  registry: Registry;
  metrics: Metrics;
  limits: Limits;
  loadDecoder: LoadDecoder;
  /** Whether a caller may load and unload models. */
  management: boolean;
  /** How callers are divided among versions. Left out: the latest answers. */
  traffic?: Traffic;
  /** What is asked and answered is written there. Left out: nothing is kept but counts. */
  log?: PredictionLog;
  /** What was written, to be taken out and deleted. */
  logs?: Logs;
  /** Left out: nothing is explained. */
  explain?: Explain;
}

/**
 * Why a model answers as it does: one explanation for each row, as plain data. Of a model that cannot be explained: nothing.
 * @throws as `RowsModel.ask`
 */
export type Explain = (model: ModelRecord, rows: RawRow[], signal: AbortSignal) => Promise<unknown[]> | undefined;

export interface Call extends Serving {
  /** The groups of the route's path, decoded. */
  named: Readonly<Record<string, string | undefined>>;
  headers: Headers;
  query: URLSearchParams;
  /** The version that answers this caller; its answers are looked at on their way. @throws InputError `unknown-servable`, `unknown-arm` or `arm-not-loaded` */
  available(name: string, wanted: Wanted): { model: Answering; version: number };
  /** @throws InputError `body-too-large`; AbortError */
  body(): Promise<Uint8Array>;
  signal: AbortSignal;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** Of the whole path; a group `name` is a model's. */
  path: RegExp;
  answer(call: Call): Promise<Response> | Response;
}
