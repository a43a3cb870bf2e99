/** A saved model at work: rows of a table in, probabilities or values out. It holds a network until it is disposed of. */
import type { DeviceOwner } from '../compute/devices.js';
import type { Network } from '../compute/engine.js';
import { outputWidth } from '../compute/plan/parameters.js';
import { restoreTarget, transformRows } from '../data/pipeline.js';
import type { Table } from '../data/table.js';
import { WindowMemory } from '../data/window-memory.js';
import { currentPipeline } from '../spec/migrate-pipeline.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';
import { openInferenceEngine } from './engine.js';
import { Forecaster } from './forecaster.js';
import { forwardAll, forwardRowsOf } from './forward.js';
import { reductionOf } from './reconstruction.js';
import { isForecast } from './series-rows.js';
import { unknownModel } from './unknown-model.js';
import { WeightsCache } from './weights-cache.js';

export interface PredictorParts {
  store: Store;
  devices: DeviceOwner;
  cache?: WeightsCache;
}

export interface Answers {
  rows: number;
  /** [rows, classes] probabilities, [rows] values in the target's own unit, or [rows, columns] parts of a score. */
  outputs: Float32Array | Float64Array;
  /** The classes, in the order of the outputs; left out for values. */
  classes?: readonly string[];
}

/** Of one row. */
export function outputsOf({ rows, outputs }: Answers, row: number): Float32Array | Float64Array {
  const width = outputs.length / rows;
  return outputs.subarray(row * width, (row + 1) * width);
}

export class Predictor {
  readonly record: ModelRecord;
  readonly #network: Network;
  readonly #windows: WindowMemory | undefined;
  /** Of a model that forecasts. */
  readonly forecaster: Forecaster | undefined;

  /** @param network prepared for `forwardRowsOf(record.model)` rows, with the model's weights; disposed of with the predictor */
  constructor(record: ModelRecord, network: Network) {
    this.record = record;
    this.#network = network;
    const { windows, target } = record.pipeline;
    if (isForecast(record.pipeline)) {
      this.forecaster = new Forecaster(record.fields, record.pipeline, async (table, rows, signal) =>
        restoreTarget(record.pipeline, await this.#outputs(table, rows, signal)),
      );
    } else if (windows) this.#windows = new WindowMemory(windows, target.column);
  }

  /**
   * Rows of a time series follow those that were asked about before: these are in their windows.
   * @param asked has the columns that the pipeline reads, in any order, among others
   * @throws InputError `missing-column` or `not-a-number`; AbortError
   */
  async answer(asked: Table, signal?: AbortSignal): Promise<Answers> {
    const { pipeline } = this.record;
    const { rows } = asked;
    if (this.forecaster) return { rows, outputs: await this.forecaster.answer(asked, signal) };
    const table = this.#windows?.extend(asked) ?? asked;
    const all = Uint32Array.from({ length: rows }, (_, row) => row);
    const outputs = await this.#outputs(table, all, signal);
    return pipeline.target.kind === 'classes'
      ? { rows, outputs, classes: pipeline.target.classes }
      : { rows, outputs: restoreTarget(pipeline, outputs) };
  }

  /** [rows, width], as the network gives them. @param table has the columns of windows */
  #outputs(table: Table, rows: Uint32Array, signal?: AbortSignal): Promise<Float32Array> {
    const { pipeline, model } = this.record;
    const inputs = transformRows(pipeline, table, rows);
    return forwardAll({
      network: this.#network,
      inputs,
      outputs: outputWidth(model),
      capacity: forwardRowsOf(model),
      reduction: reductionOf(pipeline),
      signal,
    });
  }

  /** Has the network answer once, so that the first who asks does not wait for what is made ready then. */
  async warm(): Promise<void> {
    await this.#network.forward(new Float32Array(this.record.model.inputs), 1);
  }

  /** The same model and network, of which nobody has asked yet: no rows are remembered. It is disposed of with this one. */
  afresh(): Predictor {
    return new Predictor(this.record, this.#network);
  }

  dispose(): void {
    this.#network.dispose();
  }
}

/**
 * Opens a saved model for some questions. Dispose of the predictor afterwards.
 * @throws InputError `unknown-model`; StorageError when its weights are missing or damaged
 */
export async function openPredictor({ store, devices, cache = new WeightsCache(store) }: PredictorParts, id: string): Promise<Predictor> {
  const record = await modelRecord(store, id);
  const weights = await cache.weightsOf(record);
  const engine = await openInferenceEngine(devices);
  const network = await engine.prepare(record.model, { batchSize: forwardRowsOf(record.model), seed: 0 });
  network.setWeights(weights);
  return new Predictor(record, network);
}

/** @throws InputError `unknown-model` when there is none of this id, or it was deleted */
export async function modelRecord(store: Store, id: string): Promise<ModelRecord> {
  return thereIs(id, await store.get('model', id));
}

/** @throws InputError `unknown-model` */
export function thereIs(id: string, record: ModelRecord | undefined): ModelRecord {
  if (record && record.deleted === undefined) return { ...record, pipeline: currentPipeline(record.pipeline) };
  throw unknownModel(id);
}
