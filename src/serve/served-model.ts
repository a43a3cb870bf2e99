/** One version of a model, opened: its network stays prepared, and requests are gathered. */
import { rawRowsToTable } from '../data/rows.js';
import type { Table } from '../data/table.js';
import type { RawRow } from '../infer/models.js';
import { type Answers, openPredictor, outputsOf, type Predictor, type PredictorParts } from '../infer/predictor.js';
import { answerForm } from '../infer/targets/table.js';
import type { ModelRecord } from '../spec/trained.js';
import { Batcher, type BatchSettings } from './batcher.js';
import type { Limits } from './limits.js';
import { tooBusy, tooManyRows, unknownServable } from './problems.js';
import { type Signature, signatureOf } from './signature.js';

/** What a model gives, column by column: [rows] each, in the order of `signature.outputs`. */
export interface Served {
  rows: number;
  columns: { name: string; values: (string | number)[] }[];
}

export interface ServingParts extends PredictorParts {
  limits: Limits;
  batches: BatchSettings;
  /** After each batch: its rows. */
  told?: (rows: number) => void;
}

export class ServedModel {
  readonly signature: Signature;
  readonly #predictor: Predictor;
  readonly #limits: Limits;
  readonly #batcher: Batcher;
  #isClosed = false;

  private constructor(predictor: Predictor, parts: ServingParts) {
    this.#predictor = predictor;
    this.#limits = parts.limits;
    this.signature = signatureOf(predictor.record);
    // Rows of two callers are not one series.
    const batches = predictor.record.pipeline.windows ? { ...parts.batches, size: 0 } : parts.batches;
    this.#batcher = new Batcher((table, signal) => this.#answer(table, signal), batches, parts.told);
  }

  /** Has answered once. @throws InputError `unknown-model`; StorageError when its weights are missing or damaged */
  static async open(parts: ServingParts, id: string): Promise<ServedModel> {
    const predictor = await openPredictor(parts, id);
    try {
      await predictor.warm();
    } catch (thrown) {
      predictor.dispose();
      throw thrown;
    }
    return new ServedModel(predictor, parts);
  }

  get record(): ModelRecord {
    return this.#predictor.record;
  }

  /**
   * @param rows each with a value for every input of the signature
   * @throws InputError `unknown-servable` once it is closed; `too-many-rows`, `too-busy`, or naming the row and column that do not fit; AbortError
   */
  async ask(rows: RawRow[], signal?: AbortSignal): Promise<Served> {
    const limits = this.#limits;
    if (this.#isClosed) throw unknownServable(this.record.name);
    if (rows.length > limits.rows) throw tooManyRows(rows.length, limits.rows);
    if (this.#batcher.waiting >= limits.waiting) throw tooBusy(this.record.name, this.#batcher.waiting);
    const table = rawRowsToTable(this.record.fields, rows);
    if (table.rows === 0) return this.#served({ rows: 0, outputs: new Float32Array() });
    return this.#served(await this.#batcher.ask(table, signal));
  }

  /** A time series is answered by its own rows alone: nobody else's are remembered. */
  #answer(table: Table, signal: AbortSignal): Promise<Answers> {
    const predictor = this.record.pipeline.windows ? this.#predictor.afresh() : this.#predictor;
    return predictor.answer(table, signal);
  }

  #served(answers: Answers): Served {
    const { target } = this.record.pipeline;
    const form = answerForm(target);
    const rows = Array.from({ length: answers.rows }, (_, row) => form.values(target, outputsOf(answers, row)));
    const columns = this.signature.outputs.map(({ name }, index) => ({ name, values: rows.map((values) => values[index]) }));
    return { rows: rows.length, columns };
  }

  /** Lets what is being answered be answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#batcher.settled();
    this.#predictor.dispose();
  }
}
