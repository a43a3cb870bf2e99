/** The saved models over a store and the devices of this thread. */
import { throwIfAborted } from '../base/abort.js';
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import type { DeviceOwner } from '../compute/devices.js';
import { checkSource } from '../data/check-source.js';
import { openRows } from '../data/open-rows.js';
import { type LoadDecoder, noDecoder } from '../data/pictures/decoder.js';
import { rawRowsToTable } from '../data/rows.js';
import type { ReadBuiltin, Source } from '../data/source.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';
import { restoreRecord, updateRecord } from '../storage/update.js';
import type { ExportOptions, ModelExport, ModelFormat } from './export/exported.js';
import type { ForecastRow } from './forecaster.js';
import { checkedName } from './model-name.js';
import type { AnyModelRecord, FilePrediction, ForecastOptions, ModelDownload, ModelFile, Models, Prediction, RawRow } from './models.js';
import { predictRecords } from './predict-file.js';
import { modelRecord, openPredictor, outputsOf, type Predictor, thereIs } from './predictor.js';
import { answerForm } from './targets/table.js';
import { checkUndeployed } from './undeployed.js';
import { unknownModel } from './unknown-model.js';
import { WeightsCache } from './weights-cache.js';

export interface ModelsParts {
  store: Store;
  devices: DeviceOwner;
  readBuiltin: ReadBuiltin;
  /** Left out: picture files cannot be read. */
  loadDecoder?: LoadDecoder;
}

export function createModels(parts: ModelsParts): Models {
  return new StoredModels(parts);
}

class StoredModels implements Models {
  readonly #parts: ModelsParts;
  readonly #cache: WeightsCache;

  constructor(parts: ModelsParts) {
    this.#parts = parts;
    this.#cache = new WeightsCache(parts.store);
  }

  async list(): Promise<ModelRecord[]> {
    const models = await this.#parts.store.list('model');
    return models.filter(({ deleted }) => deleted === undefined).reverse();
  }

  get(id: string): Promise<ModelRecord> {
    return modelRecord(this.#parts.store, id);
  }

  async predict(id: string, rows: RawRow[], signal?: AbortSignal): Promise<Prediction[]> {
    throwIfAborted(signal);
    const predictor = await this.#open(id);
    try {
      const { fields, pipeline } = predictor.record;
      const answers = await predictor.answer(rawRowsToTable(fields, rows), signal);
      const form = answerForm(pipeline.target);
      const columns = pipeline.steps.map(({ column }) => column);
      return Array.from({ length: answers.rows }, (_, row) => form.prediction(pipeline.target, outputsOf(answers, row), columns));
    } finally {
      predictor.dispose();
    }
  }

  async *predictFile(id: string, source: Source, signal?: AbortSignal): AsyncGenerator<FilePrediction, { rows: number }> {
    checkSource(source);
    throwIfAborted(signal);
    const { readBuiltin, loadDecoder = noDecoder } = this.#parts;
    const predictor = await this.#open(id);
    try {
      return yield* predictRecords(predictor, source, { readBuiltin, loadDecoder, signal });
    } finally {
      predictor.dispose();
    }
  }

  async forecast(id: string, { source, horizon }: ForecastOptions = {}, signal?: AbortSignal): Promise<ForecastRow[]> {
    if (source) checkSource(source);
    throwIfAborted(signal);
    const predictor = await this.#open(id);
    try {
      const { forecaster, record } = predictor;
      if (!forecaster || record.pipeline.target.kind !== 'series') throw notForecast(record);
      const { readBuiltin, loadDecoder = noDecoder } = this.#parts;
      if (source) await forecaster.hear(await openRows(source, record.fields, { readBuiltin, loadDecoder, signal }), signal);
      return await forecaster.ahead(checkedHorizon(horizon ?? record.pipeline.target.horizon), signal);
    } finally {
      predictor.dispose();
    }
  }

  async export(id: string, format: ModelFormat, options: ExportOptions = {}): Promise<ModelExport> {
    const { exportModel } = await import('./export/export-model.js');
    const { store } = this.#parts;
    const record = await this.get(id);
    const [weights, run, dataset] = await Promise.all([
      this.#cache.weightsOf(record),
      store.get('run', record.lineage.run),
      store.get('dataset', record.lineage.dataset.id),
    ]);
    return exportModel({ record, weights, run, dataset, licence: options.licence }, format, options);
  }

  async import(file: ModelFile | Uint8Array | readonly ModelFile[]): Promise<AnyModelRecord> {
    const { importModel } = await import('./import/import-model.js');
    return importModel(this.#parts.store, file);
  }

  async *importFrom(
    address: string,
    options: { sha256?: string } = {},
    signal?: AbortSignal,
  ): AsyncGenerator<ModelDownload, AnyModelRecord> {
    const { importFrom } = await import('./import/import-from.js');
    return yield* importFrom(this.#parts.store, address, options, signal);
  }

  async rename(id: string, name: string): Promise<ModelRecord> {
    const checked = checkedName(name, id);
    return await updateRecord(this.#parts.store, 'model', id, (record) => ({ ...thereIs(id, record), name: checked }));
  }

  async remove(id: string): Promise<void> {
    await checkUndeployed(this.#parts.store, await this.get(id));
    const removed = await updateRecord(this.#parts.store, 'model', id, (record) => ({ ...thereIs(id, record), deleted: timestamp() }));
    this.#cache.drop(removed);
  }

  async restore(id: string): Promise<void> {
    await restoreRecord(this.#parts.store, 'model', id, unknownModel);
  }

  #open(id: string): Promise<Predictor> {
    const { store, devices } = this.#parts;
    return openPredictor({ store, devices, cache: this.#cache }, id);
  }
}

const notForecast = ({ id, task }: ModelRecord): InputError =>
  new InputError('not-a-forecast', `The model is a ${task}: it says nothing of rows to come.`, {
    advice: 'Train with the task forecast, naming the column of the time.',
    place: { model: id },
  });

const mostAhead = 1000;

function checkedHorizon(horizon: number): number {
  if (Number.isInteger(horizon) && horizon >= 1 && horizon <= mostAhead) return horizon;
  throw new InputError('out-of-range', `The horizon is ${horizon}; expected a whole number from 1 to ${mostAhead}.`, {
    advice: `Give a whole number from 1 to ${mostAhead}.`,
    place: { field: 'horizon' },
  });
}
