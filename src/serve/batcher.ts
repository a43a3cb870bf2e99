/**
 * Requests that come at the same time are answered together: while one batch is computed, the next gathers. Each gets what it would have got
 * alone, since a row's answer depends on no other row.
 */
import { AbortError } from '../base/errors.js';
import type { Table } from '../data/table.js';
import { joinChunks } from '../data/whole.js';
import type { Answers } from '../infer/predictor.js';

export interface BatchSettings {
  /** Rows that are computed together; a request of more is a batch of its own. */
  size: number;
  /** Milliseconds that a request waits for others when nothing is being computed. */
  delay: number;
}

/** Whoever comes while a batch is computed waits for it anyway. */
export const usualBatches: BatchSettings = { size: 256, delay: 0 };

interface Waiting {
  table: Table;
  signal: AbortSignal | undefined;
  resolve: (answers: Answers) => void;
  reject: (problem: unknown) => void;
}

export type Answer = (table: Table, signal: AbortSignal) => Promise<Answers>;

export class Batcher {
  readonly #answer: Answer;
  readonly #settings: BatchSettings;
  readonly #told: (rows: number) => void;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;

  /** @param told after each batch: its rows */
  constructor(answer: Answer, settings: BatchSettings = usualBatches, told: (rows: number) => void = () => undefined) {
    this.#answer = answer;
    this.#settings = settings;
    this.#told = told;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @param table with the same columns as every other. @throws AbortError once its own signal is aborted; what answering its batch throws */
  ask(table: Table, signal?: AbortSignal): Promise<Answers> {
    return new Promise((resolve, reject) => {
      const request: Waiting = { table, signal, resolve, reject };
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== request);
        reject(new AbortError(undefined, { cause: signal?.reason }));
      };
      if (signal?.aborted) return leave();
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(request);
      this.#working ??= this.#work();
    });
  }

  /** Settles when nothing is computed any more. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    if (this.#settings.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.#settings.delay));
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) await this.#compute(batch);
    // In one go with having found nobody waiting: whoever comes later begins anew.
    this.#working = undefined;
  }

  #take(): Waiting[] {
    let rows = 0;
    let count = 0;
    for (const { table } of this.#waiting) {
      if (count > 0 && rows + table.rows > this.#settings.size) break;
      rows += table.rows;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #compute(batch: readonly Waiting[]): Promise<void> {
    const stopping = new AbortController();
    // Work that nobody waits for any more is not gone on with.
    const check = (): void => {
      if (batch.every(({ signal }) => signal?.aborted)) stopping.abort();
    };
    for (const { signal } of batch) signal?.addEventListener('abort', check);
    try {
      const tables = batch.map(({ table }) => table);
      const table = tables.length === 1 ? tables[0] : joinChunks([...tables[0].names], tables);
      const answers = await this.#answer(table, stopping.signal);
      let start = 0;
      for (const { table: own, resolve } of batch) {
        resolve(part(answers, start, own.rows));
        start += own.rows;
      }
      this.#told(table.rows);
    } catch (problem) {
      for (const { reject } of batch) reject(problem);
    } finally {
      for (const { signal } of batch) signal?.removeEventListener('abort', check);
    }
  }
}

function part(answers: Answers, start: number, rows: number): Answers {
  const width = answers.rows === 0 ? 0 : answers.outputs.length / answers.rows;
  return { ...answers, rows, outputs: answers.outputs.subarray(start * width, (start + rows) * width) };
}
