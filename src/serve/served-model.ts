/** One version of a model, opened, whatever it takes: rows of columns, or tensors. */
import type { AnyModelRecord, RawRow } from '../infer/models.js';
import type { OpenOnnx } from '../infer/onnx/open.js';
import type { PredictorParts } from '../infer/predictor.js';
import type { NamedTensor } from '../infer/tensors/tensor.js';
import type { TensorModelRecord, TensorSpec } from '../spec/tensor-model.js';
import type { ModelRecord } from '../spec/trained.js';
import type { BatchSettings } from './batcher.js';
import type { Limits } from './limits.js';
import type { Signature } from './signature.js';

/** What a model gives, column by column: [rows] each, in the order of `signature.outputs`. */
export interface Served {
  rows: number;
  columns: { name: string; values: (string | number)[] }[];
}

export interface ServingParts extends PredictorParts {
  limits: Limits;
  batches: BatchSettings;
  /** What runs models of other programs. Left out: they cannot be loaded. */
  openOnnx?: OpenOnnx;
  /** After each batch: its rows. */
  told?: (rows: number) => void;
}

interface Model<Kept extends AnyModelRecord, Taken, Given, Answer> {
  readonly kind: Kept['kind'];
  readonly record: Kept;
  readonly signature: Taken;
  /** @throws InputError `unknown-servable` once it is closed; `too-many-rows`, `too-busy`, or naming what does not fit; AbortError */
  ask(given: Given, signal?: AbortSignal): Promise<Answer>;
}

/** Takes rows, each with a value for every input of the signature. */
export type RowsModel = Model<ModelRecord, Signature, RawRow[], Served>;

/** Takes a tensor for each input of the signature, in any order, and gives one for each output, in theirs. */
export type TensorsModel = Model<
  TensorModelRecord,
  { inputs: readonly TensorSpec[]; outputs: readonly TensorSpec[] },
  readonly NamedTensor[],
  NamedTensor[]
>;

export type Answering = RowsModel | TensorsModel;

export type ServedModel = Answering & {
  /** Lets what is being answered be answered. */
  close(): Promise<void>;
};
