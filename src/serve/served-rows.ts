/** A model of ours that is served: its network stays prepared, and requests are gathered. */
import { rawRowsToTable } from '../data/rows.js';
import type { Table } from '../data/table.js';
import { joinChunks } from '../data/whole.js';
import { answeredColumns } from '../infer/answered-columns.js';
import type { RawRow } from '../infer/models.js';
import { type Answers, openPredictor, type Predictor } from '../infer/predictor.js';
import type { ModelRecord } from '../spec/trained.js';
import { Batcher, type Batches } from './batcher.js';
import type { Limits } from './limits.js';
import { tooBusy, tooManyRows, unknownServable } from './problems.js';
import type { RowsModel, Served, ServingParts } from './served-model.js';
import { type Signature, signatureOf } from './signature.js';

/** A row's answer depends on no other row. */
export const ofTables = (answer: Batches<Table, Answers>['answer']): Batches<Table, Answers> => ({
  answer,
  join: (tables) => joinChunks([...tables[0].names], tables),
  part: (answers, start, rows) => {
    const width = answers.rows === 0 ? 0 : answers.outputs.length / answers.rows;
    return { ...answers, rows, outputs: answers.outputs.subarray(start * width, (start + rows) * width) };
  },
});

export class ServedRows implements RowsModel {
  readonly kind = 'model';
  readonly signature: Signature;
  readonly #predictor: Predictor;
  readonly #limits: Limits;
  readonly #batcher: Batcher<Table, Answers>;
  #isClosed = false;

  private constructor(predictor: Predictor, parts: ServingParts) {
    this.#predictor = predictor;
    this.#limits = parts.limits;
    this.signature = signatureOf(predictor.record);
    // Rows of two callers are not one series.
    const batches = predictor.record.pipeline.windows ? { ...parts.batches, size: 0 } : parts.batches;
    this.#batcher = new Batcher(
      ofTables((table, signal) => this.#answer(table, signal)),
      batches,
      parts.told,
    );
  }

  /** Has answered once. @throws InputError `unknown-model`; StorageError when its weights are missing or damaged */
  static async open(parts: ServingParts, id: string): Promise<ServedRows> {
    const predictor = await openPredictor(parts, id);
    try {
      await predictor.warm();
    } catch (thrown) {
      predictor.dispose();
      throw thrown;
    }
    return new ServedRows(predictor, parts);
  }

  get record(): ModelRecord {
    return this.#predictor.record;
  }

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
    const columns = answeredColumns(this.record.pipeline.target, answers);
    return { rows: answers.rows, columns: columns.map(({ name, values }) => ({ name, values: Array.from<string | number>(values) })) };
  }

  /** Lets what is being answered be answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#batcher.settled();
    this.#predictor.dispose();
  }
}
