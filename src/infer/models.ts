/** Saved models: list, use, rename, delete, restore. */
import type { RawValue } from '../data/rows.js';
import type { Source } from '../data/source.js';
import type { TensorModelRecord } from '../spec/tensor-model.js';
import type { ModelRecord } from '../spec/trained.js';
import type { ExportOptions, ModelExport, ModelFormat } from './export/exported.js';
import type { ForecastRow } from './forecaster.js';

/** A raw row by column name, as a form or a caller has it. */
export type RawRow = Record<string, RawValue>;

export interface Prediction {
  prediction: string | number;
  /** By class or label, in the model's order; left out where a number is predicted. */
  probabilities?: { value: string; probability: number }[];
  /** Of several labels: those that are predicted; `prediction` has them together. */
  labels?: string[];
  /** Of anomalies: how odd the row is, from which score on it is one, and the columns with the largest parts of it. */
  score?: number;
  threshold?: number;
  columns?: { column: string; part: number }[];
}

export interface ForecastOptions {
  /** Rows that go on from what the model has learnt from. */
  source?: Source;
  /** Rows of each series. Default: the model's horizon. */
  horizon?: number;
}

export interface FilePrediction {
  rows: number;
  bytes: number;
  size?: number;
  secondsLeft?: number;
  /** The next piece of the CSV: the file's own columns, then `prediction`, then `probability_NAME` for each class or label, or `score`. */
  csv: string;
  /** The same answers by themselves, of the rows of this piece: texts or numbers. */
  answers: { name: string; values: string[] | Float64Array }[];
}

/** A `Blob` or `File` is one. */
export interface ModelFile {
  /** Of a file: a model of another program is called after it. */
  readonly name?: string;
  readonly size: number;
  slice(start: number, end: number): { stream(): ReadableStream<Uint8Array> };
}

/** Told by its `kind`: one of ours, or one of another program. */
export type AnyModelRecord = ModelRecord | TensorModelRecord;

export interface ModelDownload {
  bytes: number;
  /** Left out where the server does not say. */
  size?: number;
  secondsLeft?: number;
}

export interface Models {
  list(): Promise<ModelRecord[]>;
  get(id: string): Promise<ModelRecord>;
  /** @throws InputError `invalid-rows` where they are no list of objects; naming the column that is missing or the value that does not fit */
  predict(id: string, rows: RawRow[], signal?: AbortSignal): Promise<Prediction[]>;
  /** One line per row of the file, in its order, in bounded memory. Answers the rows written. */
  predictFile(id: string, source: Source, signal?: AbortSignal): AsyncGenerator<FilePrediction, { rows: number }>;
  /**
   * What comes after the last row of each series: of the source's, else of those that the model has learnt from.
   * @throws InputError `not-a-forecast`; `future-inputs` where the model needs columns of rows to come; as `predictFile` does
   */
  forecast(id: string, options?: ForecastOptions, signal?: AbortSignal): Promise<ForecastRow[]>;
  /**
   * The model as files of another format, for other programs.
   * @throws InputError `unknown-model`, `unknown-format`, `layer-not-exportable` or `target-not-exportable`
   */
  export(id: string, format: ModelFormat, options?: ExportOptions): Promise<ModelExport>;
  /**
   * Keeps the model of a file; of TensorFlow.js of model.json with its files of weights, together or in a zip. One that `export` has written is a model of
   * ours again, which answers to the last digit as the one that was exported; any other is a `tensor-model`, used by `TensorModels`.
   * @throws InputError `not-a-model`, `model-foreign`, `model-damaged`, `model-too-large`, `external-data` or, of TensorFlow.js, `network-not-convertible`;
   * nothing is kept then
   */
  import(file: ModelFile | Uint8Array | readonly ModelFile[]): Promise<AnyModelRecord>;
  /**
   * The same from an address (http or https), over broken connections. Where the hash is given and its file is kept already, nothing is loaded, save of a
   * LayersModel, which is kept as ONNX.
   * @param options.sha256 of the file, in hexadecimal: another file is refused. Of model.json: of it and its files of weights, one behind the other
   * @throws InputError `unreadable-url`, `connection-broken`, `changed-meanwhile`, `wrong-hash`, and as `import` does; AbortError
   */
  importFrom(address: string, options?: { sha256?: string }, signal?: AbortSignal): AsyncGenerator<ModelDownload, AnyModelRecord>;
  rename(id: string, name: string): Promise<ModelRecord>;
  /** @throws InputError `unknown-model`; `model-deployed` while a deployment has it */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
